import type { StripRow } from './cell-rows.ts';

type Named = Pick<StripRow, 'host' | 'prefix' | 'ip'>;

/** In full, for those who do not see what it stands below: `edge.demo.test 127.0.1.0/24`. */
export function rowName({ host, prefix, ip }: Named): string {
  const part = ip ?? prefix;
  return part === null ? host : `${host} ${part}`;
}

/** As it stands in the list. */
export function shortName({ host, prefix, ip }: Named): string {
  return ip ?? prefix ?? host;
}
