import { describe, expect, it, onTestFinished } from 'vitest';
import { LeaseEndedError } from '../../../core/pool/pool-errors.ts';
import { fakeSettings } from '../../support/fake-network.ts';
import { fakePool } from '../../support/fake-pool.ts';
import { settle } from '../../support/manual-clock.ts';

describe('release', () => {
  it('lets null and undefined pass', () => {
    const { pool } = fakePool();
    expect(() => pool.release(null)).not.toThrow();
    expect(() => pool.release(undefined)).not.toThrow();
  });

  it('twice names both places at every log level, at the latest from the second such error on', async () => {
    const { pool } = fakePool();
    // Uses up the sample that the first lease of a pool gets.
    (await pool.acquire('example.test')).release();
    const first = await pool.acquire('example.test');
    first.release();
    expect(() => first.release()).toThrow(/released twice[\s\S]*from now on every place is/);
    const second = await pool.acquire('example.test');
    second.release();
    expect(() => second.release()).toThrow(/acquired at .*release\.test\.ts[\s\S]*released at .*release\.test\.ts/);
  });

  it('twice is an error that names both places, and hands nothing out twice', async () => {
    const { pool } = fakePool({ logLevel: 'debug' });
    const lease = await pool.acquire('example.test');
    pool.release(lease);
    const other = await pool.acquire('example.test');
    expect(() => lease.release()).toThrow(LeaseEndedError);
    expect(() => lease.release()).toThrow(/released twice[\s\S]*acquired at[\s\S]*released at .*release\.test\.ts/);
    expect(other.released).toBe(false);
    expect(pool.stats().activeConnections).toBe(1);
  });

  it('ends every use', async () => {
    const { pool } = fakePool();
    const lease = await pool.acquire('example.test');
    lease.release();
    expect(() => lease.request({ path: '/', method: 'GET' })).toThrow(LeaseEndedError);
    expect(() => lease.fetch('/')).toThrow(LeaseEndedError);
  });

  it('happens by itself at the end of a using block, and not twice', async () => {
    const { pool } = fakePool();
    {
      using lease = await pool.acquire('example.test');
      expect(lease.host).toBe('example.test');
    }
    {
      await using lease = await pool.acquire('example.test');
      lease.release('failed');
    }
    expect(pool.stats()).toMatchObject({ activeConnections: 0, idleConnections: 1 });
  });

  it('of an unhealthy connection takes its flag down and looks again a second later', async () => {
    const { pool, network, clock } = fakePool();
    const lease = await pool.acquire('example.test');
    lease.release('failed');
    expect(pool.stats()).toMatchObject({ idleConnections: 1, healthyConnections: 0 });
    const other = await pool.acquire('example.test');
    expect(other.connectionId).not.toBe(lease.connectionId);
    await clock.advance(1_000);
    expect(pool.isHealthy(lease.connectionId)).toBe(true);
    expect(network.transports[0]?.probes).toHaveLength(2);
  });

  it('removes the connection when the second look finds it no better', async () => {
    const { pool, network, clock } = fakePool();
    const lease = await pool.acquire('example.test');
    network.paths.set('/', 500);
    lease.release('failed');
    await clock.advance(1_000);
    expect(network.transports[0]?.destroyed).toBe(true);
    expect(pool.stats().totalConnections).toBe(0);
  });

  it('of a broken connection closes it and dials it again at once', async () => {
    const { pool, network } = fakePool();
    const lease = await pool.acquire('example.test');
    lease.release('broken');
    await settle();
    expect(network.transports[0]?.destroyed).toBe(true);
    expect(network.dialled.map(({ ip }) => ip)).toEqual([lease.ip, lease.ip]);
    expect(pool.stats()).toMatchObject({ idleConnections: 1, healthyConnections: 1 });
  });

  it('of a broken connection serves who waits from the one dialled in its place', async () => {
    const { pool } = fakePool({ pool: { maxConnectionsPerHost: 1 } });
    const lease = await pool.acquire('example.test');
    const waiting = pool.acquire('example.test');
    await settle();
    lease.release('broken');
    expect((await waiting).connectionId).not.toBe(lease.connectionId);
  });

  it('counts as recycled when the next one first wants to see its own path validated', async () => {
    const { pool, network } = fakePool({ pool: { maxConnectionsPerHost: 1 } });
    network.probeMs = 0;
    const lease = await pool.acquire('example.test');
    const waiting = pool.acquireUrl('https://example.test/other');
    await settle();
    lease.release();
    expect((await waiting).connectionId).toBe(lease.connectionId);
    expect(pool.stats().sinceStart).toMatchObject({ releases: 1, recyclingRate: 1 });
  });

  it('is allowed once after the connection has died under the lease', async () => {
    const { pool, network } = fakePool();
    const lease = await pool.acquire('example.test');
    network.transports[0]?.end('peer-closed');
    expect(pool.stats().totalConnections).toBe(0);
    lease.release();
    expect(pool.stats().sinceStart).toMatchObject({ releases: 1, recyclingRate: 0 });
  });

  it('tells of a lease held too long, with the place of its acquire', async () => {
    const { pool, clock, events } = fakePool({ pool: { leakThresholdMs: 5_000 } });
    const lease = await pool.acquire('example.test');
    await clock.advance(5_000);
    expect(events.ofKind('lease.leaked')).toHaveLength(1);
    expect(events.ofKind('lease.leaked')[0]?.text).toContain('release.test.ts');
    expect(pool.stats().leasesOverLeakThreshold).toBe(1);
    lease.release();
    expect(pool.stats().leasesOverLeakThreshold).toBe(0);
  });

  it('names the place of the next one when that of the first was not sampled', async () => {
    const { pool, clock, events } = fakePool({ pool: { leakThresholdMs: 5_000 } });
    (await pool.acquire('example.test')).release();
    await pool.acquire('example.test');
    await clock.advance(5_000);
    expect(events.ofKind('lease.leaked').at(-1)?.text).toContain('was not sampled');
    await pool.acquire('example.test');
    await clock.advance(5_000);
    expect(events.ofKind('lease.leaked')).toHaveLength(2);
    expect(events.ofKind('lease.leaked').at(-1)?.text).toContain('release.test.ts');
  });
});

describe('a response that was not read to its end', () => {
  it('is thrown away, and the connection serves again', async () => {
    const { pool, network } = fakePool();
    const lease = await pool.acquire('example.test');
    const transport = network.transports[0];
    if (transport) {
      transport.response = { status: 200, chunks: Array.from({ length: 8 }, () => Buffer.alloc(16_000)) };
    }
    const { body } = await lease.request({ path: '/', method: 'GET' });
    body.on('error', () => undefined);
    await lease[Symbol.asyncDispose]();
    expect(pool.stats()).toMatchObject({ idleConnections: 1, totalConnections: 1 });
    expect(transport?.destroyed).toBe(false);
  });

  it('closes the connection when it has not come to its end within a second', async () => {
    const { pool, network, clock } = fakePool();
    const lease = await pool.acquire('example.test');
    const transport = network.transports[0];
    if (transport) {
      transport.response = { status: 200, chunks: [Buffer.from('a')], complete: false };
    }
    const { body } = await lease.request({ path: '/', method: 'GET' });
    lease.release();
    const told: Error = await body.text().then(
      () => new Error('read'),
      (error: Error) => error,
    );
    // Both places, of a lease whose first one was sampled.
    expect(told.message).toMatch(/acquired at .*release\.test\.ts.*\n(.*\n)* {2}released at .*release\.test\.ts/);
    expect(pool.stats().activeConnections).toBe(1);
    await clock.advance(1_000);
    expect(transport?.destroyed).toBe(true);
    expect(pool.stats().totalConnections).toBe(0);
  });

  it('closes the connection when there is more of it than is worth reading', async () => {
    const { pool, network } = fakePool();
    const lease = await pool.acquire('example.test');
    const transport = network.transports[0];
    if (transport) {
      transport.response = { status: 200, chunks: Array.from({ length: 100 }, () => Buffer.alloc(16_000)) };
    }
    const { body } = await lease.request({ path: '/', method: 'GET' });
    body.on('error', () => undefined);
    await lease[Symbol.asyncDispose]();
    expect(transport?.destroyed).toBe(true);
  });

  it('does not cost the pool its connection when the handler of the response throws', async () => {
    const { pool, network, clock } = fakePool();
    const lease = await pool.acquire('example.test');
    const transport = network.transports[0];
    if (transport) {
      transport.response = { status: 200, chunks: [Buffer.from('a')], complete: false };
    }
    // In place of the test runner's own, which would take it for a fault of the test.
    const listeners = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException');
    onTestFinished(() => {
      for (const listener of listeners) {
        process.on('uncaughtException', listener);
      }
    });
    const thrown = new Promise((resolve) => process.once('uncaughtException', resolve));
    lease.dispatcher().dispatch(
      { path: '/', method: 'GET' },
      {
        onResponseError: () => {
          throw new Error('the handler has a fault');
        },
      },
    );
    await settle();
    lease.release();
    expect(await thrown).toMatchObject({ message: 'the handler has a fault' });
    await clock.advance(1_000);
    expect(pool.stats()).toMatchObject({ totalConnections: 0, sinceStart: { releases: 1 } });
  });

  it('resets only its stream on HTTP/2', async () => {
    const { pool, network, clock } = fakePool();
    network.options = { protocol: 'h2' };
    const lease = await pool.acquire('example.test');
    const transport = network.transports[0];
    if (transport) {
      transport.response = { status: 200, chunks: [Buffer.from('a')], complete: false };
    }
    const { body } = await lease.request({ path: '/', method: 'GET' });
    body.on('error', () => undefined);
    lease.release();
    await clock.advance(1_000);
    expect(transport?.destroyed).toBe(false);
    expect(pool.stats()).toMatchObject({ idleConnections: 1, totalConnections: 1 });
  });
});

describe('a request that broke', () => {
  it('has its connection looked at before it serves the next', async () => {
    const { pool, network } = fakePool({ pool: { maxConnectionsPerHost: 1 } });
    network.options = { protocol: 'h2' };
    const lease = await pool.acquire('example.test');
    const [transport] = network.transports;
    if (transport) {
      transport.response = { status: 'reset' };
      transport.paths.set('/', 'reset');
    }
    await expect(lease.request({ path: '/', method: 'GET' })).rejects.toThrow();
    const waiting = pool.acquire('example.test');
    lease.release();
    expect((await waiting).connectionId).not.toBe(lease.connectionId);
    expect(transport?.destroyed).toBe(true);
    expect(pool.stats().sinceStart).toMatchObject({ failedRequests: 1, recyclingRate: 0 });
  });

  it('costs a connection that passes nothing', async () => {
    const { pool, network } = fakePool({ pool: { maxConnectionsPerHost: 1 } });
    network.options = { protocol: 'h2' };
    const lease = await pool.acquire('example.test');
    const [transport] = network.transports;
    if (transport) {
      transport.response = { status: 'reset' };
    }
    await expect(lease.request({ path: '/', method: 'GET' })).rejects.toThrow();
    await lease[Symbol.asyncDispose]();
    expect((await pool.acquire('example.test')).connectionId).toBe(lease.connectionId);
    expect(pool.stats().sinceStart).toMatchObject({ failedRequests: 1, recyclingRate: 1 });
  });

  it('counts for nothing when its caller gave it up', async () => {
    const { pool, network } = fakePool();
    network.options = { protocol: 'h2' };
    const lease = await pool.acquire('example.test');
    const [transport] = network.transports;
    if (transport) {
      transport.response = { status: 'hang' };
    }
    const controller = new AbortController();
    const asking = lease
      .request({ path: '/', method: 'GET', signal: controller.signal })
      .catch((error: unknown) => error);
    await settle();
    controller.abort();
    await asking;
    lease.release();
    expect(transport?.destroyed).toBe(false);
    expect(pool.stats().sinceStart).toMatchObject({ totalRequests: 0, successRate: 1 });
    expect(pool.row(lease.connectionId)).toMatchObject({ errors: 0, requests: 1 });
  });
});

describe('requests on a lease', () => {
  it('are counted once, by their status', async () => {
    const { pool, network } = fakePool();
    const lease = await pool.acquire('example.test');
    const ok = await lease.request({ path: '/a', method: 'GET' });
    await ok.body.dump();
    const transport = network.transports[0];
    if (transport) {
      transport.response = { status: 404 };
    }
    const missing = await lease.fetch('/b');
    await missing.text();
    lease.release();
    expect(transport?.requests).toEqual(['GET /a', 'GET /b']);
    expect(pool.stats().sinceStart).toMatchObject({
      totalRequests: 2,
      successfulRequests: 1,
      failedRequests: 1,
      successRate: 0.5,
    });
    expect(transport?.destroyed).toBe(false);
  });

  it('are no success with a status that is named as blocked within a wide range of good ones', async () => {
    const { pool, network, health } = fakePool();
    const settings = fakeSettings();
    pool.updateConfig({ ...settings, health: { ...settings.health, statusGood: [[200, 499]] } });
    const lease = await pool.acquire('example.test');
    const transport = network.transports[0];
    for (const status of [404, 403]) {
      if (transport) {
        transport.response = { status };
      }
      await (await lease.request({ path: '/', method: 'GET' })).body.dump();
    }
    lease.release();
    expect(pool.stats().sinceStart).toMatchObject({ successfulRequests: 1, failedRequests: 1 });
    expect(health.requests.map(({ end }) => end)).toEqual(['good', 'bad']);
  });

  it('to another host are refused', async () => {
    const { pool } = fakePool();
    const lease = await pool.acquire('example.test');
    await expect(lease.fetch('https://other.test/')).rejects.toThrow();
  });
});

describe('a server that closes after its answer', () => {
  it.each([{ connection: 'close', 'content-length': '0' }, {}])(
    'is not asked again on that connection: %o',
    async (headers) => {
      const { pool, network } = fakePool({ pool: { maxConnectionsPerHost: 1 } });
      const lease = await pool.acquire('example.test');
      const waiting = pool.acquire('example.test');
      const [transport] = network.transports;
      if (transport) {
        transport.response = { status: 200, headers };
      }
      await (await lease.request({ path: '/', method: 'GET' })).body.dump();
      lease.release();
      expect((await waiting).connectionId).not.toBe(lease.connectionId);
      expect(transport?.requests).toHaveLength(1);
      expect(pool.explain(lease.connectionId)).toMatchObject({ closed: { reason: 'peer-closed' } });
      expect(pool.stats().sinceStart).toMatchObject({ successfulRequests: 1, recyclingRate: 0 });
    },
  );

  it('says so by GOAWAY on HTTP/2, where headers mean nothing', async () => {
    const { pool, network } = fakePool();
    network.options = { protocol: 'h2' };
    const lease = await pool.acquire('example.test');
    const [transport] = network.transports;
    if (transport) {
      transport.response = { status: 200, headers: {} };
    }
    await (await lease.request({ path: '/', method: 'GET' })).body.dump();
    lease.release();
    expect((await pool.acquire('example.test')).connectionId).toBe(lease.connectionId);
  });
});
