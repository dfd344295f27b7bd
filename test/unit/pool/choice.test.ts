import { describe, expect, it } from 'vitest';
import { parseHostName } from '../../../core/dial/endpoint.ts';
import type { SettingsChange } from '../../support/fake-network.ts';
import { type FakePool, fakePool } from '../../support/fake-pool.ts';

const fast = '10.0.0.1';
const slow = '10.0.0.2';

/** Some connections to each of two addresses, one of which answers ten times slower. */
async function twoAddresses(change: SettingsChange = {}, each = 5): Promise<FakePool> {
  const fake = fakePool({ ...change, pool: { maxConnectionsPerHost: 20, idleTimeoutMs: 900_000, ...change.pool } });
  fake.directory.set('example.test', [fast, slow]);
  fake.network.slow.set(fast, 10).set(slow, 100);
  await open(fake, fast, each);
  await open(fake, slow, each);
  return fake;
}

async function open({ pool, clock }: FakePool, ip: string, count: number): Promise<void> {
  const host = parseHostName('example.test');
  const opening = Array.from({ length: count }, () =>
    pool.open({ host, ip, port: 443 }, { timeoutMs: 5_000, priority: 'warm-up', signal: new AbortController().signal }),
  );
  await clock.advance(200);
  await Promise.all(opening);
}

/** How many of `rounds` single leases went to `ip`. */
async function leasesTo({ pool }: FakePool, ip: string, rounds: number): Promise<number> {
  let count = 0;
  for (let round = 0; round < rounds; round += 1) {
    using lease = await pool.acquire('example.test');
    count += lease.ip === ip ? 1 : 0;
  }
  return count;
}

describe('the choice of an address', () => {
  it('leaves one alone for as long as its busy server asked, while there is another', async () => {
    const { pool, network, directory, clock } = fakePool({ pool: { maxConnectionsPerHost: 20 } });
    directory.set('example.test', [fast, slow]);
    network.paths.set(`${fast} /`, 503);
    network.retryAfterMs = 60_000;
    const endpoint = { host: parseHostName('example.test'), ip: fast, port: 443 };
    const signal = new AbortController().signal;
    await pool.endpointsOf(endpoint.host);
    await expect(pool.open(endpoint, { timeoutMs: 5_000, priority: 'warm-up', signal })).rejects.toThrow('503');
    await clock.advance(50_000);
    await Promise.all(Array.from({ length: 4 }, () => pool.acquire('example.test')));
    expect(network.dialsByIp()).toEqual(
      new Map([
        [fast, 1],
        [slow, 4],
      ]),
    );
  });
});

describe('the choice of a connection', () => {
  it('goes to the faster of two, but when both picked are slow', async () => {
    const fake = await twoAddresses();
    const share = (await leasesTo(fake, fast, 1_000)) / 1_000;
    // Both of two picks at random are slow in a quarter of all cases.
    expect(share).toBeGreaterThan(0.68);
    expect(share).toBeLessThan(0.82);
  });

  it('leaves the faster one when it has too many in flight', async () => {
    const fake = await twoAddresses({}, 8);
    const held = await Promise.all(Array.from({ length: 16 }, () => fake.pool.acquire('example.test')));
    expect(held.filter(({ ip }) => ip === fast)).toHaveLength(8);
    for (const lease of held) {
      lease.release();
    }
    expect((await leasesTo(fake, fast, 1_000)) / 1_000).toBeGreaterThan(0.68);
  });

  it('does not count leases that ended with their connection as still in flight', async () => {
    const fake = await twoAddresses({}, 4);
    for (let round = 0; round < 10; round += 1) {
      const lease = await fake.pool.acquireIp('https://example.test/', fast);
      fake.pool.closeConnection(lease.connectionId, 'operator');
      await fake.clock.advance(6_000);
      lease.release();
      await open(fake, fast, 1);
    }
    expect((await leasesTo(fake, fast, 1_000)) / 1_000).toBeGreaterThan(0.68);
  });

  it('picks a share blindly, so that one that was slow once is seen to have recovered', async () => {
    const fake = await twoAddresses({ choice: { exploration: 1 } });
    const share = (await leasesTo(fake, slow, 1_000)) / 1_000;
    expect(share).toBeGreaterThan(0.42);
    expect(share).toBeLessThan(0.58);
  });

  it('gives a fresh address little at first', async () => {
    const fake = await twoAddresses({ choice: { slowStartMs: 30_000 } }, 0);
    await open(fake, slow, 5);
    await fake.clock.advance(29_000);
    fake.network.slow.set(fast, 20);
    await open(fake, fast, 5);
    // Five times faster, but in its beginning it counts a tenth: only when both picks are its own, it serves.
    expect((await leasesTo(fake, fast, 500)) / 500).toBeLessThan(0.32);
    await fake.clock.advance(15_000);
    expect((await leasesTo(fake, fast, 500)) / 500).toBeGreaterThan(0.68);
  });

  it('goes to white-listed addresses while they have a connection to give', async () => {
    const fake = await twoAddresses({}, 3);
    fake.access.list('white', slow);
    const held = await Promise.all(Array.from({ length: 6 }, () => fake.pool.acquire('example.test')));
    expect(held.map(({ ip }) => ip)).toEqual([slow, slow, slow, fast, fast, fast]);
  });

  it('is not drawn to an address only because it was the first to work', async () => {
    const { pool, network, access, health } = fakePool();
    // What an automatic white list would do.
    const verdict = access.verdict.bind(access);
    access.verdict = (ip) =>
      health.successes.includes(ip)
        ? { allowed: true, list: 'white', rule: { value: ip, origin: 'automatic' } }
        : verdict(ip);
    for (let round = 0; round < 3; round += 1) {
      await pool.acquire('example.test');
      access.announce();
    }
    expect(network.dialsByIp().size).toBe(3);
  });

  it('prefers, of connections that lay long and others, one that needs no check', async () => {
    const fake = await twoAddresses({ pool: { healthCheckIntervalMs: 10_000 } }, 2);
    await fake.clock.advance(9_000);
    await Promise.all([1, 2].map((id) => fake.pool.check(id)).concat(fake.clock.advance(500).then(() => null)));
    await fake.clock.advance(2_000);
    const probes = fake.network.transports.reduce((sum, { probes }) => sum + probes.length, 0);
    await fake.pool.acquire('example.test');
    expect(fake.network.transports.reduce((sum, { probes }) => sum + probes.length, 0)).toBe(probes);
  });
});
