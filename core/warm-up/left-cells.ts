/** What a run has left for a retry. */
import type { WarmUpCell } from '../contract/warm-up-run.ts';

/** It failed for good; `rest`: or was cancelled. */
export function isLeft(state: WarmUpCell['state'], rest: boolean): boolean {
  return state === 'failed' || (rest && state === 'cancelled');
}
