import { expect, it } from 'vitest';
import { IpAccessController } from '../../../core/access/ip-access-controller.ts';
import { EventBus } from '../../../core/base/event-bus.ts';
import type { Resolver } from '../../../core/dns/resolver.ts';
import { PoolAssembly } from '../../../core/engine/pool-assembly.ts';
import { FakeNetwork, FakeTransport, fakeSettings } from '../../support/fake-network.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const shared = '10.0.0.1';

it('one IP of two hosts, warmed for both at once: what the automaton does to it for one leaves the dials of the other alone', async () => {
  const clock = new ManualClock();
  const network = new FakeNetwork(clock);
  const events = new EventBus(clock);
  const access = new IpAccessController({ clock, events });
  const resolver: Resolver = {
    resolve: async ({ name, port }) =>
      (name === 'blocking.test' ? [shared, '10.0.0.2', '10.0.0.3', '10.0.0.4'] : [shared]).map((ip) => ({ ip, port })),
  };
  const assembly = new PoolAssembly({
    settings: fakeSettings({ targets: ['blocking.test', 'well.test'] }),
    clock,
    random: seededRandom(1),
    events,
    access,
    resolver,
    dialer: {
      async dial(request) {
        const transport = await network.dial(request);
        const { host, ip } = request.endpoint;
        if (transport instanceof FakeTransport && host.name === 'blocking.test' && ip === shared) {
          transport.paths.set('/', 403);
        }
        return transport;
      },
    },
    monitor: {
      sample: () => ({ loopDelayP50Ms: 0, loopDelayP99Ms: 1, cpuShare: 0, rssBytes: 1, openFileDescriptors: null }),
      dispose: () => undefined,
    },
  });
  const { pool } = assembly;
  const closed: string[] = [];
  pool.observe({
    changed: () => undefined,
    closed: (id, reason) => closed.push(`${pool.closedRow(id)?.row.host} ${reason}`),
  });
  network.probeMs = 50;
  const run = pool.warmUpMultipleHosts(['blocking.test', 'well.test'], { connections: 4 });
  await clock.advance(60);
  // The ban is in force, and the lists have told of it, while dials to the same IP are under way for the other host.
  expect(access.automaticBan(shared)).not.toBeNull();
  network.probeMs = 500;
  const more = pool.warmUp('well.test', { connections: 8 });
  await clock.advance(20_000);
  const { hosts } = await run;
  expect(hosts.find(({ host }) => host === 'well.test')).toMatchObject({ error: null });
  expect((await more).outcome).toBe('ok');
  expect(closed.filter((end) => end.startsWith('well.test'))).toEqual([]);
  expect(pool.explain('well.test')).toMatchObject({ verdict: 'hot' });
  await assembly.close(AbortSignal.abort());
});
