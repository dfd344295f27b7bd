import type { IncomingHttpHeaders } from 'node:http';
import { describe, expect, it } from 'vitest';
import { AcquireTimeoutError } from '../../../core/pool/pool-errors.ts';
import { type FakePool, fakePool } from '../../support/fake-pool.ts';

/** One request on a lease of its own, answered like this. */
async function answered(fake: FakePool, status: number, headers: IncomingHttpHeaders): Promise<string> {
  await using lease = await fake.pool.acquire('example.test');
  for (const transport of fake.network.transports) {
    transport.response = { status, headers: { 'transfer-encoding': 'chunked', ...headers } };
  }
  const { body } = await lease.request({ path: '/', method: 'GET' });
  await body.dump();
  return lease.ip;
}

function oneAddress(): FakePool {
  const fake = fakePool({ pool: { idleTimeoutMs: 600_000 } });
  fake.directory.set('example.test', ['10.0.0.1']);
  return fake;
}

describe('a Retry-After in the answer to a request', () => {
  it.each([
    [429, { 'retry-after': '20' }],
    [503, { 'retry-after': new Date(Date.UTC(2026, 0, 1, 0, 0, 20)).toUTCString() }],
  ])('of %i is obeyed: nothing new goes there, and then it is looked at first', async (status, headers) => {
    const fake = oneAddress();
    const { pool, network, clock } = fake;
    await answered(fake, status, headers);
    const probes = network.transports[0]?.probes.length;
    const waiting = pool.acquire('example.test', { timeoutMs: 60_000 });
    await clock.advance(19_000);
    expect(network.dialled).toHaveLength(1);
    expect(network.transports[0]?.probes).toHaveLength(probes ?? 0);
    await clock.advance(2_000);
    expect((await waiting).connectionId).toBe(1);
    expect(network.transports[0]?.probes.length).toBeGreaterThan(probes ?? 0);
  });

  it('holds for idle and leased connections to that address, and for no other', async () => {
    const fake = fakePool({ pool: { maxConnectionsPerHost: 3, idleTimeoutMs: 600_000 } });
    const { pool, clock } = fake;
    const leases = await Promise.all([1, 2, 3].map(() => pool.acquire('example.test')));
    for (const lease of leases) {
      lease.release();
    }
    const busyIp = await answered(fake, 503, { 'retry-after': '600' });
    const served = await Promise.all([1, 2].map(() => pool.acquire('example.test', { timeoutMs: 1_000 })));
    expect(served.map(({ ip }) => ip)).not.toContain(busyIp);
    const third = pool.acquire('example.test', { timeoutMs: 1_000 }).catch((error: unknown) => error);
    await clock.advance(1_000);
    expect(await third).toBeInstanceOf(AcquireTimeoutError);
  });

  it('is said to whom it makes wait', async () => {
    const fake = oneAddress();
    await answered(fake, 429, { 'retry-after': '20' });
    const waiting = fake.pool.acquire('example.test', { timeoutMs: 5_000 }).catch((error: Error) => error.message);
    await fake.clock.advance(1_000);
    const words = 'has asked to be left alone for 19 s more (Retry-After)';
    expect(fake.pool.explain('example.test')?.sentence).toContain(words);
    await fake.clock.advance(4_000);
    expect(await waiting).toContain('has asked to be left alone for 15 s more (Retry-After)');
    expect(fake.pool.explain('10.0.0.1')?.sentence).toContain('for 15 s more (Retry-After)');
  });

  it('is told to the health of its address', async () => {
    const fake = oneAddress();
    await answered(fake, 429, { 'retry-after': '20' });
    expect(fake.health.requests).toMatchObject([{ end: 'bad', status: 429, retryAfterMs: 20_000 }]);
  });

  it.each([
    [301, { 'retry-after': '20' }],
    [429, { 'retry-after': 'soon' }],
    [429, { 'retry-after': '0' }],
  ])('of %i %o is left to the caller where it is none for the pool', async (status, headers) => {
    const fake = oneAddress();
    await answered(fake, status, headers);
    expect((await fake.pool.acquire('example.test', { timeoutMs: 1_000 })).connectionId).toBe(1);
  });
});
