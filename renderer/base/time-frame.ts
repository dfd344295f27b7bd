/** A stretch of time as wide as a picture. */
export interface TimeFrame {
  readonly fromMs: number;
  /** Not with it. */
  readonly toMs: number;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const steps = [
  5_000,
  15_000,
  minuteMs,
  2 * minuteMs,
  5 * minuteMs,
  15 * minuteMs,
  hourMs,
  2 * hourMs,
  6 * hourMs,
  24 * hourMs,
];
const leastPixels = 84;
/** A label needs so much room to its right. */
const labelPixels = 64;

/** From the left, as far as the frame reaches. */
export function placeOf(atMs: number, { fromMs, toMs }: TimeFrame, width: number): number {
  return Math.min(1, Math.max(0, (atMs - fromMs) / (toMs - fromMs))) * width;
}

/** Round times of the day that stand far enough apart to be read; none whose label would be cut off. */
export function ticksOf({ fromMs, toMs }: TimeFrame, width: number): number[] {
  const stepMs = steps.find((step) => (step / (toMs - fromMs)) * width >= leastPixels) ?? 48 * hourMs;
  // Midnight and full hours of this machine's zone, not of Greenwich.
  const zoneMs = new Date(fromMs).getTimezoneOffset() * minuteMs;
  const first = Math.ceil((fromMs - zoneMs) / stepMs) * stepMs + zoneMs;
  const ticks: number[] = [];
  const lastMs = toMs - (labelPixels / width) * (toMs - fromMs);
  for (let atMs = first; atMs <= lastMs; atMs += stepMs) {
    ticks.push(atMs);
  }
  return ticks;
}
