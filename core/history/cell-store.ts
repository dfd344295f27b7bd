/** Addresses over time, in cells: made of checks and states, and kept in coarser tiers. Synchronous: it lives in a thread of its own. */
import type { z } from 'zod';
import type { CellRow, HistoryCells, historyCellsInputSchema } from '../contract/history-health.ts';
import { CellGrid, stateBits } from './cell-grid.ts';
import type { CheckStore } from './check-store.ts';
import type { EndpointIds, KnownEndpoint } from './endpoint-ids.ts';
import { cellTiers, checksKeptS, type HistoryTier, stepBegin } from './history-tiers.ts';
import type { SpanStore } from './span-store.ts';
import type { Statements } from './statements.ts';

export type CellsWish = z.output<typeof historyCellsInputSchema>;

/** One address in a row of a tier: endpoint, states, checks, failures. */
const cellBytes = 9;
const at = { endpoint: 0, states: 4, checks: 5, failures: 7 } as const;

/** A coarser tier is taken as long as its step is at most so many times the wanted one: fewer columns, and far less to read. */
const coarsest = 5;
/** No address is checked so often that finer cells would tell more. */
const finestS = 5;

/** Where columns lie in time. */
interface Columns {
  readonly fromS: number;
  readonly toS: number;
  readonly stepS: number;
}

export class CellStore {
  readonly #statements: Statements;
  readonly #endpoints: EndpointIds;
  readonly #checks: CheckStore;
  readonly #spans: SpanStore;

  constructor(statements: Statements, endpoints: EndpointIds, checks: CheckStore, spans: SpanStore) {
    this.#statements = statements;
    this.#endpoints = endpoints;
    this.#checks = checks;
    this.#spans = spans;
  }

  /** Makes the rows of each tier whose time is over when second `atS` is written. Within the caller's transaction. */
  rollUp(atS: number): void {
    for (const [index, tier] of cellTiers.entries()) {
      const untilS = stepBegin(atS, tier.stepS);
      const fromS = this.#rolledUntilS(tier) ?? this.#beginS(index);
      if (fromS === null || fromS === untilS) {
        continue;
      }
      if (fromS < untilS) {
        for (let beganS = stepBegin(fromS, tier.stepS); beganS < untilS; beganS += tier.stepS) {
          this.#rollUp(tier, index, beganS);
        }
      }
      // A clock that was set back is followed: what comes now is told by the finer tiers until its turn.
      this.#statements
        .prepare('INSERT OR REPLACE INTO rolled_up (tier, until_s) VALUES (?, ?)')
        .run(tier.table, untilS);
    }
  }

  /** Deletes rows that are past their time, at most `rows` of each tier. Within the caller's transaction. */
  prune(nowS: number, rows: number): void {
    for (const { table, keptS } of cellTiers) {
      this.#statements
        .prepare(`DELETE FROM ${table} WHERE at IN (SELECT at FROM ${table} WHERE at < ? ORDER BY at LIMIT ?)`)
        .run(nowS - keptS, rows);
    }
  }

  cells({ fromMs, toMs, by, columns, limit, offset, ...place }: CellsWish, nowMs: number): HistoryCells {
    const nowS = Math.floor(nowMs / 1_000);
    const range = { fromS: Math.floor(fromMs / 1_000), toS: Math.ceil(toMs / 1_000) };
    const { tier, stepS } = chooseTier(range, columns, nowS);
    const begin = stepBegin(range.fromS, stepS);
    const lie: Columns = { fromS: begin, toS: Math.ceil(range.toS / stepS) * stepS, stepS };
    const count = (lie.toS - lie.fromS) / stepS;
    const groups = groupsOf(this.#endpoints.at(place, fromMs, toMs), by);
    const shown = groups.slice(offset, offset + limit);
    const grid = new CellGrid(count, shown.length * 2);
    const isAll = shown.length === groups.length && place.host === null && place.prefix === null && place.ip === null;
    const wanted = isAll ? null : new Set(shown.flatMap(({ endpoints }) => endpoints.map(({ id }) => id)));
    // What comes after this second is not over yet.
    this.#read(tier, lie, Math.min(lie.toS, nowS + 1), wanted, grid);
    return {
      fromMs: lie.fromS * 1_000,
      stepMs: stepS * 1_000,
      columns: count,
      rows: shown.map(({ endpoints, ...row }) => ({
        ...row,
        addresses: endpoints.length,
        ...grid.join(endpoints.map(({ id }) => id)),
      })),
      total: groups.length,
    };
  }

  /** Into `grid`, from `lie.fromS` to `untilS`. A tier ends where its last whole step ended; from there on the finer ones tell. */
  #read(tier: number, lie: Columns, untilS: number, wanted: ReadonlySet<number> | null, grid: CellGrid): void {
    let fromS = lie.fromS;
    for (let index = tier; index >= 0; index -= 1) {
      const coarse = cellTiers[index];
      const endS = coarse ? Math.min(untilS, this.#rolledUntilS(coarse) ?? fromS) : fromS;
      if (coarse && endS > fromS) {
        this.#readTier(coarse, { ...lie, fromS, toS: endS }, lie.fromS, wanted, grid);
        fromS = endS;
      }
    }
    if (fromS < untilS) {
      this.#readChecks({ ...lie, fromS, toS: untilS }, lie.fromS, wanted, grid);
    }
  }

  #readTier(
    { table }: HistoryTier,
    { fromS, toS, stepS }: Columns,
    firstS: number,
    wanted: ReadonlySet<number> | null,
    grid: CellGrid,
  ): void {
    const rows = this.#statements.prepare(`SELECT at, data FROM ${table} WHERE at >= ? AND at < ?`).iterate(fromS, toS);
    for (const row of rows) {
      const column = Math.floor((Number(row.at) - firstS) / stepS);
      const bytes = row.data instanceof Uint8Array ? row.data : new Uint8Array();
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      for (let begin = 0; begin + cellBytes <= bytes.byteLength; begin += cellBytes) {
        const endpoint = view.getUint32(begin + at.endpoint);
        if (wanted === null || wanted.has(endpoint)) {
          const states = view.getUint8(begin + at.states);
          grid.add(endpoint, column, states, view.getUint16(begin + at.checks), view.getUint16(begin + at.failures));
        }
      }
    }
  }

  #readChecks(
    { fromS, toS, stepS }: Columns,
    firstS: number,
    wanted: ReadonlySet<number> | null,
    grid: CellGrid,
  ): void {
    const [firstMs, stepMs, toMs] = [firstS * 1_000, stepS * 1_000, toS * 1_000];
    const fromMs = fromS * 1_000;
    this.#checks.each(fromMs, toMs, (atMs, endpoint, failed) => {
      if (wanted === null || wanted.has(endpoint)) {
        grid.add(endpoint, Math.floor((atMs - firstMs) / stepMs), 0, 1, Number(failed));
      }
    });
    for (const { endpoint, state, fromMs: beganMs, untilMs } of this.#spans.between(fromMs, toMs)) {
      const bit = stateBits[state];
      if (bit === undefined || (wanted !== null && !wanted.has(endpoint))) {
        continue;
      }
      const last = Math.floor((Math.min(untilMs, toMs) - 1 - firstMs) / stepMs);
      for (let column = Math.floor((Math.max(beganMs, fromMs) - firstMs) / stepMs); column <= last; column += 1) {
        grid.add(endpoint, column, bit, 0, 0);
      }
    }
  }

  #rollUp(tier: HistoryTier, index: number, beganS: number): void {
    const lie = { fromS: beganS, toS: beganS + tier.stepS, stepS: tier.stepS };
    const grid = new CellGrid(1);
    const finer = cellTiers[index - 1];
    if (finer) {
      this.#readTier(finer, lie, beganS, null, grid);
    } else {
      this.#readChecks(lie, beganS, null, grid);
    }
    const cells: number[][] = [];
    for (const endpoint of grid.endpoints) {
      const cell = grid.cell(endpoint, 0);
      if (cell) {
        cells.push([endpoint, cell.states, cell.checks, cell.failures]);
      }
    }
    if (cells.length === 0) {
      return;
    }
    const view = new DataView(new ArrayBuffer(cells.length * cellBytes));
    for (const [place, [endpoint = 0, states = 0, checks = 0, failures = 0]] of cells.entries()) {
      const begin = place * cellBytes;
      view.setUint32(begin + at.endpoint, endpoint);
      view.setUint8(begin + at.states, states);
      view.setUint16(begin + at.checks, checks);
      view.setUint16(begin + at.failures, failures);
    }
    this.#statements
      .prepare(`INSERT OR REPLACE INTO ${tier.table} (at, data) VALUES (?, ?)`)
      .run(beganS, new Uint8Array(view.buffer));
  }

  /** Where the first tier begins: with the first check or state; every other one with the first row of the finer one. */
  #beginS(index: number): number | null {
    const finer = cellTiers[index - 1];
    if (!finer) {
      const oldestMs = Math.min(this.#checks.oldestMs() ?? Infinity, this.#spans.oldestMs() ?? Infinity);
      return Number.isFinite(oldestMs) ? Math.floor(oldestMs / 1_000) : null;
    }
    const oldest = this.#statements.prepare(`SELECT min(at) AS at FROM ${finer.table}`).get()?.at;
    return typeof oldest === 'number' ? oldest : null;
  }

  #rolledUntilS({ table }: HistoryTier): number | null {
    const until = this.#statements.prepare('SELECT until_s FROM rolled_up WHERE tier = ?').get(table)?.until_s;
    return typeof until === 'number' ? until : null;
  }
}

interface CellGroup extends Pick<CellRow, 'host' | 'prefix' | 'ip' | 'port'> {
  readonly endpoints: readonly KnownEndpoint[];
}

function groupsOf(endpoints: readonly KnownEndpoint[], by: CellsWish['by']): CellGroup[] {
  const groups = Map.groupBy(endpoints, ({ host, prefix, ip, port }) =>
    by === 'host' ? host : by === 'prefix' ? `${host} ${prefix}` : `${host} ${ip} ${port}`,
  );
  return Array.from(groups.values(), (members) => groupOf(members, by)).sort(compareGroups);
}

function groupOf(endpoints: readonly KnownEndpoint[], by: CellsWish['by']): CellGroup {
  const [{ host, prefix, ip, port } = { host: '', prefix: '', ip: '', port: 0 }] = endpoints;
  return {
    host,
    prefix: by === 'host' ? null : prefix,
    ip: by === 'ip' ? ip : null,
    port: by === 'ip' ? port : null,
    endpoints,
  };
}

function compareGroups(one: CellGroup, other: CellGroup): number {
  const [a, b] = [one.endpoints[0], other.endpoints[0]];
  return compare(one.host, other.host) || compare(a?.order, b?.order) || (a?.port ?? 0) - (b?.port ?? 0);
}

function compare(one = '', other = ''): number {
  return one < other ? -1 : Number(one > other);
}

/** The coarsest tier that is not much too coarse, or the finest that still has the beginning; -1: the checks themselves. */
function chooseTier(
  { fromS, toS }: { fromS: number; toS: number },
  columns: number,
  nowS: number,
): { tier: number; stepS: number } {
  const wantedS = Math.max(1, (toS - fromS) / columns);
  const ageS = nowS - fromS;
  const fit = cellTiers.findLastIndex(({ stepS }) => stepS <= wantedS * coarsest);
  const isKept = (cellTiers[fit]?.keptS ?? checksKeptS) >= ageS;
  const reaching = cellTiers.findIndex(({ keptS }, index) => index > fit && keptS >= ageS);
  const tier = isKept ? fit : reaching === -1 ? cellTiers.length - 1 : reaching;
  const tierStepS = cellTiers[tier]?.stepS ?? finestS;
  let stepS = Math.max(1, Math.ceil(wantedS / tierStepS)) * tierStepS;
  while (Math.ceil(toS / stepS) - Math.floor(fromS / stepS) > columns) {
    stepS += tierStepS;
  }
  return { tier, stepS };
}
