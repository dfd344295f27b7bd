/** Failed checks by what went wrong, over time. */
import type { RememberedCheck } from '../../../core/contract/history-health.ts';
import type { ErrorClass } from '../../../core/contract/vocabulary.ts';
import type { TimeFrame } from './range-state.ts';

export interface ErrorGroup {
  readonly errorClass: ErrorClass;
  readonly count: number;
  /** Failures in each piece of the frame, oldest first. */
  readonly counts: readonly number[];
  readonly last: RememberedCheck;
}

/** The most frequent first. `checks`: newest first; those outside of the frame do not count. */
export function groupErrors(
  checks: readonly RememberedCheck[],
  { fromMs, toMs }: TimeFrame,
  pieces: number,
): ErrorGroup[] {
  const groups = new Map<ErrorClass, { counts: number[]; count: number; last: RememberedCheck }>();
  for (const check of checks) {
    const { errorClass, atMs } = check;
    if (errorClass === null || atMs < fromMs || atMs >= toMs) {
      continue;
    }
    let group = groups.get(errorClass);
    if (group === undefined) {
      group = { counts: new Array<number>(pieces).fill(0), count: 0, last: check };
      groups.set(errorClass, group);
    }
    const piece = Math.floor(((atMs - fromMs) / (toMs - fromMs)) * pieces);
    group.counts[piece] = (group.counts[piece] ?? 0) + 1;
    group.count += 1;
  }
  return [...groups].map(([errorClass, group]) => ({ errorClass, ...group })).sort((a, b) => b.count - a.count);
}
