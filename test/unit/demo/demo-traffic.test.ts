import { describe, expect, it } from 'vitest';
import { demoHostnames } from '../../../core/demo/demo-plan.ts';
import { DemoTraffic, type TrafficLease, type TrafficPool } from '../../../core/demo/demo-traffic.ts';
import { ManualClock, settle } from '../../support/manual-clock.ts';
import { seededRandom } from '../../support/seeded-random.ts';

/** Counts what it is asked for; each answer takes 5 ms of the manual clock. */
class FakePool implements TrafficPool {
  readonly hosts: string[] = [];
  readonly requestTimesMs: number[] = [];
  readonly priorities = new Set<string>();
  leased = 0;
  mostLeased = 0;
  bodiesRead = 0;
  trouble: 'none' | 'acquire' | 'request' | 'hang' = 'none';
  readonly #clock: ManualClock;

  constructor(clock: ManualClock) {
    this.#clock = clock;
  }

  async acquire(host: string, options: { priority: string; signal: AbortSignal }): Promise<TrafficLease> {
    this.hosts.push(host);
    this.priorities.add(options.priority);
    if (this.trouble === 'acquire') {
      throw new Error('nothing can be acquired');
    }
    this.leased += 1;
    this.mostLeased = Math.max(this.mostLeased, this.leased);
    return {
      request: async ({ signal }) => {
        this.requestTimesMs.push(this.#clock.monotonicMs());
        if (this.trouble === 'request') {
          throw new Error('broken');
        }
        await new Promise<void>((resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason), { once: true });
          if (this.trouble === 'none') {
            this.#clock.after(5, resolve);
          }
        });
        return {
          statusCode: 200,
          body: {
            arrayBuffer: async () => {
              this.bodiesRead += 1;
              return new ArrayBuffer(1);
            },
          },
        };
      },
      [Symbol.dispose]: () => {
        this.leased -= 1;
      },
    };
  }
}

function traffic(): { clock: ManualClock; pool: FakePool; traffic: DemoTraffic } {
  const clock = new ManualClock();
  const pool = new FakePool(clock);
  return { clock, pool, traffic: new DemoTraffic({ pool, clock, random: seededRandom(3) }) };
}

describe('traffic of the demo', () => {
  it('makes a few requests a second over all hosts, reads every body and keeps no lease', async () => {
    const { clock, pool, traffic: demo } = traffic();
    await clock.advance(300_000);
    await demo.close();
    const perSecond = pool.requestTimesMs.length / 300;
    expect(perSecond).toBeGreaterThan(2);
    expect(perSecond).toBeLessThan(7);
    expect(new Set(pool.hosts)).toEqual(new Set(demoHostnames));
    expect([...pool.priorities]).toEqual(['background']);
    expect(demo.failures).toBe(0);
    expect(pool.bodiesRead).toBe(demo.requests);
    expect(pool.leased).toBe(0);
  });

  it('varies its rhythm', async () => {
    const { clock, pool, traffic: demo } = traffic();
    await clock.advance(600_000);
    await demo.close();
    const perTenSeconds = Array.from({ length: 60 }, (_, index) => {
      return pool.requestTimesMs.filter((ms) => Math.floor(ms / 10_000) === index).length;
    }).sort((a, b) => a - b);
    const [tenth = 0, ninth = 0] = [perTenSeconds[6], perTenSeconds[53]];
    expect(tenth).toBeGreaterThan(0);
    expect(ninth).toBeGreaterThan(tenth * 1.8);
  });

  it.each(['acquire', 'request'] as const)('survives a pool whose every %s fails', async (trouble) => {
    const { clock, pool, traffic: demo } = traffic();
    pool.trouble = trouble;
    await clock.advance(60_000);
    expect(demo.failures).toBeGreaterThan(20);
    expect(pool.leased).toBe(0);
    pool.trouble = 'none';
    await clock.advance(10_000);
    expect(demo.requests).toBeGreaterThan(5);
    await demo.close();
  });

  it('does not pile up on something that hangs, and gives up on it', async () => {
    const { clock, pool, traffic: demo } = traffic();
    pool.trouble = 'hang';
    await clock.advance(120_000);
    expect(pool.mostLeased).toBeLessThanOrEqual(16);
    expect(demo.failures).toBeGreaterThan(20);
    await demo.close();
    expect(pool.leased).toBe(0);
  });

  it('stops cleanly in the middle of things', async () => {
    const { clock, pool, traffic: demo } = traffic();
    pool.trouble = 'hang';
    await clock.advance(10_000);
    expect(pool.leased).toBeGreaterThan(0);
    await demo.close();
    await demo.close();
    const asked = pool.hosts.length;
    expect(pool.leased).toBe(0);
    expect(clock.timers).toBe(0);
    await clock.advance(60_000);
    await settle();
    expect(pool.hosts).toHaveLength(asked);
  });
});
