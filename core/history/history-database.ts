/** `history.sqlite`, opened. Synchronous: it lives in a thread of its own. One writer. */
import { closeSync, openSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { HistoryAlerts, HistoryEvents, HistoryLives, HistorySeries } from '../contract/history.ts';
import { AlertStore, type AlertsWish } from './alert-store.ts';
import type { HistoryBatch } from './history-batch.ts';
import { companions } from './history-file.ts';
import { migrate } from './history-schema.ts';
import { largestFileBytes, recordsKeptS } from './history-tiers.ts';
import { type EventsWish, type LivesWish, RecordStore } from './record-store.ts';
import { SampleStore, type SeriesWish } from './sample-store.ts';
import { Statements } from './statements.ts';

/** In one go, so that no single one takes long. */
const prunedAtOnce = 2_000;
/** Pages given back to the system in one go, of 4 KiB each. */
const vacuumedAtOnce = 256;
/** Another program may read or write for a moment; one that holds the file longer has it. */
const lockPatienceMs = 1_000;

export interface HistoryBounds {
  /** Above it the oldest is deleted, bit by bit; the design's 1 GB when it is not given. */
  readonly largestBytes?: number;
  /** Of 4 KiB each; SQLite refuses to write beyond, as on a full disk. Unbounded when it is not given. */
  readonly largestPages?: number;
  /** How long a lock of another program is waited for; a second when it is not given. */
  readonly lockPatienceMs?: number;
}

export class HistoryDatabase {
  readonly #file: string;
  readonly #largestBytes: number;
  readonly #database: DatabaseSync;
  readonly #samples: SampleStore;
  readonly #records: RecordStore;
  readonly #alerts: AlertStore;

  /** @throws SQLite's error: the file is damaged, locked or cannot be written; NewerHistoryError. Nothing stays open then. */
  constructor(file: string, bounds: HistoryBounds = {}) {
    const { largestBytes = largestFileBytes, largestPages } = bounds;
    this.#file = file;
    this.#largestBytes = largestBytes;
    // Made before SQLite makes it, which would let others of this machine read who is called; what lies beside it follows.
    closeSync(openSync(file, 'a', 0o600));
    const database = new DatabaseSync(file, { timeout: bounds.lockPatienceMs ?? lockPatienceMs });
    try {
      // Before the first table: a file keeps the way of vacuuming that it was made with.
      database.exec('PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
      // Proves that it can be written, which reading its version does not.
      database.exec('BEGIN IMMEDIATE; COMMIT');
      migrate(database);
      if (largestPages !== undefined) {
        database.exec(`PRAGMA max_page_count = ${largestPages}`);
      }
    } catch (error) {
      database.close();
      throw error;
    }
    this.#database = database;
    const statements = new Statements(database);
    this.#samples = new SampleStore(statements);
    this.#records = new RecordStore(statements);
    this.#alerts = new AlertStore(statements);
  }

  /** Whole or not at all. @throws SQLite's error, of a full disk among others. */
  write({ samples, events, lives, alerts }: HistoryBatch): void {
    this.#transact(() => {
      this.#samples.write(samples);
      this.#records.writeEvents(events);
      this.#records.writeLives(lives);
      this.#alerts.write(alerts);
      const newest = samples.at(-1);
      if (newest) {
        this.#samples.rollUp(newest.atS);
      }
    });
  }

  /** Deletes a little of what is past its time or too much, and gives the room back; called now and then. */
  tidy(nowMs: number): void {
    this.#transact(() => {
      this.#samples.prune(Math.floor(nowMs / 1_000), prunedAtOnce);
      const keptFromMs = nowMs - recordsKeptS * 1_000;
      this.#records.prune(keptFromMs, prunedAtOnce);
      this.#alerts.prune(keptFromMs, prunedAtOnce);
      if (this.#usedBytes() > this.#largestBytes) {
        this.#records.dropOldest(prunedAtOnce);
        this.#samples.dropOldest(prunedAtOnce);
      }
    });
    this.#database.exec(`PRAGMA incremental_vacuum(${vacuumedAtOnce})`);
  }

  series(wish: SeriesWish, nowMs: number): HistorySeries {
    return this.#samples.series(wish, Math.floor(nowMs / 1_000));
  }

  events(wish: EventsWish): HistoryEvents {
    return this.#records.events(wish);
  }

  lives(wish: LivesWish): HistoryLives {
    return this.#records.lives(wish);
  }

  alerts(wish: AlertsWish): HistoryAlerts {
    return this.#alerts.alerts(wish);
  }

  oldestAtMs(): number | null {
    const oldestS = this.#samples.oldestS();
    return oldestS === null ? null : oldestS * 1_000;
  }

  /** On the disk, with what is not yet merged into the file. */
  sizeBytes(): number {
    return companions.reduce((sum, end) => sum + (statSync(this.#file + end, { throwIfNoEntry: false })?.size ?? 0), 0);
  }

  /** Twice is fine. */
  close(): void {
    if (this.#database.isOpen) {
      this.#database.close();
    }
  }

  #usedBytes(): number {
    const read = (name: string): number => Number(this.#database.prepare(`PRAGMA ${name}`).get()?.[name] ?? 0);
    return (read('page_count') - read('freelist_count')) * read('page_size');
  }

  #transact(work: () => void): void {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      work();
      this.#database.exec('COMMIT');
    } catch (error) {
      if (this.#database.isTransaction) {
        this.#database.exec('ROLLBACK');
      }
      throw error;
    }
  }
}
