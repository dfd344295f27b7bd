/** Which finished runs are forgotten, so that what warm-ups leave in memory has an end. */
import { keptOwnWarmUpRuns, keptWarmUpCells, keptWarmUpRuns, type WarmUpCause } from '../contract/warm-up-run.ts';

export interface KeptRun {
  readonly id: number;
  readonly cause: WarmUpCause;
  readonly finished: boolean;
  readonly cells: number;
}

/**
 * Of runs in the order of their start: those beyond what is kept of each kind, then the oldest whose cells are too many
 * together. Runs that go on are never among them, nor is the last that somebody asked for.
 */
export function runsToForget(runs: readonly KeptRun[]): readonly number[] {
  const kept = new Set<KeptRun>();
  const room = { asked: keptWarmUpRuns, own: keptOwnWarmUpRuns };
  let cells = keptWarmUpCells;
  for (const run of runs.toReversed()) {
    const kind = run.cause === 'asked' ? 'asked' : 'own';
    const isLast = kind === 'asked' && room.asked === keptWarmUpRuns;
    if (!run.finished || isLast || (room[kind] > 0 && run.cells <= cells)) {
      kept.add(run);
      cells -= run.cells;
      room[kind] -= run.finished ? 1 : 0;
    }
  }
  return runs.filter((run) => !kept.has(run)).map(({ id }) => id);
}
