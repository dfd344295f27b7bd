/** Warm-up runs and what came of each of their connections. Synchronous: it lives in a thread of its own. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { z } from 'zod';
import {
  type HistoryWarmUpCells,
  type HistoryWarmUps,
  type historyWarmUpCellsInputSchema,
  type historyWarmUpsInputSchema,
  type RememberedCell,
  type RememberedWarmUp,
  rememberedCellSchema,
  rememberedWarmUpSchema,
} from '../contract/history-warm-ups.ts';
import type { WarmUpTold } from './history-batch.ts';
import type { SqlRow } from './sample-row.ts';
import type { Statements } from './statements.ts';
import { readPage, type TimedTable } from './timed-pages.ts';

export type WarmUpsWish = z.output<typeof historyWarmUpsInputSchema>;
export type WarmUpCellsWish = z.output<typeof historyWarmUpCellsInputSchema>;

const warmUpsTable: TimedTable = { name: 'warm_ups', time: 'started_at', key: 'row' };
const cellsSchema = z.array(rememberedCellSchema);

export class WarmUpStore {
  readonly #statements: Statements;

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  /** Within the caller's transaction. */
  write(told: readonly WarmUpTold[]): void {
    for (const { engineStartedAtMs, atMs, run, cells } of told) {
      const row = this.#statements
        .prepare(
          `INSERT INTO warm_ups (engine_started_at, id, started_at, told_at, run) VALUES (?, ?, ?, ?, ?)
           ON CONFLICT (engine_started_at, id) DO UPDATE SET told_at = excluded.told_at, run = excluded.run
           RETURNING row`,
        )
        .get(Math.floor(engineStartedAtMs), run.id, Math.floor(run.startedAtMs), Math.floor(atMs), JSON.stringify(run));
      if (cells.length > 0) {
        this.#statements
          .prepare('INSERT INTO warm_up_cells (run, data) VALUES (?, ?)')
          .run(Number(row?.row), deflateRawSync(JSON.stringify(cells)));
      }
    }
  }

  warmUps(wish: WarmUpsWish): HistoryWarmUps {
    const { rows, cursor } = readPage(this.#statements, warmUpsTable, wish, [], []);
    return { warmUps: rows.flatMap(toWarmUp), cursor };
  }

  cells({ key, offset, limit }: WarmUpCellsWish): HistoryWarmUpCells {
    const cells: RememberedCell[] = [];
    const chunks = this.#statements.prepare('SELECT data FROM warm_up_cells WHERE run = ? ORDER BY part').iterate(key);
    for (const { data } of chunks) {
      const text = data instanceof Uint8Array ? inflateRawSync(data).toString() : '[]';
      for (const cell of cellsSchema.parse(JSON.parse(text))) {
        if (cell.index >= offset) {
          // What was told of one later takes the place of what was told before.
          cells[cell.index - offset] = cell;
        }
      }
    }
    return { cells: cells.slice(0, limit).filter((cell) => cell !== undefined) };
  }

  oldestMs(): number | null {
    const oldest = this.#statements.prepare('SELECT min(started_at) AS at FROM warm_ups').get()?.at;
    return typeof oldest === 'number' ? oldest : null;
  }

  /** Deletes runs that began before, at most `rows` of their parts. Within the caller's transaction. */
  prune(olderThanMs: number, rows: number): void {
    const old = 'SELECT row FROM warm_ups WHERE started_at < ?';
    this.#statements
      .prepare(`DELETE FROM warm_up_cells WHERE part IN (SELECT part FROM warm_up_cells WHERE run IN (${old}) LIMIT ?)`)
      .run(olderThanMs, rows);
    this.#statements
      .prepare(`DELETE FROM warm_ups WHERE started_at < ? AND row NOT IN (SELECT run FROM warm_up_cells)`)
      .run(olderThanMs);
  }
}

/** None for a run that an older program wrote in another shape: what is not known is not made up. */
function toWarmUp({ row, engine_started_at, told_at, run }: SqlRow): RememberedWarmUp[] {
  const read = rememberedWarmUpSchema.safeParse({
    key: row,
    engineStartedAtMs: engine_started_at,
    toldAtMs: told_at,
    run: JSON.parse(String(run)),
  });
  return read.success ? [read.data] : [];
}
