/** One run, live: how far, how fast, how well, and a cell for every connection. */
import { useCallback } from 'react';
import type { WarmUpCell, WarmUpRun, WarmUpTimes } from '../../../core/contract/warm-up.ts';
import { cancelWarmUp, showConnections } from '../../actions/registry.ts';
import { ActionButton } from '../../actions/use-action.tsx';
import { CellField } from '../../parts/cell-field/cell-field.tsx';
import type { CellLook } from '../../parts/cell-field/draw-cell.ts';
import { cx } from '../../parts/class-names.ts';
import { Panel } from '../../parts/panel/panel.tsx';
import { ProgressBar } from '../../parts/progress/progress-bar.tsx';
import { useConsole, useEngineSecond } from '../../store/use-console.ts';
import { count, milliseconds, percent, percentFigure } from '../../words/format.ts';
import { errorClassWords } from '../../words/vocabulary.ts';
import { headlineOf, leadText } from './run-lead.ts';
import styles from './warm-up.module.css';
import { words } from './words.ts';

const text = words.run;
/** Under this success the run is in alarm, as in the alerts. */
const alarmUnder = 0.8;

const looks: Readonly<Record<WarmUpCell['state'], CellLook>> = {
  waiting: { color: '--vacant', shape: 'full' },
  dialing: { color: '--ember', shape: 'frame' },
  ready: { color: '--good-deep', shape: 'full' },
  failed: { color: '--bad', shape: 'notched' },
  cancelled: { color: '--line-strong', shape: 'frame' },
};
const shownInLegend = ['ready', 'dialing', 'failed', 'waiting', 'cancelled'] as const;

function Fact({
  name,
  value,
  note,
  alert = false,
}: {
  readonly name: string;
  readonly value: string;
  readonly note?: string | undefined;
  readonly alert?: boolean;
}) {
  return (
    <div className={styles.fact}>
      <dt>
        {name}
        {note !== undefined && <span className={cx(alert && styles.alertNote)}> {note}</span>}
      </dt>
      <dd className={cx(alert && styles.alert)}>{value}</dd>
    </div>
  );
}

function TimesFact({ name, times }: { readonly name: string; readonly times: WarmUpTimes | null }) {
  return times === null ? null : <Fact name={name} value={milliseconds(times.p50Ms)} note={text.p95(times.p95Ms)} />;
}

function Facts({ run }: { readonly run: WarmUpRun }) {
  const alarming = run.done > 0 && run.successRate < alarmUnder;
  return (
    <dl className={styles.facts}>
      <Fact name={text.rate} value={text.rateFigure(run.ratePerSecond)} />
      <Fact
        name={text.success}
        value={run.done === 0 ? percent(null) : percent(run.successRate)}
        note={alarming ? text.successAlert(alarmUnder) : undefined}
        alert={alarming}
      />
      <TimesFact name={text.tcp} times={run.tcp} />
      <TimesFact name={text.tls} times={run.tls} />
      <TimesFact name={text.firstByte} times={run.firstByte} />
      <Fact name={text.healthyNow} value={count(run.healthyNow)} />
    </dl>
  );
}

function Cells({ run }: { readonly run: WarmUpRun }) {
  const { warmUp } = useConsole();
  const look = useCallback(
    (index: number): CellLook => looks[warmUp.cells(run.id)[index]?.state ?? 'waiting'],
    [warmUp, run.id],
  );
  const name = useCallback((index: number) => warmUp.cells(run.id)[index]?.ip ?? '', [warmUp, run.id]);
  const describe = (index: number) => {
    const cell = warmUp.cells(run.id)[index];
    return cell
      ? `${cell.ip} · ${cell.error === null ? text.legend[cell.state] : errorClassWords[cell.error]}`
      : text.legend.waiting;
  };
  return (
    <div className={styles.cells}>
      <CellField
        label={text.cells(run.ready, run.failed, run.total)}
        count={run.total}
        look={look}
        name={name}
        changes={warmUp.changes.subscribe}
        describe={describe}
      />
    </div>
  );
}

function Legend({ run }: { readonly run: WarmUpRun }) {
  const numbers = {
    ready: run.ready,
    dialing: run.dialing,
    failed: run.failed,
    cancelled: run.cancelled,
    waiting: Math.max(0, run.total - run.done - run.dialing - run.cancelled),
  };
  return (
    <div className={styles.legend}>
      {shownInLegend
        .filter((state) => numbers[state] > 0 || state === 'ready')
        .map((state) => (
          <span key={state} className={styles.legendItem}>
            <span
              className={styles.swatch}
              data-shape={looks[state].shape}
              style={{ color: `var(${looks[state].color})` }}
            />
            {count(numbers[state])} {text.legend[state]}
          </span>
        ))}
    </div>
  );
}

export function RunPanel({ run }: { readonly run: WarmUpRun }) {
  const now = useEngineSecond();
  const headline = headlineOf(run);
  const tookMs = (run.endedAtMs ?? now) - run.startedAtMs;
  const aside = [
    text.started(run.startedAtMs),
    run.state !== 'finished' ? text.running(tookMs) : text.took(tookMs),
    text.concurrency(run.concurrency),
    ...(run.clippedBy ? [text.clipped(run.total)] : []),
  ].join(' · ');
  return (
    <Panel
      title={run.job.hosts.join(', ')}
      aside={aside}
      className={styles.run}
      tools={
        <>
          <ActionButton
            action={showConnections}
            input={`host:${run.job.hosts.join(',')}`}
            small
            look="quiet"
            label={text.show}
          />
          {run.state !== 'finished' && <ActionButton action={cancelWarmUp} input={run.id} small showIcon />}
        </>
      }
    >
      <div className={styles.runBody}>
        <div className={styles.lead}>
          <span className={styles.giant}>
            {percentFigure(headline.share)}
            <small>% {headline.of === 'ready' ? text.shareReady : text.shareDone}</small>
          </span>
          <span className={styles.leadText}>{leadText(run)}</span>
        </div>
        <ProgressBar label={text.progress} total={run.total} ready={run.ready} failed={run.failed} />
        <Facts run={run} />
        <Cells run={run} />
        <Legend run={run} />
      </div>
    </Panel>
  );
}
