/** Requests of the operator's own on real TLS sockets, in both protocols. */
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../core/base/clock.ts';
import { defaultSettings } from '../../../core/config/engine-settings.ts';
import { type RequestWishInput, requestWishSchema, type SentRequest } from '../../../core/contract/requests.ts';
import { RequestSender } from '../../../core/requests/request-sender.ts';
import { type RealPool, realPool } from '../../support/real-pool.ts';
import { startTlsOrigin } from '../../support/tls-origin.ts';

function senderOf({ pool, events }: RealPool): RequestSender {
  return new RequestSender({
    pool: {
      acquire: (host, options) => pool.acquire(host, options),
      acquireTo: (host, ip, options) => pool.acquireTo(host, ip, options),
      connection: (connectionId) => {
        const explanation = pool.explain({ connectionId });
        return explanation?.subject === 'connection' ? explanation : null;
      },
    },
    clock: systemClock,
    events,
    statuses: () => defaultSettings().health,
  });
}

function wish(path: string, change: Partial<RequestWishInput> = {}): ReturnType<typeof requestWishSchema.parse> {
  return requestWishSchema.parse({ ticket: 't', url: `https://origin.test${path}`, ...change });
}

function textOf(sent: SentRequest): string {
  return Buffer.from(sent.answer?.body.base64 ?? '', 'base64').toString();
}

describe.each(['h2', 'http/1.1'] as const)('a request on %s', (protocol) => {
  const protocols = [protocol];

  it('pays for the connection at first and rides it afterwards', async () => {
    await using origin = await startTlsOrigin({ protocols });
    await using real = realPool(origin);
    const sender = senderOf(real);
    const first = await sender.send(wish('/'));
    expect(first).toMatchObject({ supply: 'cold', connection: { protocol, servedBefore: 0, ip: '127.0.0.1' } });
    for (const part of ['tcpMs', 'tlsMs', 'validationMs', 'firstByteMs', 'bodyMs'] as const) {
      expect(first.times[part], part).toEqual(expect.any(Number));
    }
    const second = await sender.send(wish('/'));
    expect(second.connection).toMatchObject({ id: first.connection?.id, servedBefore: 1 });
    expect(second.times).toMatchObject({ tcpMs: null, tlsMs: null, validationMs: null });
    expect(second.connection?.making).toEqual(first.connection?.making);
    expect(origin.accepted).toBe(1);
  });

  it('sends method, headers and body as they are, to the IP that was chosen', async () => {
    await using origin = await startTlsOrigin({ protocols });
    const seen: unknown[] = [];
    origin.answer = ({ method, url, headers }) => {
      if (method !== 'HEAD') {
        seen.push([method, url, headers['x-one'], headers['content-length'], headers.host ?? headers[':authority']]);
      }
      return { status: 201, headers: { 'set-cookie': ['a=1', 'b=2'] }, body: 'made' };
    };
    await using real = realPool(origin);
    const headers = [
      { name: 'X-One', value: '1' },
      { name: 'X-One', value: '2' },
    ];
    const sent = await senderOf(real).send(wish('/a?b=c', { method: 'POST', body: 'grüß', headers, ip: '127.0.0.1' }));
    expect(seen).toEqual([['POST', '/a?b=c', '1, 2', '6', 'origin.test']]);
    expect([sent.answer?.status, textOf(sent), sent.failure]).toEqual([201, 'made', null]);
    expect(sent.answer?.headers.filter(({ name }) => name === 'set-cookie')).toHaveLength(2);
  });

  it('shows any status, and does not ask the path before it sends', async () => {
    await using origin = await startTlsOrigin({ protocols });
    const paths: (string | undefined)[] = [];
    origin.answer = ({ url }) => {
      paths.push(url);
      return { status: url === '/' ? 200 : 404, body: 'nothing here' };
    };
    await using real = realPool(origin);
    const sent = await senderOf(real).send(wish('/gone', { ip: '127.0.0.1' }));
    expect(sent).toMatchObject({ answer: { status: 404, verdict: 'bad-status' }, failure: null });
    expect(textOf(sent)).toBe('nothing here');
    expect(paths).toEqual(['/', '/gone']);
  });

  it('a body beyond the bound is given up, and the pool goes on', async () => {
    await using origin = await startTlsOrigin({ protocols });
    origin.answer = ({ url }) => ({ status: 200, body: url === '/' ? 'good' : 'x'.repeat(20 * 1024 * 1024) });
    await using real = realPool(origin);
    const sender = senderOf(real);
    const big = await sender.send(wish('/big'));
    expect(big.answer?.body).toMatchObject({ complete: false, keptBytes: 262_144 });
    expect(big.answer?.body.bytes).toBeLessThan(17 * 1024 * 1024);
    expect(textOf(await sender.send(wish('/')))).toBe('good');
    expect(real.pool.stats().activeConnections).toBe(0);
  });

  it('a body that breaks is shown as far as it came', async () => {
    await using origin = await startTlsOrigin({ protocols });
    origin.answer = ({ url }) =>
      url === '/' ? { status: 200 } : { status: 200, body: 'x'.repeat(5_000), cut: { afterBytes: 1_000, by: 'reset' } };
    await using real = realPool(origin);
    const { answer, failure } = await senderOf(real).send(wish('/cut'));
    expect(answer?.body.complete).toBe(false);
    expect(failure?.kind).toMatch(/^(reset|closed-by-peer|http-protocol)$/);
  });

  it('a blocked IP is refused by its rule, and is not dialled', async () => {
    await using origin = await startTlsOrigin({ protocols });
    await using real = realPool(origin);
    real.access.list('black', '127.0.0.1');
    const sent = await senderOf(real).send(wish('/', { ip: '127.0.0.1' }));
    expect(sent).toMatchObject({ connection: null, answer: null, failure: { kind: 'not-allowed' } });
    expect(origin.accepted).toBe(0);
  });
});
