/** A connection that is wanted at once to an ejected endpoint. */
import { describe, expect, it } from 'vitest';
import { type Endpoint, parseHostName } from '../../../core/dial/endpoint.ts';
import { fakePool } from '../../support/fake-pool.ts';
import { settle } from '../../support/manual-clock.ts';

const one: Endpoint = { host: parseHostName('example.test'), ip: '10.0.0.1', port: 443 };
const two: Endpoint = { ...one, ip: '10.0.0.2' };

function opening(change = {}) {
  const signal = new AbortController().signal;
  return { timeoutMs: 5_000, priority: 'warm-up', signal, probesEjected: true, ...change } as const;
}

describe('an ejected endpoint that is asked for by hand', () => {
  it('is probed at once, and dialled only when that has brought it back', async () => {
    const { pool, health, network } = fakePool();
    health.set('barred', one);
    const opened = pool.open(one, opening());
    await settle();
    expect(health.hurried).toEqual([one.ip]);
    health.set('trial', one);
    health.set('open', two);
    await settle();
    expect(network.dialled).toEqual([]);
    health.set('open', one);
    await expect(opened).resolves.toMatchObject({ id: expect.any(Number) });
    expect(network.dialled.map(({ ip }) => ip)).toEqual([one.ip]);
  });

  it('fails with what its probe has met, and is not dialled again', async () => {
    const { pool, health, network, clock } = fakePool();
    network.dials.set(one.ip, 'refused');
    health.set('barred', one);
    const opened = pool.open(one, opening());
    const failed = expect(opened).rejects.toMatchObject({ errorClass: 'refused' });
    health.set('trial', one);
    await pool.probe(one, new AbortController().signal).catch(() => undefined);
    await clock.advance(10);
    health.set('barred', one);
    await failed;
    expect(network.dialled).toHaveLength(1);
  });

  it('is waited for as long as its looks lie apart, however short the timeout is', async () => {
    const { pool, health, clock } = fakePool();
    health.set('barred', one);
    const opened = pool.open(one, opening({ timeoutMs: 200 }));
    await settle();
    health.set('trial', one);
    await clock.advance(1_100);
    health.set('open', one);
    await expect(opened).resolves.toMatchObject({ id: expect.any(Number) });
  });

  it('is not waited for much beyond the timeout, nor when nobody wants it any more', async () => {
    const { pool, health, clock } = fakePool();
    health.set('barred', one);
    const abort = new AbortController();
    const late = expect(pool.open(one, opening())).rejects.toMatchObject({
      errorClass: 'not-allowed',
      message: 'its probe has not come to an end within 6.1 s',
    });
    const unwanted = expect(pool.open(one, opening({ signal: abort.signal }))).rejects.toMatchObject({
      errorClass: 'aborted',
    });
    abort.abort();
    await unwanted;
    await clock.advance(6_100);
    await late;
  });

  it('is left alone where nobody asks for a probe, and where a person forbids it', async () => {
    const { pool, health, access, network } = fakePool();
    health.set('barred', one);
    access.list('black', two.ip);
    health.set('barred', two);
    await expect(pool.open(one, opening({ probesEjected: false }))).rejects.toMatchObject({
      errorClass: 'not-allowed',
    });
    await expect(pool.open(two, opening())).rejects.toMatchObject({ errorClass: 'not-allowed' });
    expect(health.hurried).toEqual([]);
    expect(network.dialled).toEqual([]);
  });
});
