import { describe, expect, it } from 'vitest';
import { UrlRejectedError } from '../../../core/pool/pool-errors.ts';
import { fakePool } from '../../support/fake-pool.ts';
import { settle } from '../../support/manual-clock.ts';

describe('acquireUrl', () => {
  it('validates the path on the very socket that it hands out, once per endpoint and interval', async () => {
    const { pool, network, clock } = fakePool({ pool: { idleTimeoutMs: 600_000 } });
    const first = await pool.acquireUrl('https://example.test/data?x=1');
    const transport = network.transports[0];
    expect(transport?.probes.map(({ path }) => path)).toEqual(['/', '/data?x=1']);
    first.release();
    (await pool.acquireUrl('https://example.test/data?x=1')).release();
    expect(transport?.probes).toHaveLength(2);
    await clock.advance(31_000);
    const again = await pool.acquireUrl('https://example.test/data?x=1');
    expect(again.connectionId).toBe(first.connectionId);
    expect(transport?.probes).toHaveLength(3);
  });

  it('asks the path of a dial anew only when it is another than the one that validated the connection', async () => {
    const { pool, network } = fakePool();
    (await pool.acquireUrl('https://example.test/')).release();
    expect(network.transports[0]?.probes).toHaveLength(1);
  });

  it('rejects a URL that answers 404 with its status, keeps the connection and remembers the verdict', async () => {
    const { pool, network } = fakePool();
    network.paths.set('/gone', 404);
    const error = await pool.acquireUrl('https://example.test/gone').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UrlRejectedError);
    expect(error).toMatchObject({ status: 404, url: 'https://example.test/gone' });
    expect(pool.stats()).toMatchObject({ idleConnections: 1, healthyConnections: 1 });
    await expect(pool.acquireUrl('https://example.test/gone')).rejects.toBeInstanceOf(UrlRejectedError);
    expect(network.transports[0]?.probes.filter(({ path }) => path === '/gone')).toHaveLength(1);
    expect((await pool.acquire('example.test')).connectionId).toBe(1);
  });

  it('takes 301 for good', async () => {
    const { pool, network } = fakePool();
    network.paths.set('/moved', 301);
    await expect(pool.acquireUrl('https://example.test/moved')).resolves.toBeDefined();
  });

  it('blames the address for a 403 and serves from another', async () => {
    const { pool, network, health, directory, clock } = fakePool();
    directory.set('example.test', ['10.0.0.1', '10.0.0.2']);
    network.paths.set('10.0.0.1 /', 403);
    const waiting = [1, 2].map(() => pool.acquireUrl('https://example.test/'));
    await clock.advance(1_000);
    expect((await Promise.all(waiting)).map(({ ip }) => ip)).toEqual(['10.0.0.2', '10.0.0.2']);
    expect(health.failures.map(({ ip, error }) => [ip, error.errorClass])).toEqual([['10.0.0.1', 'blocked']]);
  });

  it('tries another connection when the one chosen turns out broken', async () => {
    const { pool, network } = fakePool();
    (await pool.acquire('example.test')).release();
    network.transports[0]?.paths.set('/data', 'reset');
    const lease = await pool.acquireUrl('https://example.test/data');
    expect(lease.connectionId).not.toBe(1);
    expect(network.transports[0]?.destroyed).toBe(true);
  });

  it('leaves the connection to others when its waiter gave up during the validation', async () => {
    const { pool, network, clock } = fakePool();
    (await pool.acquire('example.test')).release();
    network.probeMs = 1_000;
    const waiting = pool.acquireUrl('https://example.test/data', { timeoutMs: 500 }).catch((error: unknown) => error);
    const next = pool.acquire('example.test', { timeoutMs: 5_000 });
    await clock.advance(500);
    expect(await waiting).toMatchObject({ name: 'AcquireTimeoutError' });
    await clock.advance(1_500);
    expect((await next).ip).toBeDefined();
    expect(pool.stats()).toMatchObject({ checkingConnections: 0, activeConnections: 1 });
  });

  it('tells a URL that a fresh connection already refused, without dialing on', async () => {
    const { pool, network, clock } = fakePool();
    network.paths.set('/', 404);
    await expect(pool.acquireUrl('https://example.test/')).rejects.toMatchObject({ status: 404 });
    await clock.advance(10_000);
    expect(network.dialled).toHaveLength(1);
  });

  it('rejects what it cannot read, as every promise does, and says what to write', async () => {
    const { pool } = fakePool();
    const refused = [
      [() => pool.acquireUrl('http://example.test/'), /"http:.*" is not an https URL/],
      [() => pool.acquireUrl('example.test'), /"example.test" is not a URL: write https:/],
      [() => pool.acquireIp('https://example.test/', '10.0.0'), /"10.0.0" is not an IPv4 or IPv6 address/],
      [() => pool.acquireIp('http://example.test/', '10.0.0.1'), /is not an https URL/],
      [() => pool.acquire('https://example.test/'), /is not a host: write host or host:port/],
      [() => pool.acquire(undefined as unknown as string), /undefined is not a host: write host/],
      [() => pool.acquire('example.test', { timeoutMs: -1 }), /timeoutMs is -1: give milliseconds, 0 or more/],
      [() => pool.acquire('example.test', { priority: 'high' as 'interactive' }), /priority is "high": give inter/],
    ] as const;
    for (const [call, message] of refused) {
      const promise = call();
      await expect(promise).rejects.toThrow(RangeError);
      await expect(promise).rejects.toThrow(message);
    }
    expect(pool.stats()).toMatchObject({ waiting: 0, totalConnections: 0 });
  });
});

describe('a host that is no target', () => {
  function other(): ReturnType<typeof fakePool> {
    const fake = fakePool();
    fake.directory.set('other.test', ['10.1.0.1']);
    return fake;
  }

  it('has its root asked, whatever path came first, and needs no page there', async () => {
    const { pool, network, clock, health } = other();
    network.paths.set('/', 404).set('/api', 404);
    await expect(pool.acquireUrl('https://other.test/api')).rejects.toMatchObject({ status: 404 });
    (await pool.acquireUrl('https://other.test/data')).release();
    (await pool.acquire('other.test')).release();
    expect(network.transports[0]?.probes.map(({ path }) => path)).toEqual(['/', '/api', '/data']);
    await clock.advance(31_000);
    (await pool.acquire('other.test')).release();
    expect(network.dialled).toHaveLength(1);
    expect(health.failures).toEqual([]);
  });

  it('is told of its root like of another path', async () => {
    const { pool, network } = other();
    network.paths.set('/', 404);
    await expect(pool.acquireUrl('https://other.test/')).rejects.toMatchObject({ status: 404 });
    expect(pool.stats()).toMatchObject({ idleConnections: 1 });
  });

  it('fails like any other when it is in trouble, or blocks us', async () => {
    for (const status of [500, 403]) {
      const { pool, network, clock } = other();
      network.paths.set('/', status);
      const waiting = pool.acquire('other.test').catch((error: unknown) => error);
      await clock.advance(10_000);
      expect(await waiting).toMatchObject({ code: String(status) });
    }
  });
});

describe('acquireIp', () => {
  it('dials that address and no other, also on a retry', async () => {
    const { pool, network, clock } = fakePool();
    network.dials.set('10.0.0.2', 'refused');
    const waiting = pool.acquireIp('https://example.test/', '10.0.0.2').catch((error: unknown) => error);
    await clock.advance(3_000);
    expect(await waiting).toMatchObject({ errorClass: 'refused' });
    expect(network.dialsByIp()).toEqual(new Map([['10.0.0.2', 4]]));
  });

  it('dials a second connection to an address whose first is leased', async () => {
    const { pool } = fakePool();
    const first = await pool.acquireIp('https://example.test/', '10.0.0.2');
    const second = await pool.acquireIp('https://example.test/', '10.0.0.2');
    expect([first.ip, second.ip]).toEqual(['10.0.0.2', '10.0.0.2']);
    expect(first.connectionId).not.toBe(second.connectionId);
  });

  it('waits for the leased one when the limits let no second be dialled', async () => {
    const { pool } = fakePool({ pool: { maxConnectionsPerHost: 1 } });
    const first = await pool.acquireIp('https://example.test/', '10.0.0.2');
    const waiting = pool.acquireIp('https://example.test/', '10.0.0.2');
    await settle();
    first.release();
    expect((await waiting).connectionId).toBe(first.connectionId);
  });

  it('evicts an idle connection to another address when the host is full', async () => {
    const { pool } = fakePool({ pool: { maxConnectionsPerHost: 1 } });
    (await pool.acquireIp('https://example.test/', '10.0.0.1')).release();
    const lease = await pool.acquireIp('https://example.test/', '10.0.0.2');
    expect(lease.ip).toBe('10.0.0.2');
    expect(pool.stats().totalConnections).toBe(1);
  });

  it('keeps two hosts on one address apart', async () => {
    const { pool, directory } = fakePool();
    directory.set('other.test', ['10.0.0.1']);
    const one = await pool.acquireIp('https://example.test/', '10.0.0.1');
    one.release();
    const other = await pool.acquireIp('https://other.test/', '10.0.0.1');
    expect(other.host).toBe('other.test');
    expect(other.connectionId).not.toBe(one.connectionId);
    expect(pool.countByIp((ip) => ip === '10.0.0.1')).toEqual({ total: 2, leased: 1 });
  });

  it('reads IPv6 in any spelling', async () => {
    const { pool, directory } = fakePool();
    directory.set('six.test', ['2001:db8::1']);
    expect((await pool.acquireIp('https://six.test/', '2001:0db8:0:0::1')).ip).toBe('2001:db8::1');
  });

  it('uses the port that the host gives this address', async () => {
    const { pool, directory, network } = fakePool();
    directory.set('ports.test', ['10.9.0.1'], 8443);
    await pool.acquireIp('https://ports.test/', '10.9.0.1');
    expect(network.dialled[0]?.port).toBe(8443);
  });

  it('refuses an address that the lists refuse, naming the rule', async () => {
    const { pool, access } = fakePool();
    access.list('black', '10.0.0.2');
    await expect(pool.acquireIp('https://example.test/', '10.0.0.2')).rejects.toMatchObject({
      name: 'NoAllowedEndpointError',
    });
  });
});

describe('a path that is validated beside the leases of an HTTP/2 connection', () => {
  it('costs its own stream when it does not answer, and not what the others do', async () => {
    const { pool, network, clock } = fakePool({ pool: { maxConnectionsPerHost: 1, maxStreamsPerConnection: 2 } });
    network.options = { protocol: 'h2' };
    network.paths.set('/slow', 'hang');
    const lease = await pool.acquire('example.test');
    const asked = pool.acquireUrl('https://example.test/slow').catch((error: unknown) => error);
    await clock.advance(10_000);
    expect(network.transports[0]?.destroyed).toBe(false);
    expect(pool.row(lease.connectionId)).toMatchObject({ state: 'leased', healthy: false });
    lease.release();
    await clock.advance(1_000);
    expect(pool.row(lease.connectionId)?.healthy).toBe(true);
    await clock.advance(60_000);
    expect(await asked).toBeInstanceOf(Error);
  });
});
