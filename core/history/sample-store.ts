/** Seconds of the pool and of its hosts, and the coarser tiers made of them. Synchronous: it lives in a thread of its own. */
import type { z } from 'zod';
import {
  type HistoryDistribution,
  type HistoryMetric,
  type HistoryQuantity,
  type HistorySamples,
  type HistorySeries,
  historyDistributions,
  historyQuantities,
  type historySamplesInputSchema,
  type historySeriesInputSchema,
} from '../contract/history.ts';
import type { SecondSample } from './history-batch.ts';
import { type HistoryTier, historyTiers, stepBegin } from './history-tiers.ts';
import { columnOf, isDistribution, isShare, SampleSum, type SqlRow, type SqlValue, shareParts } from './sample-row.ts';
import type { Statements } from './statements.ts';

export type SeriesWish = z.output<typeof historySeriesInputSchema>;
export type SamplesWish = z.output<typeof historySamplesInputSchema>;

interface NeededColumns {
  readonly quantities: readonly HistoryQuantity[];
  readonly distributions: readonly HistoryDistribution[];
}

const allColumns: NeededColumns = { quantities: historyQuantities, distributions: historyDistributions };

/** What the overview's curves are made of. */
const curveColumns: NeededColumns = {
  quantities: ['requests', 'failures', 'total', 'active', 'healthy'],
  distributions: ['response-ms'],
};

/** Named, for a later version of the file may have its columns in another order. */
const named = [
  'scope',
  'at',
  'seconds',
  ...historyQuantities.flatMap((name) => ['sum', 'min', 'max'].map((part) => `${columnOf(name)}_${part}`)),
  ...historyDistributions.map(columnOf),
];
const insertedColumns = `(${named.join(', ')}) VALUES (${named.map(() => '?').join(', ')})`;

export class SampleStore {
  readonly #statements: Statements;
  readonly #scopeIds = new Map<string, number>();

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  /** A second that is there already, as after a clock was set back, is replaced. Within the caller's transaction. */
  write(samples: readonly SecondSample[]): void {
    const [finest] = historyTiers;
    if (!finest) {
      return;
    }
    for (const { scope, atS, quantities, distributions } of samples) {
      const columns: SqlValue[] = [
        ...historyQuantities.flatMap((name) => {
          const value = quantities[name];
          return value === undefined ? [null, null, null] : [value, value, value];
        }),
        ...historyDistributions.map((name) => distributions[name] ?? null),
      ];
      this.#insert(finest, this.#scopeId(scope), atS, 1, columns);
    }
  }

  /** Makes the rows of each tier whose time is over when second `atS` is written. Within the caller's transaction. */
  rollUp(atS: number): void {
    for (const [index, tier] of historyTiers.entries()) {
      const finer = historyTiers[index - 1];
      if (finer) {
        this.#rollUp(tier, finer, atS);
      }
    }
  }

  /** Deletes rows that are past their time, at most `rows` of each tier. Within the caller's transaction. */
  prune(nowS: number, rows: number): void {
    for (const { table, keptS } of historyTiers) {
      this.#delete(table, nowS - keptS, rows);
    }
  }

  /**
   * Deletes so many seconds from the oldest row on, as far as they are older and at most `rows` of each tier; true when older
   * ones are left. Within the caller's transaction.
   */
  dropOldest(seconds: number, olderThanS: number, rows: number): boolean {
    const untilS = Math.min(this.#oldestOfAllS() + seconds, olderThanS);
    for (const { table } of historyTiers) {
      this.#delete(table, untilS, rows);
    }
    return this.#oldestOfAllS() < olderThanS;
  }

  /** Of the oldest whole second that is kept; null while there is none. */
  oldestS(): number | null {
    const oldest = this.#statements.prepare(`SELECT min(at) AS at FROM ${historyTiers[0]?.table ?? ''}`).get()?.at;
    return typeof oldest === 'number' ? oldest : null;
  }

  /** Of the newest; null while there is none. */
  newestS(): number | null {
    const newest = this.#statements.prepare(`SELECT max(at) AS at FROM ${historyTiers[0]?.table ?? ''}`).get()?.at;
    return typeof newest === 'number' ? newest : null;
  }

  series({ metric, host, ...wish }: SeriesWish, nowS: number): HistorySeries {
    const { stepS, sums } = this.#sums(host ?? '', wish, columnsOf(metric), nowS);
    const points = sums.flatMap(([atS, sum]) => sum.toPoint(metric, atS * 1_000) ?? []);
    return { stepMs: stepS * 1_000, points };
  }

  samples(wish: SamplesWish, nowS: number): HistorySamples {
    const { stepS, sums } = this.#sums('', wish, curveColumns, nowS);
    const samples = sums.map(([atS, sum]): HistorySamples['samples'][number] => {
      const atMs = atS * 1_000;
      const meanOf = (metric: HistoryQuantity): number => sum.toPoint(metric, atMs)?.mean ?? 0;
      const response = sum.toPoint('response-ms', atMs);
      return {
        atMs,
        requests: meanOf('requests'),
        failures: meanOf('failures'),
        responseP50Ms: response?.p50 ?? null,
        responseP95Ms: response?.p95 ?? null,
        responseP99Ms: response?.p99 ?? null,
        // Connections are whole, however long they are looked at.
        total: Math.round(meanOf('total')),
        active: Math.round(meanOf('active')),
        healthy: Math.round(meanOf('healthy')),
      };
    });
    return { stepMs: stepS * 1_000, samples };
  }

  /** What is known of each step, oldest first. */
  #sums(
    host: string,
    { fromMs, toMs, points }: Pick<SeriesWish, 'fromMs' | 'toMs' | 'points'>,
    needed: NeededColumns,
    nowS: number,
  ): { readonly stepS: number; readonly sums: readonly (readonly [atS: number, sum: SampleSum])[] } {
    const fromS = Math.floor(fromMs / 1_000);
    const toS = Math.max(fromS + 1, Math.ceil(toMs / 1_000));
    const tierIndex = chooseTier(fromS, toS, points, nowS);
    const stepS = chooseStep(fromS, toS, points, historyTiers[tierIndex]?.stepS ?? 1);
    const sums = new Map<number, SampleSum>();
    const scope = this.#knownScopeId(host);
    if (scope !== null) {
      this.#read(tierIndex, scope, stepBegin(fromS, stepS), toS, needed, (row) => {
        const atS = stepBegin(Number(row.at), stepS);
        const sum = sums.get(atS) ?? new SampleSum(needed.quantities, needed.distributions);
        sum.add(row);
        sums.set(atS, sum);
      });
    }
    return { stepS, sums: [...sums].sort(([a], [b]) => a - b) };
  }

  /** A coarse tier ends where its last whole step ended; from there on the finer ones tell. */
  #read(
    tierIndex: number,
    scope: number,
    fromS: number,
    toS: number,
    needed: NeededColumns,
    take: (row: SqlRow) => void,
  ): void {
    const tier = historyTiers[tierIndex];
    if (!tier) {
      return;
    }
    const untilS = tierIndex === 0 ? toS : Math.min(toS, this.#rolledUntilS(tier) ?? fromS);
    const columns = [
      ...needed.quantities.flatMap((name) => ['sum', 'min', 'max'].map((part) => `${columnOf(name)}_${part}`)),
      ...needed.distributions.map(columnOf),
    ];
    const rows = this.#statements
      .prepare(
        `SELECT at, seconds, ${columns.join(', ')} FROM ${tier.table} WHERE scope = ? AND at >= ? AND at < ? ORDER BY at`,
      )
      .iterate(scope, fromS, untilS);
    for (const row of rows) {
      take(row);
    }
    if (untilS < toS) {
      this.#read(tierIndex - 1, scope, Math.max(fromS, untilS), toS, needed, take);
    }
  }

  #rollUp(tier: HistoryTier, finer: HistoryTier, atS: number): void {
    const untilS = stepBegin(atS, tier.stepS);
    const fromS = this.#rolledUntilS(tier) ?? this.#beginOf(finer, tier.stepS);
    if (fromS === null || fromS === untilS) {
      return;
    }
    if (fromS > untilS) {
      // The clock was set back: what comes now is told by the finer tiers until it is rolled up in its turn.
      this.#setRolledUntil(tier, untilS);
      return;
    }
    const sums = new Map<string, { scope: number; atS: number; sum: SampleSum }>();
    const columns = this.#statements.prepare(`SELECT * FROM ${finer.table} WHERE at >= ? AND at < ?`);
    for (const row of columns.iterate(fromS, untilS)) {
      const scope = Number(row.scope);
      const atS = stepBegin(Number(row.at), tier.stepS);
      const key = `${scope} ${atS}`;
      const entry = sums.get(key) ?? {
        scope,
        atS,
        sum: new SampleSum(allColumns.quantities, allColumns.distributions),
      };
      entry.sum.add(row);
      sums.set(key, entry);
    }
    for (const { scope, atS, sum } of sums.values()) {
      this.#insert(tier, scope, atS, sum.seconds, sum.toColumns());
    }
    this.#setRolledUntil(tier, untilS);
  }

  #delete(table: string, olderThanS: number, rows: number): void {
    this.#statements
      .prepare(
        `DELETE FROM ${table} WHERE (scope, at) IN (SELECT scope, at FROM ${table} WHERE at < ? ORDER BY at LIMIT ?)`,
      )
      .run(olderThanS, rows);
  }

  /** Of all tiers; Infinity while there is none. */
  #oldestOfAllS(): number {
    const begins = historyTiers.map(({ table }) => {
      const oldest = this.#statements.prepare(`SELECT min(at) AS at FROM ${table}`).get()?.at;
      return typeof oldest === 'number' ? oldest : Infinity;
    });
    return Math.min(...begins);
  }

  #setRolledUntil({ table }: HistoryTier, untilS: number): void {
    this.#statements.prepare('INSERT OR REPLACE INTO rolled_up (tier, until_s) VALUES (?, ?)').run(table, untilS);
  }

  #beginOf(tier: HistoryTier, stepS: number): number | null {
    const oldest = this.#statements.prepare(`SELECT min(at) AS at FROM ${tier.table}`).get()?.at;
    return typeof oldest === 'number' ? stepBegin(oldest, stepS) : null;
  }

  #rolledUntilS({ table }: HistoryTier): number | null {
    const until = this.#statements.prepare('SELECT until_s FROM rolled_up WHERE tier = ?').get(table)?.until_s;
    return typeof until === 'number' ? until : null;
  }

  #insert({ table }: HistoryTier, scope: number, atS: number, seconds: number, columns: readonly SqlValue[]): void {
    this.#statements.prepare(`INSERT OR REPLACE INTO ${table} ${insertedColumns}`).run(scope, atS, seconds, ...columns);
  }

  #scopeId(name: string): number {
    const known = this.#knownScopeId(name);
    if (known !== null) {
      return known;
    }
    return Number(this.#statements.prepare('INSERT INTO scopes (name) VALUES (?)').run(name).lastInsertRowid);
  }

  #knownScopeId(name: string): number | null {
    const known = this.#scopeIds.get(name);
    if (known !== undefined) {
      return known;
    }
    const id = this.#statements.prepare('SELECT id FROM scopes WHERE name = ?').get(name)?.id;
    if (typeof id !== 'number' || this.#statements.database.isTransaction) {
      // One that a transaction may take back is not kept in mind.
      return typeof id === 'number' ? id : null;
    }
    this.#scopeIds.set(name, id);
    return id;
  }
}

/** The coarsest tier that is fine enough for the points and reaches back to the beginning; else the longest kept. */
function chooseTier(fromS: number, toS: number, points: number, nowS: number): number {
  const wantedStepS = Math.max(1, Math.ceil((toS - fromS) / points));
  const reaching = historyTiers.findIndex(({ keptS }) => fromS >= nowS - keptS);
  const longest = historyTiers.length - 1;
  const fineEnough = historyTiers.findLastIndex(({ stepS }) => stepS <= wantedStepS);
  return Math.max(reaching === -1 ? longest : reaching, fineEnough);
}

/** A multiple of the tier's step such that the range has at most `points`. */
function chooseStep(fromS: number, toS: number, points: number, tierStepS: number): number {
  let stepS = Math.max(1, Math.ceil((toS - fromS) / points / tierStepS)) * tierStepS;
  while (Math.floor((toS - 1) / stepS) - Math.floor(fromS / stepS) + 1 > points) {
    stepS += tierStepS;
  }
  return stepS;
}

function columnsOf(metric: HistoryMetric): NeededColumns {
  if (isDistribution(metric)) {
    return { quantities: [], distributions: [metric] };
  }
  if (isShare(metric)) {
    const { part, minus, whole } = shareParts[metric];
    return { quantities: [...new Set(minus ? [part, minus, whole] : [part, whole])], distributions: [] };
  }
  return { quantities: [metric], distributions: [] };
}
