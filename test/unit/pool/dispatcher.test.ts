/** Requests through the pool that go wrong: which are sent again, where, when, and which are not. */
import { describe, expect, it } from 'vitest';
import type { FakeTransport } from '../../support/fake-network.ts';
import { fakePool } from '../../support/fake-pool.ts';
import { settle } from '../../support/manual-clock.ts';

const origin = 'https://example.test';

/** Every transport answers with `response` until it is told otherwise. */
function answering(response: FakeTransport['response'], maxRetries = 3) {
  const fake = fakePool({ pool: { maxRetries } });
  const dial = fake.network.dial.bind(fake.network);
  const sent: { ip: string; atMs: number }[] = [];
  const state = { response };
  fake.network.dial = async (request) => {
    const transport = (await dial(request)) as FakeTransport;
    const dispatch = transport.dispatch.bind(transport);
    transport.dispatch = (options, handler) => {
      sent.push({ ip: transport.endpoint.ip, atMs: fake.clock.monotonicMs() });
      transport.response = state.response;
      return dispatch(options, handler);
    };
    return transport;
  };
  return { ...fake, sent, state };
}

describe('a request through the pool', () => {
  it('is sent again on another IP each time, after 1 and 2 s, when its method is idempotent', async () => {
    const { pool, clock, sent } = answering({ status: 'reset' });
    const failed = expect(pool.request({ origin, path: '/', method: 'GET' })).rejects.toThrow('ECONNRESET');
    await clock.advance(10_000);
    await failed;
    expect(sent.map(({ atMs }) => atMs)).toEqual([0, 1_000, 3_000]);
    expect(new Set(sent.map(({ ip }) => ip)).size).toBe(3);
  });

  it('succeeds when another IP answers', async () => {
    const { pool, clock, state, sent } = answering({ status: 'reset' });
    const answer = pool.request({ origin, path: '/', method: 'GET' });
    await clock.advance(500);
    state.response = { status: 200 };
    await clock.advance(500);
    expect((await answer).statusCode).toBe(200);
    expect(sent).toHaveLength(2);
  });

  it.each(['POST', 'PATCH'])('is never sent again when it is a %s that may have been read', async (method) => {
    const { pool, clock, sent } = answering({ status: 'reset' });
    const failed = expect(pool.request({ origin, path: '/', method, body: 'once' })).rejects.toThrow('ECONNRESET');
    await clock.advance(10_000);
    await failed;
    expect(sent).toHaveLength(1);
  });

  it.each([0, 1])('is sent once with max_retries %i', async (maxRetries) => {
    const { pool, clock, sent } = answering({ status: 'reset' }, maxRetries);
    const failed = expect(pool.request({ origin, path: '/', method: 'GET' })).rejects.toThrow('ECONNRESET');
    await clock.advance(10_000);
    await failed;
    expect(sent).toHaveLength(1);
  });

  it('is not sent again once its answer has begun, whatever the status', async () => {
    const { pool, sent } = answering({ status: 503 });
    expect((await pool.request({ origin, path: '/', method: 'GET' })).statusCode).toBe(503);
    expect(sent).toHaveLength(1);
  });

  it('stops between two attempts when the caller leaves', async () => {
    const { pool, clock, sent } = answering({ status: 'reset' });
    const leaving = new AbortController();
    const left = expect(pool.request({ origin, path: '/', method: 'GET', signal: leaving.signal })).rejects.toThrow(
      'gone',
    );
    await clock.advance(500);
    leaving.abort(new Error('gone'));
    await left;
    await clock.advance(10_000);
    expect(sent).toHaveLength(1);
  });

  it('rejects at once when the caller leaves while the pool dials, and the dial is given up', async () => {
    const { pool, clock, network } = fakePool();
    network.dials.set('*', 'hang');
    const leaving = new AbortController();
    const left = expect(pool.request({ origin, path: '/', method: 'GET', signal: leaving.signal })).rejects.toThrow(
      'gone',
    );
    await settle();
    leaving.abort(new Error('gone'));
    await left;
    expect(clock.monotonicMs()).toBe(0);
    expect(pool.stats().waiting).toBe(0);
  });

  it('takes no more than its share of retries when everything fails', async () => {
    const { pool, clock, sent } = answering({ status: 'reset' });
    const requests = 200;
    const all = Promise.allSettled(
      Array.from({ length: requests }, () => pool.request({ origin, path: '/', method: 'GET' })),
    );
    await clock.advance(60_000);
    await all;
    // A fifth of what was asked, or three a second over ten seconds, whichever is more.
    expect(sent.length - requests).toBeLessThanOrEqual(40);
    expect(sent.length).toBeGreaterThan(requests);
  });

  it('answers false while others wait for a connection, and says when none does any more', async () => {
    const { pool } = fakePool({ pool: { maxConnections: 1, maxConnectionsPerHost: 1 } });
    const drained = new Promise<string>((resolve) => pool.once('drain', (url: URL) => resolve(url.origin)));
    const ended: number[] = [];
    const send = (index: number): boolean =>
      pool.dispatch(
        { origin, path: '/', method: 'GET' },
        { onRequestStart: () => undefined, onResponseEnd: () => ended.push(index) },
      );
    expect([send(1), send(2), send(3)]).toEqual([true, false, false]);
    expect(await drained).toBe(origin);
    await settle();
    expect(ended).toEqual([1, 2, 3]);
  });
});
