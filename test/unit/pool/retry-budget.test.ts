import { expect, it } from 'vitest';
import { RetryBudget } from '../../../core/pool/retry-budget.ts';
import { ManualClock } from '../../support/manual-clock.ts';

function granted(budget: RetryBudget, tries: number): number {
  return Array.from({ length: tries }, () => budget.withdraw()).filter(Boolean).length;
}

it('grants a share of the requests of the last ten seconds, and never less than so many a second', async () => {
  const clock = new ManualClock();
  const budget = new RetryBudget(clock, () => ({ budget: 0.2, minPerSecond: 3 }));
  expect(granted(budget, 100)).toBe(30);
  await clock.advance(10_000);
  for (let request = 0; request < 1_000; request += 1) {
    budget.deposit();
  }
  expect(granted(budget, 1_000)).toBe(200);
  await clock.advance(10_000);
  expect(granted(budget, 100)).toBe(30);
});

it('obeys settings that change while it runs', () => {
  let settings = { budget: 0, minPerSecond: 0 };
  const budget = new RetryBudget(new ManualClock(), () => settings);
  budget.deposit();
  expect(granted(budget, 10)).toBe(0);
  settings = { budget: 1, minPerSecond: 0 };
  expect(granted(budget, 10)).toBe(1);
  settings = { budget: 0, minPerSecond: 1 };
  expect(granted(budget, 100)).toBe(9);
});
