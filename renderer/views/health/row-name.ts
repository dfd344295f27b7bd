import type { CellState } from '../../../core/contract/history-health.ts';
import type { StripRow } from './cell-rows.ts';
import { cellWords, words } from './words.ts';

const text = words.strips;

type Place = Pick<StripRow, 'host' | 'prefix' | 'ip'>;

/** In full, for those who do not see what it stands below: `edge.demo.test 127.0.1.0/24`. */
export function rowName({ host, prefix, ip }: Place): string {
  const part = ip ?? prefix;
  return part === null ? host : `${host} ${part}`;
}

/** As it stands in the list. */
export function shortName({ host, prefix, ip }: Place): string {
  return ip ?? prefix ?? host;
}

/** In full, with what is to be known of IPs that only a caller named. */
export function rowHint(row: StripRow): string {
  const said = row.leftOut > 0 ? text.leftOutHint(row.leftOut) : row.named ? text.namedHint : null;
  return said === null ? rowName(row) : `${rowName(row)}\n${said}`;
}

/** In a row of several addresses one that is out of use is not all of them. */
export function stateName({ ip }: Pick<Place, 'ip'>, state: CellState): string {
  const { word, ofMany } = cellWords[state];
  return ip === null ? (ofMany ?? word) : word;
}
