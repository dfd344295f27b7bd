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
import { cx } from '../../parts/class-names.ts';
import { Empty } from '../../parts/feedback/feedback.tsx';
import { Panel } from '../../parts/panel/panel.tsx';
import { useConsole } from '../../store/use-console.ts';
import { count, milliseconds } from '../../words/format.ts';
import { errorClassWords } from '../../words/vocabulary.ts';
import { LostIps } from './lost-ips.tsx';
import styles from './outcome.module.css';
import { words } from './words.ts';

const text = words.outcome;
const shownIps = 50;

function HostRow({ host }: { readonly host: WarmUpHostRun }) {
  const { firstByte } = host.times;
  const slow = isSlowerThanUsual(host);
  return (
    <>
      <tr>
        <th scope="row" className={styles.clip} title={host.host}>
          {host.host}
        </th>
        <td className={styles.num}>
          {count(host.ready)} / {count(host.total)}
        </td>
        <td className={styles.num}>{milliseconds(firstByte?.meanMs ?? null)}</td>
        {host.baseline === null || host.deviation === null ? (
          <td className={cx(styles.num, styles.noUsual)} colSpan={2} title={text.noUsualHint}>
            {text.noUsual}
          </td>
        ) : (
          <>
            <td className={styles.num} title={text.usualHint(host.baseline.compared)}>
              {milliseconds(host.baseline.responseMs)}
            </td>
            <td className={cx(styles.num, slow && styles.slow)}>{words.deviation(host.deviation)}</td>
          </>
        )}
      </tr>
      {host.error && (
        <tr>
          <td colSpan={5} className={styles.hostError}>
            {errorClassWords[host.error.class]}: {host.error.message}
          </td>
        </tr>
      )}
    </>
  );
}

function HostTable({ hosts }: { readonly hosts: readonly WarmUpHostRun[] }) {
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
          <HostRow key={host.host} host={host} />
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
            {cell.message}
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
}) {
  const { run, group, most } = props;
  const [open, setOpen] = useState(false);
  return (
    <li>
      <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className={styles.error}>
          <span>{errorClassWords[group.class]}</span>
          <span className={styles.errorBar}>
            <span style={{ width: `${(group.count / most) * 100}%` }} />
          </span>
          <span className={styles.errorCount}>{count(group.count)}</span>
          <span className={styles.example} title={group.example}>
            {text.example} {group.example}
          </span>
        </summary>
        {open && <FailedIps run={run} errorClass={group.class} />}
      </details>
    </li>
  );
}

function Errors({ run }: { readonly run: WarmUpRun }) {
  const errors = run.errors.toSorted((a, b) => b.count - a.count);
  const most = errors[0]?.count ?? 1;
  // A host that could not be looked up has no connection that could have failed.
  const unresolved = Math.max(0, errors.reduce((sum, group) => sum + group.count, 0) - run.failed);
  return (
    <>
      <h3 className={styles.why}>{text.whyFailed(run.failed, unresolved)}</h3>
      <ul className={styles.errorList}>
        {errors.map((group) => (
          <ErrorGroup key={group.class} run={run} group={group} most={most} />
        ))}
      </ul>
    </>
  );
}

export function OutcomePanel({ run }: { readonly run: WarmUpRun | null }) {
  return (
    <Panel title={text.title} className={styles.outcome}>
      {run === null ? (
        <Empty title={text.none}>{text.noneText}</Empty>
      ) : (
        <>
          {run.hosts.length === 0 ? text.resolving : <HostTable hosts={run.hosts} />}
          {run.lost.count > 0 && (
            <>
              <h3 className={styles.why}>{text.lost(run.lost.count)}</h3>
              <LostIps lost={run.lost} />
            </>
          )}
          {run.errors.length > 0 && <Errors run={run} />}
        </>
      )}
    </Panel>
  );
}
