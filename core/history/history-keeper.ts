/** Keeps the file through its troubles: damaged, locked, full, or not to be had. Lives in the history's own thread. */
import { existsSync } from 'node:fs';
import { PhraseError } from '../base/phrase-error.ts';
import { type Phrase, phrase } from '../contract/phrase.ts';
import type { HistoryBatch } from './history-batch.ts';
import { type HistoryBounds, HistoryDatabase } from './history-database.ts';
import { isDamaged, isLocked, type PutAside, putAside } from './history-file.ts';
import type { AskHistory, HistoryAnswers, HistoryCondition, HistoryTopic } from './history-messages.ts';

type Answerers = {
  readonly [Topic in HistoryTopic]: (
    database: HistoryDatabase,
    wish: HistoryAnswers[Topic]['wish'],
    nowMs: number,
  ) => HistoryAnswers[Topic]['answer'];
};

/** Between two tries to open a file that could not be had. */
const reopenMs = 10_000;
/** Batches come up to five times a second. */
const tidyEveryBatches = 15;

const answerers: Answerers = {
  series: (database, wish, nowMs) => database.samples.series(wish, Math.floor(nowMs / 1_000)),
  samples: (database, wish, nowMs) => database.samples.samples(wish, Math.floor(nowMs / 1_000)),
  events: (database, wish) => database.records.events(wish),
  lives: (database, wish) => database.records.lives(wish),
  life: (database, wish) => database.records.life(wish),
  alerts: (database, wish) => database.alerts.alerts(wish),
  checks: (database, wish) => database.checks.checks(wish),
  spans: (database, wish) => database.spans.spans(wish),
  warmUps: (database, wish) => database.warmUps.warmUps(wish),
  warmUpCells: (database, wish) => database.warmUps.cells(wish),
  moment: (database, wish) => database.moments.moment(wish),
  changes: (database, wish) => database.changes.changes(wish),
  patterns: (database, wish) => database.patterns.counts(wish),
  cells: (database, wish, nowMs) => database.cells.cells(wish, nowMs),
  errors: (database, wish, nowMs) => database.errors.errors(wish, nowMs),
};

export class HistoryKeeper {
  readonly #file: string;
  readonly #bounds: HistoryBounds;
  #database: HistoryDatabase | null = null;
  /** When it could not be opened, and why; null while it can. */
  #refused: { readonly atMs: number; readonly fault: Phrase } | null = null;
  /** Not told yet. */
  #setAside: PutAside | null = null;
  #batches = 0;
  /** There is too much on the disk, though some of it was deleted. */
  #isOverfull = false;
  #closed = false;

  /** Opens with the first use. */
  constructor(file: string, bounds: HistoryBounds = {}) {
    this.#file = file;
    this.#bounds = bounds;
  }

  /** Does not throw: what could not be stored is said in the condition. `nowMs` is epoch. */
  write(batch: HistoryBatch, nowMs: number): HistoryCondition {
    const fault = this.#tryWrite(batch, nowMs);
    const setAside = this.#setAside;
    this.#setAside = null;
    const hasGap = fault === null && this.#database?.moments.hasGap === true;
    return { fault, setAside, hasGap, ...this.#measure() };
  }

  /** What is there, also where nothing can be added to it. */
  #measure(): Pick<HistoryCondition, 'sizeBytes' | 'oldestAtMs' | 'firstMomentMs'> {
    const unknown = { sizeBytes: null, oldestAtMs: null, firstMomentMs: null };
    const database = this.#database;
    if (!database) {
      return unknown;
    }
    try {
      return {
        sizeBytes: database.sizeBytes(),
        oldestAtMs: database.oldestAtMs(),
        firstMomentMs: database.moments.oldestMs(),
      };
    } catch {
      // Why is in the fault.
      return unknown;
    }
  }

  /** @throws Error when the file cannot be read; one that is damaged has been put aside by then. */
  ask<Topic extends HistoryTopic>(question: AskHistory<Topic>): HistoryAnswers[Topic]['answer'] {
    const { topic, wish, nowMs } = question;
    const database = this.#open(nowMs);
    try {
      return answerers[topic](database, wish, nowMs);
    } catch (error) {
      this.#leaveDamaged(error, nowMs);
      throw error;
    }
  }

  /** Twice is fine; nothing is opened afterwards. */
  close(): void {
    this.#closed = true;
    this.#database?.close();
    this.#database = null;
  }

  #tryWrite(batch: HistoryBatch, nowMs: number): string | null {
    try {
      this.#writeTo(this.#open(nowMs), batch, nowMs);
      return null;
    } catch (error) {
      if (!this.#leaveDamaged(error, nowMs)) {
        return faultOf(error);
      }
    }
    try {
      this.#writeTo(this.#open(nowMs), batch, nowMs);
      return null;
    } catch (error) {
      return faultOf(error);
    }
  }

  #writeTo(database: HistoryDatabase, batch: HistoryBatch, nowMs: number): void {
    database.write(batch);
    this.#batches += 1;
    if (this.#isOverfull || this.#batches % tidyEveryBatches === 0) {
      this.#isOverfull = database.tidy(nowMs);
    }
  }

  /** @throws Error when it cannot be had, at each call until it is tried again. */
  #open(nowMs: number): HistoryDatabase {
    if (this.#closed) {
      throw new PhraseError(phrase('past.closed'));
    }
    if (this.#database) {
      return this.#database;
    }
    // A clock that was set back must not keep it shut.
    if (this.#refused && Math.abs(nowMs - this.#refused.atMs) < reopenMs) {
      throw new PhraseError(this.#refused.fault);
    }
    try {
      this.#database = this.#openOrBegin(nowMs);
      this.#refused = null;
      return this.#database;
    } catch (error) {
      this.#refused = { atMs: nowMs, fault: phrase('past.unopened', { file: this.#file, message: faultOf(error) }) };
      throw new PhraseError(this.#refused.fault);
    }
  }

  /** A pool never waits for its past: a file that cannot be used is put aside. */
  #openOrBegin(nowMs: number): HistoryDatabase {
    try {
      return new HistoryDatabase(this.#file, this.#bounds);
    } catch (error) {
      if (!existsSync(this.#file) || !(isDamaged(error) || isLocked(error))) {
        throw error;
      }
      this.#setAside = putAside(this.#file, error, nowMs);
      return new HistoryDatabase(this.#file, this.#bounds);
    }
  }

  /** True when the file was damaged and has been put aside. */
  #leaveDamaged(error: unknown, nowMs: number): boolean {
    if (!this.#database || !isDamaged(error)) {
      return false;
    }
    this.#database.close();
    this.#database = null;
    this.#setAside = putAside(this.#file, error, nowMs);
    return true;
  }
}

function faultOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
