/** The last load runs, newest first: a click shows one, and any other can be laid beside it. */

import type { LoadRun } from '../../../core/contract/load-run.ts';
import { Button } from '../../parts/button/button.tsx';
import { cx } from '../../parts/class-names.ts';
import { Empty, SkeletonLines } from '../../parts/feedback/feedback.tsx';
import { Panel } from '../../parts/panel/panel.tsx';
import { unseen } from '../../parts/unseen/unseen.ts';
import { changeScreen } from '../../store/screen.ts';
import { useEngineSecond } from '../../store/use-console.ts';
import { shortMoment } from '../../words/dates.ts';
import { count, millisecondsFigure, percent, rate } from '../../words/format.ts';
import styles from './requests.module.css';
import { words } from './words.ts';

const text = words.runs;

function askedFor({ job }: LoadRun): string {
  const [first = '', ...more] = job.urls.map((url) => url.replace(/^https:\/\//, ''));
  return more.length === 0 ? first : `${first} ${text.moreUrls(more.length)}`;
}

function RunRow(props: { readonly run: LoadRun; readonly isShown: boolean; readonly isCompared: boolean }) {
  const { run, isShown, isCompared } = props;
  const { id, job, total } = run;
  const when = shortMoment(run.startedAtMs, useEngineSecond());
  return (
    <tr className={cx(isShown && styles.shown)}>
      <td>
        <Button
          look="entry"
          aria-label={text.open(id, when)}
          aria-current={isShown}
          onClick={() => changeScreen({ shownLoadRun: id })}
        >
          {when}
        </Button>
      </td>
      <td className={styles.clip} title={job.urls.join('\n')}>
        {askedFor(run)}
      </td>
      <td className={styles.num}>{count(job.concurrency)}</td>
      <td className={styles.num}>{rate(run.requestsPerSecond)}</td>
      <td className={styles.num}>{percent(run.successRate)}</td>
      <td className={styles.num}>{millisecondsFigure(total.p50Ms)}</td>
      <td className={styles.num}>{millisecondsFigure(total.p95Ms)}</td>
      <td className={styles.num}>{millisecondsFigure(total.p99Ms)}</td>
      <td className={styles.num}>
        {!isShown && (
          <Button
            small
            look="quiet"
            pressed={isCompared}
            aria-label={text.compareWith(id)}
            onClick={() => changeScreen({ comparedLoadRun: isCompared ? null : id })}
          >
            {text.compare}
          </Button>
        )}
      </td>
    </tr>
  );
}

export interface LoadRunsPanelProps {
  /** null: not known yet. */
  readonly runs: readonly LoadRun[] | null;
  readonly shownId: number | null;
  readonly comparedId: number | null;
}

export function LoadRunsPanel({ runs, shownId, comparedId }: LoadRunsPanelProps) {
  const numbers = [text.concurrency, text.rate, text.success, text.p50, text.p95];
  return (
    <Panel title={text.title} className={styles.earlier}>
      {runs === null ? (
        <SkeletonLines count={3} />
      ) : runs.length === 0 ? (
        <Empty title={text.none}>{text.noneText}</Empty>
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{text.when}</th>
              <th scope="col">{text.urls}</th>
              {numbers.map((name) => (
                <th key={name} scope="col" className={styles.num}>
                  {name}
                </th>
              ))}
              <th scope="col" className={styles.num}>
                {text.p99}
              </th>
              <th scope="col">
                <span className={unseen}>{text.compare}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {runs.map((run) => (
              <RunRow key={run.id} run={run} isShown={run.id === shownId} isCompared={run.id === comparedId} />
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
