/** Addresses over time, in cells: made of checks and states, and kept in coarser tiers. Synchronous: it lives in a thread of its own. */
import type { z } from 'zod';
import type { CellRow, HistoryCells, historyCellsInputSchema } from '../contract/history-health.ts';
import { CellGrid, stateBits } from './cell-grid.ts';
import type { CheckStore } from './check-store.ts';
import type { EndpointIds, KnownEndpoint } from './endpoint-ids.ts';
import { cellTiers, type HistoryTier } from './history-tiers.ts';
import { type Columns, RolledTiers } from './rolled-tiers.ts';
import type { SpanStore } from './span-store.ts';
import type { Statements } from './statements.ts';

export type CellsWish = z.output<typeof historyCellsInputSchema>;

/** One address in a row of a tier: endpoint, states, checks, failures. */
const cellBytes = 9;
const at = { endpoint: 0, states: 4, checks: 5, failures: 7 } as const;

/** A coarser tier is taken as long as its step is at most so many times the wanted one: fewer columns, and far less to read. */
const coarsest = 5;

export class CellStore {
  readonly #statements: Statements;
  readonly #endpoints: EndpointIds;
  readonly #checks: CheckStore;
  readonly #spans: SpanStore;
  readonly #tiers: RolledTiers;

  constructor(statements: Statements, endpoints: EndpointIds, checks: CheckStore, spans: SpanStore) {
    this.#statements = statements;
    this.#endpoints = endpoints;
    this.#checks = checks;
    this.#spans = spans;
    this.#tiers = new RolledTiers(statements, cellTiers, () => {
      const oldestMs = Math.min(checks.oldestMs() ?? Infinity, spans.oldestMs() ?? Infinity);
      return Number.isFinite(oldestMs) ? oldestMs : null;
    });
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

  cells({ fromMs, toMs, by, columns, limit, offset, ...place }: CellsWish, nowMs: number): HistoryCells {
    const nowS = Math.floor(nowMs / 1_000);
    const range = { fromS: Math.floor(fromMs / 1_000), toS: Math.ceil(toMs / 1_000) };
    const { tier, columns: lie } = this.#tiers.choose(range, columns, nowS, coarsest);
    const count = (lie.toS - lie.fromS) / lie.stepS;
    const groups = groupsOf(this.#endpoints.at(place, fromMs, toMs), by);
    const shown = groups.slice(offset, offset + limit);
    const grid = new CellGrid(count, shown.length * 2);
    const isAll = shown.length === groups.length && place.host === null && place.prefix === null && place.ip === null;
    const wanted = isAll ? null : new Set(shown.flatMap(({ endpoints }) => endpoints.map(({ id }) => id)));
    // What comes after this second is not over yet.
    this.#read(tier, lie, Math.min(lie.toS, nowS + 1), wanted, grid);
    return {
      fromMs: lie.fromS * 1_000,
      stepMs: lie.stepS * 1_000,
      columns: count,
      rows: shown.map(({ endpoints, ...row }) => ({
        ...row,
        ...ipsOf(endpoints, grid),
      })),
      total: groups.length,
    };
  }

  /** Into `grid`, from `lie.fromS` to `untilS`. */
  #read(
    tier: HistoryTier | null,
    lie: Columns,
    untilS: number,
    wanted: ReadonlySet<number> | null,
    grid: CellGrid,
  ): void {
    for (const part of this.#tiers.parts(tier, lie.fromS, untilS)) {
      const columns = { ...lie, fromS: part.fromS, toS: part.toS };
      if (part.tier) {
        this.#readTier(part.tier, columns, lie.fromS, wanted, grid);
      } else {
        this.#readChecks(columns, lie.fromS, wanted, grid);
      }
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

  #rollUp(tier: HistoryTier, finer: HistoryTier | null, beganS: number): void {
    const lie = { fromS: beganS, toS: beganS + tier.stepS, stepS: tier.stepS };
    const grid = new CellGrid(1);
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
}

/** An IP is one, also where the host had it on another port before. What callers named beside them is left out. */
function ipsOf(endpoints: readonly KnownEndpoint[], grid: CellGrid): Omit<CellRow, 'host' | 'prefix' | 'ip'> {
  const ips = [...Map.groupBy(endpoints, ({ ip }) => ip).values()];
  const own = ips.filter((one) => one.some((endpoint) => endpoint.own !== false));
  const told = own.length > 0 ? own : ips;
  return {
    addresses: told.length,
    named: own.length === 0,
    leftOut: ips.length - told.length,
    ...grid.join(told.map((one) => one.map(({ id }) => id))),
  };
}

interface CellGroup extends Pick<CellRow, 'host' | 'prefix' | 'ip'> {
  readonly endpoints: readonly KnownEndpoint[];
}

function groupsOf(endpoints: readonly KnownEndpoint[], by: CellsWish['by']): CellGroup[] {
  const groups = Map.groupBy(endpoints, ({ host, prefix, ip }) =>
    by === 'host' ? host : by === 'prefix' ? `${host} ${prefix}` : `${host} ${ip}`,
  );
  return Array.from(groups.values(), (members) => groupOf(members, by)).sort(compareGroups);
}

function groupOf(endpoints: readonly KnownEndpoint[], by: CellsWish['by']): CellGroup {
  const [{ host, prefix, ip } = { host: '', prefix: '', ip: '' }] = endpoints;
  return {
    host,
    prefix: by === 'host' ? null : prefix,
    ip: by === 'ip' ? ip : null,
    endpoints,
  };
}

function compareGroups(one: CellGroup, other: CellGroup): number {
  const [a, b] = [one.endpoints[0], other.endpoints[0]];
  return compare(one.host, other.host) || compare(a?.order, b?.order);
}

function compare(one = '', other = ''): number {
  return one < other ? -1 : Number(one > other);
}
