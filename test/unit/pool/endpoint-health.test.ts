import { describe, expect, it } from 'vitest';
import type { CloseReason } from '../../../core/contract/vocabulary.ts';
import { warmUpJobSchema } from '../../../core/contract/warm-up-job.ts';
import { ClassifiedError } from '../../../core/dial/classified-error.ts';
import { type Endpoint, parseHostName } from '../../../core/dial/endpoint.ts';
import { NoAllowedEndpointError } from '../../../core/pool/pool-errors.ts';
import { type FakePool, fakePool } from '../../support/fake-pool.ts';
import { settle } from '../../support/manual-clock.ts';

const one: Endpoint = { host: parseHostName('example.test'), ip: '10.0.0.1', port: 443 };
const two: Endpoint = { ...one, ip: '10.0.0.2' };
const three: Endpoint = { ...one, ip: '10.0.0.3' };
const never = new AbortController().signal;

function reasonsOf({ pool }: FakePool): CloseReason[] {
  const reasons: CloseReason[] = [];
  pool.observe({ changed: () => undefined, closed: (_, reason) => reasons.push(reason) });
  return reasons;
}

/** A connection to each of the three addresses, at rest. */
async function warm(fake: FakePool): Promise<void> {
  const leases = await Promise.all([1, 2, 3].map(() => fake.pool.acquire('example.test')));
  for (const lease of leases) {
    lease.release();
  }
}

describe('a host whose every address is out of use', () => {
  it('says of each why, so that nobody looks for a rule where there is none', async () => {
    const { pool, health, access } = fakePool();
    health.set('barred', one);
    health.set('trial', two);
    access.list('black', three.ip);
    const error: Error = await pool.acquire('example.test').then(
      () => new Error('served'),
      (reason: Error) => reason,
    );
    expect(error).toBeInstanceOf(NoAllowedEndpointError);
    expect(error.message).toBe(
      'no address of example.test may be dialled: ' +
        '10.0.0.1: it is ejected: the automatic entry 10.0.0.1 of the black list refuses it until a probe finds it well; ' +
        '10.0.0.2: it was ejected and is on trial: only probes dial it, until healthy_after of them were good; ' +
        '10.0.0.3: the operator entry 10.0.0.3 of the black list refuses it',
    );
    expect(error).toMatchObject({ ip: one.ip, rule: { origin: 'automatic', value: one.ip } });
  });

  it('says of one that was asked for why that one is not dialled, and nothing of the host', async () => {
    const { pool, access } = fakePool();
    access.list('black', three.ip);
    await expect(pool.acquireIp('https://example.test/work', three.ip)).rejects.toThrow(
      '10.0.0.3 may not be dialled for example.test: the operator entry 10.0.0.3 of the black list refuses it',
    );
  });
});

describe('a barred endpoint', () => {
  it('loses its idle connections at once, its leased ones after their request, and is not dialled', async () => {
    const fake = fakePool();
    const reasons = reasonsOf(fake);
    await warm(fake);
    const held = await Promise.all([1, 2].map(() => fake.pool.acquire('example.test')));
    const [leased = '', other = ''] = held.map(({ ip }) => ip);
    const idle = [one, two, three].find(({ ip }) => ip !== leased && ip !== other) ?? one;
    fake.health.set('barred', idle);
    fake.health.set('barred', { ...one, ip: leased });
    expect(reasons).toEqual(['blacklisted']);
    held[0]?.release();
    expect(reasons).toEqual(['blacklisted', 'blacklisted']);
    const dialled = await Promise.all([1, 2, 3].map(() => fake.pool.acquire('example.test')));
    expect(new Set(dialled.map(({ ip }) => ip))).toEqual(new Set([other]));
  });

  it('is dialled again when it is open', async () => {
    const { pool, health } = fakePool();
    for (const endpoint of [one, two, three]) {
      health.set('barred', endpoint);
    }
    await expect(pool.acquire('example.test')).rejects.toBeInstanceOf(NoAllowedEndpointError);
    health.set('open', two);
    expect((await pool.acquire('example.test')).ip).toBe(two.ip);
  });

  it("is dialled all the same where a person's rule allows it", async () => {
    const { pool, health, access, directory } = fakePool();
    directory.set('example.test', [one.ip]);
    health.set('barred', one);
    access.list('white', one.ip);
    expect((await pool.acquire('example.test')).ip).toBe(one.ip);
  });
});

describe('an automatic entry of the black list', () => {
  it('names an IP; whether it holds for this endpoint its health says', async () => {
    const { pool, access, health, directory } = fakePool();
    directory.set('example.test', [one.ip]);
    access.verdict = (ip) => ({ allowed: false, list: 'black', rule: { value: ip, origin: 'automatic' } });
    expect((await pool.acquire('example.test')).ip).toBe(one.ip);
    health.set('barred', one);
    await expect(pool.acquireIp('https://example.test/', one.ip)).rejects.toBeInstanceOf(NoAllowedEndpointError);
  });
});

describe('an endpoint on trial', () => {
  it('is dialled by its probe alone, and what the probe dialled may serve', async () => {
    const { pool, network, health, budget } = fakePool();
    for (const endpoint of [two, three]) {
      health.set('barred', endpoint);
    }
    health.set('trial', one);
    expect(await pool.probe(one, never)).toBe(true);
    expect(network.dialled).toEqual([one]);
    expect(budget.taken).toEqual(['recovery']);
    expect((await pool.acquire('example.test')).ip).toBe(one.ip);
    const next = pool.acquire('example.test', { timeoutMs: 100 });
    next.catch(() => undefined);
    await settle();
    expect(network.dialled).toEqual([one]);
  });

  it('has its idle connection asked for the path of its host at the next probe, and is left alone while that is in use', async () => {
    const fake = fakePool();
    const { pool, network, health, validator } = fake;
    validator.pings = true;
    network.options = { protocol: 'h2' };
    health.set('trial', one);
    await pool.probe(one, never);
    await pool.probe(one, never);
    expect(network.transports[0]?.probes.map(({ kind }) => kind)).toEqual(['HEAD', 'HEAD']);
    const lease = await pool.acquireIp('https://example.test/', one.ip);
    expect(await pool.probe(one, never)).toBe(false);
    lease.release();
    expect(await pool.probe(one, never)).toBe(true);
    expect(network.dialled).toHaveLength(1);
  });

  it('has a failed probe told to its health and to who asked', async () => {
    const { pool, network, health } = fakePool();
    network.dials.set(one.ip, 'refused');
    health.set('trial', one);
    await expect(pool.probe(one, never)).rejects.toMatchObject({ errorClass: 'refused' });
    expect(health.failures.map(({ ip }) => ip)).toEqual([one.ip]);
  });

  it('gets room for its probe within the limits: a hot connection goes only after half a minute without', async () => {
    const fake = fakePool({ pool: { maxConnectionsPerHost: 3, idleTimeoutMs: 600_000 } });
    const reasons = reasonsOf(fake);
    fake.health.set('barred', one);
    await warm(fake);
    fake.health.set('trial', one);
    await expect(fake.pool.probe(one, never)).rejects.toMatchObject({ errorClass: 'local', code: 'LIMIT_FULL' });
    await fake.clock.advance(29_000);
    await expect(fake.pool.probe(one, never)).rejects.toMatchObject({ code: 'LIMIT_FULL' });
    expect(reasons).toEqual([]);
    await fake.clock.advance(1_000);
    expect(await fake.pool.probe(one, never)).toBe(true);
    expect(reasons).toEqual(['evicted']);
    const held = await Promise.all([1, 2, 3].map(() => fake.pool.acquire('example.test')));
    expect(new Set(held.map(({ ip }) => ip)).has(one.ip)).toBe(true);
    expect(fake.pool.stats().totalConnections).toBe(3);
  });

  it('takes the place of one that serves nobody at once', async () => {
    const fake = fakePool({ pool: { maxConnectionsPerHost: 3, idleTimeoutMs: 600_000 } });
    const reasons = reasonsOf(fake);
    fake.health.set('barred', one);
    await warm(fake);
    const failed = await fake.pool.acquire('example.test');
    failed.release('failed');
    fake.health.set('trial', one);
    expect(await fake.pool.probe(one, never)).toBe(true);
    expect(reasons).toEqual(['evicted']);
    expect(fake.pool.row(failed.connectionId)).toBeUndefined();
  });

  it('never takes what another host needs for its floor', async () => {
    const fake = fakePool({
      pool: { maxConnections: 2, maxConnectionsPerHost: 2, minIdlePerHost: 2, idleTimeoutMs: 600_000 },
      targets: ['other.test'],
    });
    const reasons = reasonsOf(fake);
    fake.directory.set('other.test', ['10.1.0.1', '10.1.0.2']);
    await fake.clock.advance(3_000);
    expect(fake.pool.stats().idleConnections).toBe(2);
    fake.health.set('trial', one);
    for (let look = 0; look < 4; look += 1) {
      await expect(fake.pool.probe(one, never)).rejects.toMatchObject({ code: 'LIMIT_FULL' });
      await fake.clock.advance(20_000);
    }
    expect(reasons).toEqual([]);
  });
});

describe('Retry-After', () => {
  it('is obeyed with a single IP: nothing is dialled or checked before, then the one who waits is served', async () => {
    const { pool, network, directory, clock } = fakePool();
    directory.set('example.test', [one.ip]);
    network.paths.set('/', 503);
    network.retryAfterMs = 12_000;
    const waiting = pool.acquire('example.test', { timeoutMs: 60_000 });
    await clock.advance(11_900);
    expect(network.dialled).toHaveLength(1);
    network.paths.delete('/');
    await clock.advance(1_500);
    expect((await waiting).ip).toBe(one.ip);
    expect(network.dialled).toHaveLength(2);
  });

  it('of a check keeps the idle connections of the IP from being used and looked at until then', async () => {
    const fake = fakePool();
    fake.directory.set('example.test', [one.ip]);
    await warm(fake);
    fake.network.paths.set('/', 503);
    fake.network.retryAfterMs = 20_000;
    await fake.pool.check(1);
    fake.network.paths.delete('/');
    const probes = (): number => fake.network.transports.reduce((sum, transport) => sum + transport.probes.length, 0);
    const before = probes();
    expect(fake.pool.stats()).toMatchObject({ idleConnections: 3, healthyConnections: 0 });
    expect(fake.pool.idleFor(0)).toEqual([]);
    await fake.clock.advance(19_000);
    expect(probes()).toBe(before);
    await fake.clock.advance(1_000);
    expect(fake.pool.stats()).toMatchObject({ idleConnections: 3, healthyConnections: 3 });
  });

  it('is told to a warm-up, which makes no dial', async () => {
    const { pool, network, directory } = fakePool();
    directory.set('example.test', [one.ip]);
    network.paths.set('/', 429);
    network.retryAfterMs = 20_000;
    const open = (): Promise<unknown> => pool.open(one, { timeoutMs: 1_000, priority: 'warm-up', signal: never });
    await expect(open()).rejects.toMatchObject({ errorClass: 'busy' });
    await expect(open()).rejects.toMatchObject({ errorClass: 'busy', retryAfterMs: 20_000 });
    expect(network.dialled).toHaveLength(1);
  });
});

describe('requests', () => {
  it('are told to the health of their endpoint: how they ended, with which status, and why they broke', async () => {
    const { pool, network, health } = fakePool();
    using lease = await pool.acquire('example.test');
    const transport = network.transports[0];
    for (const status of [200, 404, 'reset'] as const) {
      if (transport) {
        transport.response = { status };
      }
      await lease.request({ path: '/', method: 'GET' }).then(
        ({ body }) => body.dump(),
        () => undefined,
      );
    }
    expect(health.requests.map(({ end, status, error }) => [end, status, error?.message ?? null])).toEqual([
      ['good', 200, null],
      ['bad', 404, null],
      ['broken', null, 'ECONNRESET'],
    ]);
  });

  it('that raise a doubt have the path of the host asked for before the connection serves again', async () => {
    const { pool, network, health, validator } = fakePool();
    validator.pings = true;
    network.options = { protocol: 'h2' };
    const lease = await pool.acquire('example.test');
    health.doubts = true;
    network.paths.set('/', 403);
    const { body } = await lease.request({ path: '/private', method: 'GET' });
    await body.dump();
    await lease[Symbol.asyncDispose]();
    expect(network.transports[0]?.probes.map(({ kind, path }) => [kind, path])).toEqual([
      ['HEAD', '/'],
      ['HEAD', '/'],
    ]);
    expect(health.failures.map(({ error }) => error.errorClass)).toEqual(['blocked']);
    expect(pool.stats().totalConnections).toBe(0);
  });
});

describe('a server that closes with its answer', () => {
  it('is noticed, and its IP has answered well', async () => {
    const { pool, network, health } = fakePool();
    network.closing = true;
    const opening = pool.open(one, { timeoutMs: 1_000, priority: 'warm-up', signal: never });
    await expect(opening).rejects.toMatchObject({ errorClass: 'closed-by-peer' });
    expect(health.failures).toEqual([]);
    expect(health.looks).toEqual(['validation']);
    expect(pool.stats().totalConnections).toBe(0);
  });
});

describe('a connection whose failure ejects its IP', () => {
  it('is closed for what it failed at; those that were well are closed for the ejection', async () => {
    const fake = fakePool();
    const reasons = reasonsOf(fake);
    fake.directory.set('example.test', [one.ip]);
    (await fake.pool.acquire('example.test')).release();
    fake.health.ejects = true;
    fake.network.dials.set(one.ip, 'tls-certificate');
    await fake.pool.warmUps.finished(
      fake.pool.warmUps.start(warmUpJobSchema.parse({ hosts: ['example.test'], connections: 1, retries: 0 })),
    );
    expect(reasons).toEqual(['blacklisted', 'failed-dial']);
  });

  it('also when a check has found it', async () => {
    const fake = fakePool();
    const reasons = reasonsOf(fake);
    await warm(fake);
    fake.health.ejects = true;
    fake.network.transports[0]?.paths.set('/', 403);
    await fake.pool.check(1);
    expect(reasons).toEqual(['unhealthy']);
  });
});

describe('a pool that closes', () => {
  it('probes nobody any more', async () => {
    const { pool, network, health } = fakePool();
    health.set('trial', one);
    await pool.close();
    await expect(pool.probe(one, never)).rejects.toMatchObject({ errorClass: 'aborted' });
    expect(network.dialled).toEqual([]);
  });
});

describe('the counterparts of the reference', () => {
  it('list the healthy and the unhealthy connections, clean up the latter, and say whether the pool is healthy', async () => {
    const fake = fakePool();
    expect(fake.pool.isHealthy()).toBe(false);
    await warm(fake);
    fake.network.transports[0]?.paths.set('/', 500);
    await fake.pool.check(1);
    void fake.pool.acquireIp('https://example.test/', '10.0.0.9').catch(() => undefined);
    expect(fake.pool.healthyConnections().map(({ id }) => id)).toEqual([2, 3]);
    expect(fake.pool.unhealthyConnections().map(({ id }) => id)).toEqual([1]);
    expect(fake.pool.isHealthy()).toBe(true);
    expect([1, 2].map((id) => fake.pool.isHealthy(id))).toEqual([false, true]);
    expect(fake.pool.closeUnhealthy()).toBe(1);
    expect(fake.pool.unhealthyConnections()).toEqual([]);
  });
});

describe('failures of this machine', () => {
  it('reach the health as what they are, and back nobody off', async () => {
    const { pool, network, health, clock } = fakePool();
    network.dials.set('*', new ClassifiedError('local', 'EMFILE', 'too many open files'));
    const waiting = pool.acquire('example.test', { timeoutMs: 500 });
    waiting.catch(() => undefined);
    await clock.advance(600);
    expect(health.troubles.map(({ code }) => code)).toContain('EMFILE');
    expect(health.failures).toEqual([]);
  });
});
