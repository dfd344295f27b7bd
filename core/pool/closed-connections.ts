/** What is remembered of connections that have been closed: of the last thousand, without their sockets. */
import type { ConnectionRow } from '../contract/connections.ts';
import type { CloseReason } from '../contract/vocabulary.ts';
import type { DialTimings } from '../dial/transport.ts';
import type { FailureRecord, HistoryRing } from './history-ring.ts';
import type { HotConnection } from './hot-connection.ts';
import type { LeaseLog } from './lease-log.ts';

/** So many, of about half a kilobyte each. */
const remembered = 1_000;

/** The parts of a life that {@link HotConnection} and its remembrance have in common; times are monotonic. */
export interface ConnectionLife {
  readonly createdMs: number;
  readonly dialBeganMs: number | null;
  readonly handshakenMs: number | null;
  readonly readyMs: number | null;
  readonly timings: DialTimings | null;
  readonly lastLeaseBeganMs: number | null;
  readonly checks: number;
  readonly history: HistoryRing | null;
  readonly leaseLog: LeaseLog | null;
  readonly failures: FailureRecord | null;
}

export interface ClosedConnection extends ConnectionLife {
  readonly row: ConnectionRow;
  readonly reason: CloseReason;
  readonly closedMs: number;
}

export class ClosedConnections {
  /** In the order in which they were closed. */
  readonly #byId = new Map<number, ClosedConnection>();

  add(connection: HotConnection, reason: CloseReason, nowMs: number, epochOffsetMs: number): void {
    const {
      createdMs,
      dialBeganMs,
      handshakenMs,
      readyMs,
      timings,
      lastLeaseBeganMs,
      checks,
      history,
      leaseLog,
      failures,
    } = connection;
    this.#byId.set(connection.id, {
      row: connection.toRow(epochOffsetMs),
      reason,
      closedMs: nowMs,
      createdMs,
      dialBeganMs,
      handshakenMs,
      readyMs,
      timings,
      lastLeaseBeganMs,
      checks,
      history,
      leaseLog,
      failures,
    });
    if (this.#byId.size > remembered) {
      const oldest = this.#byId.keys().next();
      if (!oldest.done) {
        this.#byId.delete(oldest.value);
      }
    }
  }

  get(id: number): ClosedConnection | undefined {
    return this.#byId.get(id);
  }

  /** The last to `host`, or to one address of it; undefined when none is remembered. */
  lastTo(host: string, ip: string | null = null): ClosedConnection | undefined {
    let last: ClosedConnection | undefined;
    for (const closed of this.#byId.values()) {
      if (closed.row.host === host && (ip === null || closed.row.ip === ip)) {
        last = closed;
      }
    }
    return last;
  }
}
