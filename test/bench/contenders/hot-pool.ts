/** The real HotConnPool with the system's clock and randomness, all its watching on; only the network does nothing. */
import { systemClock } from '../../../core/base/clock.ts';
import { systemRandom } from '../../../core/base/random.ts';
import { HotConnPool } from '../../../core/pool/hot-conn-pool.ts';
import type { Lease } from '../../../core/pool/lease.ts';
import {
  FakeAccess,
  FakeBudget,
  FakeDirectory,
  FakeNetwork,
  FakeValidator,
  fakeSettings,
} from '../../support/fake-network.ts';
import type { PoolSize, PoolUnderTest } from './pool-under-test.ts';

const process = {
  sample: () => ({ loopDelayP50Ms: 0, loopDelayP99Ms: 0, cpuShare: 0, rssBytes: 0, openFileDescriptors: null }),
  dispose: () => undefined,
};

export async function openHotPool({ connections, hosts }: PoolSize): Promise<PoolUnderTest> {
  // As property names they are what a program's constants are: one string each, known to the runtime.
  const names = Object.keys(Object.fromEntries(Array.from({ length: hosts }, (_, index) => [hostName(index), true])));
  const directory = new FakeDirectory();
  for (const name of names) {
    directory.set(name, ['192.0.2.1']);
  }
  const limits = { maxConnections: connections, maxConnectionsPerHost: connections, maxIdleConnections: connections };
  const pool = new HotConnPool(fakeSettings({ pool: limits, targets: names }), {
    clock: systemClock,
    random: systemRandom,
    dialer: new FakeNetwork(systemClock),
    budget: new FakeBudget(),
    hosts: directory,
    access: new FakeAccess(),
    validator: new FakeValidator(),
    events: { emit: () => undefined },
    process,
  });
  const perHost = connections / hosts;
  const all = await Promise.all(
    names.flatMap((name) => Array.from({ length: perHost }, () => pool.acquire(name, { timeoutMs: 120_000 }))),
  );
  for (const lease of all) {
    lease.release();
  }
  return {
    acquire: (host) => pool.acquire(names[host] ?? ''),
    release(lease) {
      (lease as Lease).release();
    },
  };
}

function hostName(index: number): string {
  return `host-${index}.example`;
}
