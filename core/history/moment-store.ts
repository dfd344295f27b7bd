/** The time machine's frames on disk: whole ones, and between them what changed. Synchronous: it lives in a thread of its own. */
import type { z } from 'zod';
import { PhraseError } from '../base/phrase-error.ts';
import { type HistoryMoment, type historyMomentInputSchema, historyMomentSchema } from '../contract/history-moment.ts';
import { phrase } from '../contract/phrase.ts';
import type { CloseReason } from '../contract/vocabulary.ts';
import { ByteReserve } from './byte-reserve.ts';
import type { HealthChange } from './history-batch.ts';
import { deltasKeptS, momentsKeptS, thinnedStepS } from './history-tiers.ts';
import {
  apply,
  copyOf,
  dictionaryOf,
  emptyState,
  type Frame,
  keyOf,
  type Moment,
  type MomentState,
  pack,
  unpack,
  wholeFrame,
} from './moment-frame.ts';
import { happeningOf } from './moment-happening.ts';
import type { SqlValue } from './sample-row.ts';
import type { Statements } from './statements.ts';

export type MomentWish = z.output<typeof historyMomentInputSchema>;

/** A whole frame is written when what changed since the last has come to so many times its size, or after so many frames. */
const wholeAfterTimes = 4;
const wholeAfterFrames = 120;
/** A pool whose every connection changes each second is written down less often, so that a day of it fits the disk. */
const bytesPerSecond = 1_200;
const longestPauseMs = 30_000;
/** But seconds in which something happens to it are what one comes back to: of 1,600 connections a quarter of an hour of them. */
const reserveBytes = 32_000_000;
const reserveBytesPerSecond = 400;

/** A timer may fire so much before its time. */
const earlyMs = 20;

/** The turn of the second at which a picture was taken: who asks for 14:09:00 is shown the one of 14:09:00. */
function turnOf(atMs: number): number {
  return Math.floor((atMs + earlyMs) / 1_000) * 1_000;
}

/** The whole frame that others follow from. */
interface Segment {
  readonly row: number;
  readonly dictionary: Buffer;
  readonly bytes: number;
}

/** A moment that was put together, for the next question to go on from. */
interface Shown {
  readonly atMs: number;
  readonly segment: Segment;
  readonly row: number;
  readonly state: MomentState;
}

export class MomentStore {
  readonly #statements: Statements;
  /** As the engine told it last. */
  #state = emptyState();
  #pending: Frame | null = null;
  #segment: Segment | null = null;
  #framesSince = 0;
  #bytesSince = 0;
  #writtenMs = 0;
  #pauseMs = 0;
  #happening = '';
  readonly #reserve = new ByteReserve(reserveBytes, reserveBytesPerSecond);
  /** Of the last moment; null while the next one has to be a new picture. */
  #seq: number | null = null;
  #hasGap = false;
  /** The last two that were shown: the one that is asked from, and the one that is gone on from. */
  #shown: readonly Shown[] = [];

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  /** Something that was told is missing: the engine has to tell everything once more. */
  get hasGap(): boolean {
    return this.#hasGap;
  }

  /** The transaction was taken back: what is known here is more than what is on disk. */
  forget(): void {
    this.#seq = null;
    this.#segment = null;
    this.#pending = null;
  }

  /** Within the caller's transaction. */
  write(moments: readonly Moment[], changes: readonly HealthChange[]): void {
    for (const moment of moments) {
      if (moment.reset) {
        this.#state = { ...emptyState(), health: this.#state.health };
        this.#pending = null;
        this.#segment = null;
      } else if (this.#seq === null || moment.seq !== this.#seq + 1) {
        this.#seq = null;
        this.#hasGap = true;
        return;
      }
      this.#seq = moment.seq;
      this.#hasGap = false;
      this.#take(moment, changes);
      const atMs = turnOf(moment.statistics.atMs);
      // A clock that was set back begins a new segment: within one, time goes on.
      const happening = happeningOf(moment);
      const isPaused = this.#segment !== null && atMs >= this.#writtenMs && atMs - this.#writtenMs < this.#pauseMs;
      const isUrgent = happening !== this.#happening && this.#reserve.hasSome(atMs);
      if (isPaused && !isUrgent) {
        continue;
      }
      const bytes = !this.#segment || atMs < this.#writtenMs ? this.#writeWhole(atMs) : this.#writeChanges(atMs);
      this.#happening = happening;
      if (isPaused) {
        this.#reserve.take(bytes);
      }
    }
  }

  moment({ atMs, sinceMs }: MomentWish): HistoryMoment {
    const [firstMs, lastMs] = this.#bounds();
    const now = this.#at(atMs);
    const since = sinceMs === null ? null : (this.#shown.find((shown) => shown.atMs === sinceMs) ?? this.#at(sinceMs));
    this.#shown = [now, ...this.#shown.filter((shown) => shown !== now)].slice(0, 2);
    const before = since?.state ?? emptyState();
    const { rows, health, hosts, localOutage, warmUps, statistics } = now.state;
    const reasons = since ? this.#reasonsBetween(since.atMs, now.atMs) : new Map<number, CloseReason>();
    const moment = historyMomentSchema.safeParse({
      atMs: now.atMs,
      reset: since === null,
      statistics,
      upserts: different(before.rows, rows),
      removes: Array.from(gone(before.rows, rows), ({ id }) => ({ id, reason: reasons.get(id) ?? null })),
      health: {
        localOutage,
        hosts,
        upserts: different(before.health, health),
        removes: Array.from(gone(before.health, health), ({ host, ip, port }) => ({ host, ip, port })),
      },
      warmUps,
      firstMs,
      lastMs,
    });
    if (!moment.success) {
      throw new PhraseError(phrase('past.other-version'));
    }
    return moment.data;
  }

  oldestMs(): number | null {
    const oldest = this.#statements.prepare('SELECT min(at) AS at FROM moments').get()?.at;
    return typeof oldest === 'number' ? oldest : null;
  }

  /** When the first segment gave way to the next; null while there is no next. */
  oldestEndMs(): number | null {
    const next = this.#statements
      .prepare('SELECT at FROM moments WHERE row = segment ORDER BY at LIMIT 1 OFFSET 1')
      .get()?.at;
    return typeof next === 'number' ? next : null;
  }

  /** Deletes what is past its time, at most `rows`. Within the caller's transaction. */
  tidy(nowMs: number, rows: number): void {
    const untilMs = nowMs - deltasKeptS * 1_000;
    // As far as whole segments are past it: one that has lost its beginning tells nothing.
    const begin = this.#statements
      .prepare('SELECT max(at) AS at FROM moments WHERE row = segment AND at <= ?')
      .get(untilMs)?.at;
    if (typeof begin === 'number') {
      this.#statements
        .prepare(
          'DELETE FROM moments WHERE row IN (SELECT row FROM moments WHERE at < ? AND row <> segment ORDER BY at LIMIT ?)',
        )
        .run(begin, rows);
      this.#statements
        .prepare(
          `DELETE FROM moments WHERE row IN (
             SELECT row FROM moments AS later WHERE row = segment AND at < ? AND EXISTS (
               SELECT 1 FROM moments AS earlier
               WHERE earlier.at < later.at AND earlier.at >= later.at / ${thinnedStepS * 1_000} * ${thinnedStepS * 1_000}
             ) LIMIT ?)`,
        )
        .run(begin, rows);
    }
    this.prune(nowMs - momentsKeptS * 1_000, rows);
  }

  /** Deletes what is older, at most `rows`, and no segment's beginning before the rest of it. Within the caller's transaction. */
  prune(olderThanMs: number, rows: number): void {
    const begin = this.#statements
      .prepare('SELECT max(at) AS at FROM moments WHERE row = segment AND at <= ?')
      .get(olderThanMs)?.at;
    this.#statements
      .prepare(
        'DELETE FROM moments WHERE row IN (SELECT row FROM moments WHERE at < ? ORDER BY at DESC, row DESC LIMIT ?)',
      )
      .run(typeof begin === 'number' ? begin : 0, rows);
  }

  #take(moment: Moment, changes: readonly HealthChange[]): void {
    const { statistics, hosts, localOutage, warmUps } = moment;
    // What was told of an address last is how it is.
    const told = [...new Map(changes.map((change) => [keyOf(change), change])).values()];
    const frame: Frame = {
      born: [...moment.born],
      moved: [...moment.moved],
      closed: [...moment.closed],
      health: told.flatMap(({ health }) => health ?? []),
      healthGone: told.filter(({ health }) => health === null).map(keyOf),
      hosts,
      localOutage,
      warmUps,
      statistics,
    };
    apply(this.#state, frame);
    this.#pending = this.#pending ? joined(this.#pending, frame, this.#state) : frame;
  }

  /** Returns how many bytes it took. */
  #writeWhole(atMs: number): number {
    const frame = wholeFrame(this.#state);
    if (!frame) {
      return 0;
    }
    const { data, text } = pack(frame, null);
    const row = Number(
      this.#statements.prepare('INSERT INTO moments (segment, at, data) VALUES (0, ?, ?)').run(atMs, data)
        .lastInsertRowid,
    );
    this.#statements.prepare('UPDATE moments SET segment = row WHERE row = ?').run(row);
    this.#segment = { row, dictionary: dictionaryOf(text), bytes: data.length };
    this.#framesSince = 0;
    this.#bytesSince = 0;
    this.#written(atMs, 0);
    return data.length;
  }

  /** Returns how many bytes it took. */
  #writeChanges(atMs: number): number {
    const segment = this.#segment;
    if (!this.#pending || !segment) {
      return 0;
    }
    const { data } = pack(this.#pending, segment.dictionary);
    this.#statements.prepare('INSERT INTO moments (segment, at, data) VALUES (?, ?, ?)').run(segment.row, atMs, data);
    this.#framesSince += 1;
    this.#bytesSince += data.length;
    if (this.#framesSince >= wholeAfterFrames || this.#bytesSince > wholeAfterTimes * segment.bytes) {
      this.#segment = null;
    }
    this.#written(atMs, data.length);
    return data.length;
  }

  #written(atMs: number, bytes: number): void {
    this.#pending = null;
    this.#writtenMs = atMs;
    this.#pauseMs = Math.min(longestPauseMs, (bytes / bytesPerSecond) * 1_000);
  }

  /** @throws Error when nothing of that time is remembered. */
  #at(atMs: number): Shown {
    const last = this.#statements
      .prepare('SELECT row, segment, at FROM moments WHERE at <= ? ORDER BY at DESC, row DESC LIMIT 1')
      .get(atMs);
    if (!last) {
      throw new PhraseError(phrase('past.before-first'));
    }
    const [row, segmentRow, foundMs] = [Number(last.row), Number(last.segment), Number(last.at)];
    const same = this.#shown.find((shown) => shown.row === row);
    if (same) {
      return same;
    }
    const before = this.#shown.find((shown) => shown.segment.row === segmentRow && shown.row < row);
    const { segment, state } = before
      ? { segment: before.segment, state: copyOf(before.state) }
      : this.#whole(segmentRow);
    for (const { data } of this.#statements
      .prepare('SELECT data FROM moments WHERE segment = ? AND row > ? AND row <= ? ORDER BY row')
      .iterate(segmentRow, before?.row ?? segmentRow, row)) {
      apply(state, unpack(bytesOf(data), segment.dictionary).frame);
    }
    return { atMs: foundMs, segment, row, state };
  }

  #whole(row: number): { segment: Segment; state: MomentState } {
    const found = this.#statements.prepare('SELECT data FROM moments WHERE row = ?').get(row);
    if (!found) {
      throw new PhraseError(phrase('past.given-up'));
    }
    const data = bytesOf(found.data);
    const { frame, text } = unpack(data, null);
    const state = emptyState();
    apply(state, frame);
    return { segment: { row, dictionary: dictionaryOf(text), bytes: data.length }, state };
  }

  #bounds(): [number, number] {
    const bounds = this.#statements.prepare('SELECT min(at) AS first, max(at) AS last FROM moments').get();
    return [Number(bounds?.first ?? 0), Number(bounds?.last ?? 0)];
  }

  #reasonsBetween(fromMs: number, toMs: number): Map<number, CloseReason> {
    const reasons = new Map<number, CloseReason>();
    for (const { id, reason } of this.#statements
      .prepare('SELECT id, reason FROM lives WHERE closed_at > ? AND closed_at <= ?')
      .iterate(fromMs - 2_000, toMs + 1_000)) {
      reasons.set(Number(id), String(reason) as CloseReason);
    }
    return reasons;
  }
}

/** Two frames in a row as one. Connections that came and went between them are in neither. */
function joined(before: Frame, after: Frame, { rows }: MomentState): Frame {
  const born = new Map([...before.born, ...after.born].map(({ id }) => [id, rows.get(id)]));
  const moved = new Map([...before.moved, ...after.moved].map((row) => [row[0], row]));
  const health = new Map([...before.health, ...after.health].map((row) => [keyOf(row), row]));
  return {
    ...after,
    born: [...born.values()].filter((row) => row !== undefined),
    moved: [...moved.values()].filter(([id]) => rows.has(id) && !born.has(id)),
    closed: [...before.closed, ...after.closed],
    health: [...health.values()],
    healthGone: [...before.healthGone, ...after.healthGone].filter((key) => !health.has(key)),
  };
}

/** Those of `after` that are new, or of which a field is another. */
function different<Key, Row extends object>(before: ReadonlyMap<Key, Row>, after: ReadonlyMap<Key, Row>): Row[] {
  return [...after].flatMap(([key, row]) => {
    const known = before.get(key);
    return known === row || (known && JSON.stringify(known) === JSON.stringify(row)) ? [] : [row];
  });
}

function gone<Key, Row>(before: ReadonlyMap<Key, Row>, after: ReadonlyMap<Key, Row>): Row[] {
  return [...before].flatMap(([key, row]) => (after.has(key) ? [] : [row]));
}

function bytesOf(data: SqlValue | undefined): Uint8Array {
  return data instanceof Uint8Array ? data : new Uint8Array();
}
