import { expect, it } from 'vitest';
import { keptOwnWarmUpRuns, keptWarmUpCells, keptWarmUpRuns } from '../../../core/contract/warm-up-run.ts';
import { type KeptRun, runsToForget } from '../../../core/warm-up/kept-runs.ts';

function runs(count: number, of: Partial<KeptRun> = {}, from = 1): KeptRun[] {
  return Array.from({ length: count }, (_, index) => ({
    id: from + index,
    cause: 'asked',
    finished: true,
    cells: 10,
    ...of,
  }));
}

it('the oldest go first, and none that goes on', () => {
  const all = [...runs(1, { finished: false }), ...runs(keptWarmUpRuns + 2, {}, 2)];
  expect(runsToForget(all)).toEqual([2, 3]);
});

it("what the engine begins by itself pushes out none of the operator's", () => {
  const asked = runs(keptWarmUpRuns);
  const own = runs(300, { cause: 'new-address' }, 1_000);
  const forgotten = runsToForget([...asked, ...own]);
  expect(forgotten).toEqual(own.slice(0, -keptOwnWarmUpRuns).map(({ id }) => id));
});

it('large runs go before there are many of them, but for the last', () => {
  const share = keptWarmUpCells / 4;
  expect(runsToForget(runs(6, { cells: share }))).toEqual([1, 2]);
  const [old, last] = [...runs(1), ...runs(1, { cells: 2 * keptWarmUpCells }, 2)];
  expect(runsToForget([old, last].filter((run) => run !== undefined))).toEqual([1]);
});
