/** How the latest warm-up of each host went, while that is news. */
import type { AlertSettings } from '../config/settings.ts';
import { whyWords } from '../contract/why-text.ts';
import type { LatestWarmUp } from '../warm-up/warm-up.ts';
import { type AlertReading, figureReading } from './alert-reading.ts';

/** Fewer results tell only at the end. */
const tellingResults = 20;
/** A run that ended longer ago says nothing of now. */
const newsMs = 600_000;

/** `nowMs` is epoch. */
export function warmUpReadings(
  latest: readonly LatestWarmUp[],
  nowMs: number,
  { warmUpSuccess, clearMargin }: Pick<AlertSettings, 'warmUpSuccess' | 'clearMargin'>,
): AlertReading[] {
  return latest.flatMap(({ host, done, ready, endedAtMs, failure }) => {
    if (endedAtMs !== null && nowMs - endedAtMs >= newsMs) {
      return [];
    }
    const tells = endedAtMs === null ? done >= tellingResults : done > 0;
    const detail = failure && failureText(failure, done - ready, done);
    return [figureReading('warm-up-success', host, tells ? ready / done : null, warmUpSuccess, clearMargin, detail)];
  });
}

/** The example speaks for the others only where more than half of them are of its class. */
function failureText({ count, example }: NonNullable<LatestWarmUp['failure']>, failed: number, done: number): string {
  const slots = { failed, done, message: example };
  if (failed === 1) {
    return whyWords('one-failed', slots);
  }
  if (count >= failed) {
    return whyWords('all-failed-alike', slots);
  }
  return whyWords(count > failed / 2 ? 'mostly-failed' : 'failed-variously', slots);
}
