/** Every look at every address, in chunks of about a second. Synchronous: it lives in a thread of its own. */
import type { z } from 'zod';
import {
  type HistoryChecks,
  type historyChecksInputSchema,
  type RememberedCheck,
  rememberedCheckSchema,
} from '../contract/history-health.ts';
import { errorClasses } from '../contract/vocabulary.ts';
import { errorTraits } from '../dial/error-classes.ts';
import { CheckChunk, chunkMs, type PackedCheck, packChecks } from './check-chunk.ts';
import type { EndpointIds } from './endpoint-ids.ts';
import type { Statements } from './statements.ts';
import { deleteOldest, type TimedTable } from './timed-pages.ts';
import type { WordIds } from './word-ids.ts';

export type ChecksWish = z.output<typeof historyChecksInputSchema>;

/** A cursor is the chunk's key and the place in it. */
const mostInChunk = 4_096;
/** A page ends after so many checks were looked at. */
const searchedInOneGo = 200_000;

const checksTable: TimedTable = { name: 'checks', time: 'at', key: 'row' };

/** One check as cells count it. */
export type TakeCheck = (atMs: number, endpoint: number, failed: boolean) => void;

export class CheckStore {
  readonly #statements: Statements;
  readonly #endpoints: EndpointIds;
  readonly #words: WordIds;

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

  checks({ fromMs, toMs, outcomes, limit, cursor, ...place }: ChecksWish): HistoryChecks {
    const wanted = new Map(this.#endpoints.at(place, fromMs, toMs).map((endpoint) => [endpoint.id, endpoint]));
    // Of one address a comparison is enough, and it is by far the commonest question.
    const only = wanted.size === 1 ? (wanted.values().next().value ?? null) : null;
    const found: { check: RememberedCheck; cursor: number }[] = [];
    let searched = 0;
    let last: number | null = cursor;
    for (const { row, at, data } of this.#chunksBefore(fromMs, toMs, cursor)) {
      const chunk = new CheckChunk(data);
      const inCursorsChunk = cursor !== null && row === Math.floor(cursor / mostInChunk);
      for (let index = (inCursorsChunk ? cursor % mostInChunk : chunk.count) - 1; index >= 0; index -= 1) {
        searched += 1;
        last = row * mostInChunk + index;
        const id = chunk.endpoint(index);
        if (only !== null && id !== only.id) {
          continue;
        }
        const endpoint = only ?? wanted.get(id);
        const atMs = at + chunk.offsetMs(index);
        if (!endpoint || atMs < fromMs || atMs >= toMs) {
          continue;
        }
        const { host, ip, port } = endpoint;
        const { kind, outcome, errorClass, status, ms } = chunk.read(index);
        const check = rememberedCheckSchema.parse({
          host,
          ip,
          port,
          atMs,
          kind: this.#words.wordOf(kind),
          outcome: this.#words.wordOf(outcome),
          errorClass: this.#words.wordOf(errorClass),
          status,
          ms,
        });
        if (outcomes.length > 0 && !outcomes.includes(check.outcome)) {
          continue;
        }
        if (found.length === limit) {
          return { checks: found.map((each) => each.check), cursor: found.at(-1)?.cursor ?? null };
        }
        found.push({ check, cursor: last });
      }
      if (searched >= searchedInOneGo) {
        return { checks: found.map(({ check }) => check), cursor: last };
      }
    }
    return { checks: found.map(({ check }) => check), cursor: null };
  }

  /** Each check of the range that says something about its address, in no certain order. */
  each(fromMs: number, toMs: number, take: TakeCheck): void {
    const good = this.#words.idOfKnown('good');
    const ours = new Set(
      errorClasses
        .filter((errorClass) => errorTraits[errorClass].scope === 'local')
        .map((errorClass) => this.#words.idOfKnown(errorClass)),
    );
    const chunks = this.#statements
      .prepare('SELECT at, data FROM checks WHERE at >= ? AND at < ?')
      .iterate(Math.floor(fromMs) - chunkMs, Math.ceil(toMs));
    for (const { at, data } of chunks) {
      const beganMs = Number(at);
      const chunk = new CheckChunk(data instanceof Uint8Array ? data : new Uint8Array());
      for (let index = 0; index < chunk.count; index += 1) {
        const atMs = beganMs + chunk.offsetMs(index);
        const errorClass = chunk.errorClass(index);
        // What this machine failed at says nothing about an address.
        if (atMs >= fromMs && atMs < toMs && (errorClass === 0 || !ours.has(errorClass))) {
          take(atMs, chunk.endpoint(index), chunk.outcome(index) !== good);
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

  /** From the one that the cursor stands in on, newest first; a chunk may reach into the range from before it. */
  *#chunksBefore(
    fromMs: number,
    toMs: number,
    cursor: number | null,
  ): Iterable<{ row: number; at: number; data: Uint8Array }> {
    const row = cursor === null ? null : Math.floor(cursor / mostInChunk);
    const at =
      row === null ? Math.ceil(toMs) : this.#statements.prepare('SELECT at FROM checks WHERE row = ?').get(row)?.at;
    if (typeof at !== 'number') {
      return;
    }
    const chunks = this.#statements
      .prepare('SELECT row, at, data FROM checks WHERE (at, row) <= (?, ?) AND at >= ? ORDER BY at DESC, row DESC')
      .iterate(at, row ?? Number.MAX_SAFE_INTEGER, Math.floor(fromMs) - chunkMs);
    for (const chunk of chunks) {
      if (chunk.data instanceof Uint8Array) {
        yield { row: Number(chunk.row), at: Number(chunk.at), data: chunk.data };
      }
    }
  }
}
