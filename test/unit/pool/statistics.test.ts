import { describe, expect, it } from 'vitest';
import { connectionRowSchema } from '../../../core/contract/connections.ts';
import { poolSampleSchema, poolStatisticsSchema } from '../../../core/contract/statistics.ts';
import { fakePool } from '../../support/fake-pool.ts';

describe('the pool tells', () => {
  it('statistics of the contract, and who is where', async () => {
    const { pool, clock, network, directory, access } = fakePool({ targets: ['example.test', 'other.test'] });
    directory.set('other.test', ['10.1.0.1']);
    network.options = { protocol: 'h2', tcpMs: 3, tlsMs: 7 };
    network.probeMs = 0;
    access.list('black', '192.0.2.1');
    const lease = await pool.acquire('example.test');
    (await pool.acquire('other.test')).release();
    await clock.advance(2_000);
    const stats = pool.stats();
    expect(poolStatisticsSchema.parse(stats)).toEqual(stats);
    expect(stats).toMatchObject({
      totalConnections: 2,
      activeConnections: 1,
      idleConnections: 1,
      healthyConnections: 2,
      h2Connections: 2,
      blacklistIps: 1,
      isHealthy: true,
      verdict: { level: 'healthy' },
      sinceStart: { leases: 2, releases: 1, recyclingRate: 1, connReuseRate: 0, dials: 2, coldMs: 10 },
      engine: { bytesIn: 2_000, bytesOut: 1_000, uptimeMs: 2_000 },
    });
    expect(stats.hosts).toEqual([
      { host: 'example.test', ips: 3, total: 1, dialing: 0, idle: 0, leased: 1, healthy: 1, waiting: 0 },
      { host: 'other.test', ips: 1, total: 1, dialing: 0, idle: 1, leased: 0, healthy: 1, waiting: 0 },
    ]);
    lease.release();
  });

  it('rows of the contract, with times that an operator can read', async () => {
    const { pool, clock } = fakePool();
    const startedAtMs = clock.epochMs();
    await clock.advance(5_000);
    const lease = await pool.acquire('example.test');
    await clock.advance(1_000);
    const leased = pool.row(lease.connectionId);
    expect(leased).toMatchObject({
      state: 'leased',
      createdAtMs: startedAtMs + 5_000,
      leasedSinceMs: startedAtMs + 5_000,
      idleSinceMs: null,
      leases: 1,
    });
    lease.release();
    const idle = pool.row(lease.connectionId);
    expect(idle).toMatchObject({ state: 'idle', leasedSinceMs: null, idleSinceMs: startedAtMs + 6_000 });
    for (const row of pool.rows()) {
      expect(connectionRowSchema.parse(row)).toEqual(row);
    }
  });

  it('the waits of those who got nothing, not of the served alone', async () => {
    const { pool, clock } = fakePool({ pool: { maxConnectionsPerHost: 1 } });
    const held = await pool.acquire('example.test');
    const ends = Array.from({ length: 5 }, () => pool.acquire('example.test', { timeoutMs: 2_000 }).catch(() => null));
    const leaving = new AbortController();
    ends.push(pool.acquire('example.test', { signal: leaving.signal }).catch(() => null));
    await clock.advance(1_000);
    leaving.abort();
    await clock.advance(1_000);
    expect(await Promise.all(ends)).toEqual([null, null, null, null, null, null]);
    const { leases, waitP50Ms, waitP95Ms } = pool.stats().last60s;
    expect(leases).toBe(1);
    expect(waitP50Ms).toBeGreaterThan(1_900);
    expect(waitP95Ms).toBeGreaterThan(1_900);
    held.release();
  });

  it('no wait of what a rule refuses at once', async () => {
    const { pool, access, network } = fakePool();
    network.paths.set('/gone', 404);
    await expect(pool.acquireUrl('https://example.test/gone')).rejects.toThrow();
    access.enforce = true;
    access.announce();
    await expect(pool.acquire('example.test')).rejects.toThrow();
    expect(pool.stats().last60s.waitP50Ms).toBeNull();
  });

  it('a sample each second', async () => {
    const { pool, clock } = fakePool();
    using lease = await pool.acquire('example.test');
    const { body } = await lease.request({ path: '/', method: 'GET' });
    await body.dump();
    await clock.advance(3_000);
    const samples = pool.samplesSince(0);
    expect(samples).toHaveLength(3);
    expect(samples.map(({ requests }) => requests)).toEqual([1, 0, 0]);
    expect(samples[0]).toMatchObject({ total: 1, active: 1, healthy: 1 });
    for (const sample of samples) {
      expect(poolSampleSchema.parse(sample)).toEqual(sample);
    }
  });

  it('each second at its turn by the time of day, wherever within one it was begun or set to', async () => {
    const { pool, clock } = fakePool();
    const atMs: number[] = [];
    pool.onSecond(({ statistics }) => atMs.push(statistics.atMs % 1_000));
    for (const jumpMs of [600, 300, -250]) {
      clock.jump(jumpMs);
      await clock.advance(5_000);
    }
    // One after each jump is off its turn, and none after it.
    expect(atMs.filter((ms) => ms > 0)).toEqual([600, 300, 750]);
    expect(atMs.length).toBeGreaterThanOrEqual(12);
  });

  it('the connections that served more than once within the last minute', async () => {
    const { pool, clock } = fakePool({ pool: { idleTimeoutMs: 600_000, healthCheckIntervalMs: 600_000 } });
    const [one, two] = await Promise.all([pool.acquire('example.test'), pool.acquire('example.test')]);
    one?.release();
    two?.release();
    (await pool.acquire('example.test')).release();
    await clock.advance(1_000);
    expect(pool.stats().last60s.connectionsReused).toBe(0.5);
    await clock.advance(61_000);
    expect(pool.stats().last60s.connectionsReused).toBeNull();
    expect(pool.stats().sinceStart.connectionsReused).toBe(0.5);
  });

  it('its observers of every change and every end', async () => {
    const { pool } = fakePool();
    const seen: string[] = [];
    const stop = pool.observe({
      changed: (id) => seen.push(`${id} ${pool.row(id)?.state}`),
      closed: (id, reason) => seen.push(`${id} closed ${reason}`),
    });
    const lease = await pool.acquire('example.test');
    lease.release();
    pool.closeConnection(lease.connectionId, 'operator');
    expect(seen).toEqual(expect.arrayContaining(['1 dialing', '1 validating', '1 leased', '1 idle']));
    expect(seen.at(-1)).toBe('1 closed operator');
    stop();
    await pool.acquire('example.test');
    expect(seen.at(-1)).toBe('1 closed operator');
    expect(pool.closeConnection(99, 'operator')).toBe(false);
  });
});
