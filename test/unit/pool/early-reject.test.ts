import { describe, expect, it } from 'vitest';
import type { Lease } from '../../../core/pool/lease.ts';
import type { AcquirePriority } from '../../../core/pool/waiter-queue.ts';
import { type FakePool, fakePool } from '../../support/fake-pool.ts';
import { settle } from '../../support/manual-clock.ts';

/** One connection, `waiting` in the queue, and one of them served each second for five seconds. */
async function standingQueue(waiting: number, priority: AcquirePriority = 'interactive'): Promise<FakePool> {
  const fake = fakePool({ pool: { maxConnections: 1, maxConnectionsPerHost: 1, acquireTimeoutMs: 600_000 } });
  const held: Lease[] = [await fake.pool.acquire('example.test')];
  for (let index = 0; index < waiting; index += 1) {
    void fake.pool.acquire('example.test', { priority }).then((lease) => held.push(lease));
  }
  for (let second = 0; second < 5; second += 1) {
    await fake.clock.advance(1_000);
    held.shift()?.release();
    await settle();
  }
  return fake;
}

function ask({ pool }: FakePool, timeoutMs: number, priority?: AcquirePriority): Promise<unknown> {
  return pool
    .acquire('example.test', { timeoutMs, ...(priority ? { priority } : {}) })
    .catch((error: unknown) => error);
}

describe('a waiter whose deadline cannot be met', () => {
  it('is told at once, by its place in the queue and the rate at which the queue is served', async () => {
    const fake = await standingQueue(25);
    // Twenty before it, one a second.
    expect(await ask(fake, 20_000)).toMatchObject({
      name: 'AcquireTimeoutError',
      early: true,
      pressure: { waiting: 20 },
    });
    // It counts with the time that it was ready to wait, which would not have been enough.
    expect(fake.pool.totals().waits.percentileMs(1)).toBeGreaterThan(19_000);
    void ask(fake, 22_000);
    await settle();
    expect(fake.pool.stats().waiting).toBe(21);
  });

  it('is not measured by those in the background whom it overtakes', async () => {
    const fake = await standingQueue(25, 'background');
    void ask(fake, 3_000, 'interactive');
    await settle();
    expect(fake.pool.stats().waiting).toBe(21);
    expect(await ask(fake, 20_000, 'background')).toMatchObject({ early: true });
  });

  it('is not refused while one more connection could be dialled for it', async () => {
    const fake = await standingQueue(25);
    fake.configure({ pool: { maxConnections: 30, maxConnectionsPerHost: 30 } });
    const lease = (await ask(fake, 1_000)) as Lease;
    expect(lease.host).toBe('example.test');
  });

  it('is not refused because few are served while the connections are still being made', async () => {
    const fake = fakePool({ pool: { maxConnections: 20, maxConnectionsPerHost: 20 } });
    // A third of the dials are done at once, the others take long.
    fake.network.dials.set('10.0.0.2', 'hang').set('10.0.0.3', 'hang');
    const asked = Array.from({ length: 60 }, () => fake.pool.acquire('example.test'));
    await settle();
    const { waiting } = fake.pool.stats();
    expect(waiting).toBeGreaterThan(50);
    await fake.clock.advance(2_000);
    // About seven in two seconds, and more than fifty before it, would be fifteen seconds.
    void ask(fake, 10_000);
    await settle();
    expect(fake.pool.stats().waiting).toBe(waiting + 1);
    expect(await ask(fake, 1_000)).toMatchObject({ early: true });
    void Promise.allSettled(asked);
  });
});
