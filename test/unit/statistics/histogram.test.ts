import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Histogram } from '../../../core/statistics/histogram.ts';

function histogramOf(values: Iterable<number>): Histogram {
  const histogram = new Histogram();
  for (const value of values) {
    histogram.record(value);
  }
  return histogram;
}

describe('Histogram', () => {
  it('has nothing to say while it is empty', () => {
    const histogram = new Histogram();
    expect([histogram.meanMs(), histogram.percentileMs(0.5)]).toEqual([null, null]);
  });

  it('is right to 4 % at every percentile, between a microsecond and a quarter of an hour', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.002, max: 900_000, noNaN: true }), { minLength: 1, maxLength: 300 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, share) => {
          const sorted = values.toSorted((one, other) => one - other);
          const exact = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
          const told = histogramOf(values).percentileMs(share) ?? Number.NaN;
          expect(Math.abs(told - exact)).toBeLessThanOrEqual(exact * 0.04);
        },
      ),
    );
  });

  it('takes what is out of its range for its ends, and never tells more than the greatest', () => {
    const histogram = histogramOf([0, -1, 1e12]);
    expect(histogram.count).toBe(3);
    expect(histogram.percentileMs(0.5)).toBeLessThan(0.002);
    expect(histogramOf([5, 5, 5]).percentileMs(0.99)).toBe(5);
  });

  it('adds up with another as if all values had come to one, and forgets', () => {
    const sum = histogramOf([1, 2, 3]);
    sum.add(histogramOf([100, 200]));
    expect(sum.count).toBe(5);
    expect(sum.meanMs()).toBe(61.2);
    expect(sum.percentileMs(0.99)).toBeCloseTo(200, -1);
    sum.clear();
    expect(sum.percentileMs(0.99)).toBeNull();
    sum.record(7);
    expect(sum.percentileMs(1)).toBe(7);
  });
});
