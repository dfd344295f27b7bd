import { describe, expect, it } from 'vitest';
import { parseHostName } from '../../../core/dial/endpoint.ts';
import type { EndpointLook } from '../../../core/pool/pool-ports.ts';
import { type FakePool, fakePool } from '../../support/fake-pool.ts';

const url = 'https://example.test/';
/** No answer of DNS has it. */
const stranger = '192.0.2.8';
const endpoint = { host: parseHostName('example.test'), ip: stranger, port: 443 };

const never = new AbortController().signal;

function failureOf(asked: Promise<unknown>): Promise<unknown> {
  return asked.then(
    () => 'served',
    (reason: unknown) => reason,
  );
}

function looksOf({ pool }: FakePool): EndpointLook[] {
  const looks: EndpointLook[] = [];
  pool.onLook((look) => looks.push(look));
  return looks;
}

describe('an IP that a caller named and that is none of the host', () => {
  it('serves its request and is forgotten: no check, no successor, no health, no history', async () => {
    const fake = fakePool({ pool: { idleTimeoutMs: 60_000, maxLifetimeMs: 300_000 } });
    const looks = looksOf(fake);
    const lease = await fake.pool.acquireIp(url, stranger);
    lease.release();
    expect(fake.pool.idleFor(1)).toEqual([]);
    await fake.clock.advance(600_000);
    expect([...fake.pool.rows()]).toEqual([]);
    expect(fake.network.dialled.map(({ ip }) => ip)).toEqual([stranger]);
    expect(looks).toEqual([]);
    expect(fake.health.successes).toEqual([]);
    expect(fake.pool.scores().flatMap(({ endpoints }) => endpoints.map(({ ip }) => ip))).not.toContain(stranger);
  });

  it('has no successor while it is in use for longer than a connection lives, nor when the network breaks it', async () => {
    const fake = fakePool({ pool: { maxLifetimeMs: 10_000 } });
    const lease = await fake.pool.acquireIp(url, stranger);
    await fake.clock.advance(30_000);
    expect(fake.network.dialled).toHaveLength(1);
    fake.network.transports[0]?.end('broken');
    lease.release();
    await fake.clock.advance(30_000);
    expect(fake.network.dialled).toHaveLength(1);
  });

  it('is told at once what cannot get better, and nobody dials it again', async () => {
    const fake = fakePool();
    fake.network.dials.set(stranger, 'tls-certificate');
    expect(await failureOf(fake.pool.acquireIp(url, stranger))).toMatchObject({
      errorClass: 'tls-certificate',
      message: `no connection to ${stranger}, which was asked for by name: dial of ${stranger}: tls-certificate`,
    });
    await fake.clock.advance(3_600_000);
    expect(fake.network.dialled).toHaveLength(1);
    expect(fake.health.failures).toEqual([]);
  });

  it('is none of the host’s when somebody asks about it, as long as nothing was tried', async () => {
    const { pool, access } = fakePool();
    access.list('black', stranger);
    await expect(pool.acquireIp(url, stranger)).rejects.toThrow(`${stranger} may not be dialled`);
    expect(pool.explain({ ip: stranger })).toMatchObject({ endpoints: [], verdict: 'refused' });
  });

  it('belongs to the host when a warm-up was told to make it hot', async () => {
    const fake = fakePool();
    const looks = looksOf(fake);
    (await fake.pool.acquireIp(url, stranger)).release();
    await fake.pool.open(endpoint, { timeoutMs: 1_000, priority: 'warm-up', signal: never });
    expect(looks).toMatchObject([{ endpoint: { ip: stranger }, kind: 'dial' }]);
    expect(fake.health.successes).toEqual([stranger]);
    await fake.clock.advance(29_000);
    expect(fake.pool.idleFor(1)).toHaveLength(2);
  });
});

describe('an IP that has left the host', () => {
  it('finishes its requests, and how they end is held against nobody: it is neither ejected nor probed', async () => {
    const fake = fakePool();
    const lease = await fake.pool.acquireTo('example.test', '10.0.0.1');
    const told = fake.health.successes.length;
    fake.directory.change('example.test', ['10.0.0.2']);
    await expect(
      fake.pool.open({ ...endpoint, ip: '10.0.0.1' }, { timeoutMs: 1_000, priority: 'warm-up', signal: never }),
    ).rejects.toMatchObject({ code: 'VANISHED' });
    const [transport] = fake.network.transports;
    if (transport) {
      transport.response = { status: 'reset' };
    }
    await expect(lease.request({ path: '/', method: 'GET' })).rejects.toThrow('ECONNRESET');
    lease.release();
    await fake.clock.advance(60_000);
    expect(fake.health.requests).toEqual([]);
    expect(fake.health.successes).toHaveLength(told);
    expect(fake.network.dialled.filter(({ ip }) => ip === '10.0.0.1')).toHaveLength(1);
  });
});

describe('an IP of the host that a caller named', () => {
  it('answers 503: he hears it at once, with until when it rests; whoever asks meanwhile too, without a dial', async () => {
    const fake = fakePool();
    fake.network.paths.set('10.0.0.1 /', 503);
    fake.network.retryAfterMs = 20_000;
    const first = failureOf(fake.pool.acquireTo('example.test', '10.0.0.1'));
    await fake.clock.advance(0);
    const said = 'no connection to 10.0.0.1, which was asked for by name: / answered 503';
    expect(await first).toMatchObject({
      errorClass: 'busy',
      code: '503',
      message: `${said}; it has asked to be left alone for 20 s more (Retry-After)`,
    });
    await fake.clock.advance(5_000);
    const second = failureOf(fake.pool.acquireTo('example.test', '10.0.0.1'));
    await fake.clock.advance(0);
    expect(await second).toMatchObject({
      errorClass: 'busy',
      code: '503',
      message: `${said}; it has asked to be left alone for 15 s more (Retry-After)`,
      retryAfterMs: 15_000,
    });
    expect(fake.network.dialled).toHaveLength(1);
  });

  it('fails for a while: he hears it after the retries, though other IPs of the host have connections', async () => {
    const fake = fakePool();
    (await fake.pool.acquireTo('example.test', '10.0.0.2')).release();
    fake.network.dials.set('10.0.0.1', 'refused');
    const asked = failureOf(fake.pool.acquireTo('example.test', '10.0.0.1'));
    await fake.clock.advance(3_000);
    expect(await asked).toMatchObject({ errorClass: 'refused' });
  });

  it.each([null, 20_000])(
    'is in use by another: he waits for its release, whatever a dial beside it meets (Retry-After %s ms)',
    async (retryAfterMs) => {
      const fake = fakePool();
      const lease = await fake.pool.acquireTo('example.test', '10.0.0.1');
      fake.network.paths.set('10.0.0.1 /', 503);
      fake.network.retryAfterMs = retryAfterMs;
      const first = fake.pool.acquireTo('example.test', '10.0.0.1');
      await fake.clock.advance(500);
      const second = fake.pool.acquireTo('example.test', '10.0.0.1');
      await fake.clock.advance(3_000);
      lease.release();
      const served = await first;
      expect(served.connectionId).toBe(lease.connectionId);
      served.release();
      expect((await second).connectionId).toBe(lease.connectionId);
    },
  );

  it('rests, and what is left of its connections only drains: he hears it at once', async () => {
    const fake = fakePool();
    await fake.pool.acquireTo('example.test', '10.0.0.1');
    fake.network.paths.set('10.0.0.1 /', 503);
    fake.network.retryAfterMs = 20_000;
    await fake.clock.advance(0);
    fake.access.list('black', '10.0.0.1');
    fake.access.unlist('10.0.0.1');
    expect([...fake.pool.rows()].map(({ state }) => state)).toEqual(['draining']);
    const asked = failureOf(fake.pool.acquireTo('example.test', '10.0.0.1'));
    await fake.clock.advance(0);
    expect(await asked).toMatchObject({ errorClass: 'busy', retryAfterMs: 20_000 });
  });
});
