import { describe, expect, it } from 'vitest';
import { fakePool } from '../../support/fake-pool.ts';

const hourMs = 3_600_000;

describe('a machine that has slept, its monotonic clock standing still', () => {
  it('hands out nothing that lay idle meanwhile without asking it first', async () => {
    const { pool, network, clock, events } = fakePool();
    (await pool.acquire('example.test')).release();
    network.transports[0]?.paths.set('/', 'closed-by-peer');
    clock.jump(hourMs);
    await clock.advance(1_000);
    expect(events.ofKind('pool.woke')).toHaveLength(1);
    const lease = await pool.acquire('example.test');
    expect(lease.connectionId).toBe(2);
    expect(network.transports[0]?.destroyed).toBe(true);
    lease.release();
  });

  it('asks once: what has answered or was made since is as good as any', async () => {
    const { pool, network, clock } = fakePool();
    (await pool.acquire('example.test')).release();
    clock.jump(hourMs);
    await clock.advance(1_000);
    const probes = (): number | undefined => network.transports[0]?.probes.length;
    const before = probes() ?? 0;
    for (let round = 0; round < 3; round += 1) {
      (await pool.acquire('example.test')).release();
      await clock.advance(1_000);
    }
    expect(probes()).toBe(before + 1);
  });

  it('is not taken for one whose clock is corrected by a little, or set back', async () => {
    const { pool, network, clock, events } = fakePool();
    (await pool.acquire('example.test')).release();
    const before = network.transports[0]?.probes.length;
    for (const jumpMs of [2_000, -hourMs]) {
      clock.jump(jumpMs);
      await clock.advance(1_000);
    }
    (await pool.acquire('example.test')).release();
    expect(network.transports[0]?.probes).toHaveLength(before ?? 0);
    expect(events.ofKind('pool.woke')).toEqual([]);
  });
});
