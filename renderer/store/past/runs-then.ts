/** The warm-ups of a moment of the past: those that had ended as they ended, those that went on as far as they had come. */
import type { HistoryMoment } from '../../../core/contract/history-moment.ts';
import type { RememberedWarmUp } from '../../../core/contract/history-warm-ups.ts';
import { runUnderWay } from '../../../core/contract/warm-up-progress.ts';
import type { WarmUpRun } from '../../../core/contract/warm-up-run.ts';

/** One whose progress of then was not written down is left out while it went on. */
export function runsThen(
  remembered: readonly RememberedWarmUp[],
  { atMs, warmUps }: Pick<HistoryMoment, 'atMs' | 'warmUps'>,
): WarmUpRun[] {
  return remembered.flatMap(({ run, toldAtMs }): WarmUpRun[] => {
    const progress = warmUps.find(({ id, startedAtMs }) => id === run.id && startedAtMs === run.startedAtMs);
    if (progress) {
      return [runUnderWay(run, progress)];
    }
    if (run.startedAtMs > atMs) {
      return [];
    }
    if (run.endedAtMs !== null) {
      return run.endedAtMs <= atMs ? [run] : [];
    }
    // Its engine was killed before it had ended.
    return toldAtMs <= atMs
      ? [{ ...run, state: 'finished', outcome: 'cancelled', endedAtMs: toldAtMs, dialing: 0, etaMs: 0, etaAtMostMs: 0 }]
      : [];
  });
}
