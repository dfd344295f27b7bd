/** From the history's cells to what is shown: hosts, their networks and addresses as one list of rows. */
import {
  type CellRow,
  type CellState,
  type HistoryCells,
  readCellCounts,
} from '../../../core/contract/history-health.ts';
import type { TimeFrame } from '../../base/time-frame.ts';
import type { CellGrid } from '../../parts/strip/cell-cursor.ts';
import { stateOf } from '../../parts/strip/cell-look.ts';

/** A host with at most so many addresses shows them at once, without networks between. */
export const fewAddresses = 24;

export interface StripRow extends CellRow {
  readonly key: string;
  /** 0: a host, 1: below it, 2: an address of a network. */
  readonly depth: number;
  readonly opens: 'ip' | 'prefix' | null;
  readonly opened: boolean;
}

export interface CellPicture extends CellGrid {
  readonly rows: readonly StripRow[];
  /** Rows that were left out because they are too many. */
  readonly left: number;
}

export function rowKey({ host, prefix, ip }: Pick<CellRow, 'host' | 'prefix' | 'ip'>): string {
  return [host, ip ?? prefix ?? ''].join(' ');
}

/** What an opened row is asked for. */
export function opensTo(row: CellRow): 'ip' | 'prefix' | null {
  if (row.ip !== null) {
    return null;
  }
  return row.prefix === null && row.addresses > fewAddresses ? 'prefix' : 'ip';
}

/** `parts`: the answers of opened rows, by their key. */
export function pictureOf(hosts: HistoryCells, parts: ReadonlyMap<string, HistoryCells>): CellPicture {
  const { fromMs, stepMs, columns } = hosts;
  let left = hosts.total - hosts.rows.length;
  const below = (row: CellRow, depth: number): StripRow[] => {
    const key = rowKey(row);
    const part = parts.get(key);
    left += part ? part.total - part.rows.length : 0;
    return [
      { ...row, key, depth, opens: opensTo(row), opened: part !== undefined },
      ...(part?.rows.flatMap((one) => below(one, depth + 1)) ?? []),
    ];
  };
  const rows = hosts.rows.flatMap((row) => below(row, 0));
  return { fromMs, toMs: fromMs + stepMs * columns, stepMs, columns, rows, left };
}

/** Columns on end with the same trouble. */
export interface Trouble extends TimeFrame {
  readonly state: CellState;
}

/** What a row has to tell, without its cells: for those who hear it. */
export interface RowSummary {
  readonly checks: number;
  readonly failures: number;
  /** Newest first. */
  readonly troubles: readonly Trouble[];
}

const isTrouble = (state: CellState): boolean => state !== 'quiet' && state !== 'good';
const sum = (text: string): number => readCellCounts(text).reduce((all, one) => all + one, 0);

export function summaryOf({ fromMs, stepMs }: CellPicture, row: CellRow): RowSummary {
  const troubles: Trouble[] = [];
  for (let column = 0; column < row.states.length; column += 1) {
    const state = stateOf(row.states[column]);
    const last = troubles.at(-1);
    const beganMs = fromMs + column * stepMs;
    if (!isTrouble(state)) {
      continue;
    }
    if (last?.state === state && last.toMs === beganMs) {
      troubles[troubles.length - 1] = { ...last, toMs: beganMs + stepMs };
    } else {
      troubles.push({ state, fromMs: beganMs, toMs: beganMs + stepMs });
    }
  }
  return { checks: sum(row.checks), failures: sum(row.failures), troubles: troubles.reverse() };
}
