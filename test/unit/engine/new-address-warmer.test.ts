import { expect, it } from 'vitest';
import { type WarmUpJob, warmUpJobSchema } from '../../../core/contract/warm-up-job.ts';
import type { WarmUpRun } from '../../../core/contract/warm-up-run.ts';
import { parseHostName } from '../../../core/dial/endpoint.ts';
import type { ResolvedAddress } from '../../../core/dns/resolver.ts';
import { NewAddressWarmer } from '../../../core/engine/new-address-warmer.ts';

const host = parseHostName('edge.example');
const addresses = (...ips: string[]): ResolvedAddress[] => ips.map((ip) => ({ ip, port: 443 }));

/** What is started when 192.0.2.3 and 192.0.2.4 join two others. */
function started(
  floor: number,
  earlier: readonly Partial<WarmUpJob>[],
  watched = true,
  added = addresses('192.0.2.3', '192.0.2.4'),
): WarmUpJob[] {
  const jobs: WarmUpJob[] = [];
  const runs = earlier.map((job) => ({ job: warmUpJobSchema.parse({ hosts: ['edge.example'], ...job }) }) as WarmUpRun);
  const warmer = new NewAddressWarmer({
    warmUps: { runs: () => runs, start: (job) => jobs.push(job) },
    isWatched: () => watched,
    floor: () => floor,
  });
  warmer.changed(host, addresses('192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4'), added);
  return jobs;
}

it.each<[string, number, Partial<WarmUpJob>[], WarmUpJob['connections']]>([
  ['one for each, of a floor that is less than one', 2, [], 'all-ips'],
  ['its part of a larger floor', 12, [], 6],
  ['one for each, as the last warm-up of all IPs', 0, [{ connections: 'all-ips' }], 'all-ips'],
  ['its part of the last warm-up of so many', 0, [{ connections: 8 }], 4],
  ['as the last warm-up, not the one before', 0, [{ connections: 400 }, { connections: 8 }], 4],
  ['as the last of the host’s own IPs', 0, [{ connections: 8 }, { connections: 400, ips: ['192.0.2.9'] }], 4],
  ['as the last of this host', 0, [{ connections: 8 }, { connections: 400, hosts: ['other.example'] }], 4],
  ['the more of floor and warm-up', 12, [{ connections: 'all-ips' }], 6],
])('a new address gets %s', (_, floor, earlier, connections) => {
  expect(started(floor, earlier)).toMatchObject([
    { hosts: ['edge.example'], ips: ['192.0.2.3', '192.0.2.4'], connections, onlyCold: true },
  ]);
});

it('nothing is dialled for a host that nobody keeps warm, nor for one that is not watched, nor when nothing is new', () => {
  expect(started(0, [])).toEqual([]);
  expect(started(12, [], false)).toEqual([]);
  expect(started(12, [], true, [])).toEqual([]);
});
