import { placeOf } from './annotations.ts';
import type { TimeFrame } from './range-state.ts';
import styles from './strips.module.css';
import { words } from './words.ts';

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

export function TimeAxis({ frame, width }: { readonly frame: TimeFrame; readonly width: number }) {
  return (
    <div className={styles.axis} aria-hidden="true">
      {ticksOf(frame, width).map((atMs) => (
        <span key={atMs} className={styles.tick} style={{ left: placeOf(atMs, frame, width) }}>
          {words.strips.at(atMs, frame.toMs - frame.fromMs)}
        </span>
      ))}
    </div>
  );
}
