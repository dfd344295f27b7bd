/** What shows figures and states. */
import { useState } from 'react';
import { cellStates } from '../../core/contract/history-health.ts';
import { shownStates } from '../base/shown-state.ts';
import { CellField } from '../parts/cell-field/cell-field.tsx';
import type { CellLook } from '../parts/cell-field/draw-cell.ts';
import { CrossHair } from '../parts/chart/cross-hair.ts';
import { TimeChart } from '../parts/chart/time-chart.tsx';
import { Ember } from '../parts/ember/ember.tsx';
import { IpMark } from '../parts/ip-mark/ip-mark.tsx';
import { ProgressBar } from '../parts/progress/progress-bar.tsx';
import { Spark } from '../parts/spark/spark.tsx';
import { StateLabel } from '../parts/state-mark/state-mark.tsx';
import { Strip, StripKey } from '../parts/strip/strip.tsx';
import { milliseconds } from '../words/format.ts';
import styles from './gallery.module.css';

const flags = ['ejected', 'probing', 'blocked', 'held'] as const;

export function MarkStates() {
  return (
    <>
      <div className={styles.row}>
        {shownStates.map((state) => (
          <StateLabel key={state} state={state} />
        ))}
      </div>
      <div className={styles.row}>
        {flags.map((flag) => (
          <IpMark key={flag} flag={flag} withWord />
        ))}
        {flags.map((flag) => (
          <IpMark key={`${flag} alone`} flag={flag} />
        ))}
        <Ember />
      </div>
    </>
  );
}

export function ProgressStates() {
  return (
    <>
      {[
        { name: 'not begun', ready: 0, failed: 0 },
        { name: 'under way', ready: 620, failed: 41 },
        { name: 'partly failed', ready: 1_431, failed: 200 },
        { name: 'done', ready: 1_631, failed: 0 },
      ].map(({ name, ready, failed }) => (
        <div key={name} className={styles.wide}>
          <ProgressBar label={name} total={1_631} ready={ready} failed={failed} milestones={[25, 50, 75]} />
        </div>
      ))}
    </>
  );
}

const letters = Object.values(cellStates).join('');
const looks: readonly CellLook[] = [
  { color: '--good-deep', shape: 'full' },
  { color: '--ember', shape: 'full' },
  { color: '--bad', shape: 'notched' },
  { color: '--vacant', shape: 'frame' },
];
const lookOf = (index: number): CellLook =>
  looks[(index * 7) % 11 < 8 ? 0 : index % 4] ?? { color: '--vacant', shape: 'frame' };

export function StripStates() {
  return (
    <>
      <div className={styles.row}>
        {Object.keys(cellStates).map((state) => (
          <span key={state}>
            <StripKey state={state as keyof typeof cellStates} /> {state}
          </span>
        ))}
      </div>
      <div className={styles.strip}>
        <Strip label="every state in turn" states={letters.repeat(12)} />
      </div>
      <div className={styles.tall}>
        <CellField label="a pool" count={486} look={lookOf} describe={(index) => `cell ${index}`} />
      </div>
    </>
  );
}

const points = Array.from({ length: 60 }, (_, index) => ({
  atMs: 1_750_000_000_000 + index * 2_000,
  p50: 12 + 6 * Math.sin(index / 5),
  p99: index > 30 && index < 36 ? null : 40 + 22 * Math.cos(index / 7),
}));

export function ChartStates() {
  const [crossHair] = useState(() => new CrossHair());
  return (
    <>
      <div className={styles.sparks}>
        <Spark points={points.map(({ p50 }) => p50)} threshold={16} capacity={60} bad={false} />
        <Spark points={points.map(({ p99 }) => p99)} threshold={50} capacity={60} bad />
        <Spark points={[]} threshold={50} capacity={60} bad={false} />
      </div>
      <div className={styles.tall}>
        <TimeChart
          label="latency"
          samples={points}
          curves={[
            { label: 'p50', color: '--good', look: 'line', fold: 'mean', value: ({ p50 }) => p50 },
            { label: 'p99', color: '--violet', look: 'line', fold: 'highest', value: ({ p99 }) => p99 },
          ]}
          spanMs={120_000}
          format={milliseconds}
          leastCeiling={50}
          crossHair={crossHair}
        />
      </div>
    </>
  );
}
