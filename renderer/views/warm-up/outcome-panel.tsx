/** How a run goes for each of its hosts, against what is usual for it; and why connections failed. */
import { useState, useSyncExternalStore } from 'react';
import {
  isSlowerThanUsual,
  type WarmUpCell,
  type WarmUpHostRun,
  type WarmUpRun,
} from '../../../core/contract/warm-up.ts';
import { ActionButton } from '../../actions/use-action.tsx';
import { inspectIp } from '../../actions/view-actions.ts';
import { Against } from '../../parts/against/against.tsx';
import { cx } from '../../parts/class-names.ts';
import { Empty } from '../../parts/feedback/feedback.tsx';
import { Panel } from '../../parts/panel/panel.tsx';
import { useConsole } from '../../store/use-console.ts';
import { count, milliseconds, none } from '../../words/format.ts';
import { errorClassWords, failureInWords, rawInWords, whyInWords } from '../../words/vocabulary.ts';
import { forbiddenOf } from './forbidden.ts';
import { LostIps } from './lost-ips.tsx';
import styles from './outcome.module.css';
import { words } from './words.ts';

const text = words.outcome;
const shownIps = 50;

/** What is usual for the host, and how far from it this run is: the one may be known without the other. */
function UsualCells({ host }: { readonly host: WarmUpHostRun }) {
  const { baseline, deviation, ready } = host;
  if (baseline === null) {
    return (
      <>
        <td className={cx(styles.num, styles.noUsual)} title={text.noUsualHint}>
          {text.noUsual}
        </td>
        <td className={cx(styles.num, styles.noUsual)} title={text.noUsualHint}>
          {none}
        </td>
      </>
    );
  }
  return (
    <>
      <td className={styles.num} title={text.usualHint(baseline.compared)}>
        {milliseconds(baseline.responseMs)}
      </td>
      {deviation === null ? (
        <td className={cx(styles.num, styles.noUsual)} title={text.fewCompared(baseline.compared, ready)}>
          {none}
        </td>
      ) : (
        <td className={cx(styles.num, isSlowerThanUsual(host) && styles.slow)}>{words.deviation(deviation)}</td>
      )}
    </>
  );
}

function HostRow({ host, other }: { readonly host: WarmUpHostRun; readonly other: WarmUpHostRun | null }) {
  const { firstByte } = host.times;
  return (
    <>
      <tr>
        <th scope="row" className={styles.clip} title={host.host}>
          {host.host}
        </th>
        <td className={styles.num}>
          {count(host.ready)} / {count(host.total)}
        </td>
        <td className={styles.num}>
          {milliseconds(firstByte?.meanMs ?? null)}
          <Against now={firstByte?.meanMs ?? null} other={other?.times.firstByte?.meanMs ?? null} better="less" />
        </td>
        <UsualCells host={host} />
      </tr>
      {host.error && (
        <tr>
          <td colSpan={5} className={styles.hostError}>
            {failureInWords(host.error)}
          </td>
        </tr>
      )}
    </>
  );
}

function HostTable(props: {
  readonly hosts: readonly WarmUpHostRun[];
  /** Those of the run that it is compared with. */
  readonly others: readonly WarmUpHostRun[];
}) {
  const { hosts, others } = props;
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{text.host}</th>
          <th scope="col" className={styles.num}>
            {text.ready}
          </th>
          <th scope="col" className={styles.num} title={text.responseHint}>
            {text.response}
          </th>
          <th scope="col" className={styles.num}>
            {text.usual}
          </th>
          <th scope="col" className={styles.num}>
            {text.deviation}
          </th>
        </tr>
      </thead>
      <tbody>
        {hosts.map((host) => (
          <HostRow key={host.host} host={host} other={others.find((one) => one.host === host.host) ?? null} />
        ))}
      </tbody>
    </table>
  );
}

/** The IPs of one class, with what was said of each: the cells in words, for those who do not hover. */
function FailedIps({ run, errorClass }: { readonly run: WarmUpRun; readonly errorClass: WarmUpCell['error'] }) {
  const { warmUp } = useConsole();
  useSyncExternalStore(warmUp.changes.subscribe, warmUp.changes.version);
  const failed = warmUp.cells(run.id).filter((cell) => cell?.state === 'failed' && cell.error === errorClass);
  return (
    <ul className={styles.failedIps}>
      {failed.slice(0, shownIps).map((cell) =>
        cell === undefined ? null : (
          <li key={cell.index}>
            <ActionButton action={inspectIp} input={cell.ip} label={cell.ip} look="entry" className={styles.mono} />{' '}
            {cell.message !== null && rawInWords(cell.message)}
          </li>
        ),
      )}
      {failed.length > shownIps && <li>{text.more(failed.length - shownIps)}</li>}
    </ul>
  );
}

/** One class; its IPs are looked for only while it is open. */
function ErrorGroup(props: {
  readonly run: WarmUpRun;
  readonly group: WarmUpRun['errors'][number];
  /** Count of the most frequent class. */
  readonly most: number;
  /** The same count of the run that it is compared with; null: with none. */
  readonly before: number | null;
}) {
  const { run, group, most, before } = props;
  const [open, setOpen] = useState(false);
  return (
    <li>
      <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className={styles.error}>
          <span>{errorClassWords[group.class]}</span>
          <span className={styles.errorBar}>
            <span style={{ width: `${(group.count / most) * 100}%` }} />
          </span>
          <span className={styles.errorCount}>
            {count(group.count)}
            {before !== null && <span className={styles.before}> {text.before(before)}</span>}
          </span>
          <span className={styles.example} title={rawInWords(group.example)}>
            {text.example} {rawInWords(group.example)}
          </span>
        </summary>
        {open && <FailedIps run={run} errorClass={group.class} />}
      </details>
    </li>
  );
}

function Errors({ run, other }: { readonly run: WarmUpRun; readonly other: WarmUpRun | null }) {
  const errors = run.errors.toSorted((a, b) => b.count - a.count);
  const most = errors[0]?.count ?? 1;
  // A host that could not be looked up has no connection that could have failed.
  const unresolved = Math.max(0, errors.reduce((sum, group) => sum + group.count, 0) - run.failed);
  return (
    <>
      <h3 className={styles.why}>{text.whyFailed(run.failed, unresolved)}</h3>
      <ul className={styles.errorList}>
        {errors.map((group) => (
          <ErrorGroup
            key={group.class}
            run={run}
            group={group}
            most={most}
            before={other && (other.errors.find((one) => one.class === group.class)?.count ?? 0)}
          />
        ))}
      </ul>
    </>
  );
}

/** IPs that the run did not dial: what is ready is not all that there is. */
function LeftOut({ run }: { readonly run: WarmUpRun }) {
  const { ips, examples } = forbiddenOf(run.hosts);
  return ips === 0 ? null : (
    <>
      <h3 className={styles.why}>{text.leftOut(ips)}</h3>
      <ul className={styles.failedIps}>
        {examples.slice(0, shownIps).map(({ ip, why }) => (
          <li key={ip}>
            <ActionButton action={inspectIp} input={ip} label={ip} look="entry" className={styles.mono} />{' '}
            {whyInWords(why)}
          </li>
        ))}
        {ips > shownIps && <li>{text.more(ips - Math.min(shownIps, examples.length))}</li>}
      </ul>
    </>
  );
}

/** `other`: the run that it is compared with. */
export function OutcomePanel({ run, other }: { readonly run: WarmUpRun | null; readonly other: WarmUpRun | null }) {
  return (
    <Panel title={text.title} className={styles.outcome}>
      {run === null ? (
        <Empty title={text.none}>{text.noneText}</Empty>
      ) : (
        <>
          {run.hosts.length === 0 ? text.resolving : <HostTable hosts={run.hosts} others={other?.hosts ?? []} />}
          <LeftOut run={run} />
          {run.lost.count > 0 && (
            <>
              <h3 className={styles.why}>{text.lost(run.lost.count)}</h3>
              <LostIps lost={run.lost} />
            </>
          )}
          {run.errors.length > 0 && <Errors run={run} other={other} />}
        </>
      )}
    </Panel>
  );
}
