/** When which address had which state. Synchronous: it lives in a thread of its own. */
import type { z } from 'zod';
import {
  type HealthSpan,
  type HistorySpans,
  healthSpanSchema,
  type historySpansInputSchema,
} from '../contract/history-health.ts';
import type { EndpointIds, EndpointName } from './endpoint-ids.ts';
import type { HealthChange } from './history-batch.ts';
import type { SqlRow } from './sample-row.ts';
import type { Statements } from './statements.ts';
import { equal, readPage, type TimedTable } from './timed-pages.ts';

export type SpansWish = z.output<typeof historySpansInputSchema>;

export interface KnownSpan {
  readonly endpoint: number;
  readonly state: string;
  readonly fromMs: number;
  readonly untilMs: number;
}

/** The end of what has not ended: the last moment that a date can say. */
const openMs = 8_640_000_000_000_000;

const spansTable: TimedTable = { name: 'spans', time: 'from_at', key: 'row' };

interface OpenSpan {
  readonly row: number;
  readonly state: string;
  readonly reason: string | null;
  readonly fromMs: number;
}

export class SpanStore {
  readonly #statements: Statements;
  readonly #endpoints: EndpointIds;
  /** By endpoint; of this run. */
  readonly #open = new Map<number, OpenSpan>();

  constructor(statements: Statements, endpoints: EndpointIds) {
    this.#statements = statements;
    this.#endpoints = endpoints;
  }

  /** The run that wrote the file has ended, and nobody knows what came then. Within the caller's transaction. */
  endAll(atMs: number): void {
    this.#statements.prepare('UPDATE spans SET until_at = max(from_at, ?) WHERE until_at = ?').run(atMs, openMs);
  }

  /** Within the caller's transaction. */
  write(changes: readonly HealthChange[]): void {
    for (const { health, ...change } of changes) {
      const endpoint = this.#endpoints.idOf(change, change.atMs);
      if (health !== null) {
        this.#endpoints.note(endpoint, health.named !== true);
      }
      const open = this.#open.get(endpoint);
      const state = health?.state ?? null;
      const reason = health?.reason ?? null;
      if (open?.state === state && open?.reason === reason) {
        continue;
      }
      const atMs = Math.max(Math.floor(change.atMs), open?.fromMs ?? 0);
      if (open) {
        this.#end(open, atMs);
        this.#open.delete(endpoint);
      }
      if (state !== null) {
        const row = Number(
          this.#statements
            .prepare('INSERT INTO spans (endpoint, state, reason, from_at, until_at) VALUES (?, ?, ?, ?, ?)')
            .run(endpoint, state, reason, atMs, openMs).lastInsertRowid,
        );
        this.#open.set(endpoint, { row, state, reason, fromMs: atMs });
      }
    }
  }

  /** The transaction was taken back: what is open is read anew. */
  forget(): void {
    this.#open.clear();
    for (const { endpoint, row, state, reason, from_at } of this.#statements
      .prepare('SELECT * FROM spans WHERE until_at = ?')
      .iterate(openMs)) {
      this.#open.set(Number(endpoint), {
        row: Number(row),
        state: String(state),
        reason: reason === null ? null : String(reason),
        fromMs: Number(from_at),
      });
    }
  }

  spans({ fromMs, states, host, prefix, ip, ...page }: SpansWish): HistorySpans {
    const ids = this.#endpoints.at({ host, prefix, ip }, fromMs, page.toMs).map(({ id }) => id);
    const [only] = ids;
    if (only === undefined) {
      return { spans: [], cursor: null };
    }
    const someOf = (column: string, values: readonly unknown[]) => ({
      sql: `${column} IN (SELECT value FROM json_each(?))`,
      values: [JSON.stringify(values)],
    });
    const isAnywhere = host === null && prefix === null && ip === null;
    const { rows, cursor } = readPage(
      this.#statements,
      spansTable,
      { ...page, fromMs: null },
      ids.length === 1 ? equal('endpoint', only) : [],
      [
        { sql: 'until_at > ?', values: [Math.floor(fromMs)] },
        ...(isAnywhere || ids.length === 1 ? [] : [someOf('endpoint', ids)]),
        ...(states.length === 0 ? [] : [someOf('state', states)]),
      ],
    );
    return { spans: rows.flatMap((row) => toSpan(row, this.#endpoints.get(Number(row.endpoint)))), cursor };
  }

  /** Those that have a part in the range, in no certain order. */
  *between(fromMs: number, toMs: number): Iterable<KnownSpan> {
    const rows = this.#statements
      .prepare('SELECT endpoint, state, from_at, until_at FROM spans WHERE until_at > ? AND from_at < ?')
      .iterate(fromMs, toMs);
    for (const { endpoint, state, from_at, until_at } of rows) {
      yield {
        endpoint: Number(endpoint),
        state: String(state),
        fromMs: Number(from_at),
        untilMs: Number(until_at),
      };
    }
  }

  /** When the first of them began; null while there is none. */
  oldestMs(): number | null {
    const oldest = this.#statements.prepare('SELECT min(from_at) AS at FROM spans').get()?.at;
    return typeof oldest === 'number' ? oldest : null;
  }

  /** When the first of those that have ended did; null while there is none. */
  oldestEndMs(): number | null {
    const oldest = this.#statements.prepare('SELECT min(until_at) AS at FROM spans').get()?.at;
    return typeof oldest === 'number' && oldest < openMs ? oldest : null;
  }

  /** Deletes spans that ended before, at most `rows`. Within the caller's transaction. */
  prune(olderThanMs: number, rows: number): void {
    this.#statements
      .prepare('DELETE FROM spans WHERE row IN (SELECT row FROM spans WHERE until_at < ? ORDER BY until_at LIMIT ?)')
      .run(olderThanMs, rows);
  }

  /** One that gave way within the same millisecond was none. */
  #end({ row, fromMs }: OpenSpan, atMs: number): void {
    if (atMs === fromMs) {
      this.#statements.prepare('DELETE FROM spans WHERE row = ?').run(row);
    } else {
      this.#statements.prepare('UPDATE spans SET until_at = ? WHERE row = ?').run(atMs, row);
    }
  }
}

function toSpan(row: SqlRow, endpoint: EndpointName | undefined): HealthSpan[] {
  if (!endpoint) {
    return [];
  }
  const { host, ip, port } = endpoint;
  return [
    healthSpanSchema.parse({
      host,
      ip,
      port,
      state: row.state,
      reason: row.reason,
      fromMs: row.from_at,
      untilMs: row.until_at === openMs ? null : row.until_at,
    }),
  ];
}
