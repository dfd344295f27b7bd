/** `history.sqlite`, opened. Synchronous: it lives in a thread of its own. One writer. */
import { closeSync, openSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { AlertStore } from './alert-store.ts';
import { CellStore } from './cell-store.ts';
import { ChangeStore } from './change-store.ts';
import { CheckStore } from './check-store.ts';
import { EndpointIds } from './endpoint-ids.ts';
import { ErrorStore } from './error-store.ts';
import type { HistoryBatch } from './history-batch.ts';
import { companions } from './history-file.ts';
import { migrate } from './history-schema.ts';
import { checksKeptS, largestFileBytes, recordsKeptS } from './history-tiers.ts';
import { MomentStore } from './moment-store.ts';
import { PatternStore } from './pattern-store.ts';
import { RecordStore } from './record-store.ts';
import { SampleStore } from './sample-store.ts';
import { SpanStore } from './span-store.ts';
import { Statements } from './statements.ts';
import { WarmUpStore } from './warm-up-store.ts';
import { WordIds } from './word-ids.ts';

/** In one go, so that no single one takes long. */
const prunedAtOnce = 2_000;
/** The newest of everything, given up only when nothing older is left. */
const sparedMs = 3_600_000;
/** When there is too much: of what is older, and of what is not. */
const droppedAtOnceMs = 3_600_000;
const droppedOfNewestMs = 300_000;
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
  readonly samples: SampleStore;
  readonly records: RecordStore;
  readonly alerts: AlertStore;
  readonly checks: CheckStore;
  readonly spans: SpanStore;
  readonly cells: CellStore;
  readonly errors: ErrorStore;
  readonly warmUps: WarmUpStore;
  readonly changes: ChangeStore;
  readonly moments: MomentStore;
  readonly patterns: PatternStore;
  readonly #endpoints: EndpointIds;
  readonly #words: WordIds;

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
    this.#endpoints = new EndpointIds(statements);
    this.#words = new WordIds(statements);
    this.samples = new SampleStore(statements);
    this.records = new RecordStore(statements);
    this.alerts = new AlertStore(statements);
    this.checks = new CheckStore(statements, this.#endpoints, this.#words);
    this.spans = new SpanStore(statements, this.#endpoints);
    this.cells = new CellStore(statements, this.#endpoints, this.checks, this.spans);
    this.errors = new ErrorStore(statements, this.#endpoints, this.#words, this.checks);
    this.warmUps = new WarmUpStore(statements);
    this.changes = new ChangeStore(statements);
    this.moments = new MomentStore(statements);
    this.patterns = new PatternStore(statements);
    // Whoever wrote here last has ended, and saw nothing of what came after its last second.
    const endedS = this.samples.newestS();
    this.#transact(() => this.spans.endAll(endedS === null ? 0 : (endedS + 1) * 1_000));
  }

  /** Whole or not at all. @throws SQLite's error, of a full disk among others. */
  write({ samples, events, lives, alerts, checks, health, warmUps, changes, moments, patterns }: HistoryBatch): void {
    this.#transact(() => {
      this.samples.write(samples);
      this.records.writeEvents(events);
      this.records.writeLives(lives);
      this.alerts.write(alerts);
      this.checks.write(checks);
      this.spans.write(health);
      this.warmUps.write(warmUps);
      this.changes.write(changes);
      this.moments.write(moments, health);
      this.patterns.write(patterns);
      const newest = samples.at(-1);
      if (newest) {
        this.samples.rollUp(newest.atS);
        this.cells.rollUp(newest.atS);
        this.errors.rollUp(newest.atS);
        this.checks.join(newest.atS * 1_000);
      }
    });
  }

  /**
   * Deletes a little of what is past its time or too much, and gives the room back; called now and then. True when it is
   * too much still.
   */
  tidy(nowMs: number): boolean {
    const nowS = Math.floor(nowMs / 1_000);
    const keptFromMs = nowMs - recordsKeptS * 1_000;
    this.#transact(() => {
      this.samples.prune(nowS, prunedAtOnce);
      this.records.prune(keptFromMs, prunedAtOnce);
      this.alerts.prune(keptFromMs, prunedAtOnce);
      this.checks.prune(nowMs - checksKeptS * 1_000, prunedAtOnce);
      this.spans.prune(keptFromMs, prunedAtOnce);
      this.cells.prune(nowS, prunedAtOnce);
      this.errors.prune(nowS, prunedAtOnce);
      this.warmUps.prune(keptFromMs, prunedAtOnce);
      this.patterns.prune(keptFromMs, prunedAtOnce);
      this.changes.prune(keptFromMs, prunedAtOnce);
      this.moments.tidy(nowMs, prunedAtOnce);
      this.#endpoints.prune(keptFromMs);
      if (this.#isTooLarge()) {
        this.#makeRoom(nowMs - sparedMs);
      }
    });
    this.#database.exec(`PRAGMA incremental_vacuum(${vacuumedAtOnce})`);
    return this.#isTooLarge();
  }

  oldestAtMs(): number | null {
    const oldestS = this.samples.oldestS();
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

  /**
   * What is told in full takes the room, and goes first; what is only counted takes little, but of many thousands of
   * addresses too much. Of both what is older than `sparedUntilMs`: else what was written a moment ago would go for counts
   * of months.
   */
  #makeRoom(sparedUntilMs: number): void {
    // Older ones that a step leaves are for the next time.
    if (this.#dropRecords(droppedAtOnceMs, sparedUntilMs) || !this.#isTooLarge()) {
      return;
    }
    if (this.#dropCounts(droppedAtOnceMs, sparedUntilMs) || !this.#isTooLarge()) {
      return;
    }
    this.#dropRecords(droppedOfNewestMs, Infinity);
    this.#dropCounts(droppedOfNewestMs, Infinity);
  }

  /** So much from the oldest on that all of it reaches back equally far. True when more of it is older than `untilMs`. */
  #dropRecords(spanMs: number, untilMs: number): boolean {
    const oldestMs = this.#oldestRecordMs();
    for (const store of [this.records, this.checks, this.warmUps, this.changes, this.moments, this.spans]) {
      store.prune(Math.min(oldestMs + spanMs, untilMs), prunedAtOnce);
    }
    return this.#oldestRecordMs() < untilMs;
  }

  /** As {@link #dropRecords} does. */
  #dropCounts(spanMs: number, untilMs: number): boolean {
    const stores = [this.samples, this.cells, this.errors];
    return stores.map((store) => store.dropOldest(spanMs / 1_000, untilMs / 1_000, prunedAtOnce)).includes(true);
  }

  /** Infinity while there is none. */
  #oldestRecordMs(): number {
    const begun = [this.records, this.checks, this.warmUps, this.changes].map((store) => store.oldestMs());
    const ended = [this.moments, this.spans].map((store) => store.oldestEndMs());
    return Math.min(...[...begun, ...ended].map((atMs) => atMs ?? Infinity));
  }

  #isTooLarge(): boolean {
    return this.#usedBytes() > this.#largestBytes;
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
      this.#endpoints.forget();
      this.#words.forget();
      this.spans.forget();
      this.moments.forget();
      throw error;
    }
  }
}
