/** Events and the lives of connections, by time, in pages. Synchronous: it lives in a thread of its own. */
import type { z } from 'zod';
import { eventSentence } from '../contract/event-text.ts';
import type { EngineEvent, ToldEvent } from '../contract/events.ts';
import {
  type HistoryEvents,
  type historyEventsInputSchema,
  type RememberedEvent,
  rememberedEventSchema,
} from '../contract/history.ts';
import {
  type ConnectionLife,
  connectionLifeSchema,
  type HistoryLives,
  type historyLivesInputSchema,
} from '../contract/history-lives.ts';
import type { SqlRow } from './sample-row.ts';
import type { Statements } from './statements.ts';
import { type Condition, deleteOldest, equal, literal, readPage, type TimedTable } from './timed-pages.ts';

export type EventsWish = z.output<typeof historyEventsInputSchema>;
/** One connection, by its number and the engine that had it. */
export interface LifeWish {
  readonly engineStartedAtMs: number;
  readonly connectionId: number;
}
export type LivesWish = z.output<typeof historyLivesInputSchema>;

const eventsTable: TimedTable = { name: 'events', time: 'at', key: 'id' };
const livesTable: TimedTable = { name: 'lives', time: 'closed_at', key: 'row' };

export class RecordStore {
  readonly #statements: Statements;

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  /** With their sentences in every language, so that each can be searched. Within the caller's transaction. */
  writeEvents(events: readonly EngineEvent[]): void {
    const insert = this.#statements.prepare(
      `INSERT INTO events (at, seq, level, kind, subject, text, text_zh, data, host, ip)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    const named = (value: unknown): string | null => (typeof value === 'string' ? value : null);
    for (const event of events) {
      const { atMs, seq, level, kind, subject } = event;
      const data: ToldEvent['data'] = event.data;
      insert.run(
        Math.floor(atMs),
        seq,
        level,
        kind,
        subject,
        eventSentence(event, 'en'),
        eventSentence(event, 'zh'),
        JSON.stringify(data),
        named(data.host),
        named(data.ip),
      );
    }
  }

  /** Within the caller's transaction. */
  writeLives(lives: readonly ConnectionLife[]): void {
    const insert = this.#statements.prepare(
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
      const columns = ['text', 'text_zh', 'kind', 'subject'].map((column) => `${column} LIKE ? ESCAPE '\\'`);
      conditions.push({ sql: `(${columns.join(' OR ')})`, values: columns.map(() => like) });
    }
    const { rows, cursor } = readPage(
      this.#statements,
      eventsTable,
      page,
      [...equal('host', host), ...equal('ip', ip)],
      conditions,
    );
    return { events: rows.map(toEvent), cursor };
  }

  lives({ host, ip, reason, ...page }: LivesWish): HistoryLives {
    const indexed = [...equal('host', host), ...equal('ip', ip)];
    const { rows, cursor } = readPage(this.#statements, livesTable, page, indexed, equal('reason', reason));
    return { lives: rows.map(toLife), cursor };
  }

  /** null when it is not remembered. */
  life({ engineStartedAtMs, connectionId }: LifeWish): ConnectionLife | null {
    const row = this.#statements
      .prepare('SELECT * FROM lives WHERE engine_started_at = ? AND id = ?')
      .get(Math.floor(engineStartedAtMs), connectionId);
    return row ? toLife(row) : null;
  }

  /** Deletes what is older, at most `rows` of each kind. Within the caller's transaction. */
  prune(olderThanMs: number, rows: number): void {
    deleteOldest(this.#statements, eventsTable, olderThanMs, rows);
    deleteOldest(this.#statements, livesTable, olderThanMs, rows);
  }

  /** Of the oldest that is kept; null while there is none. */
  oldestMs(): number | null {
    const oldest = [eventsTable, livesTable].flatMap(({ name, time }) => {
      const at = this.#statements.prepare(`SELECT min(${time}) AS at FROM ${name}`).get()?.at;
      return typeof at === 'number' ? [at] : [];
    });
    return oldest.length === 0 ? null : Math.min(...oldest);
  }
}

function toEvent({ id, at, seq, level, kind, subject, text, data }: SqlRow): RememberedEvent {
  return rememberedEventSchema.parse({
    id,
    seq,
    atMs: at,
    level,
    kind,
    subject,
    text,
    data: JSON.parse(String(data)),
  });
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
