import { expect, it } from 'vitest';
import { IpAccessController } from '../../../core/access/ip-access-controller.ts';
import { EventBus } from '../../../core/base/event-bus.ts';
import type { ResolvedAddress } from '../../../core/dns/resolver.ts';
import { StaticResolver } from '../../../core/dns/static-resolver.ts';
import { PoolAssembly } from '../../../core/engine/pool-assembly.ts';
import { FakeNetwork, fakeSettings } from '../../support/fake-network.ts';
import { ManualClock, settle } from '../../support/manual-clock.ts';
import { seededRandom } from '../../support/seeded-random.ts';

it('the addresses that are given for a host are shown before anybody has asked for it, and one that has none does no harm', async () => {
  const clock = new ManualClock();
  const events = new EventBus(clock);
  const access = new IpAccessController({ clock, events });
  const ip = (last: number): ResolvedAddress => ({ ip: `10.0.0.${last}`, port: 443 });
  const assembly = new PoolAssembly({
    settings: fakeSettings({ targets: ['given.test', 'nowhere.test'] }),
    clock,
    random: seededRandom(1),
    events,
    access,
    resolver: new StaticResolver(new Map([['given.test', [ip(1), ip(2)]]])),
    dialer: new FakeNetwork(clock),
    monitor: {
      sample: () => ({ loopDelayP50Ms: 0, loopDelayP99Ms: 1, cpuShare: 0, rssBytes: 1, openFileDescriptors: null }),
      dispose: () => undefined,
    },
  });
  const ips = (): unknown => assembly.pool.stats().hosts.map(({ host, ips: known }) => [host, known]);
  expect(ips()).toEqual([
    ['given.test', 0],
    ['nowhere.test', 0],
  ]);
  assembly.hosts.learn(assembly.settings.targets.map(({ host }) => host));
  await settle();
  expect(ips()).toEqual([
    ['given.test', 2],
    ['nowhere.test', 0],
  ]);
  expect([...assembly.ipHealth.hosts].map(({ host, members }) => [host, members.size])).toEqual([['given.test', 2]]);
  expect(assembly.pool.stats()).toMatchObject({ totalConnections: 0, dialingConnections: 0 });
  await assembly.close();
  await access.close();
});
