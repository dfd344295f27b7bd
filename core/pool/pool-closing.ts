/** How the pool ends: no more work, leases finish or are cut off at their deadline, and then nothing is left. */
import type { PoolStatistics } from '../contract/statistics.ts';
import type { ConnectionCloser } from './connection-closer.ts';
import type { PoolContext } from './pool-context.ts';
import { PoolClosedError } from './pool-errors.ts';
import { inPortions } from './portions.ts';

/** An end that leases hold up for longer says so. */
const quietEndMs = 1_000;

export interface ClosingParts {
  readonly closer: ConnectionCloser;
  /** Nothing begins by itself any more. Called once, before anything closes; who waits is refused here. */
  readonly stop: () => Promise<void>;
  /** The last figures. Called once, when no connection is left. */
  readonly last: () => PoolStatistics;
}

export class PoolClosing {
  readonly #context: PoolContext;
  readonly #parts: ClosingParts;
  #closed: Promise<PoolStatistics> | null = null;
  #onEmpty: (() => void) | null = null;

  constructor(context: PoolContext, parts: ClosingParts) {
    this.#context = context;
    this.#parts = parts;
  }

  /** The same promise each time. When `atOnce` aborts, of the first call or a later one, leases are waited for no longer. */
  close(atOnce?: AbortSignal): Promise<PoolStatistics> {
    this.#closed ??= this.#close();
    if (atOnce?.aborted) {
      this.endLeases();
    } else {
      atOnce?.addEventListener('abort', () => this.endLeases(), { once: true });
    }
    return this.#closed;
  }

  endLeases(): void {
    const { manager } = this.#context;
    void inPortions([...manager.connections], (connection) => this.#parts.closer.close(connection, 'pool-closed'));
  }

  /** A connection has closed. */
  connectionClosed(): void {
    if (this.#context.manager.live === 0) {
      this.#onEmpty?.();
    }
  }

  async #close(): Promise<PoolStatistics> {
    const { manager, closing, events, clock } = this.#context;
    closing.abort(new PoolClosedError());
    const stopped = this.#parts.stop();
    const empty = new Promise<void>((resolve) => {
      this.#onEmpty = resolve;
    });
    const notice = clock.after(quietEndMs, () => this.#sayWhatItWaitsFor());
    await inPortions([...manager.connections], (connection) => this.#parts.closer.retire(connection, 'pool-closed'));
    if (manager.live > 0) {
      await empty;
    }
    notice.cancel();
    await stopped;
    const statistics = this.#parts.last();
    events.emit('info', 'pool.closed', 'pool', {
      leases: statistics.sinceStart.leases,
      requests: statistics.sinceStart.totalRequests,
    });
    return statistics;
  }

  #sayWhatItWaitsFor(): void {
    const { manager, events, settings } = this.#context;
    let leases = 0;
    for (const { activeLeases } of manager.connections) {
      leases += activeLeases;
    }
    if (leases > 0) {
      events.emit('info', 'pool.closing', 'pool', { leases, drainTimeoutMs: settings.pool.drainTimeoutMs });
    }
  }
}
