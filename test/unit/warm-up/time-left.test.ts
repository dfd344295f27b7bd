import { describe, expect, it } from 'vitest';
import { type Random, randomIndex } from '../../../core/base/random.ts';
import { TimeLeft } from '../../../core/warm-up/time-left.ts';
import { seededRandom } from '../../support/seeded-random.ts';

interface Job {
  readonly connections: number;
  readonly concurrency: number;
  readonly timeoutMs: number;
  readonly retries: number;
  /** One in so many addresses hangs, at any place among them; 0: none. */
  readonly oneIn: number;
  /** One in so many of the others is refused at once, at every attempt. */
  readonly refusedOneIn?: number;
  /** Of a good one; else 60 ms, half to twice. */
  readonly steadyMs?: number;
  /** Begun in a second at most. */
  readonly perSecond?: number;
}

const retryDelayMs = 1_000;
const goodMs = 60;

interface Told {
  readonly atMs: number;
  readonly estimateMs: number | null;
  readonly atMostMs: number;
}

/** A whole run, a look each half second; good ones take half to twice as long as usual, those that hang their time-out. */
function run(job: Job, random: Random): { readonly totalMs: number; readonly told: readonly Told[] } {
  const { connections, concurrency, timeoutMs, retries, oneIn, perSecond = null } = job;
  let nowMs = 0;
  const clock = { monotonicMs: () => nowMs, epochMs: () => nowMs, after: () => ({ cancel: () => undefined }) };
  const left = new TimeLeft({ clock, timeoutMs, retries, retryDelayMs, concurrency, perHost: concurrency, perSecond });
  left.planned(0, connections);
  const places = Array.from({ length: connections }, () => randomIndex(random, Math.max(1, oneIn)));
  const hangs = places.map((_, cell) => oneIn > 0 && cell % oneIn === places[cell - (cell % oneIn)]);
  const isRefused = (cell: number): boolean => job.refusedOneIn !== undefined && cell % job.refusedOneIn === 0;
  const attempts = new Array<number>(connections).fill(0);
  const due: number[] = [];
  const coming: { readonly atMs: number; readonly happen: () => void }[] = [];
  const told: Told[] = [];
  let [fresh, running, done, freeMs, wakeMs] = [0, 0, 0, 0, 0];
  const begin = (cell: number): void => {
    const attempt = (attempts[cell] ?? 0) + 1;
    attempts[cell] = attempt;
    running += 1;
    left.started(cell, 0, attempt);
    const fails = hangs[cell] === true || isRefused(cell);
    const tookMs = hangs[cell]
      ? timeoutMs
      : isRefused(cell)
        ? 2
        : (job.steadyMs ?? goodMs * (0.5 + random.next() * 1.5));
    const happen = (): void => {
      running -= 1;
      const isAgain = fails && attempt <= retries;
      left.ended(cell, isAgain ? 'again' : fails ? 'failed' : 'good');
      done += isAgain ? 0 : 1;
      if (isAgain) {
        coming.push({ atMs: nowMs + retryDelayMs, happen: () => due.push(cell) });
      }
    };
    coming.push({ atMs: nowMs + tookMs, happen });
  };
  for (let lookMs = 500; done < connections; ) {
    while (running < concurrency && due.length + connections - fresh > 0 && nowMs >= freeMs) {
      const cell = due.shift() ?? fresh++;
      begin(cell);
      freeMs = nowMs + (perSecond === null ? 0 : 1_000 / perSecond);
    }
    if (nowMs < freeMs && wakeMs < freeMs) {
      wakeMs = freeMs;
      coming.push({ atMs: freeMs, happen: () => undefined });
    }
    const next = coming.reduce((first, each) => (each.atMs < first.atMs ? each : first));
    for (; lookMs <= next.atMs; lookMs += 500) {
      nowMs = lookMs;
      told.push({ atMs: lookMs, estimateMs: left.estimateMs(), atMostMs: left.atMostMs(1_000) });
    }
    nowMs = next.atMs;
    coming.splice(coming.indexOf(next), 1);
    next.happen();
  }
  return { totalMs: nowMs, told };
}

describe('the time that is left of a run', () => {
  const fleet = { connections: 1_631, concurrency: 10, timeoutMs: 10_000, retries: 3 };

  it.each<[Job, number]>([
    [{ ...fleet, oneIn: 20 }, 1],
    [{ ...fleet, oneIn: 20 }, 2],
    [{ ...fleet, oneIn: 20 }, 3],
    [{ ...fleet, oneIn: 0 }, 4],
    [{ ...fleet, oneIn: 20, concurrency: 75 }, 5],
    [{ ...fleet, oneIn: 20, concurrency: 75, retries: 0 }, 6],
    [{ ...fleet, oneIn: 20, concurrency: 30, timeoutMs: 3_000, retries: 1 }, 7],
    [{ ...fleet, oneIn: 5, concurrency: 100, timeoutMs: 2_000 }, 8],
    [{ ...fleet, oneIn: 60, refusedOneIn: 4, concurrency: 100 }, 11],
    [{ ...fleet, oneIn: 30, refusedOneIn: 2, concurrency: 100, retries: 1 }, 12],
    [{ ...fleet, connections: 185, oneIn: 20, refusedOneIn: 2, concurrency: 30 }, 13],
    [{ ...fleet, oneIn: 0, concurrency: 50, perSecond: 40 }, 9],
    [{ ...fleet, oneIn: 20, concurrency: 50, perSecond: 40, timeoutMs: 2_000 }, 10],
  ])('settles: from a fifth of the run on its end is told to a third of it, %j', (job, seed) => {
    const { totalMs, told } = run(job, seededRandom(seed));
    const settled = told.filter(({ atMs }) => atMs >= totalMs / 5);
    expect(settled.length).toBeGreaterThan(5);
    for (const { atMs, estimateMs } of settled) {
      expect(estimateMs).not.toBeNull();
      expect(Math.abs(atMs + (estimateMs ?? 0) - totalMs)).toBeLessThan(totalMs / 3);
    }
  });

  it.each<[Job, number]>([
    [{ connections: 49, concurrency: 3, timeoutMs: 10_000, retries: 3, oneIn: 0, steadyMs: 3_000 }, 1],
    [{ connections: 49, concurrency: 10, timeoutMs: 10_000, retries: 3, oneIn: 0, steadyMs: 1_000 }, 2],
    [{ ...fleet, oneIn: 20 }, 3],
    [{ ...fleet, oneIn: 20, concurrency: 75 }, 4],
  ])(
    'counts never up by more than a third once a fifth is done, and goes on falling while a batch is under way, %j',
    (job, seed) => {
      const { totalMs, told } = run(job, seededRandom(seed));
      let lowestMs = Number.POSITIVE_INFINITY;
      for (const { atMs, estimateMs } of told.filter((each) => each.atMs > totalMs / 5)) {
        expect(estimateMs).not.toBeNull();
        // A second either way is no swing.
        expect(estimateMs ?? 0).toBeLessThan(Math.max((lowestMs * 4) / 3, lowestMs + 1_000));
        lowestMs = Math.min(lowestMs, estimateMs ?? Number.POSITIVE_INFINITY);
        if (job.steadyMs !== undefined) {
          expect(Math.abs(atMs + (estimateMs ?? 0) - totalMs)).toBeLessThan(job.steadyMs);
        }
      }
    },
  );

  it.each<[Job, number]>([
    [{ ...fleet, oneIn: 20 }, 1],
    [{ ...fleet, oneIn: 1, connections: 40 }, 2],
    [{ ...fleet, oneIn: 20, concurrency: 75 }, 3],
    [{ ...fleet, oneIn: 20, concurrency: 50, perSecond: 40 }, 4],
  ])('is never more than what is told to be the most, from the first moment on, %j', (job, seed) => {
    const { totalMs, told } = run(job, seededRandom(seed));
    for (const { atMs, atMostMs } of told) {
      expect(atMostMs).toBeGreaterThanOrEqual(totalMs - atMs);
    }
  });

  it('cannot be told before there are results, but how long it takes at most can', () => {
    const clock = { monotonicMs: () => 0, epochMs: () => 0, after: () => ({ cancel: () => undefined }) };
    const options = { clock, timeoutMs: 10_000, retries: 3, retryDelayMs, perHost: 10, perSecond: null };
    const left = new TimeLeft({ ...options, concurrency: 10 });
    left.planned(0, 100);
    expect(left.estimateMs()).toBeNull();
    expect(left.atMostMs(1_000)).toBe((40 + 4) * 10_000 + 4 * retryDelayMs);
    // The engine's own pace, and the places of one host among several, hold it lower.
    expect(left.atMostMs(5)).toBe((80 + 4) * 10_000 + 4 * retryDelayMs);
    const uneven = new TimeLeft({ ...options, concurrency: 20 });
    uneven.planned(0, 100);
    uneven.planned(1, 10);
    expect(uneven.atMostMs(1_000)).toBe((40 + 4) * 10_000 + 4 * retryDelayMs);
  });
});
