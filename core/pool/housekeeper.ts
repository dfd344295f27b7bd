/** Once a second: who has grown old, who would be closed by the server, who has lain idle too long; and the statistics' clock. */
import type { Timer } from '../base/clock.ts';
import type { ConnectionCloser } from './connection-closer.ts';
import type { HostPool } from './host-pool.ts';
import type { HotConnection } from './hot-connection.ts';
import type { Inspector } from './inspector.ts';
import type { PoolContext } from './pool-context.ts';
import type { Replenisher } from './replenisher.ts';
import type { UnusedHosts } from './unused-hosts.ts';

const tickMs = 1_000;
/** The successor is dialled this share of a lifetime before its end, at most `longestLeadMs` before. */
const leadShare = 0.1;
const longestLeadMs = 10_000;
/** The time of day runs ahead of the monotonic clock by so much at once: this machine has slept, or its clock was set. */
const sleptMs = 5_000;

/**
 * At the turn of each second of the time of day: what is recorded of a second is all of that second, and a process that is
 * killed takes no more than one with it. A tick that comes early or late is followed by the turn that is nearest to a
 * second away.
 */
function untilTickMs(epochMs: number): number {
  const toTurnMs = tickMs - (epochMs % tickMs);
  return toTurnMs < tickMs / 2 ? toTurnMs + tickMs : toTurnMs;
}

export interface HousekeeperParts {
  readonly closer: ConnectionCloser;
  readonly inspector: Inspector;
  readonly replenisher: Replenisher;
  readonly unused: UnusedHosts;
}

export class Housekeeper {
  readonly #context: PoolContext;
  readonly #closer: ConnectionCloser;
  readonly #inspector: Inspector;
  readonly #replenisher: Replenisher;
  readonly #unused: UnusedHosts;
  readonly #onTick: () => void;
  #timer: Timer | null = null;
  #cleanedMs: number;
  #epochOffsetMs: number;

  constructor(context: PoolContext, parts: HousekeeperParts, onTick: () => void) {
    this.#context = context;
    this.#closer = parts.closer;
    this.#inspector = parts.inspector;
    this.#replenisher = parts.replenisher;
    this.#unused = parts.unused;
    this.#onTick = onTick;
    this.#cleanedMs = context.nowMs();
    this.#epochOffsetMs = context.epochOffsetMs();
  }

  start(): void {
    this.#timer = this.#context.clock.after(untilTickMs(this.#context.clock.epochMs()), () => this.#tick());
  }

  stop(): void {
    this.#timer?.cancel();
    this.#timer = null;
  }

  #tick(): void {
    this.start();
    const nowMs = this.#context.nowMs();
    this.#noticeSleep(nowMs);
    for (const connection of [...this.#context.manager.connections]) {
      if (connection.established && connection.state !== 'draining') {
        this.#age(connection, nowMs);
      }
      if (this.#isSilent(connection, nowMs)) {
        void this.#inspector.ping(connection);
      }
    }
    if (nowMs - this.#cleanedMs >= this.#context.settings.pool.cleanupIntervalMs) {
      this.#cleanedMs = nowMs;
      this.cleanUpIdle(nowMs);
      this.#unused.forgetOld(nowMs);
    }
    // Room that another host has left is told to those who wait; a floor has nobody who waits.
    for (const host of this.#context.manager.hosts) {
      this.#replenisher.fillFloor(host);
    }
    this.#onTick();
  }

  /**
   * The monotonic clock of most systems stands still while the machine sleeps, so nothing seems to have grown old; but
   * servers have gone meanwhile, without a word that could have reached us.
   */
  #noticeSleep(nowMs: number): void {
    const offsetMs = this.#context.epochOffsetMs();
    const aheadMs = offsetMs - this.#epochOffsetMs;
    this.#epochOffsetMs = offsetMs;
    if (aheadMs > sleptMs) {
      this.#context.wokeMs = Math.floor(nowMs);
      const seconds = Math.round(aheadMs / 1_000);
      this.#context.events.emit('info', 'pool.woke', 'pool', { seconds });
    }
  }

  /** Closes what neither a request nor a check has touched for `idle_timeout`, never below a host's floor. */
  cleanUpIdle(nowMs: number): void {
    const { manager, settings } = this.#context;
    const { idleTimeoutMs, minIdlePerHost } = settings.pool;
    for (const host of manager.hosts) {
      host.idleLimit.forgetOld(nowMs);
    }
    const untouched: HotConnection[] = [];
    const left = new Map<HostPool, number>();
    for (const connection of [...manager.idle].sort((one, other) => one.touchedMs - other.touchedMs)) {
      const { host, touchedMs } = connection;
      const idle = left.get(host) ?? host.counts.idle;
      if (nowMs - touchedMs >= idleTimeoutMs && idle > (host.watched ? minIdlePerHost : 0)) {
        untouched.push(connection);
        left.set(host, idle - 1);
      }
    }
    void this.#closer.retireAll(untouched, () => 'idle-timeout');
  }

  /** HTTP/2, in use for long without a new lease or a check; on HTTP/1.1 nothing can be asked beside a request. */
  #isSilent(connection: HotConnection, nowMs: number): boolean {
    const { multiplexes, activeLeases, touchedMs, lastLeaseMs } = connection;
    const heardMs = Math.max(touchedMs, lastLeaseMs);
    return multiplexes && activeLeases > 0 && nowMs - heardMs >= this.#context.settings.pool.healthCheckIntervalMs;
  }

  #age(connection: HotConnection, nowMs: number): void {
    const { expiresMs } = connection;
    if (connection.state === 'idle') {
      const retireAfterMs = connection.host.idleLimit.retireAfterMs;
      if (nowMs >= expiresMs) {
        this.#closer.close(connection, 'max-lifetime');
        return;
      }
      if (nowMs - connection.askedMs >= retireAfterMs) {
        this.#closer.close(connection, 'server-idle-limit');
        return;
      }
    }
    const leadMs = Math.min(longestLeadMs, this.#context.settings.pool.maxLifetimeMs * leadShare);
    // Where dials fail, the next try waits as long as those of others.
    const mayTry = connection.upstream.backOffUntilMs <= nowMs;
    if (!connection.replacing && mayTry && nowMs >= expiresMs - leadMs) {
      void this.#replenisher.succeed(connection);
    }
  }
}
