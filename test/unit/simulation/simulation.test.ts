/** A short run of the simulation; the long one is `npm run simulate`. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { closeReasons } from '../../../core/contract/vocabulary.ts';
import { HotConnPool } from '../../../core/pool/hot-conn-pool.ts';
import { SimulationFailure, simulate } from '../../simulation/simulation.ts';
import { Summary } from '../../simulation/summary.ts';

const seeds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
const steps = 250;

afterEach(() => vi.restoreAllMocks());

describe('the simulation', () => {
  it('keeps every rule at every step', async () => {
    const summary = new Summary();
    for (const seed of seeds) {
      summary.add(await simulate(seed, steps));
    }
    expect(summary.steps).toBe(seeds.length * steps);
    // It would keep them as well if nothing happened.
    expect(summary.served).toBeGreaterThan(200);
    expect(summary.dials).toBeGreaterThan(500);
    expect(summary.closes.size).toBeGreaterThan(closeReasons.length / 2);
    expect(summary.acts.size).toBeGreaterThan(20);
  });

  it('makes the same run of the same seed, and another of another', async () => {
    const [one, same, other] = [await simulate(7, 300), await simulate(7, 300), await simulate(8, 300)];
    expect(same).toEqual(one);
    expect(other).not.toEqual(one);
  });

  it('tells the seed, the step, the last acts and how to play it again when a rule is broken', async () => {
    const { stats } = HotConnPool.prototype;
    let reads = 0;
    vi.spyOn(HotConnPool.prototype, 'stats').mockImplementation(function (this: HotConnPool) {
      reads += 1;
      const told = stats.call(this);
      return reads <= 200 ? told : { ...told, idleConnections: told.idleConnections + 1 };
    });
    const failure = await simulate(3, 200).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(SimulationFailure);
    const lines = String((failure as SimulationFailure).message).split('\n');
    expect(lines[0]).toMatch(
      /^seed 3 failed at step \d+: counters equal a recount: idle: the pool says \d+, counted \d+$/,
    );
    expect(lines[1]).toBe('the last 30 acts (step, time, act):');
    expect(lines.filter((line) => /^ +\d+ +[\d,]+ ms {2}\w/.test(line))).toHaveLength(30);
    expect(lines.at(-1)).toBe('again: npm run simulate -- --first-seed 3 --seeds 1 --steps 200');
  });

  it('fails when the pool throws', async () => {
    vi.spyOn(HotConnPool.prototype, 'acquire').mockImplementation(() => {
      throw new TypeError('made for a test');
    });
    const failure = await simulate(1, 200).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(SimulationFailure);
    expect((failure as SimulationFailure).message).toContain('TypeError: made for a test');
  });
});
