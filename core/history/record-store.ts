/** Events and the lives of connections, by time, in pages. Synchronous: it lives in a thread of its own. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { z } from 'zod';
import { type EngineEvent, engineEventSchema } from '../contract/events.ts';
import {
  type ConnectionLife,
  connectionLifeSchema,
  type HistoryEvents,
  type HistoryLives,
  type historyEventsInputSchema,
  type historyLivesInputSchema,
  type RememberedEvent,
} from '../contract/history.ts';
import type { SqlRow, SqlValue } from './sample-row.ts';

export type EventsWish = z.output<typeof historyEventsInputSchema>;
export type LivesWish = z.output<typeof historyLivesInputSchema>;

/** A table whose rows lie in the order of a time. */
interface TimedTable {
  readonly name: string;
  readonly time: string;
  readonly key: string;
}

const eventsTable: TimedTable = { name: 'events', time: 'at', key: 'id' };
const livesTable: TimedTable = { name: 'lives', time: 'closed_at', key: 'row' };

/** A page ends after so many rows were looked at, so that a rare word costs no more time than a common one. */
const searchedInOneGo = 20_000;

interface Condition {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

interface PageWish {
  readonly fromMs: number;
  readonly toMs: number;
  readonly limit: number;
  readonly cursor: number | null;
}

export class RecordStore {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Within the caller's transaction. */
  writeEvents(events: readonly EngineEvent[]): void {
    const insert = this.#prepare(
      'INSERT INTO events (at, seq, level, kind, subject, text, data, host, ip) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    );
    for (const { atMs, seq, level, kind, subject, text, data } of events) {
      const { host, ip } = data;
      const named = (value: unknown): string | null => (typeof value === 'string' ? value : null);
      insert.run(Math.floor(atMs), seq, level, kind, subject, text, JSON.stringify(data), named(host), named(ip));
    }
  }

  /** Within the caller's transaction. */
  writeLives(lives: readonly ConnectionLife[]): void {
    const insert = this.#prepare(
      `INSERT INTO lives (engine_started_at, id, host, ip, port, profile, protocol, resumed, created_at, closed_at, reason,
        tcp_ms, tls_ms, last_response_ms, leases, requests, errors)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    for (const life of lives) {
      insert.run(
        Math.floor(life.engineStartedAtMs),
        life.id,
        life.host,
        life.ip,
        life.port,
        life.profile,
        life.protocol,
        Number(life.resumed),
        Math.floor(life.createdAtMs),
        Math.floor(life.closedAtMs),
        life.reason,
        life.tcpMs,
        life.tlsMs,
        life.lastResponseMs,
        life.leases,
        life.requests,
        life.errors,
      );
    }
  }

  events({ text, levels, kind, host, ip, ...page }: EventsWish): HistoryEvents {
    const conditions: Condition[] = [
      ...(levels.length > 0 ? [{ sql: `level IN (${levels.map(() => '?').join(', ')})`, values: levels }] : []),
      ...(kind !== null
        ? [{ sql: "(kind = ? OR kind LIKE ? ESCAPE '\\')", values: [kind, `${literal(kind)}.%`] }]
        : []),
    ];
    if (text !== '') {
      const like = `%${literal(text)}%`;
      const columns = ['text', 'kind', 'subject'].map((column) => `${column} LIKE ? ESCAPE '\\'`);
      conditions.push({ sql: `(${columns.join(' OR ')})`, values: columns.map(() => like) });
    }
    const { rows, cursor } = this.#page(eventsTable, page, [...equal('host', host), ...equal('ip', ip)], conditions);
    return { events: rows.map(toEvent), cursor };
  }

  lives({ host, ip, reason, ...page }: LivesWish): HistoryLives {
    const indexed = [...equal('host', host), ...equal('ip', ip)];
    const { rows, cursor } = this.#page(livesTable, page, indexed, equal('reason', reason));
    return { lives: rows.map(toLife), cursor };
  }

  /** Deletes what is older, at most `rows` of each kind. Within the caller's transaction. */
  prune(olderThanMs: number, rows: number): void {
    for (const { name, time, key } of [eventsTable, livesTable]) {
      this.#prepare(
        `DELETE FROM ${name} WHERE ${key} IN (SELECT ${key} FROM ${name} WHERE ${time} < ? ORDER BY ${time} LIMIT ?)`,
      ).run(olderThanMs, rows);
    }
  }

  /** Deletes the oldest, whatever their age. Within the caller's transaction. */
  dropOldest(rows: number): void {
    for (const { name, time, key } of [eventsTable, livesTable]) {
      this.#prepare(`DELETE FROM ${name} WHERE ${key} IN (SELECT ${key} FROM ${name} ORDER BY ${time} LIMIT ?)`).run(
        rows,
      );
    }
  }

  #page(
    { name, time, key }: TimedTable,
    { fromMs, toMs, limit, cursor }: PageWish,
    indexed: readonly Condition[],
    searched: readonly Condition[],
  ): { rows: SqlRow[]; cursor: number | null } {
    const none = { rows: [], cursor: null };
    let before: readonly [number, number] = [Math.ceil(toMs), 0];
    if (cursor !== null) {
      const at = this.#prepare(`SELECT ${time} AS at FROM ${name} WHERE ${key} = ?`).get(cursor)?.at;
      if (typeof at !== 'number') {
        // It has been deleted since, and everything older with it.
        return none;
      }
      before = [at, cursor];
    }
    const order = `ORDER BY ${time} DESC, ${key} DESC`;
    const found: Condition[] = [
      { sql: `(${time}, ${key}) < (?, ?)`, values: before },
      { sql: `${time} >= ?`, values: [Math.ceil(fromMs)] },
      ...indexed,
    ];
    // The last row that is looked at in one go; none when all that is left is fewer.
    const last =
      searched.length === 0
        ? undefined
        : this.#prepare(
            `SELECT ${time} AS at, ${key} AS key FROM ${name} WHERE ${sqlOf(found)} ${order} LIMIT 1 OFFSET ${searchedInOneGo - 1}`,
          ).get(...valuesOf(found));
    const looked = last ? [{ sql: `(${time}, ${key}) >= (?, ?)`, values: [last.at ?? 0, last.key ?? 0] }] : [];
    const all = [...found, ...looked, ...searched];
    const rows = this.#prepare(`SELECT * FROM ${name} WHERE ${sqlOf(all)} ${order} LIMIT ?`).all(
      ...valuesOf(all),
      limit + 1,
    );
    if (rows.length > limit) {
      const shown = rows.slice(0, limit);
      return { rows: shown, cursor: Number(shown.at(-1)?.[key]) };
    }
    return { rows, cursor: last ? Number(last.key) : null };
  }

  #prepare(sql: string): StatementSync {
    const statement = this.#statements.get(sql) ?? this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

function sqlOf(conditions: readonly Condition[]): string {
  return conditions.map(({ sql }) => sql).join(' AND ');
}

function valuesOf(conditions: readonly Condition[]): SqlValue[] {
  return conditions.flatMap(({ values }) => values);
}

function equal(column: string, value: string | null): Condition[] {
  return value === null ? [] : [{ sql: `${column} = ?`, values: [value] }];
}

/** For LIKE: its own signs stand for themselves. */
function literal(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

function toEvent({ id, at, seq, level, kind, subject, text, data }: SqlRow): RememberedEvent {
  const event = engineEventSchema.parse({ seq, atMs: at, level, kind, subject, text, data: JSON.parse(String(data)) });
  return { ...event, id: Number(id) };
}

function toLife(row: SqlRow): ConnectionLife {
  return connectionLifeSchema.parse({
    engineStartedAtMs: row.engine_started_at,
    id: row.id,
    host: row.host,
    ip: row.ip,
    port: row.port,
    profile: row.profile,
    protocol: row.protocol,
    resumed: row.resumed === 1,
    createdAtMs: row.created_at,
    closedAtMs: row.closed_at,
    reason: row.reason,
    tcpMs: row.tcp_ms,
    tlsMs: row.tls_ms,
    lastResponseMs: row.last_response_ms,
    leases: row.leases,
    requests: row.requests,
    errors: row.errors,
  });
}
