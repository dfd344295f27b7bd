/** Addresses of hosts by small numbers, as cells and checks name them on disk. All that are known lie in memory. */
import { orderOfIp, prefixOfIp } from '../base/ip-prefix.ts';
import type { SqlRow } from './sample-row.ts';
import type { Statements } from './statements.ts';

export interface EndpointName {
  readonly host: string;
  readonly ip: string;
  readonly port: number;
}

export interface KnownEndpoint extends EndpointName {
  readonly id: number;
  readonly prefix: string;
  /** Texts in the order of their addresses. */
  readonly order: string;
  readonly firstMs: number;
  /** False: only a caller has named it, no answer of DNS. Once the host's it stays that. null: not told yet. */
  own: boolean | null;
  seenMs: number;
}

/** null: any. */
export interface Place {
  readonly host: string | null;
  readonly prefix: string | null;
  readonly ip: string | null;
}

/** Its last time is noted on disk at most so often. */
const notedEveryMs = 3_600_000;

export class EndpointIds {
  readonly #statements: Statements;
  readonly #byKey = new Map<string, KnownEndpoint>();
  readonly #byId = new Map<number, KnownEndpoint>();

  constructor(statements: Statements) {
    this.#statements = statements;
    this.forget();
  }

  /** Of an address that is new as well; it was seen then. Within the caller's transaction. */
  idOf(name: EndpointName, atMs: number): number {
    const known = this.#byKey.get(keyOf(name));
    if (known) {
      if (atMs - known.seenMs >= notedEveryMs) {
        this.#statements.prepare('UPDATE endpoints SET seen_at = ? WHERE id = ?').run(Math.floor(atMs), known.id);
        known.seenMs = atMs;
      }
      return known.id;
    }
    const { host, ip, port } = name;
    const seenMs = Math.floor(atMs);
    const id = Number(
      this.#statements
        .prepare('INSERT INTO endpoints (host, ip, port, first_at, seen_at) VALUES (?, ?, ?, ?, ?)')
        .run(host, ip, port, seenMs, seenMs).lastInsertRowid,
    );
    this.#learn({ id, host, ip, port, first_at: seenMs, seen_at: seenMs, own: null });
    return id;
  }

  /** Whether its host has it now, or a caller named it. Within the caller's transaction. */
  note(id: number, own: boolean): void {
    const known = this.#byId.get(id);
    if (known && known.own !== true && known.own !== own) {
      this.#statements.prepare('UPDATE endpoints SET own = ? WHERE id = ?').run(Number(own), id);
      known.own = own;
    }
  }

  /** undefined when nothing is remembered of it any more. */
  get(id: number): KnownEndpoint | undefined {
    return this.#byId.get(id);
  }

  /** Those that were met at some time of the range, to the hour. */
  at({ host, prefix, ip }: Place, fromMs: number, toMs: number): KnownEndpoint[] {
    return [...this.#byId.values()].filter(
      (endpoint) =>
        (host === null || endpoint.host === host) &&
        (prefix === null || endpoint.prefix === prefix) &&
        (ip === null || endpoint.ip === ip) &&
        endpoint.firstMs < toMs &&
        endpoint.seenMs + notedEveryMs >= fromMs,
    );
  }

  /** Forgets those that were last seen before. Within the caller's transaction. */
  prune(olderThanMs: number): void {
    for (const { id, seenMs } of this.#byId.values()) {
      if (seenMs + notedEveryMs < olderThanMs) {
        this.#statements.prepare('DELETE FROM endpoints WHERE id = ?').run(id);
        this.#forgetOne(id);
      }
    }
  }

  /** The transaction was taken back, and with it what was new in it. */
  forget(): void {
    this.#byKey.clear();
    this.#byId.clear();
    for (const row of this.#statements.prepare('SELECT * FROM endpoints').iterate()) {
      this.#learn(row);
    }
  }

  #learn(row: SqlRow): void {
    const ip = String(row.ip);
    const endpoint: KnownEndpoint = {
      id: Number(row.id),
      host: String(row.host),
      ip,
      port: Number(row.port),
      prefix: prefixOfIp(ip),
      order: orderOfIp(ip),
      firstMs: Number(row.first_at),
      seenMs: Number(row.seen_at),
      own: row.own === null ? null : row.own === 1,
    };
    this.#byKey.set(keyOf(endpoint), endpoint);
    this.#byId.set(endpoint.id, endpoint);
  }

  #forgetOne(id: number): void {
    const endpoint = this.#byId.get(id);
    if (endpoint) {
      this.#byId.delete(id);
      this.#byKey.delete(keyOf(endpoint));
    }
  }
}

function keyOf({ host, ip, port }: EndpointName): string {
  return `${host}|${ip}|${port}`;
}
