import { rowName } from '../../words/cell-said.ts';
import type { StripRow } from './cell-rows.ts';
import { words } from './words.ts';

const text = words.strips;

/** As it stands in the list. */
export function shortName({ host, prefix, ip }: Pick<StripRow, 'host' | 'prefix' | 'ip'>): string {
  return ip ?? prefix ?? host;
}

/** In full, with what is to be known of IPs that only a caller named. */
export function rowHint(row: StripRow): string {
  const said = row.leftOut > 0 ? text.leftOutHint(row.leftOut) : row.named ? text.namedHint : null;
  return said === null ? rowName(row) : `${rowName(row)}\n${said}`;
}
