/** Why connections of a run failed: each class of error, with its IPs where it is opened. */
import { useState, useSyncExternalStore } from 'react';
import type { WarmUpCell, WarmUpRun } from '../../../core/contract/warm-up-run.ts';
import { ActionButton } from '../../actions/use-action.tsx';
import { inspectIp } from '../../actions/view-actions.ts';
import { FailureRow } from '../../parts/failure-row/failure-row.tsx';
import { useConsole, useEngineSecond } from '../../store/use-console.ts';
import { shortMoment } from '../../words/dates.ts';
import { errorClassWords, rawInWords, whyInWords } from '../../words/vocabulary.ts';
import styles from './outcome.module.css';
import { words } from './words.ts';

const text = words.outcome;
const shownIps = 50;

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
            {cell.notAgain !== null && ` · ${words.run.cell.notAgain(whyInWords(cell.notAgain))}`}
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
  /** The same count of the run that it is compared with, and when that began; null: with none. */
  readonly before: { readonly when: string; readonly failed: number } | null;
}) {
  const { run, group, most, before } = props;
  const [open, setOpen] = useState(false);
  return (
    <li>
      <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className={styles.opens}>
          <FailureRow
            name={errorClassWords[group.class]}
            failed={group.count}
            most={most}
            example={rawInWords(group.example)}
            lead={text.example}
            note={
              before !== null && (
                <span className={styles.before} title={text.beforeHint(before.when)}>
                  {' '}
                  {text.before(before.when, before.failed)}
                </span>
              )
            }
          />
        </summary>
        {open && <FailedIps run={run} errorClass={group.class} />}
      </details>
    </li>
  );
}

export function RunErrors({ run, other }: { readonly run: WarmUpRun; readonly other: WarmUpRun | null }) {
  const now = useEngineSecond();
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
            before={
              other && {
                when: shortMoment(other.startedAtMs, now),
                failed: other.errors.find((one) => one.class === group.class)?.count ?? 0,
              }
            }
          />
        ))}
      </ul>
    </>
  );
}
