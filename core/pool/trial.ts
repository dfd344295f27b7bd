/** One look at an endpoint that is half open: the only dial that such an endpoint gets. */
import { ClassifiedError } from '../dial/classified-error.ts';
import type { Endpoint } from '../dial/endpoint.ts';
import type { ConnectionCloser } from './connection-closer.ts';
import type { Establisher } from './establisher.ts';
import type { HostPool } from './host-pool.ts';
import type { HotConnection } from './hot-connection.ts';
import type { Inspector } from './inspector.ts';
import type { PoolContext } from './pool-context.ts';
import { PoolClosedError } from './pool-errors.ts';
import type { Upstream } from './upstream.ts';

export interface TrialParts {
  readonly closer: ConnectionCloser;
  readonly establisher: Establisher;
  readonly inspector: Inspector;
}

/**
 * A probe that finds the pool full waits so long for a place to come free by itself. Then one that is hot has to go, or an
 * address would stay out of use for as long as the pool is busy.
 */
const patienceMs = 30_000;

export class Trial {
  readonly #context: PoolContext;
  readonly #parts: TrialParts;
  /** Since when the probes of an endpoint have found no room. */
  readonly #noRoomSinceMs = new WeakMap<Upstream, number>();

  constructor(context: PoolContext, parts: TrialParts) {
    this.#context = context;
    this.#parts = parts;
  }

  /**
   * A connection that lies idle is asked for its host's path, else one is dialled, which stays in the pool. False when its
   * connections are in use: what becomes of their requests tells as much.
   * @throws ClassifiedError when the dial failed, or, of class `local`, when there is no room for it yet or it may not be
   * dialled; the signal's reason.
   */
  async look(host: HostPool, { ip, port }: Endpoint, signal: AbortSignal): Promise<boolean> {
    if (this.#context.isClosing) {
      throw new ClassifiedError('aborted', 'POOL_CLOSED', new PoolClosedError().message);
    }
    const upstream = host.adopt(ip, port);
    const established = [...upstream.connections].filter((connection) => connection.established);
    const idle = established.find(({ state }) => state === 'idle');
    if (idle) {
      idle.asksNext = true;
      await this.#parts.inspector.check(idle);
      return true;
    }
    if (established.length > 0) {
      return false;
    }
    if (!this.#context.verdict(upstream).allowed) {
      // In a panic it is as if it had not been ejected, and the lists alone decide.
      throw new ClassifiedError('not-allowed', 'NOT_ALLOWED', `${ip} is not probed: the access lists refuse it`);
    }
    this.#makeRoom(host, upstream);
    await this.#parts.establisher.establish(upstream, { priority: 'recovery', timeoutMs: null, signal });
    return true;
  }

  /** Where a limit is full, one that lies idle goes: at once if it serves nobody, a hot one only after some patience. */
  #makeRoom(host: HostPool, upstream: Upstream): void {
    const full = this.#context.manager.fullLimit(host);
    if (!full) {
      this.#noRoomSinceMs.delete(upstream);
      return;
    }
    const nowMs = this.#context.nowMs();
    const sinceMs = this.#noRoomSinceMs.get(upstream) ?? nowMs;
    this.#noRoomSinceMs.set(upstream, sinceMs);
    // While others drain above a lowered limit, one less makes no room.
    if (full.inUse > full.limit) {
      return;
    }
    const spares = this.#spares(host, upstream, full.key === 'max_conns_per_host');
    const inTheWay =
      spares.find(({ healthy }) => !healthy) ?? (nowMs - sinceMs >= patienceMs ? (spares[0] ?? null) : null);
    if (inTheWay) {
      this.#noRoomSinceMs.delete(upstream);
      this.#parts.closer.close(inTheWay, 'evicted');
    }
  }

  /** Idle ones whose place would help, longest idle first: the host's own, and what others have above their floor. */
  #spares(host: HostPool, upstream: Upstream, ownOnly: boolean): HotConnection[] {
    const { manager, settings } = this.#context;
    const maySpare = (connection: HotConnection): boolean => {
      const other = connection.host;
      if (other === host) {
        return connection.upstream !== upstream;
      }
      return !ownOnly && other.counts.idle > (other.watched ? settings.pool.minIdlePerHost : 0);
    };
    return [...manager.idle].filter(maySpare).sort((one, other) => one.touchedMs - other.touchedMs);
  }
}
