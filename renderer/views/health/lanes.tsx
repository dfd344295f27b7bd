/** Above the strips: when what happened. Marks that would touch each other are one, with their number. */
import { type KeyboardEvent, useMemo } from 'react';
import type { TimeFrame } from '../../base/time-frame.ts';
import type { CrossHair } from '../../parts/chart/cross-hair.ts';
import { CrossField } from '../../parts/chart/cross-line.tsx';
import { cx } from '../../parts/class-names.ts';
import { type Lane, lanes } from '../../store/past/happenings.ts';
import { type Annotation, type Cluster, clusterAnnotations, markX, stretchesOf } from './annotations.ts';
import styles from './strips.module.css';
import { words } from './words.ts';

const text = words.lanes;

/** Each lane has a shape of its own, so that it can be told without its colour. */
const shapes: Readonly<Record<Lane, string>> = {
  ejections: 'M5 0l5 7H0zM0 8.4h10V10H0z',
  lists: 'M5 0a5 5 0 1 1 0 10A5 5 0 0 1 5 0z',
  'warm-ups': 'M.5.5h9v9h-9z',
  config: 'M0 0h10v3H0zM0 7h10v3H0z',
  alerts: 'M5 0l5 5-5 5-5-5z',
};

/** Left and right go from mark to mark: a lane is one stop of the Tab key. */
function onKeyDown(event: KeyboardEvent<HTMLButtonElement>): void {
  const step = event.key === 'ArrowRight' ? 'nextElementSibling' : 'previousElementSibling';
  const next = event.currentTarget[step];
  if ((event.key === 'ArrowRight' || event.key === 'ArrowLeft') && next instanceof HTMLButtonElement) {
    event.preventDefault();
    next.focus();
  }
}

function Mark({
  cluster,
  lane,
  width,
  isStop,
  onOpen,
}: {
  readonly cluster: Cluster;
  readonly lane: Lane;
  /** Of the lane. */
  readonly width: number;
  readonly isStop: boolean;
  readonly onOpen: (annotations: readonly Annotation[]) => void;
}) {
  const { annotations } = cluster;
  const [first] = annotations;
  const said =
    annotations.length === 1 ? first?.text : text.mark(text.names[lane], annotations.length, first?.atMs ?? 0);
  return (
    <button
      type="button"
      className={cx(styles.mark, styles[lane])}
      style={{ left: markX(cluster, width) }}
      title={said}
      aria-label={said}
      tabIndex={isStop ? 0 : -1}
      onKeyDown={onKeyDown}
      onClick={() => onOpen(annotations)}
    >
      <svg viewBox="0 0 10 10" aria-hidden="true">
        <path d={shapes[lane]} fill="currentColor" />
      </svg>
      {annotations.length > 1 && <span aria-hidden="true">{annotations.length}</span>}
    </button>
  );
}

export function Lanes({
  annotations,
  frame,
  crossHair,
  width,
  onOpen,
}: {
  readonly annotations: readonly Annotation[];
  readonly frame: TimeFrame;
  readonly crossHair: CrossHair;
  readonly width: number;
  readonly onOpen: (annotations: readonly Annotation[]) => void;
}) {
  const byLane = useMemo(() => Map.groupBy(annotations, ({ lane }) => lane), [annotations]);
  return (
    <ul className={styles.lanes} aria-label={text.title}>
      {lanes.map((lane) => {
        const ofLane = byLane.get(lane) ?? [];
        const clusters = clusterAnnotations(ofLane, frame, width);
        return (
          <li key={lane} className={styles.lane}>
            <span className={styles.laneName}>{text.names[lane]}</span>
            <CrossField frame={frame} crossHair={crossHair} className={styles.track}>
              {clusters.map((cluster, index) => (
                <Mark
                  key={cluster.annotations[0]?.key}
                  cluster={cluster}
                  lane={lane}
                  width={width}
                  isStop={index === clusters.length - 1}
                  onOpen={onOpen}
                />
              ))}
              {stretchesOf(ofLane, frame, width).map((stretch) => (
                <span
                  key={stretch.x}
                  className={cx(styles.stretch, styles[lane])}
                  style={{ left: stretch.x, width: stretch.width }}
                />
              ))}
            </CrossField>
          </li>
        );
      })}
    </ul>
  );
}
