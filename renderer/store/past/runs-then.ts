/** The warm-ups of a moment of the past: those that had ended as they ended, those that went on as far as they had come. */
import type { HistoryMoment } from '../../../core/contract/history-moment.ts';
import type { RememberedWarmUp } from '../../../core/contract/history-warm-ups.ts';
import type { WarmUpRun } from '../../../core/contract/warm-up.ts';
import { runUnderWay } from '../../../core/contract/warm-up-progress.ts';

type Then = Pick<HistoryMoment, 'atMs' | 'warmUps'> & { readonly statistics: { readonly startedAtMs: number } };

/** One whose progress of then was not written down is left out while it went on. */
export function runsThen(remembered: readonly RememberedWarmUp[], { atMs, warmUps, statistics }: Then): WarmUpRun[] {
  const engineStartedAtMs = Math.floor(statistics.startedAtMs);
  return remembered.flatMap(({ run, engineStartedAtMs: ofEngine, toldAtMs }): WarmUpRun[] => {
    const isOfEngine = Math.floor(ofEngine) === engineStartedAtMs;
    const progress = isOfEngine ? warmUps.find(({ id }) => id === run.id) : undefined;
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
    return !isOfEngine && toldAtMs <= atMs
      ? [{ ...run, state: 'finished', outcome: 'cancelled', endedAtMs: toldAtMs, dialing: 0, etaMs: 0, etaAtMostMs: 0 }]
      : [];
  });
}
