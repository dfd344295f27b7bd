/** Many connections ended at once: decided in the moment of the call, closed a portion in each turn of the event loop. */
import { describe, expect, it } from 'vitest';
import { parseHostName } from '../../../core/dial/endpoint.ts';
import { NoAllowedEndpointError } from '../../../core/pool/pool-errors.ts';
import { type FakePool, fakePool } from '../../support/fake-pool.ts';
import { settle } from '../../support/manual-clock.ts';

const count = 180;
const portion = 50;
const ips = Array.from({ length: count }, (_, index) => `10.0.0.${index + 1}`);
const host = parseHostName('example.test');
const never = new AbortController().signal;

function largePool(): FakePool {
  const fake = fakePool({ pool: { maxConnections: 500, maxConnectionsPerHost: 500, maxIdleConnections: 500 } });
  fake.directory.set('example.test', ips);
  return fake;
}

/** One to each IP, as a warm-up makes them. */
function openings({ pool }: FakePool): Promise<unknown>[] {
  return ips.map((ip) => pool.open({ host, ip, port: 443 }, { timeoutMs: 5_000, priority: 'warm-up', signal: never }));
}

async function warmPool(): Promise<FakePool> {
  const fake = largePool();
  await Promise.all(openings(fake));
  expect(fake.pool.stats().idleConnections).toBe(count);
  return fake;
}

function banAll({ access }: FakePool): void {
  access.enforce = true;
  access.announce();
}

/** How many sockets there were after each turn, until they are all gone. */
async function sizesByTurn({ network }: FakePool): Promise<number[]> {
  const sizes = [network.alive.size];
  while (network.alive.size > 0 && sizes.length <= count) {
    await new Promise(setImmediate);
    sizes.push(network.alive.size);
  }
  return sizes;
}

const closedOnes = ({ events }: FakePool): readonly number[] =>
  events.ofKind('connection.closed').map(({ subject }) => Number(subject));

describe('a ban of many IPs', () => {
  it('is obeyed whole at once, and closes so many in each turn as hold nobody up', async () => {
    const fake = await warmPool();
    const order = [...fake.pool.rows()].map(({ id }) => id);
    const dials = fake.network.dialled.length;
    banAll(fake);
    expect(fake.pool.stats().idleConnections).toBe(0);
    await expect(fake.pool.acquire('example.test')).rejects.toBeInstanceOf(NoAllowedEndpointError);
    const sizes = await sizesByTurn(fake);
    expect(sizes[0]).toBeGreaterThan(0);
    expect(sizes.at(-1)).toBe(0);
    const [, ...drops] = sizes.map((size, turn) => (sizes[turn - 1] ?? count) - size);
    expect(Math.max(...drops)).toBeLessThanOrEqual(portion);
    expect(closedOnes(fake)).toEqual(order);
    expect(new Set(fake.events.ofKind('connection.closed').map(({ data }) => data.reason))).toEqual(
      new Set(['not-allowed']),
    );
    expect(fake.network.dialled).toHaveLength(dials);
  });

  it('ends every dial at once, and none to them begins any more', async () => {
    const fake = largePool();
    fake.network.dials.set('*', 'hang');
    const opening = openings(fake).map((one) =>
      one.then(
        () => 'ready',
        (error: { errorClass?: string }) => error.errorClass,
      ),
    );
    await settle();
    const dials = fake.network.dialled.length;
    banAll(fake);
    expect([...fake.pool.rows()]).toEqual([]);
    expect(new Set(await Promise.all(opening))).toEqual(new Set(['not-allowed']));
    expect(fake.network.dialled).toHaveLength(dials);
  });

  it('that is followed by the end of the pool closes each once, for the reason that came first', async () => {
    const fake = await warmPool();
    banAll(fake);
    await fake.pool.close();
    await sizesByTurn(fake);
    expect(closedOnes(fake).toSorted((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, index) => index + 1));
    expect(new Set(fake.events.ofKind('connection.closed').map(({ data }) => data.reason))).toEqual(
      new Set(['not-allowed']),
    );
  });
});

describe('many that are ended by hand', () => {
  it('are gone at once when they are closed, with what is under way on them', async () => {
    const fake = await warmPool();
    const lease = await fake.pool.acquire('example.test');
    const ids = new Set([...fake.pool.rows()].map(({ id }) => id));
    expect(await fake.pool.closeConnections(ids, 'operator')).toBe(count);
    expect([...fake.pool.rows()]).toEqual([]);
    expect(fake.network.alive.size).toBe(0);
    lease.release();
  });

  it('are counted, when drained, when those that nobody uses are closed; a lease finishes first', async () => {
    const fake = await warmPool();
    const lease = await fake.pool.acquire('example.test');
    const ids = new Set([...fake.pool.rows()].map(({ id }) => id));
    expect(await fake.pool.drainConnections(new Set([...ids, 9_999]), 'operator')).toBe(count);
    expect([...fake.pool.rows()].map(({ id, state }) => ({ id, state }))).toEqual([
      { id: lease.connectionId, state: 'draining' },
    ]);
    lease.release();
    expect(fake.network.alive.size).toBe(0);
  });
});

describe('many that lay idle too long', () => {
  it('go at once, but for the floor', async () => {
    const fake = await warmPool();
    fake.configure({
      pool: { idleTimeoutMs: 1_000, cleanupIntervalMs: 1_000, minIdlePerHost: 60, maxLifetimeMs: 86_400_000 },
    });
    await fake.clock.advance(2_500);
    for (let turn = 0; turn < count / portion; turn += 1) {
      await new Promise(setImmediate);
    }
    expect(fake.pool.stats().idleConnections).toBe(60);
    expect(fake.network.alive.size).toBe(60);
  });
});
