/** One load run: how fast, how well, against another run, second by second, hot against cold. */
import { useMemo, useState } from 'react';
import type { LoadRun } from '../../../core/contract/load-run.ts';
import { cancelLoad, startLoad } from '../../actions/request-actions.ts';
import { ActionButton } from '../../actions/use-action.tsx';
import { Against } from '../../parts/against/against.tsx';
import { CrossHair } from '../../parts/chart/cross-hair.ts';
import type { Curve } from '../../parts/chart/series.ts';
import { TimeChart } from '../../parts/chart/time-chart.tsx';
import { Empty, SkeletonLines } from '../../parts/feedback/feedback.tsx';
import { Panel } from '../../parts/panel/panel.tsx';
import { ProgressBar } from '../../parts/progress/progress-bar.tsx';
import { millisecondsFigure, rate } from '../../words/format.ts';
import { HotCold } from './hot-cold.tsx';
import styles from './load.module.css';
import { RunFacts } from './run-facts.tsx';
import { RunTroubles } from './run-troubles.tsx';
import { words } from './words.ts';

const text = words.run;

type Second = LoadRun['seconds'][number] & { readonly atMs: number };

/** Made anew at each drawing: the words are of the language of that moment. */
function requestCurves(): readonly Curve<Second>[] {
  return [
    { label: text.finished, color: '--cool', look: 'area', fold: 'mean', value: ({ requests }) => requests },
    { label: text.failures, color: '--bad', look: 'bars', fold: 'mean', value: ({ failures }) => failures },
  ];
}

const latencyCurves: readonly Curve<Second>[] = [
  { label: 'p95', color: '--warn', look: 'line', fold: 'highest', value: ({ p95Ms }) => p95Ms },
];

function Seconds({ run }: { readonly run: LoadRun }) {
  const [crossHair] = useState(() => new CrossHair());
  const seconds = useMemo(
    () => run.seconds.map((second, index): Second => ({ ...second, atMs: run.startedAtMs + index * 1_000 })),
    [run],
  );
  const label = text.picture(seconds.length);
  const { startedAtMs: fromMs, job } = run;
  const shared = { label, samples: seconds, fromMs, spanMs: job.durationMs, crossHair };
  return (
    <section className={styles.seconds} aria-label={text.seconds}>
      <TimeChart {...shared} curves={requestCurves()} format={rate} leastCeiling={10} />
      <TimeChart {...shared} curves={latencyCurves} format={millisecondsFigure} leastCeiling={5} />
    </section>
  );
}

function Progress({ run, other }: Pick<RunPanelProps, 'other'> & { readonly run: LoadRun }) {
  const { job, elapsedMs, state } = run;
  const doneMs = Math.min(elapsedMs, job.durationMs);
  return (
    <>
      <div className={styles.lead}>
        <span className={styles.giant}>
          {rate(run.requestsPerSecond)}
          <small>
            {text.perSecond}
            {other && <Against now={run.requestsPerSecond} other={other.requestsPerSecond} better="more" />}
          </small>
        </span>
        <span className={styles.leadText} role="status">
          {state === 'running' ? text.left(job.durationMs - doneMs) : text.states[state]}
          {run.endedAtMs !== null && ` · ${text.took(elapsedMs)}`}
        </span>
      </div>
      <ProgressBar
        label={text.progress}
        total={job.durationMs}
        ready={run.endedAtMs === null ? doneMs : job.durationMs}
        failed={0}
      />
    </>
  );
}

export interface RunPanelProps {
  readonly run: LoadRun | null;
  /** That it is compared with. */
  readonly other: LoadRun | null;
  readonly loaded: boolean;
  /** A run goes on, this one or another. */
  readonly isRunning: boolean;
}

export function RunPanel({ run, other, loaded, isRunning }: RunPanelProps) {
  if (run === null) {
    return (
      <Panel title={text.title} className={styles.run}>
        {loaded ? <Empty title={text.none}>{text.noneText}</Empty> : <SkeletonLines count={6} />}
      </Panel>
    );
  }
  const { id, job, state, endedAtMs } = run;
  return (
    <Panel
      title={text.number(id)}
      aside={`${job.method} ${job.urls.join(' ')} · ${text.of(job.concurrency)}`}
      className={styles.run}
      tools={
        endedAtMs === null ? (
          state === 'running' && <ActionButton action={cancelLoad} input={id} small showIcon />
        ) : (
          <ActionButton action={startLoad} input={job} label={text.again} small disabled={isRunning} />
        )
      }
    >
      <div className={styles.runBody}>
        <Progress run={run} other={other} />
        <RunFacts run={run} other={other} />
        <Seconds run={run} />
        <HotCold run={run} />
        <RunTroubles run={run} />
      </div>
    </Panel>
  );
}
