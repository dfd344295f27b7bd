/** What of the remembered time the slider spans. */
import type { TimeFrame } from '../base/time-frame.ts';

const minuteMs = 60_000;
export const reachesMs = [15, 60, 360, 1_440, 10_080].map((minutes) => minutes * minuteMs);
export const firstReachMs = 60 * minuteMs;

/** Up to the present; about the moment where that lies further back. */
export function frameAround(atMs: number | null, reachMs: number, presentMs: number): TimeFrame {
  if (atMs === null || atMs >= presentMs - reachMs) {
    return { fromMs: presentMs - reachMs, toMs: presentMs };
  }
  // In halves of it, so that the slider does not move under the pointer while the moment does.
  const fromMs = Math.floor(atMs / (reachMs / 2)) * (reachMs / 2) - reachMs / 4;
  const toMs = Math.min(presentMs, fromMs + reachMs);
  return { fromMs: toMs - reachMs, toMs };
}
