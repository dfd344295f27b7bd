/** Long work in slices, on a scheduler that is driven by hand. */
import { describe, expect, it } from 'vitest';
import { atOnce, inSlices, mapped, sorted } from '../../../renderer/base/slices.ts';
import { MadeScheduler } from './made-scheduler.ts';

const numbers = Array.from({ length: 20_000 }, (_, index) => ({ key: (index * 7_919) % 1_000, index }));

describe('work in slices', () => {
  it('gives way again and again, and its result is that of the work done at once', () => {
    const scheduler = new MadeScheduler();
    const byKey = (a: { key: number }, b: { key: number }) => a.key - b.key;
    const results: unknown[] = [];
    inSlices(sorted(numbers, byKey), (result) => results.push(result), scheduler);
    expect(results, 'nothing runs in the turn that asked').toEqual([]);
    let slices = 0;
    while (scheduler.runOne()) {
      slices += 1;
    }
    expect(slices).toBeGreaterThan(10);
    expect(results).toEqual([numbers.toSorted(byKey)]);
  });

  it('that is given up in the middle is never told, and does nothing more', () => {
    const scheduler = new MadeScheduler();
    let made = 0;
    const work = mapped(numbers, () => {
      made += 1;
    });
    const giveUp = inSlices(work, () => expect.unreachable('it was given up'), scheduler);
    scheduler.runOne();
    const before = made;
    expect(before).toBeGreaterThan(0);
    giveUp();
    while (scheduler.runOne()) {
      // Whatever still waits.
    }
    expect(made).toBe(before);
  });
});

describe('sorted', () => {
  it.each([0, 1, 511, 512, 513, 5_000])(
    'orders %i, keeping the order of equal ones and of what cannot be compared',
    (length) => {
      const items = numbers.slice(0, length);
      expect(atOnce(sorted(items, (a, b) => a.key - b.key))).toEqual(items.toSorted((a, b) => a.key - b.key));
      expect(atOnce(sorted(items, () => Number.NaN))).toEqual(items);
    },
  );
});
