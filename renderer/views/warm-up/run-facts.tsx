/** The figures of a run: how fast, how well, and how long each part of a new connection took. */
import type { WarmUpRun, WarmUpTimes } from '../../../core/contract/warm-up.ts';
import { cx } from '../../parts/class-names.ts';
import { count, milliseconds, percent } from '../../words/format.ts';
import styles from './run.module.css';
import { words } from './words.ts';

const text = words.run;
/** Under this success the run is in alarm, as in the alerts. */
const alarmUnder = 0.8;

function Fact({
  name,
  value,
  note,
  title,
  alert = false,
}: {
  readonly name: string;
  readonly value: string;
  readonly note?: string | undefined;
  readonly title?: string | undefined;
  readonly alert?: boolean;
}) {
  return (
    <div className={styles.fact} title={title}>
      <dt>
        {name}
        {note !== undefined && <span className={cx(alert && styles.alertNote)}> {note}</span>}
      </dt>
      <dd className={cx(alert && styles.alert)}>{value}</dd>
    </div>
  );
}

function TimesFact({ name, times }: { readonly name: string; readonly times: WarmUpTimes | null }) {
  return times === null ? null : (
    <Fact name={name} value={milliseconds(times.p50Ms)} note={text.p95(times.p95Ms)} title={text.rests(times)} />
  );
}

export function RunFacts({ run }: { readonly run: WarmUpRun }) {
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
