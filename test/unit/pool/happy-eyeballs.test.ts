import { describe, expect, it } from 'vitest';
import { ClassifiedError } from '../../../core/dial/classified-error.ts';
import { type FakePool, fakePool } from '../../support/fake-pool.ts';
import { settle } from '../../support/manual-clock.ts';

const sixes = ['2001:db8::1', '2001:db8::2'];
const fours = ['10.2.0.1', '10.2.0.2'];

function dualPool(change: Parameters<typeof fakePool>[0] = {}): FakePool {
  const fake = fakePool(change);
  fake.directory.set('dual.test', [...sixes, ...fours]);
  return fake;
}

const families = ({ network }: FakePool) => network.dialled.map(({ ip }) => (ip.includes(':') ? 6 : 4));

describe('the first dial to a host', () => {
  it('goes to IPv6, and IPv6 and IPv4 take turns', async () => {
    const fake = dualPool();
    fake.network.dialMs = 10;
    void Promise.all([1, 2, 3, 4].map(() => fake.pool.acquire('dual.test')));
    await settle();
    expect(families(fake)).toEqual([6, 4, 6, 4]);
    expect([...fake.network.dialsByIp().values()]).toEqual([1, 1, 1, 1]);
  });

  it('is joined every 250 ms by one to another address, while none is ready', async () => {
    const fake = dualPool();
    fake.network.dials.set('*', 'hang');
    void fake.pool.acquire('dual.test').catch(() => undefined);
    const begun: number[] = [];
    for (let quarter = 0; quarter < 6; quarter += 1) {
      await fake.clock.advance(249);
      begun.push(fake.network.dialled.length);
      await fake.clock.advance(1);
    }
    expect(begun).toEqual([1, 2, 3, 4, 4, 4]);
    expect(families(fake)).toEqual([6, 4, 6, 4]);
    expect(fake.network.dialsByIp().size).toBe(4);
  });

  it('serves from the one that is ready first; the other becomes idle when it comes', async () => {
    const fake = dualPool();
    fake.network.dialMs = 400;
    const asking = fake.pool.acquire('dual.test');
    await fake.clock.advance(300);
    expect(families(fake)).toEqual([6, 4]);
    await fake.clock.advance(100);
    expect((await asking).ip).toContain(':');
    await fake.clock.advance(2_000);
    expect(fake.pool.stats()).toMatchObject({ activeConnections: 1, idleConnections: 1, dialingConnections: 0 });
    expect(fake.network.dialled).toHaveLength(2);
  });

  it('that is lost fails by itself, and its address is blamed', async () => {
    const fake = dualPool();
    for (const ip of sixes) {
      fake.network.dials.set(ip, 'hang');
    }
    const asking = fake.pool.acquire('dual.test');
    await fake.clock.advance(250);
    expect((await asking).ip).toMatch(/^10\./);
    await fake.clock.advance(30_000);
    expect(fake.health.failures.map(({ error }) => error.errorClass)).toEqual(['timeout-tls']);
    expect(fake.pool.stats()).toMatchObject({ totalConnections: 1, dialingConnections: 0 });
  });

  it('is joined by none that the limits do not allow', async () => {
    const fake = dualPool({ pool: { maxConnectionsPerHost: 2 } });
    fake.network.dials.set('*', 'hang');
    void fake.pool.acquire('dual.test').catch(() => undefined);
    await fake.clock.advance(2_000);
    expect(fake.network.dialled).toHaveLength(2);
  });

  it('is joined by none when the host has something that serves, or who waited has gone', async () => {
    const fake = dualPool();
    await fake.pool.acquire('dual.test');
    fake.network.dials.set('*', 'hang');
    void fake.pool.acquire('dual.test').catch(() => undefined);
    await fake.clock.advance(1_000);
    expect(fake.network.dialled).toHaveLength(2);

    const other = dualPool();
    other.network.dials.set('*', 'hang');
    const leaving = new AbortController();
    void other.pool.acquire('dual.test', { signal: leaving.signal }).catch(() => undefined);
    await settle();
    leaving.abort();
    await other.clock.advance(1_000);
    expect(other.network.dialled).toHaveLength(1);
  });

  it('to a family that this machine cannot reach costs no time, blames nobody and is not repeated for a minute', async () => {
    const fake = dualPool();
    for (const ip of sixes) {
      fake.network.dials.set(ip, new ClassifiedError('local', 'ENETUNREACH', 'network is unreachable'));
    }
    expect((await fake.pool.acquire('dual.test')).ip).toMatch(/^10\./);
    expect(fake.clock.monotonicMs()).toBe(0);
    await Promise.all([1, 2, 3].map(() => fake.pool.acquire('dual.test')));
    expect(families(fake)).toEqual([6, 4, 4, 4, 4]);
    expect(fake.health.failures).toEqual([]);
    fake.network.dials.clear();
    await fake.clock.advance(61_000);
    await fake.pool.acquire('dual.test');
    expect(families(fake).at(-1)).toBe(6);
  });

  it('that no family can reach is not tried again at once for ever', async () => {
    const fake = dualPool();
    fake.network.dials.set('*', new ClassifiedError('local', 'ENETUNREACH', 'network is unreachable'));
    const asking = fake.pool.acquire('dual.test').catch((error: unknown) => error);
    await fake.clock.advance(5_000);
    expect(await asking).toMatchObject({ errorClass: 'local' });
    expect(fake.network.dialled.length).toBeLessThanOrEqual(5);
  });

  it('leaves no timer behind', async () => {
    const fake = dualPool();
    fake.network.dials.set('*', 'hang');
    void fake.pool.acquire('dual.test').catch(() => undefined);
    await fake.clock.advance(300);
    await fake.pool.close();
    await settle();
    expect(fake.clock.timers).toBe(0);
  });
});
