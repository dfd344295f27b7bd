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
  });
});
