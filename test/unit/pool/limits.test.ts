import { describe, expect, it } from 'vitest';
import { parseHostName } from '../../../core/dial/endpoint.ts';
import { NoAllowedEndpointError } from '../../../core/pool/pool-errors.ts';
import { fakePool } from '../../support/fake-pool.ts';
import { settle } from '../../support/manual-clock.ts';

const never = new AbortController().signal;

describe('limits', () => {
  it('hold while dialing: a place is taken before the dial begins', async () => {
    const { pool, network, clock } = fakePool({ pool: { maxConnectionsPerHost: 3 } });
    network.dialMs = 1_000;
    const waiting = Array.from({ length: 8 }, () => pool.acquire('example.test'));
    await settle();
    expect(pool.stats()).toMatchObject({ totalConnections: 3, dialingConnections: 3, waiting: 8 });
    await clock.advance(1_000);
    expect(network.dialled).toHaveLength(3);
    expect(pool.stats()).toMatchObject({ activeConnections: 3, waiting: 5 });
    for (const lease of waiting) {
      (await lease).release();
    }
  });

  it('in total make room for a host that waits by evicting what another has idle', async () => {
    const { pool, directory } = fakePool({ pool: { maxConnections: 1, maxConnectionsPerHost: 1 } });
    directory.set('other.test', ['10.1.0.1']);
    (await pool.acquire('example.test')).release();
    const lease = await pool.acquire('other.test');
    expect(pool.stats()).toMatchObject({ totalConnections: 1, activeConnections: 1 });
    const waiting = pool.acquire('example.test');
    await settle();
    lease.release();
    expect((await waiting).host).toBe('example.test');
  });

  it('in total evict nothing for a host that cannot be dialled', async () => {
    const { pool, directory, access, network } = fakePool({ pool: { maxConnections: 1, maxConnectionsPerHost: 1 } });
    directory.set('forbidden.test', ['10.1.0.1']);
    access.list('black', '10.1.0.1');
    (await pool.acquire('example.test')).release();
    await expect(pool.acquire('unknown.test')).rejects.toMatchObject({ errorClass: 'dns' });
    await expect(pool.acquire('forbidden.test')).rejects.toBeInstanceOf(NoAllowedEndpointError);
    await expect(pool.acquire('forbidden.test')).rejects.toBeInstanceOf(NoAllowedEndpointError);
    await expect(pool.acquireIp('https://forbidden.test/', '10.1.0.1')).rejects.toBeInstanceOf(NoAllowedEndpointError);
    expect(pool.stats().idleConnections).toBe(1);
    expect(network.transports[0]?.destroyed).toBe(false);
  });

  it('in total evict nothing for a host whose server has asked to be left alone', async () => {
    const { pool, directory, network, clock } = fakePool({ pool: { maxConnections: 2, maxConnectionsPerHost: 2 } });
    directory.set('busy.test', ['10.1.0.1']);
    network.paths.set('10.1.0.1 /', 503);
    network.retryAfterMs = 20_000;
    const waiting = pool.acquire('busy.test');
    await clock.advance(1_000);
    network.paths.delete('10.1.0.1 /');
    const leases = await Promise.all([pool.acquire('example.test'), pool.acquire('example.test')]);
    leases[0]?.release();
    await clock.advance(10_000);
    expect(pool.stats().idleConnections).toBe(1);
    await clock.advance(10_000);
    expect((await waiting).host).toBe('busy.test');
    leases[1]?.release();
  });

  it('of idleness evict the one that has lain longest', async () => {
    const { pool, network } = fakePool({ pool: { maxIdleConnections: 2 } });
    const leases = await Promise.all([1, 2, 3].map(() => pool.acquire('example.test')));
    for (const lease of leases) {
      lease.release();
      expect(pool.stats().idleConnections).toBeLessThanOrEqual(2);
    }
    expect(network.transports.map(({ destroyed }) => destroyed)).toEqual([true, false, false]);
  });

  it('of idleness are not passed by a check, nor does one that comes back make itself room', async () => {
    const { pool, network } = fakePool({ pool: { maxIdleConnections: 1 } });
    (await pool.acquire('example.test')).release();
    expect((await pool.check(1))?.verdict).toBe('good');
    expect(pool.stats()).toMatchObject({ totalConnections: 1, idleConnections: 1 });
    expect(network.transports[0]?.destroyed).toBe(false);
  });

  it('of idleness never stop an acquire, only a warm-up', async () => {
    const { pool } = fakePool({ pool: { maxIdleConnections: 0 } });
    const host = parseHostName('example.test');
    expect(pool.room(host)).toEqual({ free: 0, limit: { key: 'max_idle_conns', limit: 0, inUse: 0 } });
    const lease = await pool.acquire('example.test');
    lease.release();
    expect(pool.stats().totalConnections).toBe(0);
    const endpoint = (await pool.endpointsOf(host))[0];
    if (!endpoint) {
      throw new Error('no endpoint');
    }
    await expect(pool.open(endpoint, { timeoutMs: 1_000, priority: 'warm-up', signal: never })).rejects.toMatchObject({
      errorClass: 'local',
      code: 'LIMIT_FULL',
    });
  });

  it('that were lowered close what is idle, and drain what is leased', async () => {
    const { pool, configure, clock } = fakePool({ pool: { drainTimeoutMs: 1_000 } });
    const leases = await Promise.all([1, 2, 3, 4].map(() => pool.acquire('example.test')));
    leases[0]?.release();
    configure({ pool: { maxConnections: 2, maxConnectionsPerHost: 2, maxIdleConnections: 2 } });
    expect(pool.stats()).toMatchObject({ totalConnections: 3, activeConnections: 2, drainingConnections: 1 });
    await clock.advance(1_000);
    expect(pool.stats()).toMatchObject({ totalConnections: 2, activeConnections: 2 });
  });

  it('that were raised serve at once who waits', async () => {
    const { pool, configure } = fakePool({ pool: { maxConnectionsPerHost: 1 } });
    await pool.acquire('example.test');
    const waiting = pool.acquire('example.test');
    await settle();
    configure({ pool: { maxConnectionsPerHost: 2 } });
    await expect(waiting).resolves.toBeDefined();
  });
});

describe('HTTP/2', () => {
  it('carries several leases on one connection when the settings let it', async () => {
    const { pool, network } = fakePool({ pool: { maxStreamsPerConnection: 3, maxConnectionsPerHost: 1 } });
    network.options = { protocol: 'h2' };
    const leases = await Promise.all([1, 2, 3].map(() => pool.acquire('example.test')));
    expect(new Set(leases.map(({ connectionId }) => connectionId)).size).toBe(1);
    const fourth = pool.acquire('example.test');
    await settle();
    expect(pool.stats().waiting).toBe(1);
    leases[1]?.release();
    expect((await fourth).connectionId).toBe(1);
  });

  it('never carries more than the server allows', async () => {
    const { pool, network } = fakePool({ pool: { maxStreamsPerConnection: 100, maxConnectionsPerHost: 2 } });
    network.options = { protocol: 'h2', maxStreams: 1 };
    const leases = await Promise.all([1, 2].map(() => pool.acquire('example.test')));
    expect(new Set(leases.map(({ connectionId }) => connectionId)).size).toBe(2);
  });

  it('is exclusive by default', async () => {
    const { pool, network } = fakePool();
    network.options = { protocol: 'h2' };
    const leases = await Promise.all([1, 2].map(() => pool.acquire('example.test')));
    expect(new Set(leases.map(({ connectionId }) => connectionId)).size).toBe(2);
  });

  it('lets leases finish after GOAWAY, and gives none out any more', async () => {
    const { pool, network } = fakePool({ pool: { maxStreamsPerConnection: 2 } });
    network.options = { protocol: 'h2' };
    const lease = await pool.acquire('example.test');
    network.transports[0]?.end('goaway');
    expect(pool.stats()).toMatchObject({ drainingConnections: 1, activeConnections: 0 });
    const other = await pool.acquire('example.test');
    expect(other.connectionId).not.toBe(lease.connectionId);
    lease.release();
    expect(network.transports[0]?.destroyed).toBe(true);
  });
});

describe('the streams that an HTTP/2 server allows', () => {
  it('are never exceeded when it lowers their number', async () => {
    const { pool, network } = fakePool({ pool: { maxStreamsPerConnection: 10, maxConnectionsPerHost: 2 } });
    network.options = { protocol: 'h2', maxStreams: 10 };
    const [first] = await Promise.all([1, 2, 3].map(() => pool.acquire('example.test')));
    network.transports[0]?.allowStreams(3);
    const next = await pool.acquire('example.test');
    expect(next.connectionId).not.toBe(first?.connectionId);
  });

  it('serve who waits as soon as it raises their number', async () => {
    const { pool, network } = fakePool({ pool: { maxStreamsPerConnection: 10, maxConnectionsPerHost: 1 } });
    network.options = { protocol: 'h2', maxStreams: 1 };
    await pool.acquire('example.test');
    const waiting = pool.acquire('example.test');
    await settle();
    expect(pool.stats().waiting).toBe(1);
    network.transports[0]?.allowStreams(2);
    expect((await waiting).connectionId).toBe(1);
  });

  it('may be none for a while: nothing is handed out then', async () => {
    const { pool, network } = fakePool({ pool: { maxConnectionsPerHost: 1 } });
    network.options = { protocol: 'h2' };
    (await pool.acquire('example.test')).release();
    network.transports[0]?.allowStreams(0);
    const waiting = pool.acquire('example.test');
    await settle();
    expect(pool.stats()).toMatchObject({ waiting: 1, idleConnections: 1 });
    network.transports[0]?.allowStreams(100);
    expect((await waiting).connectionId).toBe(1);
  });
});
