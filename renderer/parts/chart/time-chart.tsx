import { useCallback, useMemo, useRef, useSyncExternalStore } from 'react';
import { token } from '../../styles/theme.ts';
import { timeOfDay } from '../../words/format.ts';
import { Canvas, type Draw } from '../canvas/canvas.tsx';
import type { CrossHair } from './cross-hair.ts';
import { drawChart, roomForEnds, timeAt } from './draw-chart.ts';
import { leastEndsWidth } from './labels.ts';
import {
  bucketSamples,
  type Curve,
  type CurveLook,
  drawnTime,
  type Point,
  sampleStepMs,
  steadyCeiling,
  type Timed,
} from './series.ts';
import styles from './time-chart.module.css';

export interface TimeChartProps<Sample extends Timed> {
  readonly label: string;
  readonly samples: readonly Sample[];
  readonly curves: readonly Curve<Sample>[];
  /** More is shown where samples lie beyond. */
  readonly spanMs: number;
  /** Where the picture begins; by default it ends with the last sample. */
  readonly fromMs?: number;
  readonly format: (value: number) => string;
  /** The scale's top is never below this. */
  readonly leastCeiling: number;
  readonly crossHair: CrossHair;
}

const mostPoints = 300;

/** The value of each curve at the moment pointed at, else now: the legend is the read-out. */
function Legend({
  points,
  curves,
  format,
  crossAtMs,
  bucketMs,
}: {
  readonly points: readonly Point[];
  readonly curves: readonly CurveLook[];
  readonly format: (value: number) => string;
  readonly crossAtMs: number | null;
  readonly bucketMs: number;
}) {
  const at = crossAtMs === null ? null : Math.floor(crossAtMs / bucketMs) * bucketMs;
  // A second that came late has no point of its own: the curve is drawn through to the next, and read from the one before.
  const point = at === null ? undefined : points.findLast(({ atMs }) => atMs <= at && at - atMs <= bucketMs);
  return (
    <div className={styles.legend} aria-hidden="true">
      {curves.map((curve, index) => {
        const value = point?.values[index] ?? null;
        return (
          <span key={curve.label} className={styles.name}>
            <span className={styles.swatch} style={{ background: `var(${curve.color})` }} />
            {curve.label}
            {value !== null && ` ${format(value)}`}
          </span>
        );
      })}
      {at !== null && <span>{timeOfDay(at)}</span>}
    </div>
  );
}

export function TimeChart<Sample extends Timed>(props: TimeChartProps<Sample>) {
  const { label, samples, curves, spanMs, format, leastCeiling, crossHair } = props;
  const finestMs = Math.max(1_000, Math.ceil(spanMs / mostPoints / 1_000) * 1_000);
  const bucketMs = Math.max(
    finestMs,
    useMemo(() => Math.floor(sampleStepMs(samples) / 1_000) * 1_000, [samples]),
  );
  const points = useMemo(() => bucketSamples(samples, curves, bucketMs), [samples, curves, bucketMs]);
  const ceilingRef = useRef<number | null>(null);
  // It only grows: a chart whose edge moves to and fro cannot be read.
  const endsWidthRef = useRef(leastEndsWidth);
  const crossAtMs = useSyncExternalStore(crossHair.changes.subscribe, crossHair.atMs);
  const { fromMs, toMs } = drawnTime(points, { fromMs: props.fromMs, spanMs, bucketMs }, Date.now());

  const draw: Draw = useCallback(
    (context, size) => {
      const shown = points.filter((point) => point.atMs >= fromMs);
      const highest = Math.max(0, ...shown.flatMap((point) => point.values.map((value) => value ?? 0)));
      const ceiling = steadyCeiling(ceilingRef.current, highest, leastCeiling);
      ceilingRef.current = ceiling;
      const endsWidth = Math.max(endsWidthRef.current, roomForEnds(context, { points: shown, curves, format }));
      endsWidthRef.current = endsWidth;
      context.fillStyle = token('--panel');
      drawChart(context, size, {
        points: shown,
        curves,
        fromMs,
        toMs,
        bucketMs,
        ceiling,
        format,
        crossAtMs,
        endsWidth,
      });
    },
    [points, curves, fromMs, toMs, bucketMs, format, leastCeiling, crossAtMs],
  );

  return (
    <div className={styles.chart}>
      <Legend points={points} curves={curves} format={format} crossAtMs={crossAtMs} bucketMs={bucketMs} />
      <div className={styles.plot}>
        <Canvas
          draw={draw}
          label={label}
          onPoint={(point, size) =>
            crossHair.point(
              point === null ? null : timeAt(point.x, size, { fromMs, toMs, endsWidth: endsWidthRef.current }),
            )
          }
        />
      </div>
    </div>
  );
}
