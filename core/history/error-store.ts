/** What failed checks failed of, over time: counted by address and kept in tiers. Synchronous: it lives in a thread of its own. */
import type { z } from 'zod';
import type { ErrorSeries, HistoryErrors, historyErrorsInputSchema } from '../contract/history-errors.ts';
import { errorClassSchema } from '../contract/vocabulary.ts';
import type { CheckStore } from './check-store.ts';
import type { EndpointIds } from './endpoint-ids.ts';
import { errorTiers, type HistoryTier } from './history-tiers.ts';
import { type Columns, RolledTiers } from './rolled-tiers.ts';
import type { Statements } from './statements.ts';
import type { WordIds } from './word-ids.ts';

export type ErrorsWish = z.output<typeof historyErrorsInputSchema>;

/** One address and one class in a row of a tier: endpoint, class, how many, the last one's seconds since the row's begin. */
const entryBytes = 9;
const at = { endpoint: 0, errorClass: 4, count: 5, last: 7 } as const;
const mostCounted = 0xffff;

/** Told of so many failures of one address and class, the last of them at `lastMs`. */
type TakeErrors = (endpoint: number, errorClass: number, count: number, beganMs: number, lastMs: number) => void;

interface Counted {
  readonly counts: number[];
  count: number;
  last: { readonly endpoint: number; readonly atMs: number };
}

export class ErrorStore {
  readonly #statements: Statements;
  readonly #endpoints: EndpointIds;
  readonly #words: WordIds;
  readonly #checks: CheckStore;
  readonly #tiers: RolledTiers;

  constructor(statements: Statements, endpoints: EndpointIds, words: WordIds, checks: CheckStore) {
    this.#statements = statements;
    this.#endpoints = endpoints;
    this.#words = words;
    this.#checks = checks;
    this.#tiers = new RolledTiers(statements, errorTiers, () => checks.oldestMs());
  }

  /** Makes the rows of each tier whose time is over when second `atS` is written. Within the caller's transaction. */
  rollUp(atS: number): void {
    this.#tiers.rollUp(atS, (tier, finer, beganS) => this.#rollUp(tier, finer, beganS));
  }

  /** Deletes rows that are past their time, at most `rows` of each tier. Within the caller's transaction. */
  prune(nowS: number, rows: number): void {
    this.#tiers.prune(nowS, rows);
  }

  /** As {@link RolledTiers.dropOldest}. Within the caller's transaction. */
  dropOldest(seconds: number, olderThanS: number, rows: number): boolean {
    return this.#tiers.dropOldest(seconds, olderThanS, rows);
  }

  errors({ fromMs, toMs, columns: most, ...place }: ErrorsWish, nowMs: number): HistoryErrors {
    const nowS = Math.floor(nowMs / 1_000);
    const range = { fromS: Math.floor(fromMs / 1_000), toS: Math.ceil(toMs / 1_000) };
    const { tier, columns } = this.#tiers.choose(range, most, nowS, 1);
    const count = (columns.toS - columns.fromS) / columns.stepS;
    const isAnywhere = place.host === null && place.prefix === null && place.ip === null;
    const wanted = isAnywhere ? null : new Set(this.#endpoints.at(place, fromMs, toMs).map(({ id }) => id));
    const classes = new Map<number, Counted>();
    this.#read(tier, columns, Math.min(columns.toS, nowS + 1), (endpoint, errorClass, failed, beganMs, atMs) => {
      if (wanted !== null && !wanted.has(endpoint)) {
        return;
      }
      let counted = classes.get(errorClass);
      if (!counted) {
        counted = { counts: new Array<number>(count).fill(0), count: 0, last: { endpoint, atMs } };
        classes.set(errorClass, counted);
      }
      const column = Math.floor((beganMs / 1_000 - columns.fromS) / columns.stepS);
      counted.counts[column] = (counted.counts[column] ?? 0) + failed;
      counted.count += failed;
      if (atMs > counted.last.atMs) {
        counted.last = { endpoint, atMs };
      }
    });
    return {
      fromMs: columns.fromS * 1_000,
      stepMs: columns.stepS * 1_000,
      columns: count,
      classes: [...classes]
        .flatMap(([errorClass, counted]) => this.#toSeries(errorClass, counted))
        .sort((one, other) => other.count - one.count),
    };
  }

  /** None of a class, or an address, that is not known any more. */
  #toSeries(id: number, { counts, count, last }: Counted): ErrorSeries[] {
    const errorClass = errorClassSchema.safeParse(this.#words.wordOf(id));
    const endpoint = this.#endpoints.get(last.endpoint);
    if (!errorClass.success || !endpoint) {
      return [];
    }
    const { host, ip, port } = endpoint;
    return [{ errorClass: errorClass.data, count, counts, last: { host, ip, port, atMs: last.atMs } }];
  }

  #read(tier: HistoryTier | null, { fromS }: Columns, untilS: number, take: TakeErrors): void {
    for (const part of this.#tiers.parts(tier, fromS, untilS)) {
      if (part.tier) {
        this.#readTier(part.tier, part.fromS, part.toS, take);
      } else {
        this.#readChecks(part.fromS, part.toS, take);
      }
    }
  }

  #readTier({ table }: HistoryTier, fromS: number, toS: number, take: TakeErrors): void {
    const rows = this.#statements.prepare(`SELECT at, data FROM ${table} WHERE at >= ? AND at < ?`).iterate(fromS, toS);
    for (const row of rows) {
      const beganMs = Number(row.at) * 1_000;
      const bytes = row.data instanceof Uint8Array ? row.data : new Uint8Array();
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      for (let begin = 0; begin + entryBytes <= bytes.byteLength; begin += entryBytes) {
        take(
          view.getUint32(begin + at.endpoint),
          view.getUint8(begin + at.errorClass),
          view.getUint16(begin + at.count),
          beganMs,
          beganMs + view.getUint16(begin + at.last) * 1_000,
        );
      }
    }
  }

  #readChecks(fromS: number, toS: number, take: TakeErrors): void {
    this.#checks.eachFailure(fromS * 1_000, toS * 1_000, (atMs, endpoint, errorClass) =>
      take(endpoint, errorClass, 1, atMs, atMs),
    );
  }

  #rollUp(tier: HistoryTier, finer: HistoryTier | null, beganS: number): void {
    const entries = new Map<string, { endpoint: number; errorClass: number; count: number; lastS: number }>();
    const add: TakeErrors = (endpoint, errorClass, count, _beganMs, lastMs) => {
      const key = `${endpoint} ${errorClass}`;
      const lastS = Math.floor(lastMs / 1_000) - beganS;
      const known = entries.get(key);
      if (known) {
        known.count = Math.min(mostCounted, known.count + count);
        known.lastS = Math.max(known.lastS, lastS);
      } else {
        entries.set(key, { endpoint, errorClass, count, lastS });
      }
    };
    if (finer) {
      this.#readTier(finer, beganS, beganS + tier.stepS, add);
    } else {
      this.#readChecks(beganS, beganS + tier.stepS, add);
    }
    if (entries.size === 0) {
      return;
    }
    const view = new DataView(new ArrayBuffer(entries.size * entryBytes));
    let begin = 0;
    for (const { endpoint, errorClass, count, lastS } of entries.values()) {
      view.setUint32(begin + at.endpoint, endpoint);
      view.setUint8(begin + at.errorClass, errorClass);
      view.setUint16(begin + at.count, count);
      view.setUint16(begin + at.last, lastS);
      begin += entryBytes;
    }
    this.#statements
      .prepare(`INSERT OR REPLACE INTO ${tier.table} (at, data) VALUES (?, ?)`)
      .run(beganS, new Uint8Array(view.buffer));
  }
}
