import { describe, expect, it } from 'vitest';
import { AcquireTimeoutError, NoAllowedEndpointError } from '../../../core/pool/pool-errors.ts';
import { fakePool } from '../../support/fake-pool.ts';
import { settle } from '../../support/manual-clock.ts';

describe('acquire', () => {
  it('dials when nothing is there, and hands out the same connection again', async () => {
    const { pool, network } = fakePool();
    const first = await pool.acquire('example.test');
    const { connectionId } = first;
    first.release();
    const second = await pool.acquire('example.test');
    expect(second.connectionId).toBe(connectionId);
    expect(network.dialled).toHaveLength(1);
    expect(pool.stats()).toMatchObject({ totalConnections: 1, activeConnections: 1, idleConnections: 0 });
  });

  it('never gives one connection to two leases', async () => {
    const { pool } = fakePool();
    const leases = await Promise.all(Array.from({ length: 10 }, () => pool.acquire('example.test')));
    expect(new Set(leases.map(({ connectionId }) => connectionId)).size).toBe(10);
  });

  it('spreads dials over all addresses of the host', async () => {
    const { pool, network } = fakePool();
    await Promise.all(Array.from({ length: 9 }, () => pool.acquire('example.test')));
    expect([...network.dialsByIp().values()]).toEqual([3, 3, 3]);
  });

  it('serves waiters in the order they came, each from the next release', async () => {
    const { pool } = fakePool({ pool: { maxConnectionsPerHost: 1 } });
    const held = await pool.acquire('example.test');
    const served: number[] = [];
    const waiting = [1, 2, 3].map(async (who) => {
      const lease = await pool.acquire('example.test');
      served.push(who);
      return lease;
    });
    await settle();
    expect(pool.stats().waiting).toBe(3);
    held.release();
    for (const next of waiting) {
      (await next).release();
    }
    expect(served).toEqual([1, 2, 3]);
  });

  it('gives a waiter that is dialing the connection that is released first, and keeps the late dial idle', async () => {
    const { pool, network, clock } = fakePool();
    const held = await pool.acquire('example.test');
    network.dialMs = 1_000;
    const waiting = pool.acquire('example.test');
    await settle();
    expect(pool.stats().dialingConnections).toBe(1);
    held.release();
    expect((await waiting).connectionId).toBe(held.connectionId);
    await clock.advance(1_000);
    expect(pool.stats()).toMatchObject({ idleConnections: 1, activeConnections: 1 });
  });

  it('refuses a timeout that is not a number, and goes on', async () => {
    const { pool, clock } = fakePool({ pool: { maxConnectionsPerHost: 1 } });
    const lease = await pool.acquire('example.test');
    const timers = clock.timers;
    await expect(pool.acquire('example.test', { timeoutMs: Number.NaN })).rejects.toThrow(/timeoutMs is NaN/);
    expect(pool.stats().waiting).toBe(0);
    expect(clock.timers).toBeLessThanOrEqual(timers);
    lease.release();
  });

  it('says who holds what when it times out', async () => {
    const { pool, clock } = fakePool({ pool: { maxConnectionsPerHost: 1 } });
    await pool.acquire('example.test');
    const waiting = pool.acquire('example.test', { timeoutMs: 500 }).catch((error: unknown) => error);
    await clock.advance(500);
    const error = await waiting;
    expect(error).toBeInstanceOf(AcquireTimeoutError);
    expect(error).toMatchObject({
      early: false,
      pressure: { host: 'example.test', total: 1, leased: 1, idle: 0, waiting: 1, dialing: 0, lastDialError: null },
    });
    expect(pool.stats().waiting).toBe(0);
  });

  it('is cancelled by its signal, and the next waiter takes the turn', async () => {
    const { pool } = fakePool({ pool: { maxConnectionsPerHost: 1 } });
    const held = await pool.acquire('example.test');
    const controller = new AbortController();
    const cancelled = pool.acquire('example.test', { signal: controller.signal }).catch((error: unknown) => error);
    const next = pool.acquire('example.test');
    await settle();
    controller.abort(new Error('no more'));
    expect(await cancelled).toMatchObject({ message: 'no more' });
    held.release();
    expect((await next).connectionId).toBe(held.connectionId);
  });

  it('tries another address after a second when a dial fails', async () => {
    const { pool, network, clock, health } = fakePool();
    network.dials.set('10.0.0.1', 'refused').set('10.0.0.2', 'refused');
    const waiting = pool.acquire('example.test');
    await clock.advance(3_000);
    expect((await waiting).ip).toBe('10.0.0.3');
    expect(health.failures.every(({ error }) => error.errorClass === 'refused')).toBe(true);
  });

  it('joins a first dial that takes long by one to the other family', async () => {
    const { pool, network, clock, directory, access } = fakePool();
    directory.set('dual.test', ['10.2.0.1', '10.2.0.2', '2001:db8::1']);
    access.list('white', '10.2.0.1');
    network.dials.set('10.2.0.1', 'hang');
    const waiting = pool.acquire('dual.test');
    await clock.advance(249);
    expect(network.dialled.map(({ ip }) => ip)).toEqual(['10.2.0.1']);
    await clock.advance(1);
    expect((await waiting).ip).toBe('2001:db8::1');
  });

  it('leaves a dial alone that is not the first of its host, or that has no alternative', async () => {
    const { pool, network, clock, directory } = fakePool();
    directory.set('single.test', ['10.3.0.1']);
    network.dials.set('10.3.0.1', 'hang');
    void pool.acquire('single.test').catch(() => undefined);
    await pool.acquire('example.test');
    network.dialMs = 2_000;
    void pool.acquire('example.test');
    await clock.advance(1_000);
    expect(network.dialled).toHaveLength(3);
  });

  it('gives up after three retries, one second apart, when nothing of the host is alive', async () => {
    const { pool, network, clock } = fakePool();
    network.dials.set('*', 'refused');
    const waiting = pool.acquire('example.test').catch((error: unknown) => error);
    await clock.advance(2_999);
    expect(network.dialled).toHaveLength(3);
    await clock.advance(1);
    expect(await waiting).toMatchObject({ errorClass: 'refused' });
    expect(network.dialled).toHaveLength(4);
    await clock.advance(60_000);
    expect(network.dialled).toHaveLength(4);
  });

  it('blames no address for a local failure or for DNS', async () => {
    const { pool, network, clock, health } = fakePool();
    network.dials.set('*', 'local');
    const waiting = pool.acquire('example.test').catch((error: unknown) => error);
    await clock.advance(5_000);
    expect(await waiting).toMatchObject({ errorClass: 'local' });
    expect(await pool.acquire('unknown.test').catch((error: unknown) => error)).toMatchObject({ errorClass: 'dns' });
    expect(health.failures).toEqual([]);
  });

  it('refuses at once, naming the rule, when the lists leave no address', async () => {
    const { pool, access } = fakePool();
    for (const ip of ['10.0.0.1', '10.0.0.2', '10.0.0.3']) {
      access.list('black', ip);
    }
    const error = await pool.acquire('example.test').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(NoAllowedEndpointError);
    expect(String(error)).toContain('operator entry 10.0.0.1 of the black list');
  });

  it('checks a connection that lay idle beyond the interval before handing it out', async () => {
    const { pool, network, clock } = fakePool({ pool: { idleTimeoutMs: 600_000 } });
    (await pool.acquire('example.test')).release();
    await clock.advance(31_000);
    const before = network.transports[0]?.probes.length ?? 0;
    const lease = await pool.acquire('example.test');
    expect(network.transports[0]?.probes).toHaveLength(before + 1);
    expect(lease.connectionId).toBe(1);
  });

  it('dials anew when that check finds the connection broken', async () => {
    const { pool, network, clock } = fakePool({ pool: { idleTimeoutMs: 600_000 } });
    (await pool.acquire('example.test')).release();
    await clock.advance(31_000);
    network.transports[0]?.paths.set('/', 'reset');
    const lease = await pool.acquire('example.test');
    expect(lease.connectionId).not.toBe(1);
    expect(network.transports[0]?.destroyed).toBe(true);
  });
});
