/** The pool against nginx: a server that nobody wrote to please it. Skipped, and counted so, where nginx is missing. */
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { CloseReason } from '../../../core/contract/vocabulary.ts';
import type { HotConnPool } from '../../../core/pool/hot-conn-pool.ts';
import type { Lease } from '../../../core/pool/lease.ts';
import { UrlRejectedError } from '../../../core/pool/pool-errors.ts';
import { nginxVersion, startNginx } from '../../support/nginx.ts';
import { realPool } from '../../support/real-pool.ts';

const title = nginxVersion ? `nginx ${nginxVersion}` : 'nginx (skipped: not installed; the Debian package is "nginx")';

/** The server's own count of the connection and of the request on it. */
async function countsOf(lease: Lease): Promise<[connection: number, request: number]> {
  const { statusCode, body } = await lease.request({ path: '/', method: 'GET' });
  expect(statusCode).toBe(200);
  const [connection = 0, request = 0] = (await body.text()).split(' ').map(Number);
  return [connection, request];
}

function reasonsOf(pool: HotConnPool): CloseReason[] {
  const reasons: CloseReason[] = [];
  pool.observe({ changed: () => undefined, closed: (_id, reason) => reasons.push(reason) });
  return reasons;
}

async function until(condition: () => boolean, whatMs = 10_000): Promise<void> {
  for (const untilMs = Date.now() + whatMs; !condition(); await delay(10)) {
    if (Date.now() > untilMs) {
      throw new Error(`not within ${whatMs} ms`);
    }
  }
}

describe.skipIf(!nginxVersion).each(['h2', 'http/1.1'] as const)(`${title}, %s`, { concurrent: true }, (protocol) => {
  it('sees one connection that serves request after request', async () => {
    await using nginx = await startNginx({ protocol });
    await using real = realPool(nginx);
    const seen: [number, number][] = [];
    for (let round = 0; round < 4; round += 1) {
      using lease = await real.pool.acquire(real.host);
      expect(lease.protocol).toBe(protocol);
      seen.push(await countsOf(lease));
    }
    expect(new Set(seen.map(([connection]) => connection)).size).toBe(1);
    // The first was the validation.
    expect(seen.map(([, request]) => request)).toEqual([2, 3, 4, 5]);
    expect(await nginx.accepted()).toBe(1);
  });

  it('never shows the next user what the last one left unread', async () => {
    await using nginx = await startNginx({ protocol });
    await using real = realPool(nginx, { pool: { maxConnectionsPerHost: 1 } });
    for (let round = 0; round < 3; round += 1) {
      const careless = await real.pool.acquire(real.host);
      const { body } = await careless.request({ path: '/big', method: 'GET' });
      body.on('error', () => undefined);
      careless.release();
      using lease = await real.pool.acquire(real.host);
      expect((await countsOf(lease))[0]).toBeGreaterThan(0);
    }
  });

  it('loses no lease at its keepalive_requests', async () => {
    await using nginx = await startNginx({ protocol, server: 'keepalive_requests 5;' });
    await using real = realPool(nginx, { pool: { maxConnectionsPerHost: 4 } });
    const reasons = reasonsOf(real.pool);
    for (let wave = 0; wave < 10; wave += 1) {
      const answers = Array.from({ length: 6 }, async () => {
        await using lease = await real.pool.acquire(real.host);
        return await countsOf(lease);
      });
      for (const [, request] of await Promise.all(answers)) {
        expect(request).toBeLessThanOrEqual(5);
      }
    }
    expect(await nginx.accepted()).toBeGreaterThan(10);
    expect(real.pool.stats().sinceStart).toMatchObject({ successfulRequests: 60, failedRequests: 0 });
    expect(new Set(reasons)).toEqual(new Set([protocol === 'h2' ? 'goaway' : 'peer-closed']));
    expect(real.health.failures).toEqual([]);
  });

  it('loses no request of the dispatcher at its keepalive_requests, POST included', async () => {
    await using nginx = await startNginx({ protocol, server: 'keepalive_requests 7;' });
    await using real = realPool(nginx, { pool: { maxStreamsPerConnection: 3, maxConnectionsPerHost: 4 } });
    for (let wave = 0; wave < 8; wave += 1) {
      const answers = Array.from({ length: 12 }, async (_, index) => {
        const method = index % 2 === 0 ? 'POST' : 'GET';
        const body = method === 'POST' ? 'payload' : null;
        const answer = await real.pool.request({ origin: `https://${real.host}`, path: '/', method, body });
        await answer.body.dump();
        return answer.statusCode;
      });
      expect(await Promise.all(answers)).toEqual(Array(12).fill(200));
    }
    expect(await nginx.accepted()).toBeGreaterThan(10);
  });

  it('is left before its keepalive_timeout, once that was seen twice', async () => {
    await using nginx = await startNginx({ protocol, server: 'keepalive_timeout 2300ms;' });
    await using real = realPool(nginx);
    const reasons = reasonsOf(real.pool);
    // On a busy machine the server may once more be quicker than a pool that knows it.
    while (!reasons.includes('server-idle-limit') && reasons.length < 6) {
      const closes = reasons.length;
      (await real.pool.acquire(real.host)).release();
      await until(() => reasons.length > closes);
    }
    expect(reasons.slice(0, 2)).toEqual(Array(2).fill(protocol === 'h2' ? 'goaway' : 'peer-closed'));
    expect(reasons.at(-1)).toBe('server-idle-limit');
    const explanation = real.pool.explain(real.host);
    expect(explanation).toMatchObject({ serverIdleLimit: { source: 'observed' } });
  });

  it('does not meet a connection that never asks: client_header_timeout', async () => {
    await using nginx = await startNginx({ protocol, server: 'client_header_timeout 500ms;' });
    await using real = realPool(nginx, { pool: { minIdlePerHost: 3 } });
    await until(() => real.pool.stats().idleConnections === 3);
    await delay(1_500);
    expect(await nginx.accepted()).toBe(3);
    using lease = await real.pool.acquire(real.host);
    expect((await countsOf(lease))[1]).toBe(2);
  });

  it('stops gracefully: what is under way is finished, nothing is sent after it', async () => {
    await using nginx = await startNginx({ protocol });
    await using real = realPool(nginx, { pool: { connTimeoutMs: 1_000 } });
    const lease = await real.pool.acquire(real.host);
    (await real.pool.acquire(real.host)).release();
    const { body } = await lease.request({ path: '/slow', method: 'GET' });
    const reading = body.text();
    const quitting = nginx.quit();
    expect(await reading).toHaveLength(64 * 1024);
    lease.release();
    await quitting;
    await until(() => real.pool.stats().totalConnections === 0);
    const asked = await real.pool.acquire(real.host, { timeoutMs: 500 }).catch((error: unknown) => error);
    expect(asked).toMatchObject({ name: 'AcquireTimeoutError' });
    expect(real.pool.explain(real.host)).toMatchObject({ verdict: 'cold', lastError: { class: 'refused' } });
  });

  it('tells by its status which path is good', async () => {
    await using nginx = await startNginx({ protocol });
    await using real = realPool(nginx);
    const url = `https://${real.host}`;
    (await real.pool.acquireUrl(`${url}/big`)).release();
    await expect(real.pool.acquireUrl(`${url}/status/404`)).rejects.toBeInstanceOf(UrlRejectedError);
    (await real.pool.acquireUrl(`${url}/`)).release();
    expect(await nginx.accepted()).toBe(1);
    await expect(real.pool.acquireUrl(`${url}/status/403`, { timeoutMs: 5_000 })).rejects.toThrow();
    expect(real.health.failures.map(({ error }) => error.errorClass)).toContain('blocked');
  });

  it('keeps a connection for as long as it is checked, once its limit is known', async () => {
    await using nginx = await startNginx({ protocol, server: 'keepalive_timeout 2300ms;' });
    await using real = realPool(nginx, { pool: { healthCheckIntervalMs: 800 } });
    let closed = 0;
    real.pool.observe({ changed: () => undefined, closed: () => (closed += 1) });
    // To HTTP/2 a check is a PING at first, which nginx takes for no use of the connection.
    for (let seen = 1; protocol === 'h2' && seen <= 2; seen += 1) {
      (await real.pool.acquire(real.host)).release();
      await until(() => closed === seen);
    }
    const before = closed;
    (await real.pool.acquire(real.host)).release();
    for (let check = 0; check < 4; check += 1) {
      await delay(800);
      const [id = 0] = real.pool.idleFor(0);
      expect((await real.pool.check(id))?.probe).toBe('HEAD');
    }
    expect(closed).toBe(before);
  });
});

describe.skipIf(!nginxVersion)(title, { concurrent: true }, () => {
  it('HTTP/1.1: says how long it keeps a connection, and is left before', async () => {
    await using nginx = await startNginx({ protocol: 'http/1.1', server: 'keepalive_timeout 3s 3s;' });
    await using real = realPool(nginx);
    const reasons = reasonsOf(real.pool);
    (await real.pool.acquire(real.host)).release();
    expect(real.pool.explain(real.host)).toMatchObject({ serverIdleLimit: { ms: 3_000, source: 'told' } });
    await until(() => reasons.length > 0);
    expect(reasons).toEqual(['server-idle-limit']);
  });

  it('HTTP/2: is never asked for more streams than it allows', async () => {
    await using nginx = await startNginx({ protocol: 'h2', server: 'http2_max_concurrent_streams 4;' });
    await using real = realPool(nginx, { pool: { maxStreamsPerConnection: 100, maxConnectionsPerHost: 2 } });
    // The first is alone until its server has said what it allows.
    (await real.pool.acquire(real.host)).release();
    const leases = await Promise.all(Array.from({ length: 8 }, () => real.pool.acquire(real.host)));
    const perConnection = new Map<number, number>();
    for (const { connectionId } of leases) {
      perConnection.set(connectionId, (perConnection.get(connectionId) ?? 0) + 1);
    }
    expect([...perConnection.values()]).toEqual([4, 4]);
    await Promise.all(leases.map(countsOf));
    expect(real.pool.stats().sinceStart).toMatchObject({ successfulRequests: 8, failedRequests: 0 });
    for (const lease of leases) {
      lease.release();
    }
  });
});
