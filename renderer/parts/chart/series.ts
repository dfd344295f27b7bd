/** From samples to what is drawn: at most 300 points a series, buckets fixed to the clock so that curves do not shimmer. */

import type { PoolSample } from '../../../core/contract/statistics.ts';

export type Fold = 'mean' | 'highest';

/** What was measured at one moment. */
export interface Timed {
  readonly atMs: number;
}

export interface CurveLook {
  readonly label: string;
  /** A colour token. */
  readonly color: `--${string}`;
  readonly look: 'line' | 'area' | 'bars';
  readonly fold: Fold;
}

export interface Curve<Sample extends Timed = PoolSample> extends CurveLook {
  readonly value: (sample: Sample) => number | null;
}

export interface Point {
  /** Start of the bucket. */
  readonly atMs: number;
  /** One for each curve; null where nothing is known. */
  readonly values: readonly (number | null)[];
}

function foldValues(values: readonly number[], fold: Fold): number | null {
  if (values.length === 0) {
    return null;
  }
  return fold === 'highest' ? Math.max(...values) : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Oldest first. */
export function bucketSamples<Sample extends Timed>(
  samples: readonly Sample[],
  curves: readonly Curve<Sample>[],
  bucketMs: number,
): Point[] {
  const points: Point[] = [];
  let start = 0;
  while (start < samples.length) {
    const bucket = Math.floor((samples[start]?.atMs ?? 0) / bucketMs);
    let end = start + 1;
    while (end < samples.length && Math.floor((samples[end]?.atMs ?? 0) / bucketMs) === bucket) {
      end += 1;
    }
    const part = samples.slice(start, end);
    points.push({
      atMs: bucket * bucketMs,
      values: curves.map((curve) =>
        foldValues(
          part.map(curve.value).filter((value) => value !== null),
          curve.fold,
        ),
      ),
    });
    start = end;
  }
  return points;
}

/** How far apart they are where nothing is missing: a second, or more where they are of long ago. 0: there are less than two. */
export function sampleStepMs(samples: readonly Timed[]): number {
  let stepMs = Number.POSITIVE_INFINITY;
  for (let index = 1; index < samples.length; index += 1) {
    stepMs = Math.min(stepMs, (samples[index]?.atMs ?? 0) - (samples[index - 1]?.atMs ?? 0));
  }
  return Number.isFinite(stepMs) ? stepMs : 0;
}

interface WishedTime {
  /** undefined: the picture ends with the last point. */
  readonly fromMs: number | undefined;
  readonly spanMs: number;
  readonly bucketMs: number;
}

/** From where to where is drawn. What goes on beyond its span is drawn to its end: answers to a load come after its time too. */
export function drawnTime(
  points: readonly Point[],
  { fromMs, spanMs, bucketMs }: WishedTime,
  nowMs: number,
): { readonly fromMs: number; readonly toMs: number } {
  const last = points.at(-1);
  if (fromMs === undefined) {
    const toMs = (last?.atMs ?? nowMs) + bucketMs;
    return { fromMs: toMs - spanMs, toMs };
  }
  const beginMs = Math.floor(fromMs / bucketMs) * bucketMs;
  return { fromMs: beginMs, toMs: Math.max(beginMs + spanMs, (last?.atMs ?? 0) + bucketMs) };
}

const spansMs = [2, 5, 15].map((minutes) => minutes * 60_000);

/** How much time to show: all there is, in steps, so that a young engine does not sit in the corner of an empty chart. */
export function shownSpanMs(samples: readonly Timed[]): number {
  const first = samples[0]?.atMs ?? 0;
  const last = samples.at(-1)?.atMs ?? 0;
  return spansMs.find((span) => last - first < span) ?? 15 * 60_000;
}

const steps = [1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8, 10];

/** The smallest round number that is not below `value` and whose half is round too; at least `least`. */
export function niceCeiling(value: number, least: number): number {
  const wanted = Math.max(value, least);
  const power = 10 ** Math.floor(Math.log10(wanted));
  const step = steps.find((factor) => factor * power >= wanted - power * 1e-9) ?? 10;
  return step * power;
}

/** The scale grows at once and shrinks only when half of it is empty: a picture that jumps cannot be read. */
export function steadyCeiling(before: number | null, highest: number, least: number): number {
  const wanted = niceCeiling(highest * 1.08, least);
  return before !== null && wanted <= before && highest > before * 0.42 ? before : wanted;
}
