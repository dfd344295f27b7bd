import { describe, expect, it } from 'vitest';
import { IpAccessController } from '../../../core/access/ip-access-controller.ts';
import { EventBus } from '../../../core/base/event-bus.ts';
import { parseHostName } from '../../../core/dial/endpoint.ts';
import type { Resolver } from '../../../core/dns/resolver.ts';
import { PoolAssembly } from '../../../core/engine/pool-assembly.ts';
import { mostVisitedHosts } from '../../../core/pool/unused-hosts.ts';
import { FakeNetwork, fakeSettings, type SettingsChange } from '../../support/fake-network.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const minuteMs = 60_000;

/** A program's engine; each name has one address, and one more under `two.test`. */
function open(settings: SettingsChange = {}) {
  const clock = new ManualClock();
  const network = new FakeNetwork(clock);
  const events = new EventBus(clock);
  const access = new IpAccessController({ clock, events });
  const addresses = new Map<string, string>();
  const resolver: Resolver = {
    async resolve({ name, port }) {
      const number = addresses.size;
      const ip = addresses.get(name) ?? `10.${number >> 16}.${(number >> 8) & 255}.${number & 255}`;
      addresses.set(name, ip);
      return [{ ip, port }];
    },
  };
  const assembly = new PoolAssembly({
    settings: fakeSettings(settings),
    clock,
    random: seededRandom(1),
    events,
    access,
    resolver,
    dialer: network,
    monitor: {
      sample: () => ({ loopDelayP50Ms: 0, loopDelayP99Ms: 1, cpuShare: 0, rssBytes: 1, openFileDescriptors: null }),
      dispose: () => undefined,
    },
  });
  const { pool, directory, ipHealth } = assembly;
  return {
    ...assembly,
    assembly,
    pool,
    clock,
    network,
    access,
    visit: async (host: string) => (await pool.acquire(host)).release(),
    left: () => ({
      hosts: pool.scores().length,
      resolved: directory.known().length,
      records: [...ipHealth.records].length,
      groups: [...ipHealth.hosts].length,
    }),
  };
}

describe('hosts that are no targets', () => {
  it('are forgotten when there are too many: of 12,000 that were visited so many are left, and in the end those in use', async () => {
    const engine = open();
    const { visit, left, clock } = engine;
    for (let visited = 0; visited < 12_000; visited += 1) {
      await visit(`host-${visited}.test`);
      if (visited % 500 === 0) {
        engine.network.dialled.length = 0;
        engine.network.transports.length = 0;
      }
    }
    const most = mostVisitedHosts + engine.assembly.settings.targets.length;
    for (const [what, number] of Object.entries(left())) {
      expect(number, what).toBeLessThanOrEqual(most);
      expect(number, what).toBeGreaterThan(mostVisitedHosts / 2);
    }
    // Each has the timer of its next question to DNS; the rest is the engine's own.
    expect(clock.timers).toBeLessThan(most + 200);
    await clock.advance(15 * minuteMs);
    // What is still connected is kept hot, and is remembered.
    const { totalConnections } = engine.pool.stats();
    expect(totalConnections).toBeLessThanOrEqual(engine.assembly.settings.pool.maxIdleConnections);
    expect(left()).toEqual({
      hosts: totalConnections,
      resolved: totalConnections,
      records: totalConnections,
      groups: totalConnections,
    });
    expect(clock.timers).toBeLessThan(3 * totalConnections + 20);
    await engine.assembly.close();
  }, 120_000);

  it('are forgotten some time after their last use, and asked about anew when somebody wants them again', async () => {
    const { visit, left, clock, pool, network, assembly } = open();
    await visit('other.test');
    expect(left().hosts).toBe(1);
    await clock.advance(30 * minuteMs);
    expect(left().hosts).toBe(1);
    for (const { id } of pool.rows()) {
      pool.closeConnection(id, 'operator');
    }
    const dialled = network.dialled.length;
    await clock.advance(9 * minuteMs);
    expect(left().hosts).toBe(1);
    await clock.advance(3 * minuteMs);
    expect(left()).toMatchObject({ hosts: 0, resolved: 0, records: 0 });
    expect(pool.explain('other.test')?.sentence).toContain('Nobody has asked for other.test since the start, or');
    await visit('other.test');
    expect(left()).toMatchObject({ hosts: 1, resolved: 1, records: 1 });
    expect(network.dialled).toHaveLength(dialled + 1);
    await assembly.close();
  });

  it('are remembered as long as somebody waits for them, or has a lease', async () => {
    const { clock, pool, assembly } = open({
      pool: { maxConnections: 1, maxConnectionsPerHost: 1, maxIdleConnections: 1 },
    });
    const lease = await pool.acquire('leased.test');
    const waiting = pool.acquire('waiting.test', { timeoutMs: 60 * minuteMs });
    await clock.advance(30 * minuteMs);
    expect(pool.explain('waiting.test')).toMatchObject({ verdict: 'waiting' });
    expect(pool.explain('leased.test')).toMatchObject({ verdict: 'busy' });
    lease.release();
    expect((await waiting).host).toBe('waiting.test');
    await assembly.close(AbortSignal.abort());
  });

  it('are forgotten when they were targets and are no more', async () => {
    const { clock, left, visit, assembly } = open({ targets: ['old.test'] });
    await visit('old.test');
    assembly.apply(fakeSettings({ targets: ['new.test'] }), {
      isOutdated: () => false,
      moved: new Set(),
      rereads: false,
    });
    await visit('new.test');
    await clock.advance(20 * minuteMs);
    expect(assembly.directory.known().map(([host]) => host)).toEqual(['new.test']);
    expect(left().hosts).toBe(1);
    await assembly.close();
  });

  it('leave no probe of an ejected IP behind, and its ban is taken over when they come back', async () => {
    const { clock, visit, access, assembly, network } = open();
    await visit('one.test');
    const { ipHealth, pool } = assembly;
    const [record] = ipHealth.records;
    expect(record).toBeDefined();
    ipHealth.forget(parseHostName('one.test'));
    // The pool's cached view of the address finds the new record.
    await visit('one.test');
    await clock.advance(31_000);
    (await pool.acquire('one.test')).release();
    expect([...ipHealth.records]).toHaveLength(1);
    expect([...ipHealth.records][0]).not.toBe(record);
    expect(record?.isForgotten).toBe(true);
    expect(network.dialled).toHaveLength(1);
    expect(access.blacklistCount).toBe(0);
    await assembly.close();
  });
});
