import { describe, expect, it } from 'vitest';
import type { RememberedWarmUp } from '../../../core/contract/history-warm-ups.ts';
import { progressOf } from '../../../core/contract/warm-up-progress.ts';
import type { WarmUpRun } from '../../../core/contract/warm-up-run.ts';
import { runsThen } from '../../../renderer/store/past/runs-then.ts';
import { runOf } from '../../support/warm-up-fixtures.ts';

const engineStartedAtMs = 1_000;

function remembered(run: Partial<WarmUpRun>, told: Partial<RememberedWarmUp> = {}): RememberedWarmUp {
  return { key: 1, engineStartedAtMs, toldAtMs: 99_000, run: runOf(run), ...told };
}

const ended = remembered({ id: 2, startedAtMs: 10_000, endedAtMs: 20_000, state: 'finished', outcome: 'ok', total: 9 });
const at = (atMs: number, under: readonly WarmUpRun[] = []) => ({
  atMs,
  warmUps: under.flatMap((run) => progressOf(run) ?? []),
});

describe('the warm-ups of a moment', () => {
  it('are not there before they began, as they ended afterwards, and between as far as they had come', () => {
    const then = runOf({ id: 2, startedAtMs: 10_000, total: 9, done: 4, ready: 3, failed: 1 });
    expect(runsThen([ended], at(9_000))).toEqual([]);
    expect(runsThen([ended], at(15_000, [then]))).toMatchObject([
      { id: 2, state: 'running', outcome: null, done: 4, ready: 3, failed: 1, startedAtMs: 10_000 },
    ]);
    expect(runsThen([ended], at(20_000))).toEqual([ended.run]);
  });

  it('are left out while they went on, where that was not written down', () => {
    expect(runsThen([ended], at(15_000))).toEqual([]);
  });

  it('have their own progress, not that of a run of another engine with the same number', () => {
    const other = runOf({ id: 2, startedAtMs: 26_000, total: 5, done: 1 });
    expect(runsThen([ended], at(30_000, [other]))).toEqual([ended.run]);
  });

  it('were cut off where their engine was killed before they had ended', () => {
    const killed = remembered(
      { id: 3, startedAtMs: 10_000, state: 'running', total: 9, done: 2 },
      { toldAtMs: 12_000 },
    );
    expect(runsThen([killed], at(30_000))).toMatchObject([
      { id: 3, state: 'finished', outcome: 'cancelled', endedAtMs: 12_000, done: 2 },
    ]);
  });
});
