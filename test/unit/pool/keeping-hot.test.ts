import { describe, expect, it } from 'vitest';
import type { CloseReason } from '../../../core/contract/vocabulary.ts';
import { parseHostName } from '../../../core/dial/endpoint.ts';
import { type FakePool, fakePool } from '../../support/fake-pool.ts';
import { settle } from '../../support/manual-clock.ts';

const never = new AbortController().signal;
const host = parseHostName('example.test');

async function warm({ pool }: FakePool, count: number): Promise<void> {
  const endpoints = await pool.endpointsOf(host);
  for (let index = 0; index < count; index += 1) {
    const endpoint = endpoints[index % endpoints.length];
    if (endpoint) {
      await pool.open(endpoint, { timeoutMs: 5_000, priority: 'warm-up', signal: never });
    }
  }
}

function reasonsOf({ pool }: FakePool): CloseReason[] {
  const reasons: CloseReason[] = [];
  pool.observe({ changed: () => undefined, closed: (_id, reason) => reasons.push(reason) });
  return reasons;
}

describe('open', () => {
  it('leaves a validated connection idle, by one handshake', async () => {
    const fake = fakePool();
    await warm(fake, 3);
    expect(fake.pool.stats()).toMatchObject({ idleConnections: 3, healthyConnections: 3 });
    expect(fake.network.dialsByIp()).toEqual(
      new Map([
        ['10.0.0.1', 1],
        ['10.0.0.2', 1],
        ['10.0.0.3', 1],
      ]),
    );
    expect(fake.budget.taken).toEqual(['warm-up', 'warm-up', 'warm-up']);
    expect(fake.health.successes).toHaveLength(3);
  });

  it('fails with the status when the path answers outside good, and keeps nothing', async () => {
    const fake = fakePool();
    fake.network.paths.set('/', 404);
    const reasons = reasonsOf(fake);
    await expect(warm(fake, 1)).rejects.toMatchObject({ errorClass: 'bad-status', code: '404' });
    expect(reasons).toEqual(['failed-validation']);
    expect(fake.network.alive.size).toBe(0);
  });

  it('is over when its time is, whatever it is at', async () => {
    const fake = fakePool();
    fake.network.paths.set('/', 'hang');
    const opening = warm(fake, 1).catch((error: unknown) => error);
    await fake.clock.advance(5_000);
    expect(await opening).toMatchObject({ errorClass: 'timeout-response' });
    expect(fake.pool.stats()).toMatchObject({ totalConnections: 0 });
    expect(fake.network.alive.size).toBe(0);
  });

  it('ends its dial when it is aborted', async () => {
    const fake = fakePool();
    fake.network.dials.set('*', 'hang');
    const controller = new AbortController();
    const endpoint = (await fake.pool.endpointsOf(host))[0];
    if (!endpoint) {
      throw new Error('no endpoint');
    }
    const opening = fake.pool
      .open(endpoint, { timeoutMs: 5_000, priority: 'warm-up', signal: controller.signal })
      .catch((error: unknown) => error);
    await settle();
    controller.abort();
    expect(await opening).toMatchObject({ errorClass: 'aborted' });
    expect(fake.pool.stats().totalConnections).toBe(0);
    expect(fake.budget.inFlight).toBe(0);
  });

  it.each(['ban', 'ejection'] as const)(
    'fails as not allowed, and blames nobody, by a %s while it dials',
    async (what) => {
      const fake = fakePool();
      fake.network.dials.set('*', 'hang');
      const [endpoint] = await fake.pool.endpointsOf(host);
      if (!endpoint) {
        throw new Error('no endpoint');
      }
      const options = { timeoutMs: 5_000, priority: 'warm-up', signal: never } as const;
      const opening = fake.pool.open(endpoint, options).catch((error: unknown) => error);
      await settle();
      if (what === 'ban') {
        fake.access.list('black', endpoint.ip);
      } else {
        fake.health.set('barred', endpoint);
      }
      const message = expect.stringMatching(new RegExp(`^${endpoint.ip} may not be dialled any more: .*black list`));
      expect(await opening).toMatchObject({ errorClass: 'not-allowed', code: 'NOT_ALLOWED', message });
      await expect(fake.pool.open(endpoint, options)).rejects.toMatchObject({ errorClass: 'not-allowed' });
      expect(fake.health.failures).toEqual([]);
      expect(fake.pool.stats().totalConnections).toBe(0);
    },
  );

  it('fails as a change of DNS, and blames nobody, when its host loses the address while it dials', async () => {
    const fake = fakePool();
    fake.network.dials.set('*', 'hang');
    const [endpoint] = await fake.pool.endpointsOf(host);
    if (!endpoint) {
      throw new Error('no endpoint');
    }
    const options = { timeoutMs: 5_000, priority: 'warm-up', signal: never } as const;
    const opening = fake.pool.open(endpoint, options).catch((error: unknown) => error);
    await settle();
    fake.directory.change('example.test', ['10.0.0.9']);
    const failure = {
      errorClass: 'dns',
      code: 'VANISHED',
      message: `${endpoint.ip} is no longer an address of example.test`,
    };
    expect(await opening).toMatchObject(failure);
    await expect(fake.pool.open(endpoint, options)).rejects.toMatchObject(failure);
    expect(fake.health.failures).toEqual([]);
    expect(fake.pool.stats().totalConnections).toBe(0);
  });

  it('gives its connection to who waits', async () => {
    const fake = fakePool({ pool: { maxConnectionsPerHost: 2 } });
    await fake.pool.acquire('example.test');
    fake.network.dialMs = 1_000;
    const opening = warm(fake, 1);
    await settle();
    const waiting = fake.pool.acquire('example.test');
    await fake.clock.advance(1_000);
    await opening;
    await expect(waiting).resolves.toBeDefined();
    expect(fake.pool.stats().totalConnections).toBe(2);
  });
});

describe('the floor', () => {
  it('is dialled at the start and spread over the addresses', async () => {
    const { pool, network } = fakePool({ pool: { minIdlePerHost: 3 } });
    await settle();
    expect(pool.stats().idleConnections).toBe(3);
    expect([...network.dialsByIp().values()]).toEqual([1, 1, 1]);
  });

  it('is refilled the moment a socket dies', async () => {
    const { pool, network } = fakePool({ pool: { minIdlePerHost: 2 } });
    await settle();
    network.transports[0]?.end('peer-closed');
    await settle();
    expect(pool.stats().idleConnections).toBe(2);
    expect(network.dialled).toHaveLength(3);
  });

  it('waits longer each time when it cannot be filled, and is filled in the end', async () => {
    const { pool, network, clock } = fakePool({ pool: { minIdlePerHost: 1 } });
    network.dials.set('*', 'refused');
    await settle();
    await clock.advance(60_000);
    expect(network.dialled.length).toBeGreaterThan(3);
    expect(network.dialled.length).toBeLessThan(10);
    network.dials.clear();
    await clock.advance(30_000);
    expect(pool.stats().idleConnections).toBe(1);
  });

  it('does not spin when the lists leave nothing to dial', async () => {
    const { pool, access, network, clock } = fakePool({ pool: { minIdlePerHost: 2 } });
    access.enforce = true;
    access.announce();
    await clock.advance(60_000);
    expect(pool.stats().totalConnections).toBe(0);
    expect(network.alive.size).toBe(0);
  });

  it('is left by idle clean-up, which closes the rest', async () => {
    const { pool, clock } = fakePool({ pool: { minIdlePerHost: 1, idleTimeoutMs: 10_000, cleanupIntervalMs: 5_000 } });
    const leases = await Promise.all([1, 2, 3].map(() => pool.acquire('example.test')));
    for (const lease of leases) {
      lease.release();
    }
    await clock.advance(20_000);
    expect(pool.stats().idleConnections).toBe(1);
  });
});

describe('idleness and age', () => {
  it('idle clean-up leaves what a check has touched', async () => {
    const fake = fakePool({ pool: { idleTimeoutMs: 10_000, cleanupIntervalMs: 1_000 } });
    const reasons = reasonsOf(fake);
    await warm(fake, 2);
    await fake.clock.advance(9_000);
    await fake.pool.check(1);
    await fake.clock.advance(2_000);
    expect(reasons).toEqual(['idle-timeout']);
    expect(fake.pool.row(1)?.state).toBe('idle');
  });

  it('a successor is dialled before the end of a life, and takes its place', async () => {
    const fake = fakePool({ pool: { maxLifetimeMs: 20_000, idleTimeoutMs: 60_000 } });
    const reasons = reasonsOf(fake);
    await warm(fake, 1);
    await fake.clock.advance(17_000);
    expect(fake.network.dialled).toHaveLength(1);
    await fake.clock.advance(1_000);
    expect(fake.network.dialled).toHaveLength(2);
    expect(reasons).toEqual(['replaced']);
    expect(fake.pool.stats()).toMatchObject({ totalConnections: 1, idleConnections: 1, healthyConnections: 1 });
  });

  it('where the limits leave no room for a successor, the old one goes first', async () => {
    const fake = fakePool({ pool: { maxLifetimeMs: 20_000, maxConnectionsPerHost: 1 } });
    const reasons = reasonsOf(fake);
    await warm(fake, 1);
    await fake.clock.advance(21_000);
    expect(reasons).toEqual(['max-lifetime']);
    expect(fake.pool.stats()).toMatchObject({ totalConnections: 1, idleConnections: 1 });
    expect(fake.network.dialled).toHaveLength(2);
  });

  it('lives are spread', async () => {
    const fake = fakePool({ pool: { maxLifetimeMs: 100_000, lifetimeJitter: 0.1, idleTimeoutMs: 600_000 } });
    await warm(fake, 9);
    const closedAtMs: number[] = [];
    fake.pool.observe({ changed: () => undefined, closed: () => closedAtMs.push(fake.clock.monotonicMs()) });
    await fake.clock.advance(105_000);
    expect(closedAtMs).toHaveLength(9);
    expect(Math.max(...closedAtMs) - Math.min(...closedAtMs)).toBeGreaterThan(5_000);
  });

  it('a leased connection that has lived its life ends with its lease', async () => {
    const fake = fakePool({ pool: { maxLifetimeMs: 20_000, maxConnectionsPerHost: 1, leakThresholdMs: 600_000 } });
    const lease = await fake.pool.acquire('example.test');
    await fake.clock.advance(30_000);
    expect(fake.pool.stats().activeConnections).toBe(1);
    lease.release();
    expect(fake.network.transports[0]?.destroyed).toBe(true);
  });

  it('goes before the time after which the server says that it closes', async () => {
    const fake = fakePool();
    fake.network.options = { serverIdleLimitMs: 5_000 };
    const reasons = reasonsOf(fake);
    await warm(fake, 1);
    await fake.clock.advance(4_000);
    expect(reasons).toEqual(['server-idle-limit']);
  });

  it('goes before the time after which the server was seen to close', async () => {
    const fake = fakePool();
    const reasons = reasonsOf(fake);
    for (let seen = 0; seen < 2; seen += 1) {
      await warm(fake, 1);
      await fake.clock.advance(10_000);
      fake.network.transports[seen]?.end('peer-closed');
    }
    await warm(fake, 1);
    await fake.clock.advance(9_000);
    expect(reasons).toEqual(['peer-closed', 'peer-closed', 'server-idle-limit']);
  });
});

describe('checks', () => {
  it('leave leased connections alone', async () => {
    const { pool, network } = fakePool();
    const lease = await pool.acquire('example.test');
    const probes = network.transports[0]?.probes.length;
    expect(await pool.check(lease.connectionId)).toBeNull();
    expect(pool.idleFor(0)).toEqual([]);
    expect(network.transports[0]?.probes).toHaveLength(probes ?? -1);
  });

  it('reserve the connection: nobody gets it while a probe runs on it', async () => {
    const { pool, network, clock } = fakePool();
    (await pool.acquire('example.test')).release();
    network.probeMs = 1_000;
    const checking = pool.check(1);
    expect(pool.row(1)?.state).toBe('checking');
    const lease = pool.acquire('example.test');
    await clock.advance(1_000);
    expect((await checking)?.verdict).toBe('good');
    await clock.advance(5_000);
    expect((await lease).connectionId).toBe(1);
    expect(network.transports[0]?.busy).toBe(0);
  });

  it('that hang hold up nobody else', async () => {
    const { pool, network } = fakePool();
    (await pool.acquire('example.test')).release();
    network.transports[0]?.paths.set('/', 'hang');
    void pool.check(1);
    await expect(pool.acquire('example.test')).resolves.toBeDefined();
  });

  it('act on a verdict only when the connection is still there', async () => {
    const { pool, network, clock } = fakePool();
    (await pool.acquire('example.test')).release();
    network.probeMs = 1_000;
    const checking = pool.check(1);
    network.transports[0]?.end('peer-closed');
    expect(pool.stats().totalConnections).toBe(0);
    await clock.advance(1_000);
    expect(await checking).not.toBeNull();
    expect(pool.stats().totalConnections).toBe(0);
  });

  it('of 403 blame the address and close the connection', async () => {
    const fake = fakePool();
    const reasons = reasonsOf(fake);
    await warm(fake, 1);
    fake.network.paths.set('/', 403);
    await fake.pool.check(1);
    expect(reasons).toEqual(['unhealthy']);
    expect(fake.health.failures.map(({ error }) => error.errorClass)).toEqual(['blocked']);
  });

  it('of another status take the flag down, look again, then remove', async () => {
    const fake = fakePool();
    const reasons = reasonsOf(fake);
    await warm(fake, 1);
    fake.network.paths.set('/', 500);
    await fake.pool.check(1);
    expect(fake.pool.row(1)).toMatchObject({ state: 'idle', healthy: false });
    await fake.clock.advance(1_000);
    expect(reasons).toEqual(['unhealthy']);
  });

  it('of a broken network remove the connection and dial it again at once, one per second', async () => {
    const fake = fakePool();
    const reasons = reasonsOf(fake);
    await warm(fake, 1);
    fake.network.transports[0]?.paths.set('/', 'reset');
    await fake.pool.check(1);
    await settle();
    expect(reasons).toEqual(['broken']);
    expect([...fake.network.dialsByIp().values()]).toEqual([2]);
    fake.network.transports[1]?.end('broken');
    await settle();
    expect(fake.network.dialled).toHaveLength(2);
    await fake.clock.advance(1_000);
    expect(fake.network.dialled).toHaveLength(3);
  });

  it('of a connection that a lock could be held on never deadlock with a release', async () => {
    const { pool, clock } = fakePool({ pool: { maxConnectionsPerHost: 1 } });
    const lease = await pool.acquire('example.test');
    const waiting = pool.acquire('example.test', { timeoutMs: 10_000 });
    lease.release('failed');
    await clock.advance(1_000);
    await expect(waiting).resolves.toBeDefined();
  });

  it('closeUnhealthy closes what is down and not leased', async () => {
    const { pool } = fakePool();
    const [one, two] = await Promise.all([pool.acquire('example.test'), pool.acquire('example.test')]);
    one?.release('failed');
    expect(pool.closeUnhealthy()).toBe(1);
    expect(pool.stats()).toMatchObject({ totalConnections: 1, activeConnections: 1 });
    two?.release();
  });
});

describe('the access lists', () => {
  it('close what is idle on a blocked address at once, and dial it no more', async () => {
    const fake = fakePool();
    const reasons = reasonsOf(fake);
    await warm(fake, 3);
    fake.access.list('black', '10.0.0.1');
    expect(reasons).toEqual(['blacklisted']);
    await Promise.all(Array.from({ length: 5 }, () => fake.pool.acquire('example.test')));
    expect(fake.network.dialsByIp().get('10.0.0.1')).toBe(1);
  });

  it('let a leased one finish its request within the drain timeout', async () => {
    const { pool, access, clock, network } = fakePool({ pool: { drainTimeoutMs: 2_000 } });
    const [one, two] = await Promise.all([
      pool.acquireIp('https://example.test/', '10.0.0.1'),
      pool.acquireIp('https://example.test/', '10.0.0.1'),
    ]);
    access.list('black', '10.0.0.1');
    expect(pool.stats().drainingConnections).toBe(2);
    one.release();
    expect(pool.stats().drainingConnections).toBe(1);
    await clock.advance(2_000);
    expect(network.alive.size).toBe(0);
    expect(() => two.release()).not.toThrow();
  });

  it('end a dial to an address blocked meanwhile', async () => {
    const { pool, access, network } = fakePool();
    network.dials.set('10.0.0.1', 'hang');
    const waiting = pool.acquireIp('https://example.test/', '10.0.0.1').catch((error: unknown) => error);
    await settle();
    access.list('black', '10.0.0.1');
    expect(await waiting).toMatchObject({ name: 'NoAllowedEndpointError' });
    expect(pool.stats().dialingConnections).toBe(0);
  });

  it('prefer white-listed addresses, for dials and for choice', async () => {
    const { pool, access, network } = fakePool();
    access.list('white', '10.0.0.3');
    await Promise.all([1, 2, 3].map(() => pool.acquire('example.test')));
    expect(network.dialsByIp()).toEqual(new Map([['10.0.0.3', 3]]));
  });

  it('leave the others when the preferred do not answer', async () => {
    const { pool, access, network, clock } = fakePool();
    access.list('white', '10.0.0.3');
    network.dials.set('10.0.0.3', 'refused');
    const waiting = pool.acquire('example.test');
    await clock.advance(1_000);
    expect((await waiting).ip).not.toBe('10.0.0.3');
  });

  it('enforced, refuse what is on no white list', async () => {
    const { pool, access } = fakePool();
    access.enforce = true;
    access.announce();
    await expect(pool.acquire('example.test')).rejects.toThrow(/enforce/);
  });

  it('let an address serve again when it is let through', async () => {
    const { pool, access } = fakePool({ pool: { maxConnectionsPerHost: 1 } });
    access.list('black', '10.0.0.1');
    access.list('black', '10.0.0.2');
    access.list('black', '10.0.0.3');
    await expect(pool.acquire('example.test')).rejects.toThrow();
    access.unlist('10.0.0.2');
    const lease = await pool.acquire('example.test');
    expect(lease.ip).toBe('10.0.0.2');
  });
});

describe('the addresses of a host', () => {
  it('that have gone drain, and new ones are dialled and counted', async () => {
    const fake = fakePool();
    const reasons = reasonsOf(fake);
    await warm(fake, 3);
    fake.directory.change('example.test', ['10.0.0.1', '10.0.0.9']);
    expect(reasons).toEqual(['dns-vanished', 'dns-vanished']);
    await Promise.all([1, 2].map(() => fake.pool.acquire('example.test')));
    expect(fake.network.dialsByIp().get('10.0.0.9')).toBe(1);
    expect(fake.pool.stats().newConnectionsFromDns).toBe(1);
  });

  it('that go while one of them is dialled for who waits cost no wait: the next one is dialled at once', async () => {
    const fake = fakePool();
    fake.network.dials.set('*', 'hang');
    const waiting = fake.pool.acquire('example.test');
    await settle();
    fake.network.dials.clear();
    fake.directory.change('example.test', ['10.0.0.9']);
    await settle();
    expect((await waiting).ip).toBe('10.0.0.9');
    expect(fake.health.failures).toEqual([]);
  });
});
