/** The figures of a run: how fast, how well, and how long each part of a new connection took. */
import type { ReactNode } from 'react';
import type { WarmUpRun, WarmUpTimes } from '../../../core/contract/warm-up-run.ts';
import { Against, AgainstShare } from '../../parts/against/against.tsx';
import { cx } from '../../parts/class-names.ts';
import { useConfig } from '../../store/use-console.ts';
import { count, milliseconds, percent } from '../../words/format.ts';
import styles from './run.module.css';
import { words } from './words.ts';

const text = words.run;
/** Under this success the run is in alarm, as in the alerts; null while it is not known. */
function useAlarmUnder(): number | null {
  const value = useConfig()?.keys.find(({ path }) => path === 'alerts.warm_up_success')?.value;
  return typeof value === 'number' ? value : null;
}

function Fact({
  name,
  value,
  note,
  title,
  alert = false,
  children,
}: {
  readonly name: string;
  readonly value: string;
  readonly note?: string | undefined;
  readonly title?: string | undefined;
  readonly alert?: boolean;
  readonly children?: ReactNode;
}) {
  return (
    <div className={styles.fact} title={title}>
      <dt>
        {name}
        {note !== undefined && <span className={cx(alert && styles.alertNote)}> {note}</span>}
        {children}
      </dt>
      <dd className={cx(alert && styles.alert)}>{value}</dd>
    </div>
  );
}

function TimesFact(props: {
  readonly name: string;
  readonly times: WarmUpTimes | null;
  /** The same of the run that it is compared with. */
  readonly other: WarmUpTimes | null;
}) {
  const { name, times, other } = props;
  return times === null ? null : (
    <Fact name={name} value={milliseconds(times.p50Ms)} note={text.p95(times.p95Ms)} title={text.rests(times)}>
      <Against now={times.p50Ms} other={other?.p50Ms ?? null} better="less" />
    </Fact>
  );
}

/** `other`: the run that it is compared with. */
export function RunFacts({ run, other }: { readonly run: WarmUpRun; readonly other: WarmUpRun | null }) {
  const alarmUnder = useAlarmUnder();
  const tried = run.done + run.retrying;
  const alarming = alarmUnder !== null && tried > 0 && run.successRate < alarmUnder;
  // Of a run without a result nothing is known yet, whatever its figures say.
  const held = run.done > 0 && other !== null && other.done > 0 ? other : null;
  return (
    <dl className={styles.facts}>
      <Fact name={text.rate} value={text.rateFigure(run.ratePerSecond)}>
        <Against now={run.ratePerSecond} other={held?.ratePerSecond ?? null} better="more" />
      </Fact>
      <Fact
        name={text.success}
        value={percent(tried === 0 ? null : run.successRate)}
        note={alarming ? text.successAlert(alarmUnder) : undefined}
        alert={alarming}
      >
        <AgainstShare now={run.successRate} other={held?.successRate ?? null} />
      </Fact>
      <TimesFact name={text.tcp} times={run.tcp} other={held?.tcp ?? null} />
      <TimesFact name={text.tls} times={run.tls} other={held?.tls ?? null} />
      <TimesFact name={text.firstByte} times={run.firstByte} other={held?.firstByte ?? null} />
      <Fact name={text.healthyNow} value={count(run.healthyNow)} />
    </dl>
  );
}
