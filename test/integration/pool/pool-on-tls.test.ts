/** The pool on real TLS sockets, in both protocols: what a user of it sees. */
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { UrlRejectedError } from '../../../core/pool/pool-errors.ts';
import { realPool } from '../../support/real-pool.ts';
import { startTlsOrigin } from '../../support/tls-origin.ts';

const bigBody = 'x'.repeat(1024 * 1024);

describe.each(['h2', 'http/1.1'] as const)('the pool on %s', (protocol) => {
  const protocols = [protocol];

  it('serves many requests on one handshake', async () => {
    await using origin = await startTlsOrigin({ protocols });
    await using real = realPool(origin);
    for (let round = 0; round < 5; round += 1) {
      using lease = await real.pool.acquire(real.host);
      expect(lease.protocol).toBe(protocol);
      const { statusCode, body } = await lease.request({ path: '/', method: 'GET' });
      expect([statusCode, await body.text()]).toEqual([200, 'good']);
    }
    expect(origin.accepted).toBe(1);
    expect(real.pool.stats().sinceStart).toMatchObject({ totalRequests: 5, successfulRequests: 5, connReuseRate: 0.8 });
  });

  it('serves fetch, with a body both ways', async () => {
    await using origin = await startTlsOrigin({ protocols });
    origin.answer = (request) => ({ status: 200, body: `${request.method} ${request.url}` });
    await using real = realPool(origin);
    await using lease = await real.pool.acquireUrl(`https://${real.host}/upload`);
    const response = await lease.fetch('/upload?x=1', { method: 'POST', body: 'payload' });
    expect(await response.text()).toBe('POST /upload?x=1');
  });

  it('never shows the next user what the last one left unread', async () => {
    await using origin = await startTlsOrigin({ protocols });
    origin.answer = (request) => ({ status: 200, body: request.url === '/big' ? bigBody : `this is ${request.url}` });
    await using real = realPool(origin, { pool: { maxConnectionsPerHost: 1 } });
    for (let round = 0; round < 3; round += 1) {
      const careless = await real.pool.acquire(real.host);
      const { body } = await careless.request({ path: '/big', method: 'GET' });
      body.on('error', () => undefined);
      careless.release();
      using lease = await real.pool.acquire(real.host);
      const next = await lease.request({ path: '/small', method: 'GET' });
      expect(await next.body.text()).toBe('this is /small');
    }
    if (protocol === 'h2') {
      expect(origin.accepted).toBe(1);
    }
  });

  it('keeps the connection when little was left unread', async () => {
    await using origin = await startTlsOrigin({ protocols });
    origin.answer = { status: 200, body: 'x'.repeat(60_000) };
    await using real = realPool(origin, { pool: { maxConnectionsPerHost: 1 } });
    for (let round = 0; round < 3; round += 1) {
      await using lease = await real.pool.acquire(real.host);
      await lease.request({ path: '/', method: 'GET' });
    }
    expect(origin.accepted).toBe(1);
  });

  it('tells the reader of an abandoned body that its lease has ended', async () => {
    await using origin = await startTlsOrigin({ protocols });
    origin.answer = { status: 200, body: bigBody };
    await using real = realPool(origin);
    const lease = await real.pool.acquire(real.host);
    const { body } = await lease.request({ path: '/', method: 'GET' });
    const reading = body.text().catch((error: unknown) => error);
    lease.release();
    expect(await reading).toMatchObject({ name: 'LeaseEndedError' });
  });

  it('validates the path on the socket that it hands out', async () => {
    await using origin = await startTlsOrigin({ protocols });
    origin.answer = (request) => ({ status: request.url === '/gone' ? 404 : 200 });
    await using real = realPool(origin);
    await expect(real.pool.acquireUrl(`https://${real.host}/gone`)).rejects.toBeInstanceOf(UrlRejectedError);
    using lease = await real.pool.acquireUrl(`https://${real.host}/here`);
    expect(lease.connectionId).toBe(1);
    expect(origin.accepted).toBe(1);
  });

  it('re-dials at once what was reset, and serves on', async () => {
    await using origin = await startTlsOrigin({ protocols });
    await using real = realPool(origin);
    (await real.pool.acquire(real.host)).release();
    // Let the frames that follow a first answer pass: a reset that meets them looks like an ordinary end.
    await delay(50);
    origin.resetAll();
    await origin.until(() => origin.accepted === 2);
    using lease = await real.pool.acquire(real.host);
    const { statusCode, body } = await lease.request({ path: '/', method: 'GET' });
    await body.dump();
    expect(statusCode).toBe(200);
  });

  it('says in its own words that it has closed the connection of a lease, under a request and before one', async () => {
    await using origin = await startTlsOrigin({ protocols });
    await using real = realPool(origin, { pool: { drainTimeoutMs: 50 } });
    const lease = await real.pool.acquire(real.host);
    origin.holding = true;
    const before = origin.requests;
    const asking = lease.request({ path: '/', method: 'GET' }).catch((error: unknown) => error);
    await origin.until(() => origin.requests > before);
    real.pool.closeConnection(lease.connectionId, 'operator');
    const closed = {
      name: 'ConnectionClosedError',
      errorClass: 'aborted',
      connectionId: lease.connectionId,
      reason: 'operator',
      message: `connection ${lease.connectionId} to ${lease.host} (${lease.ip}) was closed: an operator has closed it. Release this lease, and acquire another to ask again`,
    };
    expect(await asking).toMatchObject(closed);
    await expect(lease.request({ path: '/', method: 'GET' })).rejects.toMatchObject(closed);
    await expect(lease.fetch('/')).rejects.toMatchObject({ cause: closed });
    origin.letGo();
    lease.release();
  });

  it('fails the request of a lease whose connection dies, and outlives it', async () => {
    await using origin = await startTlsOrigin({ protocols });
    await using real = realPool(origin);
    const lease = await real.pool.acquire(real.host);
    origin.holding = true;
    const before = origin.requests;
    const asking = lease.request({ path: '/', method: 'GET' }).catch((error: unknown) => error);
    await origin.until(() => origin.requests > before);
    origin.resetAll();
    expect(await asking).toBeInstanceOf(Error);
    origin.letGo();
    lease.release();
    using next = await real.pool.acquire(real.host);
    expect(next.connectionId).not.toBe(lease.connectionId);
    expect(real.pool.stats().sinceStart.failedRequests).toBe(1);
  });

  it('keeps a connection hot by checks, on the socket itself', async () => {
    await using origin = await startTlsOrigin({ protocols });
    await using real = realPool(origin);
    (await real.pool.acquire(real.host)).release();
    for (let check = 1; check <= 3; check += 1) {
      expect((await real.pool.check(1))?.verdict).toBe('good');
    }
    origin.answer = { status: 403 };
    for (let check = 1; check <= 3; check += 1) {
      await real.pool.check(1);
    }
    expect(real.pool.row(1)).toBeUndefined();
    expect(real.health.failures.map(({ error }) => error.errorClass)).toEqual(['blocked']);
  });

  it('closes everything', async () => {
    await using origin = await startTlsOrigin({ protocols });
    const real = realPool(origin);
    const leases = await Promise.all([1, 2, 3].map(() => real.pool.acquire(real.host)));
    for (const lease of leases) {
      lease.release();
    }
    await real.pool.close();
    await origin.until(() => origin.open === 0);
  });
});

it('HTTP/2: as many leases as the settings let, on one connection, at once', async () => {
  await using origin = await startTlsOrigin({ protocols: ['h2'] });
  await using real = realPool(origin, { pool: { maxStreamsPerConnection: 10, maxConnectionsPerHost: 1 } });
  const leases = await Promise.all(Array.from({ length: 10 }, () => real.pool.acquire(real.host)));
  const answers = await Promise.all(leases.map((lease) => lease.request({ path: '/', method: 'GET' })));
  expect(await Promise.all(answers.map(({ body }) => body.text()))).toEqual(Array(10).fill('good'));
  for (const lease of leases) {
    lease.release();
  }
  expect(origin.accepted).toBe(1);
});

it('HTTP/2: GOAWAY lets the lease finish and is followed by another connection', async () => {
  await using origin = await startTlsOrigin({ protocols: ['h2'] });
  await using real = realPool(origin);
  const lease = await real.pool.acquire(real.host);
  origin.holding = true;
  const before = origin.requests;
  const asking = lease.request({ path: '/', method: 'GET' });
  await origin.until(() => origin.requests > before);
  origin.goaway();
  while (real.pool.stats().drainingConnections === 0) {
    await delay(1);
  }
  origin.letGo();
  expect(await (await asking).body.text()).toBe('good');
  lease.release();
  using next = await real.pool.acquire(real.host);
  expect(next.connectionId).not.toBe(lease.connectionId);
});

it('HTTP/1.1: a Keep-Alive limit that the server tells is kept away from', async () => {
  await using origin = await startTlsOrigin({ protocols: ['http/1.1'] });
  origin.answer = { status: 200, headers: { 'Keep-Alive': 'timeout=2' } };
  await using real = realPool(origin);
  const reasons: string[] = [];
  real.pool.observe({ changed: () => undefined, closed: (_id, reason) => reasons.push(reason) });
  (await real.pool.acquire(real.host)).release();
  while (reasons.length === 0) {
    await delay(20);
  }
  expect(reasons).toEqual(['server-idle-limit']);
});

it('TLS: an origin that takes none of what is modern is reached by another profile, and remembered with it', async () => {
  await using origin = await startTlsOrigin({
    tls: { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES128-SHA256:ECDHE-RSA-AES128-SHA256' },
  });
  await using real = realPool(origin);
  using lease = await real.pool.acquire(real.host);
  expect(real.pool.row(lease.connectionId)?.profile).toBe('runtime-default');
  expect(real.health.failures).toEqual([]);
  const handshakes = origin.accepted;
  using other = await real.pool.acquire(real.host);
  expect(other.connectionId).not.toBe(lease.connectionId);
  expect(origin.accepted).toBe(handshakes + 1);
});

it('HTTP/2: an answer that comes together with the end of its server is read whole', async () => {
  await using origin = await startTlsOrigin({ protocols: ['h2'] });
  await using real = realPool(origin);
  origin.answer = { status: 200, body: 'x'.repeat(20_000) };
  for (let round = 0; round < 5; round += 1) {
    const lease = await real.pool.acquire(real.host);
    const before = origin.requests;
    origin.holding = true;
    const asking = lease.request({ path: '/', method: 'GET' });
    await origin.until(() => origin.requests > before);
    // Nothing passes until the server has answered and gone: then all of it comes at once.
    origin.freeze();
    origin.letGo();
    // A busy machine takes its time to write what the server has answered; ended before that it would be no answer.
    await delay(200);
    origin.endAll();
    await delay(20);
    origin.thaw();
    expect(await (await asking).body.text()).toHaveLength(20_000);
    lease.release();
    await origin.until(() => origin.open === 0);
  }
  expect(real.pool.stats().sinceStart).toMatchObject({ successfulRequests: 5, failedRequests: 0 });
});

it('HTTP/2: a server that goes without an answer fails the request soon, and nothing else', async () => {
  await using origin = await startTlsOrigin({ protocols: ['h2'] });
  await using real = realPool(origin, { pool: { maxStreamsPerConnection: 3 } });
  const leases = await Promise.all([1, 2, 3].map(() => real.pool.acquire(real.host)));
  const before = origin.requests;
  origin.holding = true;
  const asked = leases.map((lease) => lease.request({ path: '/', method: 'GET' }).catch((error: unknown) => error));
  await origin.until(() => origin.requests >= before + 3);
  const startedMs = performance.now();
  origin.endAll();
  for (const outcome of await Promise.all(asked)) {
    expect(outcome).toBeInstanceOf(Error);
  }
  // Not only when its own time is up.
  expect(performance.now() - startedMs).toBeLessThan(5_000);
  origin.letGo();
  for (const lease of leases) {
    lease.release();
  }
  using next = await real.pool.acquire(real.host);
  const { body } = await next.request({ path: '/', method: 'GET' });
  expect(await body.text()).toBe('good');
});
