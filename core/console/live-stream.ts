/**
 * The live table: a picture of every connection, then what changed, coalesced by id. One observer of the pool serves all
 * subscribers; each has a cursor that remembers which rows its reader knows and which of them are new, changed or gone.
 */
import type { Clock } from '../base/clock.ts';
import { repeat } from '../base/repeat.ts';
import type { ConnectionRow, ConnectionsFrame } from '../contract/connections.ts';
import type { PoolStatistics } from '../contract/statistics.ts';
import type { CloseReason } from '../contract/vocabulary.ts';
import type { PoolView } from '../pool/pool-ports.ts';
import type { Cursor, LiveSource } from './stream-pump.ts';

/** A quiet pool still sends its counters this often. */
const countersIntervalMs = 1_000;
/** The picture comes in frames of at most so many rows, so that no single message blocks its reader. */
export const pictureFrameRows = 500;
/** Likewise for changes; what does not fit comes with the next frame. */
export const deltaFrameRows = 2_000;

export type RowsView = Pick<PoolView, 'rows' | 'row' | 'observe'>;

export class LiveConnections implements LiveSource<ConnectionsFrame> {
  readonly #clock: Clock;
  readonly #pool: RowsView;
  readonly #counters: () => PoolStatistics;
  readonly #cursors = new Set<ConnectionsCursor>();

  constructor(clock: Clock, pool: RowsView, counters: () => PoolStatistics) {
    this.#clock = clock;
    this.#pool = pool;
    this.#counters = counters;
  }

  start(wake: () => void): () => void {
    const stopObserving = this.#pool.observe({
      changed: (id) => {
        for (const cursor of this.#cursors) {
          cursor.changed(id);
        }
        wake();
      },
      closed: (id, reason) => {
        for (const cursor of this.#cursors) {
          cursor.closed(id, reason);
        }
        wake();
      },
    });
    const stopTicking = repeat(this.#clock, countersIntervalMs, wake);
    return () => {
      stopObserving();
      stopTicking();
    };
  }

  open(): Cursor<ConnectionsFrame> {
    const cursor = new ConnectionsCursor(this.#clock, this.#pool, this.#counters, () => this.#cursors.delete(cursor));
    this.#cursors.add(cursor);
    return cursor;
  }
}

class ConnectionsCursor implements Cursor<ConnectionsFrame> {
  readonly #clock: Clock;
  readonly #pool: RowsView;
  readonly #counters: () => PoolStatistics;
  readonly close: () => void;
  /** Ids of the picture, taken with the first frame in the pool's order, and how many of them have been sent. */
  #picture: readonly number[] = [];
  #pictured = 0;
  #seq = 0;
  #lastFrameMs = 0;
  /** Rows that the reader has. `#gone` only ever holds ids of these, `#changed` only live ones: both stay bounded. */
  readonly #known = new Set<number>();
  readonly #changed = new Set<number>();
  readonly #gone = new Map<number, CloseReason>();

  constructor(clock: Clock, pool: RowsView, counters: () => PoolStatistics, close: () => void) {
    this.#clock = clock;
    this.#pool = pool;
    this.#counters = counters;
    this.close = close;
  }

  get unfinished(): boolean {
    return this.#pictured < this.#picture.length;
  }

  changed(id: number): void {
    this.#changed.add(id);
  }

  closed(id: number, reason: CloseReason): void {
    this.#changed.delete(id);
    if (this.#known.has(id)) {
      this.#gone.set(id, reason);
    }
  }

  pull(): ConnectionsFrame | null {
    if (this.#seq === 0) {
      this.#picture = Array.from(this.#pool.rows(), (row) => row.id);
      this.#changed.clear();
    }
    if (this.#seq === 0 || this.unfinished) {
      const ids = this.#picture.slice(this.#pictured, this.#pictured + pictureFrameRows);
      this.#pictured += ids.length;
      return this.#frame(this.#read(ids), []);
    }
    const quiet = this.#changed.size === 0 && this.#gone.size === 0;
    if (quiet && this.#clock.monotonicMs() - this.#lastFrameMs < countersIntervalMs / 2) {
      return null;
    }
    const upserts = this.#read(this.#changed.values().take(deltaFrameRows));
    const removes = Array.from(this.#gone, ([id, reason]) => ({ id, reason }));
    for (const { id } of removes) {
      this.#known.delete(id);
    }
    this.#gone.clear();
    return this.#frame(upserts, removes);
  }

  /** Rows as they are now; a row that has gone meanwhile is left out. */
  #read(ids: Iterable<number>): ConnectionRow[] {
    const rows: ConnectionRow[] = [];
    for (const id of ids) {
      this.#changed.delete(id);
      const row = this.#pool.row(id);
      if (row) {
        this.#known.add(id);
        rows.push(row);
      }
    }
    return rows;
  }

  #frame(upserts: ConnectionRow[], removes: ConnectionsFrame['removes']): ConnectionsFrame {
    this.#lastFrameMs = this.#clock.monotonicMs();
    const seq = this.#seq;
    this.#seq += 1;
    const { unfinished } = this;
    return {
      seq,
      atMs: this.#clock.epochMs(),
      reset: seq === 0,
      unfinished,
      upserts,
      removes,
      counters: this.#counters(),
    };
  }
}
