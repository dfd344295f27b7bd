/** What the floor of each host asks for, against the limits that it lives under. */
import { type Phrase, phrase } from '../contract/phrase.ts';
import { formatNumber } from './config-key.ts';
import type { ConfigValues } from './schema.ts';

/** A floor that the limits do not leave room for: what is above them would be closed as soon as it is made. */
export function floorWarnings(values: ConfigValues, hosts: number): Phrase[] {
  const path = 'pool.min_idle_per_host';
  const floor = values[path];
  const against = (upper: 'pool.max_idle_conns' | 'pool.max_conns_per_host') => ({
    path,
    floor: formatNumber(floor),
    upper,
    high: formatNumber(values[upper]),
  });
  return [
    ...(floor * hosts > values['pool.max_idle_conns']
      ? [
          phrase('config.floors-above-idle', {
            ...against('pool.max_idle_conns'),
            hosts: formatNumber(hosts),
            needed: formatNumber(floor * hosts),
          }),
        ]
      : []),
    ...(floor > values['pool.max_conns_per_host']
      ? [phrase('config.floor-above-host', against('pool.max_conns_per_host'))]
      : []),
  ];
}
