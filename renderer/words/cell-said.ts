/** A row of the health strips and one of its cells, in words. */
import type { CellRow, CellState } from '../../core/contract/history-health.ts';
import type { TimeFrame } from '../base/time-frame.ts';
import { cellWords, words } from './cell-words.ts';
import { stretch } from './dates.ts';

type Place = Pick<CellRow, 'host' | 'prefix' | 'ip'>;

/** In full, for those who do not see what it stands below: `edge.demo.test 127.0.1.0/24`. */
export function rowName({ host, prefix, ip }: Place): string {
  const part = ip ?? prefix;
  return part === null ? host : `${host} ${part}`;
}

/** In a row of several addresses one that is out of use is not all of them. */
export function stateName({ ip }: Pick<Place, 'ip'>, state: CellState): string {
  const { word, ofMany } = cellWords[state];
  return ip === null ? (ofMany ?? word) : word;
}

export interface SaidCell extends TimeFrame {
  readonly state: CellState;
  readonly checks: number;
  readonly failures: number;
}

/** What is said of the cell that is pointed at. */
export function cellSaid(row: Place, { fromMs, toMs, state, checks, failures }: SaidCell): string {
  return `${rowName(row)}, ${stretch(fromMs, toMs)}: ${stateName(row, state)}, ${words.checks(checks, failures)}`;
}
