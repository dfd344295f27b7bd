/** Every look at every address, in chunks of about a second that become one when their minute is over. Synchronous: it lives in a thread of its own. */
import type { z } from 'zod';
import {
  type HistoryChecks,
  type historyChecksInputSchema,
  type RememberedCheck,
  rememberedCheckSchema,
} from '../contract/history-health.ts';
import { errorClasses } from '../contract/vocabulary.ts';
import { errorTraits } from '../dial/error-classes.ts';
import { CheckChunk, checkBytes, chunkMs, joinChunks, type PackedCheck, packChecks } from './check-chunk.ts';
import type { EndpointIds, EndpointName } from './endpoint-ids.ts';
import type { Statements } from './statements.ts';
import { deleteOldest, type TimedTable } from './timed-pages.ts';
import type { WordIds } from './word-ids.ts';

export type ChecksWish = z.output<typeof historyChecksInputSchema>;

const mostInChunk = 20_000;
/** A cursor is the time of the last check that was looked at, and how many of that very millisecond were. */
const mostOfMs = 4_096;
const minuteMs = 60_000;
/** A page ends after so many checks were looked at. */
const searchedInOneGo = 200_000;

const checksTable: TimedTable = { name: 'checks', time: 'at', key: 'row' };

/** One check as cells count it. */
export type TakeCheck = (atMs: number, endpoint: number, failed: boolean) => void;
/** One that failed; the class by its word's number. */
export type TakeFailure = (atMs: number, endpoint: number, errorClass: number) => void;

export class CheckStore {
  readonly #statements: Statements;
  readonly #endpoints: EndpointIds;
  readonly #words: WordIds;
  #joinedUntilMs = 0;

  constructor(statements: Statements, endpoints: EndpointIds, words: WordIds) {
    this.#statements = statements;
    this.#endpoints = endpoints;
    this.#words = words;
  }

  /** Within the caller's transaction. */
  write(checks: readonly RememberedCheck[]): void {
    let beganMs = 0;
    let packed: PackedCheck[] = [];
    const end = (): void => {
      if (packed.length > 0) {
        this.#statements.prepare('INSERT INTO checks (at, data) VALUES (?, ?)').run(beganMs, packChecks(packed));
        packed = [];
      }
    };
    for (const check of checks) {
      const atMs = Math.floor(check.atMs);
      if (atMs < beganMs || atMs > beganMs + chunkMs || packed.length === mostInChunk) {
        end();
      }
      if (packed.length === 0) {
        beganMs = atMs;
      }
      packed.push({
        endpoint: this.#endpoints.idOf(check, atMs),
        offsetMs: atMs - beganMs,
        kind: this.#words.idOf(check.kind),
        outcome: this.#words.idOf(check.outcome),
        errorClass: this.#words.idOf(check.errorClass),
        status: check.status,
        ms: check.ms,
      });
    }
    end();
  }

  /** One chunk of all that ended in the minute before, once that is over. Within the caller's transaction. */
  join(atMs: number): void {
    const minuteBeganMs = Math.floor(atMs / minuteMs) * minuteMs;
    if (minuteBeganMs === this.#joinedUntilMs) {
      return;
    }
    this.#joinedUntilMs = minuteBeganMs;
    const parts: { row: number; at: number; data: Uint8Array }[] = [];
    const end = (): void => {
      const [first] = parts;
      if (first && parts.length > 1) {
        const rows = JSON.stringify(parts.map(({ row }) => row));
        this.#statements.prepare('DELETE FROM checks WHERE row IN (SELECT value FROM json_each(?))').run(rows);
        this.#statements.prepare('INSERT INTO checks (at, data) VALUES (?, ?)').run(first.at, joinChunks(parts));
      }
      parts.length = 0;
    };
    let bytes = 0;
    const chunks = this.#statements
      .prepare('SELECT row, at, data FROM checks WHERE at >= ? AND at < ? ORDER BY at, row')
      .all(minuteBeganMs - minuteMs, minuteBeganMs);
    for (const { row, at, data } of chunks) {
      if (data instanceof Uint8Array) {
        bytes += data.length;
        if (bytes > mostInChunk * checkBytes) {
          end();
          bytes = data.length;
        }
        parts.push({ row: Number(row), at: Number(at), data });
      }
    }
    end();
  }

  checks({ fromMs, toMs, outcomes, limit, cursor, ...place }: ChecksWish): HistoryChecks {
    const wanted = new Map(this.#endpoints.at(place, fromMs, toMs).map((endpoint) => [endpoint.id, endpoint]));
    // Of one address a comparison is enough, and it is by far the commonest question.
    const only = wanted.size === 1 ? (wanted.values().next().value ?? null) : null;
    const untilMs = cursor === null ? toMs : Math.floor(cursor / mostOfMs) + 1;
    const checks: RememberedCheck[] = [];
    let toSkip = cursor === null ? 0 : cursor % mostOfMs;
    let searched = 0;
    let lastMs = untilMs - 1;
    let ofLastMs = toSkip;
    for (const { at, data } of this.#chunksBefore(fromMs, untilMs)) {
      const chunk = new CheckChunk(data);
      for (let index = chunk.count - 1; index >= 0; index -= 1) {
        const atMs = at + chunk.offsetMs(index);
        if (atMs >= untilMs || atMs < fromMs) {
          continue;
        }
        if (toSkip > 0 && atMs === untilMs - 1) {
          toSkip -= 1;
          continue;
        }
        const id = chunk.endpoint(index);
        const endpoint = only === null || id === only.id ? wanted.get(id) : undefined;
        const isFull = checks.length === limit && endpoint !== undefined;
        if (isFull || (searched >= searchedInOneGo && atMs !== lastMs)) {
          return { checks, cursor: lastMs * mostOfMs + Math.min(ofLastMs, mostOfMs - 1) };
        }
        searched += 1;
        ofLastMs = atMs === lastMs ? ofLastMs + 1 : 1;
        lastMs = atMs;
        const check = endpoint && this.#unpack(chunk.read(index), endpoint, atMs);
        if (check && (outcomes.length === 0 || outcomes.includes(check.outcome))) {
          checks.push(check);
        }
      }
    }
    return { checks, cursor: null };
  }

  /** Each check of the range that says something about its address, in no certain order. */
  each(fromMs: number, toMs: number, take: TakeCheck): void {
    const good = this.#words.idOfKnown('good');
    const ours = new Set(
      errorClasses
        .filter((errorClass) => errorTraits[errorClass].scope === 'local')
        .map((errorClass) => this.#words.idOfKnown(errorClass)),
    );
    for (const { at, chunk } of this.#chunksOf(fromMs, toMs)) {
      for (let index = 0; index < chunk.count; index += 1) {
        const atMs = at + chunk.offsetMs(index);
        const errorClass = chunk.errorClass(index);
        // What this machine failed at says nothing about an address.
        if (atMs >= fromMs && atMs < toMs && (errorClass === 0 || !ours.has(errorClass))) {
          take(atMs, chunk.endpoint(index), chunk.outcome(index) !== good);
        }
      }
    }
  }

  /** Each check of the range that failed, this machine's own failures among them, in no certain order. */
  eachFailure(fromMs: number, toMs: number, take: TakeFailure): void {
    for (const { at, chunk } of this.#chunksOf(fromMs, toMs)) {
      for (let index = 0; index < chunk.count; index += 1) {
        const errorClass = chunk.errorClass(index);
        const atMs = errorClass === 0 ? 0 : at + chunk.offsetMs(index);
        if (errorClass !== 0 && atMs >= fromMs && atMs < toMs) {
          take(atMs, chunk.endpoint(index), errorClass);
        }
      }
    }
  }

  oldestMs(): number | null {
    const oldest = this.#statements.prepare('SELECT min(at) AS at FROM checks').get()?.at;
    return typeof oldest === 'number' ? oldest : null;
  }

  /** Deletes chunks that are older, at most `rows`. Within the caller's transaction. */
  prune(olderThanMs: number, rows: number): void {
    deleteOldest(this.#statements, checksTable, olderThanMs, rows);
  }

  #unpack(packed: PackedCheck, { host, ip, port }: EndpointName, atMs: number): RememberedCheck {
    const { kind, outcome, errorClass, status, ms } = packed;
    const words = this.#words;
    return rememberedCheckSchema.parse({
      host,
      ip,
      port,
      atMs,
      kind: words.wordOf(kind),
      outcome: words.wordOf(outcome),
      errorClass: words.wordOf(errorClass),
      status,
      // Kept in four bytes, which have no more digits than these.
      ms: ms === null ? null : Math.round(ms * 1_000) / 1_000,
    });
  }

  /** In no certain order; what they hold may reach beyond both ends. */
  *#chunksOf(fromMs: number, toMs: number): Iterable<{ at: number; chunk: CheckChunk }> {
    const chunks = this.#statements
      .prepare('SELECT at, data FROM checks WHERE at >= ? AND at < ?')
      .iterate(Math.floor(fromMs) - chunkMs, Math.ceil(toMs));
    for (const { at, data } of chunks) {
      yield { at: Number(at), chunk: new CheckChunk(data instanceof Uint8Array ? data : new Uint8Array()) };
    }
  }

  /** Newest first; a chunk may reach into the range from before it. */
  *#chunksBefore(fromMs: number, untilMs: number): Iterable<{ at: number; data: Uint8Array }> {
    const chunks = this.#statements
      .prepare('SELECT at, data FROM checks WHERE at >= ? AND at < ? ORDER BY at DESC, row DESC')
      .iterate(Math.floor(fromMs) - chunkMs, Math.ceil(untilMs));
    for (const { at, data } of chunks) {
      if (data instanceof Uint8Array) {
        yield { at: Number(at), data };
      }
    }
  }
}
