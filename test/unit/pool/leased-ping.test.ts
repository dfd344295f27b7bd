import { describe, expect, it } from 'vitest';
import { fakePool } from '../../support/fake-pool.ts';

function pingingPool() {
  const fake = fakePool({ pool: { maxStreamsPerConnection: 5, leakThresholdMs: 900_000, maxLifetimeMs: 3_600_000 } });
  fake.validator.pings = true;
  fake.network.options = { protocol: 'h2' };
  return fake;
}

describe('an HTTP/2 connection that is leased for long', () => {
  it('is kept alive by a PING each check interval', async () => {
    const { pool, network, clock } = pingingPool();
    const lease = await pool.acquire('example.test');
    await clock.advance(95_000);
    expect(network.transports[0]?.probes.map(({ kind }) => kind)).toEqual(['HEAD', 'ping', 'ping', 'ping']);
    expect(pool.row(lease.connectionId)).toMatchObject({ state: 'leased', healthy: true });
  });

  it('is closed when its PING has no answer in time, and who waits is served from another', async () => {
    const { pool, network, clock, health } = pingingPool();
    const lease = await pool.acquire('example.test');
    network.transports[0]?.paths.set('/', 'hang');
    await clock.advance(30_000);
    expect(pool.row(lease.connectionId)?.state).toBe('leased');
    await clock.advance(10_000);
    expect(pool.explain(lease.connectionId)).toMatchObject({
      closed: { reason: 'broken' },
      lastError: { class: 'timeout-response' },
    });
    expect(health.failures.map(({ error }) => error.errorClass)).toEqual(['timeout-response']);
    expect((await pool.acquire('example.test')).connectionId).not.toBe(lease.connectionId);
  });

  it('on HTTP/1.1 is left alone', async () => {
    const { pool, network, clock, validator } = pingingPool();
    validator.pings = true;
    network.options = { protocol: 'http/1.1' };
    await pool.acquire('example.test');
    await clock.advance(95_000);
    expect(network.transports[0]?.probes).toHaveLength(1);
  });
});
