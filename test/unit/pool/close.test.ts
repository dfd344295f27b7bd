import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { PoolClosedError } from '../../../core/pool/pool-errors.ts';
import { fakePool } from '../../support/fake-pool.ts';
import { settle } from '../../support/manual-clock.ts';

const never = new AbortController().signal;

describe('close', () => {
  it('twice is fine and gives the same final statistics', async () => {
    const { pool, network } = fakePool();
    (await pool.acquire('example.test')).release();
    const closing = pool.close();
    expect(pool.close()).toBe(closing);
    expect((await closing).sinceStart.leases).toBe(1);
    expect(network.alive.size).toBe(0);
  });

  it('refuses who waits at once, and who comes after', async () => {
    const { pool } = fakePool({ pool: { maxConnectionsPerHost: 1 } });
    const lease = await pool.acquire('example.test');
    const waiting = pool.acquire('example.test').catch((error: unknown) => error);
    await settle();
    const closing = pool.close();
    expect(await waiting).toBeInstanceOf(PoolClosedError);
    await expect(pool.acquire('example.test')).rejects.toBeInstanceOf(PoolClosedError);
    lease.release();
    await closing;
  });

  it('lets a lease finish, and waits for it', async () => {
    const { pool, network } = fakePool();
    const lease = await pool.acquire('example.test');
    let closed = false;
    const closing = pool.close().then(() => {
      closed = true;
    });
    await settle();
    expect(closed).toBe(false);
    expect(network.alive.size).toBe(1);
    lease.release();
    await closing;
    expect(network.alive.size).toBe(0);
  });

  it('does not wait longer than the drain timeout', async () => {
    const { pool, network, clock } = fakePool({ pool: { drainTimeoutMs: 2_000 } });
    const lease = await pool.acquire('example.test');
    const closing = pool.close();
    await clock.advance(2_000);
    await closing;
    expect(network.alive.size).toBe(0);
    expect(() => lease.release()).not.toThrow();
  });

  it('says after a second which leases it waits for, and for how long at most', async () => {
    const { pool, network, clock, events } = fakePool({
      pool: { maxConnectionsPerHost: 1, maxStreamsPerConnection: 2, drainTimeoutMs: 5_000 },
    });
    network.options = { protocol: 'h2' };
    const leases = [await pool.acquire('example.test'), await pool.acquire('example.test')];
    const closing = pool.close();
    await clock.advance(999);
    expect(events.ofKind('pool.closing')).toEqual([]);
    await clock.advance(1);
    expect(events.ofKind('pool.closing')).toMatchObject([{ data: { leases: 2, drainTimeoutMs: 5_000 } }]);
    for (const lease of leases) {
      lease.release();
    }
    await closing;
    await clock.advance(5_000);
    expect(events.ofKind('pool.closing')).toHaveLength(1);
  });

  it.each(['before a second is over', 'at once'] as const)(
    'says nothing of leases that end %s, however long the rest of the end takes',
    async (when) => {
      const { pool, clock, events } = fakePool();
      const lease = await pool.acquire('example.test');
      const closing = pool.close(when === 'at once' ? AbortSignal.abort() : undefined);
      await clock.advance(999);
      lease.release();
      await clock.advance(60_000);
      await closing;
      expect(events.ofKind('pool.closing')).toEqual([]);
      expect(clock.timers).toBe(0);
    },
  );

  it('says nothing when only its own work takes long', async () => {
    const many = 180;
    const { pool, network, clock, events } = fakePool({
      pool: { maxConnections: many, maxConnectionsPerHost: many, maxIdleConnections: many },
    });
    const held = await Promise.all(Array.from({ length: many }, () => pool.acquire('example.test')));
    for (const lease of held) {
      lease.release();
    }
    await settle();
    const closing = pool.close();
    const late = clock.advance(1_000);
    expect(network.alive.size).toBeGreaterThan(0);
    await late;
    await closing;
    expect(events.ofKind('pool.closing')).toEqual([]);
  });

  it('lets a lease finish beside which a path was being validated', async () => {
    const { pool, network } = fakePool({ pool: { maxConnectionsPerHost: 1, maxStreamsPerConnection: 2 } });
    network.options = { protocol: 'h2' };
    network.paths.set('/slow', 'hang');
    const lease = await pool.acquire('example.test');
    const asked = pool.acquireUrl('https://example.test/slow').catch((error: unknown) => error);
    await settle();
    const closing = pool.close();
    expect(await asked).toBeInstanceOf(PoolClosedError);
    await settle();
    expect(network.alive.size).toBe(1);
    expect(pool.row(lease.connectionId)?.state).toBe('draining');
    lease.release();
    await closing;
    expect(network.alive.size).toBe(0);
  });

  it('waits for leases no longer when it is told so', async () => {
    const { pool, network } = fakePool();
    const lease = await pool.acquire('example.test');
    const patience = new AbortController();
    const closing = pool.close(patience.signal);
    await settle();
    expect(network.alive.size).toBe(1);
    patience.abort();
    await closing;
    expect(network.alive.size).toBe(0);
    expect(() => lease.release()).not.toThrow();
  });

  it('aborts dials, and leaves no socket and no timer behind', async () => {
    const { pool, network, clock, budget } = fakePool();
    network.dials.set('*', 'hang');
    const waiting = pool.acquire('example.test').catch((error: unknown) => error);
    await settle();
    await pool.close();
    await waiting;
    await settle();
    expect(network.alive.size).toBe(0);
    expect(budget.inFlight).toBe(0);
    expect(clock.timers).toBe(0);
  });

  it.each(['finish', 'be cut off'] as const)(
    'of many connections is done in turns of the event loop, with leases that may %s',
    async (leases) => {
      const many = 180;
      const { pool, network } = fakePool({
        pool: { maxConnections: many, maxConnectionsPerHost: many, maxIdleConnections: many },
      });
      const held = await Promise.all(Array.from({ length: many }, () => pool.acquire('example.test')));
      const [last, ...others] = held.reverse();
      for (const lease of others) {
        lease.release();
      }
      await settle();
      expect(network.alive.size).toBe(many);
      const closing = pool.close(leases === 'finish' ? undefined : AbortSignal.abort());
      // Nothing begins any more, though most are still there.
      await expect(pool.acquire('example.test')).rejects.toBeInstanceOf(PoolClosedError);
      expect(network.alive.size).toBeGreaterThan(many / 3);
      if (leases === 'finish') {
        // In the middle, before its own turn has come.
        last?.release();
      }
      await closing;
      expect(network.alive.size).toBe(0);
      expect(pool.stats().totalConnections).toBe(0);
    },
  );

  it('ends a connection that a dial brings too late', async () => {
    const { pool, network, clock } = fakePool();
    network.deaf = true;
    network.dialMs = 1_000;
    const waiting = pool.acquire('example.test').catch((error: unknown) => error);
    await settle();
    await pool.close();
    await waiting;
    await clock.advance(1_000);
    expect(network.transports).toHaveLength(1);
    expect(network.alive.size).toBe(0);
  });
});

describe('what a connection or a waiter has set', () => {
  it('goes with it: no timer and no listener is left behind', async () => {
    const { pool, clock, access } = fakePool({ pool: { maxConnectionsPerHost: 1 } });
    const held = await pool.acquire('example.test');
    const controller = new AbortController();
    const waiting = pool.acquire('example.test', { signal: controller.signal, timeoutMs: 1_000 });
    held.release();
    const lease = await waiting;
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
    await clock.advance(1_000);
    const timers = clock.timers;
    access.list('black', lease.ip);
    expect(clock.timers).toBe(timers + 1);
    lease.release();
    expect(clock.timers).toBe(timers);
    const other = await pool.acquire('example.test', { signal: never });
    await settle();
    other.release('failed');
    expect(clock.timers).toBe(timers + 1);
    pool.closeUnhealthy();
    expect(clock.timers).toBe(timers);
  });
});
