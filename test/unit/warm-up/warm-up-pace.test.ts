import { describe, expect, it } from 'vitest';
import { WarmUpPace } from '../../../core/warm-up/warm-up-pace.ts';
import { ManualClock } from '../../support/manual-clock.ts';

describe('pace of a warm-up', () => {
  it('tells the rate of the last seconds while running and of the whole run afterwards', async () => {
    const clock = new ManualClock();
    const pace = new WarmUpPace(clock);
    for (let count = 0; count < 400; count += 1) {
      await clock.advance(10);
      pace.record();
    }
    expect(pace.ratePerSecond()).toBeCloseTo(100, -1);
    await clock.advance(4_000);
    expect(pace.ratePerSecond()).toBe(0);
    pace.end();
    expect(pace.ratePerSecond()).toBeCloseTo(50, 5);
    await clock.advance(60_000);
    expect(pace.ratePerSecond()).toBeCloseTo(50, 5);
    expect(pace.etaMs(0)).toBe(0);
  });

  it('tells no time left before it can be told, nor when nothing comes any more', async () => {
    const clock = new ManualClock();
    const pace = new WarmUpPace(clock);
    expect(pace.etaMs(100)).toBeNull();
    pace.record();
    pace.record();
    pace.record();
    expect(pace.etaMs(97)).toBeNull();
    await clock.advance(300);
    expect(pace.etaMs(97)).toBeCloseTo(9_700, 0);
    await clock.advance(20_000);
    expect(pace.etaMs(97)).toBeNull();
  });

  it('has a time left that settles: at a steady pace it counts down and is right to a few percent', async () => {
    const clock = new ManualClock();
    const pace = new WarmUpPace(clock);
    const total = 1_631;
    const stepMs = 13;
    let before = Number.POSITIVE_INFINITY;
    for (let done = 1; done < total; done += 1) {
      await clock.advance(stepMs);
      pace.record();
      if (done > 100) {
        const eta = pace.etaMs(total - done) ?? Number.NaN;
        const truth = (total - done) * stepMs;
        expect(Math.abs(eta - truth)).toBeLessThan(Math.max(truth * 0.04, 40));
        expect(eta).toBeLessThan(before + 300);
        before = eta;
      }
    }
  });

  it('follows when the pace changes for good', async () => {
    const clock = new ManualClock();
    const pace = new WarmUpPace(clock);
    for (let count = 0; count < 200; count += 1) {
      await clock.advance(10);
      pace.record();
    }
    for (let count = 0; count < 120; count += 1) {
      await clock.advance(100);
      pace.record();
    }
    expect(pace.ratePerSecond()).toBeCloseTo(10, 0);
    expect(pace.etaMs(100)).toBeCloseTo(10_000, -3);
  });
});
