/** The last minutes of one figure as a line, with the threshold that it is measured against. No axis: the figure stands beside it. */
import { useMemo } from 'react';
import styles from './spark.module.css';

const width = 120;
const height = 26;
/** Room above and below, so that a flat line is seen. */
const margin = 3;

export interface SparkProps {
  /** Oldest first; null where nothing is known. */
  readonly points: readonly (number | null)[];
  readonly threshold: number | null;
  /** So many points fill the width. */
  readonly capacity: number;
  readonly bad: boolean;
}

export function Spark({ points, threshold, capacity, bad }: SparkProps) {
  const { path, line } = useMemo(() => draw(points, threshold, capacity), [points, threshold, capacity]);
  return (
    <svg className={styles.spark} viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
      {line !== null && <line className={styles.threshold} x1="0" x2={width} y1={line} y2={line} />}
      <path className={bad ? styles.bad : styles.good} d={path} />
    </svg>
  );
}

/** The threshold is in the picture when the figure has come within three times of it, else it would flatten the line. */
export function draw(
  points: readonly (number | null)[],
  threshold: number | null,
  capacity: number,
): { readonly path: string; readonly line: number | null } {
  const shown = points.slice(-capacity);
  const known = shown.filter((value) => value !== null);
  const largest = Math.max(0, ...known);
  const near = threshold !== null && threshold <= 3 * largest && threshold > 0;
  const most = Math.max(largest, near ? threshold : 0) || 1;
  const y = (value: number): number => height - margin - (value / most) * (height - 2 * margin);
  const first = capacity - shown.length;
  let path = '';
  let pen = false;
  for (const [index, value] of shown.entries()) {
    if (value === null) {
      pen = false;
      continue;
    }
    const x = ((first + index) / Math.max(1, capacity - 1)) * width;
    path += `${pen ? 'L' : 'M'}${x.toFixed(1)} ${y(value).toFixed(1)}`;
    pen = true;
  }
  return { path, line: near ? y(threshold) : null };
}
