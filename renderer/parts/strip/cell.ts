/** One cell of a strip in figures. */
import { type CellRow, readCellCounts } from '../../../core/contract/history-health.ts';
import type { SaidCell } from '../../words/cell-said.ts';
import type { CellGrid } from './cell-cursor.ts';
import { stateOf } from './cell-look.ts';

export type Cell = SaidCell;

export function cellOf({ fromMs, stepMs }: Pick<CellGrid, 'fromMs' | 'stepMs'>, row: CellRow, column: number): Cell {
  const beganMs = fromMs + column * stepMs;
  return {
    fromMs: beganMs,
    toMs: beganMs + stepMs,
    state: stateOf(row.states[column]),
    checks: readCellCounts(row.checks)[column] ?? 0,
    failures: readCellCounts(row.failures)[column] ?? 0,
  };
}
