/** One look at an endpoint that is half open: the only dial that such an endpoint gets. */
import { ClassifiedError } from '../dial/classified-error.ts';
import type { Endpoint } from '../dial/endpoint.ts';
import { anyNotTo } from './choice.ts';
import type { ConnectionCloser } from './connection-closer.ts';
import type { Establisher } from './establisher.ts';
import type { HostPool } from './host-pool.ts';
import type { Inspector } from './inspector.ts';
import type { PoolContext } from './pool-context.ts';
import { PoolClosedError } from './pool-errors.ts';

export interface TrialParts {
  readonly closer: ConnectionCloser;
  readonly establisher: Establisher;
  readonly inspector: Inspector;
}

export class Trial {
  readonly #context: PoolContext;
  readonly #parts: TrialParts;

  constructor(context: PoolContext, parts: TrialParts) {
    this.#context = context;
    this.#parts = parts;
  }

  /**
   * A connection that lies idle is asked for its host's path, else one is dialled, which stays in the pool. False when its
   * connections are in use: what becomes of their requests tells as much.
   * @throws ClassifiedError when the dial failed, or nothing made room for it; the signal's reason.
   */
  async look(host: HostPool, { ip, port }: Endpoint, signal: AbortSignal): Promise<boolean> {
    const { manager } = this.#context;
    if (this.#context.isClosing) {
      throw new ClassifiedError('aborted', 'POOL_CLOSED', new PoolClosedError().message);
    }
    const upstream = host.upstream(ip, port);
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
    const full = manager.fullLimit(host);
    if (full && full.inUse <= full.limit) {
      const inTheWay = full.key === 'max_connections' ? manager.idle.longest() : anyNotTo(host, upstream);
      if (inTheWay) {
        this.#parts.closer.close(inTheWay, 'evicted');
      }
    }
    await this.#parts.establisher.establish(upstream, { priority: 'recovery', timeoutMs: null, signal });
    return true;
  }
}
