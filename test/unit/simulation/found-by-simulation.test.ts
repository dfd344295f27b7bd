/** What the simulation has found, each in as few steps as show it. */
import { describe, expect, it } from 'vitest';
import { type HostName, parseHostName } from '../../../core/dial/endpoint.ts';
import { fakePool } from '../../support/fake-pool.ts';
import { settle } from '../../support/manual-clock.ts';

describe('streams to spare', () => {
  it('go to who waits when the setting is raised', async () => {
    const { pool, network, configure } = fakePool({ pool: { maxConnectionsPerHost: 1 } });
    network.options = { protocol: 'h2' };
    const held = await pool.acquire('example.test');
    const waiting = pool.acquire('example.test');
    await settle();
    expect(pool.stats().waiting).toBe(1);
    configure({ pool: { maxStreamsPerConnection: 2 } });
    expect((await waiting).connectionId).toBe(held.connectionId);
  });

  it('go to who waits before any that comes in the same moment', async () => {
    const { pool, network, configure } = fakePool({ pool: { maxConnectionsPerHost: 1 } });
    network.options = { protocol: 'h2' };
    await pool.acquire('example.test');
    const served: string[] = [];
    const first = pool.acquire('example.test').then(() => served.push('first'));
    await settle();
    configure({ pool: { maxStreamsPerConnection: 3 } });
    const second = pool.acquire('example.test').then(() => served.push('second'));
    await Promise.all([first, second]);
    expect(served).toEqual(['first', 'second']);
  });

  it('go to who waits when a connection was validated for another waiter’s path', async () => {
    const { pool, network, clock } = fakePool({ pool: { maxConnectionsPerHost: 1, maxStreamsPerConnection: 2 } });
    network.options = { protocol: 'h2' };
    network.probeMs = 100;
    const forPath = pool.acquireUrl('https://example.test/data');
    const forAnything = pool.acquire('example.test', { timeoutMs: 5_000 });
    await clock.advance(200);
    expect((await forAnything).connectionId).toBe((await forPath).connectionId);
  });
});

describe('a validation beside a lease', () => {
  it('is followed by no lease when the server has taken the stream back meanwhile', async () => {
    const { pool, network, clock } = fakePool({ pool: { maxConnectionsPerHost: 1, maxStreamsPerConnection: 2 } });
    network.options = { protocol: 'h2' };
    const held = await pool.acquire('example.test');
    network.probeMs = 100;
    const waiting = pool.acquireUrl('https://example.test/data');
    network.transports[0]?.allowStreams(1);
    await clock.advance(100);
    expect(pool.stats()).toMatchObject({ waiting: 1, activeConnections: 1 });
    held.release();
    expect((await waiting).connectionId).toBe(held.connectionId);
  });
});

describe('acquireIp while DNS is asked', () => {
  function slowNames() {
    const fake = fakePool();
    fake.network.dialMs = 100;
    fake.directory.addresses = (_host: HostName, signal?: AbortSignal): Promise<never> =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
      });
    return fake;
  }

  it('keeps its deadline', async () => {
    const { pool, clock } = slowNames();
    const asked = pool
      .acquireIp('https://example.test/', '10.0.0.1', { timeoutMs: 500 })
      .catch((error: unknown) => error);
    await clock.advance(500);
    expect(await asked).toMatchObject({ name: 'AcquireTimeoutError' });
  });

  it('is refused at once when the pool closes', async () => {
    const { pool, clock } = slowNames();
    const asked = pool.acquireIp('https://example.test/', '10.0.0.1').catch((error: unknown) => error);
    await settle();
    await pool.close();
    expect(await asked).toMatchObject({ name: 'PoolClosedError' });
    expect(clock.timers).toBe(0);
  });
});

describe('a path whose validation costs the connection each time', () => {
  it('is refused as what it is, closed by the peer, and not as aborted', async () => {
    const { pool, network, clock } = fakePool();
    network.probeMs = 10;
    const asked = pool.acquireUrl('https://example.test/data').catch((error: unknown) => error);
    for (let attempt = 0; attempt < 4; attempt += 1) {
      // Its own path has been validated, the other one is being asked for.
      await clock.advance(15);
      network.transports.at(-1)?.end('peer-closed');
    }
    await settle();
    expect(await asked).toMatchObject({ errorClass: 'closed-by-peer' });
    expect(network.dialled).toHaveLength(4);
  });
});

describe('the floor', () => {
  it('is filled when another host has left the room for it', async () => {
    const { pool, directory, clock } = fakePool({
      pool: { minIdlePerHost: 1, maxConnections: 1, maxConnectionsPerHost: 1, maxIdleConnections: 1 },
    });
    directory.set('other.test', ['10.1.0.1']);
    const lease = await pool.acquire('other.test');
    await settle();
    expect(pool.stats().hosts.find(({ host }) => host === 'example.test')?.total).toBe(0);
    lease.release('ok');
    pool.closeConnection(lease.connectionId, 'operator');
    await clock.advance(1_000);
    expect(pool.stats().hosts.find(({ host }) => host === 'example.test')?.idle).toBe(1);
  });
});

describe('the floor of a host', () => {
  it('does not wait out its last failure when the lists have opened meanwhile', async () => {
    const { pool, network, access, directory, clock } = fakePool({ pool: { minIdlePerHost: 1 } });
    directory.set('example.test', ['10.0.0.1']);
    network.dials.set('*', 'refused');
    // By now it rests for half a minute after each failure; the next try is due in a second.
    await clock.advance(60_000);
    network.dials.clear();
    access.list('black', '10.0.0.1');
    await clock.advance(2_000);
    access.unlist('10.0.0.1');
    await settle();
    expect(pool.stats().idleConnections).toBe(1);
  });

  it('does not take a limit that another host fills for a failure of its own', async () => {
    const { pool, directory, configure } = fakePool({
      pool: { minIdlePerHost: 3, maxConnections: 3, maxConnectionsPerHost: 3, maxIdleConnections: 3 },
      targets: ['example.test', 'other.test'],
    });
    directory.set('other.test', ['10.1.0.1']);
    await settle();
    expect(
      pool
        .stats()
        .hosts.map(({ idle }) => idle)
        .sort(),
    ).toEqual([0, 3]);
    configure({ pool: { maxConnections: 6, maxIdleConnections: 6 } });
    await settle();
    expect(pool.stats().hosts.map(({ idle }) => idle)).toEqual([3, 3]);
  });
});

describe('those who wait', () => {
  it('get the streams that a raised setting frees, whatever is being checked for them', async () => {
    const { pool, network, clock, configure } = fakePool({
      pool: { maxConnectionsPerHost: 2, idleTimeoutMs: 600_000 },
    });
    network.options = { protocol: 'h2' };
    const [held, rested] = await Promise.all([pool.acquire('example.test'), pool.acquire('example.test')]);
    rested.release();
    await clock.advance(31_000);
    network.probeMs = 5_000;
    const waiting = pool.acquire('example.test', { timeoutMs: 1_000 }).catch((error: unknown) => error);
    await settle();
    expect(pool.stats().checkingConnections).toBe(1);
    configure({ pool: { maxStreamsPerConnection: 2 } });
    await clock.advance(1_000);
    expect(await waiting).toMatchObject({ connectionId: held.connectionId });
  });

  it('are dialled for again when several dials were ended at once', async () => {
    const { pool, directory, network, clock } = fakePool();
    directory.set('example.test', ['10.0.0.1', '10.0.0.2']);
    network.dials.set('10.0.0.1', 'hang').set('10.0.0.2', 'hang');
    const gone = pool.acquire('example.test', { timeoutMs: 50 }).catch(() => undefined);
    const waiting = pool.acquire('example.test', { timeoutMs: 5_000 });
    await clock.advance(100);
    await gone;
    directory.change('example.test', ['10.0.0.3']);
    await settle();
    expect((await waiting).ip).toBe('10.0.0.3');
  });

  it('are served by a connection that becomes free, whatever is being dialled for them', async () => {
    const { pool, network, configure } = fakePool();
    network.options = { protocol: 'h2' };
    const held = await pool.acquire('example.test');
    network.dials.set('*', 'hang');
    const waiting = pool.acquire('example.test');
    await settle();
    expect(pool.stats().dialingConnections).toBe(1);
    configure({ pool: { maxStreamsPerConnection: 2 } });
    expect((await waiting).connectionId).toBe(held.connectionId);
  });

  it('are served by one that must be checked first, when what is dialled takes longer', async () => {
    const { pool, network, clock } = fakePool({ pool: { idleTimeoutMs: 600_000, connTimeoutMs: 300_000 } });
    const held = await pool.acquire('example.test');
    network.dials.set('*', 'hang');
    const gone = pool.acquire('example.test', { timeoutMs: 50 }).catch(() => undefined);
    await clock.advance(100);
    await gone;
    held.release();
    await clock.advance(31_000);
    expect(pool.stats().dialingConnections).toBe(1);
    const waiting = pool.acquire('example.test', { timeoutMs: 1_000 }).catch((error: unknown) => error);
    await clock.advance(1_000);
    expect(await waiting).toMatchObject({ connectionId: held.connectionId });
  });
});

describe('acquireIp', () => {
  it('waits by the settings under which it was called', async () => {
    const { pool, network, clock, configure } = fakePool({ pool: { acquireTimeoutMs: 5_000 } });
    (await pool.acquire('example.test')).release();
    network.dials.set('*', 'hang');
    let refused = false;
    void pool
      .acquireIp('https://example.test/', '10.0.0.9')
      .catch(() => undefined)
      .then(() => {
        refused = true;
      });
    configure({ pool: { acquireTimeoutMs: 100 } });
    await clock.advance(4_999);
    expect(refused).toBe(false);
    await clock.advance(1);
    expect(refused).toBe(true);
  });

  it('takes the place of a connection to another address as soon as that is idle', async () => {
    const { pool, network, clock } = fakePool({ pool: { maxConnectionsPerHost: 1, idleTimeoutMs: 600_000 } });
    const lease = await pool.acquireIp('https://example.test/', '10.0.0.1');
    lease.release();
    network.probeMs = 100;
    void pool.check(lease.connectionId);
    const waiting = pool.acquireIp('https://example.test/', '10.0.0.2', { timeoutMs: 2_000 });
    await clock.advance(500);
    expect((await waiting).ip).toBe('10.0.0.2');
  });
});

describe('acquire', () => {
  it.each([1, 2, 3, 4, 5, 6])('waits for no check while a connection needs none (seed %i)', async (seed) => {
    const { pool, clock, network } = fakePool({ pool: { idleTimeoutMs: 600_000 } }, seed);
    const url = 'https://example.test/';
    const leases = await Promise.all(['10.0.0.1', '10.0.0.2', '10.0.0.3'].map((ip) => pool.acquireIp(url, ip)));
    for (const lease of leases) {
      lease.release();
    }
    await clock.advance(31_000);
    const checked = leases[2]?.connectionId ?? 0;
    await pool.check(checked);
    // The one taken out of the middle leaves its place to the last: the fresh one now lies before one that is old.
    await pool.acquireIp(url, '10.0.0.1');
    network.probeMs = 1_000;
    const served = pool.acquire('example.test');
    await settle();
    expect(pool.stats().checkingConnections).toBe(0);
    expect((await served).connectionId).toBe(checked);
  });
});

describe('an idle connection', () => {
  it.each([1, 2, 3, 4])(
    'stays idle when those who wait are refused by what it knows of their path (seed %i)',
    async (seed) => {
      const { pool, network } = fakePool({}, seed);
      const leases = await Promise.all(
        ['10.0.0.1', '10.0.0.2'].map((ip) => pool.acquireIp('https://example.test/', ip)),
      );
      for (const lease of leases) {
        lease.release();
      }
      network.paths.set('10.0.0.1 /data', 503).set('10.0.0.2 /data', 404);
      const url = 'https://example.test/data';
      await expect(pool.acquireIp(url, '10.0.0.2')).rejects.toMatchObject({ status: 404 });
      // Whether it meets the busy one first, and goes on from there, or not.
      await expect(pool.acquireUrl(url)).rejects.toMatchObject({ status: 404 });
      expect(pool.stats()).toMatchObject({ idleConnections: 2, waiting: 0 });
    },
  );
});

describe('limits that were lowered while connections drain', () => {
  it('cost no idle connection in vain, and who waits is served when one has drained', async () => {
    const { pool, network, directory, configure } = fakePool({ pool: { maxConnections: 3, drainTimeoutMs: 60_000 } });
    directory.set('other.test', ['10.1.0.1']);
    const leases = await Promise.all([1, 2, 3].map(() => pool.acquire('example.test')));
    leases[2]?.release();
    network.transports[0]?.end('goaway');
    configure({ pool: { maxConnections: 2, drainTimeoutMs: 60_000 } });
    const waiting = pool.acquire('other.test');
    await settle();
    expect(pool.stats()).toMatchObject({ idleConnections: 1, drainingConnections: 1, waiting: 1 });
    leases[0]?.release();
    expect((await waiting).host).toBe('other.test');
    expect(pool.stats().totalConnections).toBe(2);
  });
});

describe('max_idle_conns', () => {
  it('holds for a connection whose request broke and whose check then found its path bad', async () => {
    const { pool, network } = fakePool({ pool: { maxIdleConnections: 0 } });
    network.options = { protocol: 'h2' };
    const lease = await pool.acquire('example.test');
    for (const transport of network.alive) {
      transport.response = { status: 'reset' };
    }
    await lease.request({ path: '/', method: 'GET' }).catch(() => undefined);
    network.paths.set('/', 500);
    await lease[Symbol.asyncDispose]();
    expect(pool.stats()).toMatchObject({ idleConnections: 0, totalConnections: 0 });
  });
});

describe('a connection that drains', () => {
  it('is closed when the validation that shared it with a lease has ended', async () => {
    const { pool, network, clock } = fakePool({ pool: { maxStreamsPerConnection: 2, drainTimeoutMs: 60_000 } });
    network.options = { protocol: 'h2' };
    const lease = await pool.acquire('example.test');
    network.probeMs = 100;
    const waiting = pool.acquireUrl('https://example.test/data');
    await settle();
    network.transports[0]?.end('goaway');
    lease.release();
    await clock.advance(100);
    expect(network.transports[0]?.destroyed).toBe(true);
    await clock.advance(1_000);
    expect((await waiting).connectionId).not.toBe(lease.connectionId);
  });
});

describe('a request through the pool', () => {
  it('that rests between two attempts ends when the pool closes, and leaves no timer', async () => {
    const { pool, network, clock } = fakePool();
    (await pool.acquire('example.test')).release();
    for (const transport of network.alive) {
      transport.response = { status: 'reset' };
    }
    const asked = pool
      .request({ origin: 'https://example.test', path: '/', method: 'GET' })
      .catch((error: unknown) => error);
    await settle();
    expect(pool.stats()).toMatchObject({ activeConnections: 0, waiting: 0 });
    await pool.close();
    expect(await asked).toMatchObject({ name: 'PoolClosedError' });
    expect(clock.timers).toBe(0);
  });
});

describe('a probe of an address on trial', () => {
  it('does not dial what the lists alone refuse, as they do in a panic (seed 400034)', async () => {
    const { pool, network, access, health } = fakePool();
    const endpoint = { host: parseHostName('example.test'), ip: '10.0.0.1', port: 443 };
    access.enforce = true;
    access.announce();
    health.set('open', endpoint);
    const probed = pool.probe(endpoint, new AbortController().signal);
    await expect(probed).rejects.toMatchObject({ errorClass: 'not-allowed', code: 'NOT_ALLOWED' });
    expect(network.dialled).toEqual([]);
    health.set('trial', endpoint);
    expect(await pool.probe(endpoint, new AbortController().signal)).toBe(true);
  });
});
