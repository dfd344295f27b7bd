/** What becomes of a connection when its lease ends (document 003): every release ends by serving somebody or telling. */
import type { ConnectionCloser } from './connection-closer.ts';
import type { Exchange } from './exchange.ts';
import type { HotConnection } from './hot-connection.ts';
import type { Inspector } from './inspector.ts';
import type { Lease, ReleaseOutcome } from './lease.ts';
import type { PoolContext } from './pool-context.ts';
import { LeaseEndedError } from './pool-errors.ts';

/** An abandoned response has this long to come to its end. */
const drainMs = 1_000;

/** A lease held for so long is remembered with its connection; of shorter ones that end well only the number is. */
const notableMs = 1_000;

export class LeaseRecycler {
  readonly #context: PoolContext;
  readonly #closer: ConnectionCloser;
  readonly #inspector: Inspector;
  readonly #onUsable: (connection: HotConnection, nowMs: number) => void;

  constructor(
    context: PoolContext,
    parts: { readonly closer: ConnectionCloser; readonly inspector: Inspector },
    onUsable: (connection: HotConnection, nowMs: number) => void,
  ) {
    this.#context = context;
    this.#closer = parts.closer;
    this.#inspector = parts.inspector;
    this.#onUsable = onUsable;
  }

  /** null when the connection is usable again, or closed, on return. */
  giveBack(lease: Lease, outcome: ReleaseOutcome, releasedMs: number): Promise<void> | null {
    const { connection } = lease;
    this.#context.pastLeases.record(connection.id, lease.sinceMs, releasedMs, outcome);
    if (outcome !== 'ok' || releasedMs - lease.sinceMs >= notableMs) {
      connection.leaseEnded(lease.sinceMs, releasedMs, outcome);
    }
    if (outcome === 'broken') {
      connection.errors += 1;
      this.#closer.close(connection, 'broken');
    }
    const open = connection.state === 'closed' ? null : lease.openExchanges;
    if (!open) {
      return this.#end(lease, outcome, releasedMs, releasedMs);
    }
    return this.#drain(lease, [...open]).then(async () => {
      await this.#end(lease, outcome, releasedMs, this.#context.nowMs());
    });
  }

  /** A connection whose reservation or lease has ended goes where its flags say. */
  recycle(connection: HotConnection, nowMs: number): void {
    const { healthy, activeLeases } = connection;
    if (connection.state === 'draining') {
      if (activeLeases === 0) {
        this.#closer.close(connection, connection.closeReason ?? 'evicted');
      }
    } else if (connection.closing) {
      this.#closer.retire(connection, 'peer-closed');
    } else if (connection.expiresMs <= nowMs) {
      this.#closer.retire(connection, 'max-lifetime');
    } else if (healthy || activeLeases === 0) {
      this.#onUsable(connection, nowMs);
    }
  }

  #end(lease: Lease, outcome: ReleaseOutcome, releasedMs: number, nowMs: number): Promise<void> | null {
    const { connection } = lease;
    const { manager, recorder, settings } = this.#context;
    if (connection.state === 'closed') {
      recorder.notRecycled();
      return null;
    }
    manager.unlease(connection);
    connection.touch(nowMs);
    if (outcome === 'failed') {
      connection.errors += 1;
      connection.faults += 1;
    }
    if (connection.healthy && (outcome === 'failed' || connection.faults > settings.health.maxErrors)) {
      connection.note('flag-down', outcome === 'failed' ? 'lease-failed' : 'max-errors', nowMs);
      manager.setHealthy(connection, false);
    }
    if ((lease.troubled || lease.doubted) && connection.healthy && connection.state === 'leased') {
      if (connection.activeLeases === 0) {
        connection.asksNext ||= lease.doubted;
        return this.#inspector
          .check(connection)
          .then(() => this.#settled(connection, this.#context.nowMs() - releasedMs));
      }
      if (lease.troubled) {
        connection.note('flag-down', 'request-broke', nowMs);
        manager.setHealthy(connection, false);
      }
    }
    this.recycle(connection, nowMs);
    this.#settled(connection, nowMs - releasedMs);
    return null;
  }

  /** `tookMs` from the release to now, when the connection is where it goes. */
  #settled(connection: HotConnection, tookMs: number): void {
    const { recorder } = this.#context;
    // In `checking` it has gone to a waiter, whose path is validated first.
    if (connection.healthy && connection.established && connection.state !== 'draining') {
      recorder.recycled(tookMs);
    } else {
      recorder.notRecycled();
      if (connection.established && !connection.healthy) {
        this.#inspector.lookAgain(connection);
      }
    }
    this.#context.changed(connection);
  }

  /** Throws away what still comes of the responses, within a bound; beyond it the stream is reset, or on HTTP/1.1 the connection closed. */
  async #drain(lease: Lease, exchanges: readonly Exchange[]): Promise<void> {
    const { connection } = lease;
    const reason = new LeaseEndedError(
      'the lease was released before this response was read to its end',
      lease.acquiredAt,
      lease.releasedAt,
    );
    const drained = await Promise.all(exchanges.map((exchange) => this.#drainOne(exchange, reason)));
    if (drained.every(Boolean) || connection.state === 'closed') {
      return;
    }
    if (connection.transport?.protocol === 'h2') {
      for (const exchange of exchanges) {
        exchange.reset(reason);
      }
    } else {
      this.#closer.close(connection, 'response-not-drained');
    }
  }

  #drainOne(exchange: Exchange, reason: Error): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = this.#context.clock.after(drainMs, () => resolve(false));
      exchange.abandon(reason, (drained) => {
        timer.cancel();
        resolve(drained);
      });
    });
  }
}
