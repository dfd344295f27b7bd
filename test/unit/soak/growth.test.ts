import { describe, expect, it } from 'vitest';
import { type Growth, judgeGrowth, type Sample } from '../../soak/growth.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const rule = { name: 'heap', allowed: 10, allowedShare: 0.1 };

function judged(valueAt: (index: number) => number | null, samples = 60): Growth | null {
  const taken = Array.from(
    { length: samples },
    // One each five seconds, as the soak takes them.
    (_, index): Sample => ({ atMs: index * 5_000, figures: { heap: valueAt(index) } }),
  );
  return judgeGrowth(taken, rule);
}

describe('growth', () => {
  it('is seen through noise, and told over the judged part', () => {
    const random = seededRandom(1);
    const growth = judged((second) => 100 + second + 8 * random.next());
    expect(growth?.grows).toBe(true);
    // Two thirds of 59 samples, one each.
    expect(growth?.grown).toBeGreaterThan(36);
    expect(growth?.grown).toBeLessThan(43);
  });

  it.each([
    [
      'noise about a level',
      (() => {
        const random = seededRandom(2);
        return () => 100 + 60 * random.next();
      })(),
    ],
    ['what fills at the beginning and then stays', (second: number) => 100 + 10 * Math.min(second, 18)],
    ['one peak at the end', (second: number) => (second > 57 ? 5_000 : 100)],
    ['a saw that falls as far as it rises', (second: number) => 100 + 5 * (second % 10)],
    ['a rise within what is allowed', (second: number) => 100 + 0.2 * second],
    ['what falls', (second: number) => 500 - second],
  ])('is not %s', (_, valueAt) => {
    expect(judged(valueAt)).toMatchObject({ grows: false });
  });

  it('of a large figure is measured by its size', () => {
    expect(judged((second) => 10_000 + second)?.grows).toBe(false);
    expect(judged((second) => 10_000 + 50 * second)?.grows).toBe(true);
  });

  it('is not guessed from few samples, nor of what is never told', () => {
    expect(judged((second) => 100 * second, 23)).toMatchObject({ grown: null, grows: false });
    expect(judged(() => null)).toBeNull();
  });
});
