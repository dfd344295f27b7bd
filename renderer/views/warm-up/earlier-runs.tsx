import GitCompare from 'lucide-react/icons/git-compare';
import type { WarmUpRun } from '../../../core/contract/warm-up-run.ts';
import { Button } from '../../parts/button/button.tsx';
import { cx } from '../../parts/class-names.ts';
import { Empty } from '../../parts/feedback/feedback.tsx';
import { Panel } from '../../parts/panel/panel.tsx';
import { unseen } from '../../parts/unseen/unseen.ts';
import { changeScreen } from '../../store/screen.ts';
import { useEngineSecond } from '../../store/use-console.ts';
import { shortMoment } from '../../words/dates.ts';
import { count, none, rate, together, took } from '../../words/format.ts';
import { outcomeWords } from '../../words/vocabulary.ts';
import { forbiddenOf } from './forbidden.ts';
import styles from './warm-up.module.css';
import { words } from './words.ts';

const text = words.earlier;

function outcomeText({ outcome, state, retryOf, hosts }: WarmUpRun): string {
  const leftOut = forbiddenOf(hosts).ips;
  // Not all of its IPs are ready where some were left out.
  const ended = outcome === 'ok' && leftOut > 0 ? words.run.leftOut(leftOut) : outcome && outcomeWords[outcome];
  const said = ended ?? (state === 'paused' ? text.paused : text.running);
  return retryOf === null ? said : `${text.retry}: ${said}`;
}

/** Lays the run beside the one that is shown; once more takes it away. */
function CompareButton({ run, isCompared }: { readonly run: WarmUpRun; readonly isCompared: boolean }) {
  const name = text.compareWith(together(run.job.hosts), shortMoment(run.startedAtMs, useEngineSecond()));
  return (
    <Button
      small
      look="quiet"
      icon={<GitCompare aria-hidden="true" />}
      pressed={isCompared}
      aria-label={name}
      title={name}
      className={styles.compare}
      onClick={() => changeScreen({ comparedRun: isCompared ? null : run.id })}
    >
      {text.compare}
    </Button>
  );
}

/** The last runs, those before this start of the engine among them, newest first; a click shows its cells. */
export function EarlierRuns({
  runs,
  shownId,
  comparedId,
}: {
  readonly runs: readonly WarmUpRun[];
  readonly shownId: number | null;
  readonly comparedId: number | null;
}) {
  const now = useEngineSecond();
  return (
    <Panel title={text.title} className={styles.earlier}>
      {runs.length === 0 ? (
        <Empty title={text.none}>{text.noneText}</Empty>
      ) : (
        <div className={styles.earlierRows}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{text.when}</th>
                <th scope="col">
                  {text.host} · {text.outcome}
                </th>
                <th scope="col" className={styles.num}>
                  {text.ready}
                </th>
                <th scope="col" className={cx(styles.num, styles.wide)}>
                  {text.took}
                </th>
                <th scope="col" className={cx(styles.num, styles.widest)}>
                  {text.rate}
                </th>
                <th scope="col">
                  <span className={unseen}>{text.compare}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {runs.map((run) => (
                <tr key={run.id} className={cx(styles.run, run.id === shownId && styles.shown)}>
                  <td>
                    <Button
                      look="entry"
                      className={styles.open}
                      aria-label={text.open(together(run.job.hosts), shortMoment(run.startedAtMs, now))}
                      aria-current={run.id === shownId}
                      onClick={() => changeScreen({ shownRun: run.id })}
                    >
                      {shortMoment(run.startedAtMs, now)}
                    </Button>
                  </td>
                  <td className={styles.what}>
                    <div className={styles.hosts} title={together(run.job.hosts)}>
                      {together(run.job.hosts)}
                    </div>
                    <div className={styles.ended}>{outcomeText(run)}</div>
                  </td>
                  <td className={styles.num}>
                    {count(run.ready)} / {count(run.total)}
                    {run.total < run.wanted && (
                      <span className={styles.clippedFrom}>{text.clippedFrom(run.wanted)}</span>
                    )}
                  </td>
                  <td className={cx(styles.num, styles.wide)}>{run.endedAtMs === null ? none : took(run.activeMs)}</td>
                  <td className={cx(styles.num, styles.widest)}>{text.perSecond(rate(run.ratePerSecond))}</td>
                  <td className={styles.num}>
                    {run.id !== shownId && <CompareButton run={run} isCompared={run.id === comparedId} />}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}
