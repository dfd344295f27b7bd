import { describe, expect, it } from 'vitest';
import { IdleLimit } from '../../../core/pool/idle-limit.ts';
import { fakePool } from '../../support/fake-pool.ts';
import { settle } from '../../support/manual-clock.ts';

describe('the idle limit of a server', () => {
  it('by its own word counts at once, and is kept away from by a tenth and at least a second', () => {
    const limit = new IdleLimit();
    expect(limit.retireAfterMs).toBeGreaterThan(7 * 86_400_000);
    limit.told(75_000);
    expect(limit.retireAfterMs).toBe(67_500);
    limit.told(5_000);
    expect(limit.retireAfterMs).toBe(4_000);
    limit.told(1_000);
    expect(limit.retireAfterMs).toBe(500);
  });

  it('by what it did takes two closes after about the same time', () => {
    const limit = new IdleLimit();
    limit.closedAfter(20_000, 0);
    limit.closedAfter(40_000, 0);
    expect(limit.limitMs).toBeNull();
    limit.closedAfter(41_000, 0);
    expect(limit.limitMs).toBe(40_000);
  });

  it('that was learned is forgotten after an hour, so that a longer one can be seen', () => {
    const limit = new IdleLimit();
    limit.closedAfter(20_000, 0);
    limit.closedAfter(20_000, 1_000);
    limit.forgetOld(3_600_000);
    expect(limit.limitMs).toBe(20_000);
    limit.forgetOld(3_601_000);
    expect(limit.limitMs).toBeNull();
  });
});

describe('the pool', () => {
  it('learns the limit of a server that says good-bye by GOAWAY', async () => {
    const { pool, network, clock } = fakePool();
    network.options = { protocol: 'h2' };
    for (let seen = 0; seen < 2; seen += 1) {
      (await pool.acquire('example.test')).release();
      await clock.advance(10_000);
      network.transports[seen]?.end('goaway');
    }
    (await pool.acquire('example.test')).release();
    await clock.advance(9_000);
    expect(network.transports[2]?.destroyed).toBe(true);
  });

  it('checks one that its server may be closing right now before it hands it out', async () => {
    const { pool, network, clock } = fakePool();
    network.options = { serverIdleLimitMs: 1_200 };
    (await pool.acquire('example.test')).release();
    await clock.advance(700);
    const probes = network.transports[0]?.probes.length ?? 0;
    const asked = pool.acquire('example.test');
    await settle();
    expect(network.transports[0]?.probes).toHaveLength(probes + 1);
    expect((await asked).connectionId).toBe(1);
  });
});

describe('an HTTP/2 server to which a PING is no use of the connection', () => {
  it('is seen to close after the time since the last request, not since the last PING', async () => {
    const { pool, network, clock, validator } = fakePool();
    validator.pings = true;
    network.options = { protocol: 'h2' };
    for (let seen = 0; seen < 2; seen += 1) {
      (await pool.acquire('example.test')).release();
      const [id] = pool.idleFor(0);
      for (let check = 0; check < 2; check += 1) {
        await clock.advance(25_000);
        expect((await pool.check(id ?? 0))?.probe).toBe('ping');
      }
      await clock.advance(10_000);
      network.transports[seen]?.end('goaway');
    }
    expect(pool.explain('example.test')).toMatchObject({ serverIdleLimit: { ms: 60_000, source: 'observed' } });
  });

  it('is asked by request in time, once its limit is known, and so stays hot', async () => {
    const { pool, network, clock, validator } = fakePool({ pool: { healthCheckIntervalMs: 25_000 } });
    validator.pings = true;
    network.options = { protocol: 'h2', serverIdleLimitMs: 60_000 };
    (await pool.acquire('example.test')).release();
    const probes: (string | undefined)[] = [];
    for (let check = 0; check < 6; check += 1) {
      await clock.advance(25_000);
      probes.push((await pool.check(1))?.probe);
    }
    expect(probes).toEqual(['ping', 'HEAD', 'ping', 'HEAD', 'ping', 'HEAD']);
    expect(network.transports).toHaveLength(1);
  });
});
