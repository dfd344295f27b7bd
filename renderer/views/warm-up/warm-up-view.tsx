/** Make connections before they are needed, and watch it happen. */
import { Empty, SkeletonLines } from '../../parts/feedback/feedback.tsx';
import { Panel } from '../../parts/panel/panel.tsx';
import { useScreen } from '../../store/screen.ts';
import { useConsole, useIsPast, useWarmUpRuns } from '../../store/use-console.ts';
import { EarlierRuns } from './earlier-runs.tsx';
import { OutcomePanel } from './outcome-panel.tsx';
import runStyles from './run.module.css';
import { RunPanel } from './run-panel.tsx';
import styles from './warm-up.module.css';
import { WarmUpForm } from './warm-up-form.tsx';
import { words } from './words.ts';

export function WarmUpView() {
  const { warmUp } = useConsole();
  const runs = useWarmUpRuns();
  const isPast = useIsPast();
  const shownId = useScreen((state) => state.shownRun);
  const comparedId = useScreen((state) => state.comparedRun);
  const run = runs.find((entry) => entry.id === shownId) ?? runs[0] ?? null;
  const other = runs.find((entry) => entry.id === comparedId && entry !== run) ?? null;
  return (
    <div className={styles.view}>
      {isPast ? (
        <Panel title={words.form.title} className={styles.form}>
          <p className={styles.inPast}>{words.form.inPast}</p>
        </Panel>
      ) : (
        <WarmUpForm />
      )}
      {run ? (
        <RunPanel run={run} other={other} />
      ) : (
        <Panel title={words.run.title} className={runStyles.run}>
          {warmUp.loaded ? <Empty title={words.run.none}>{words.run.noneText}</Empty> : <SkeletonLines count={6} />}
        </Panel>
      )}
      <OutcomePanel run={run} other={other} />
      <EarlierRuns runs={runs} shownId={run?.id ?? null} comparedId={other?.id ?? null} />
    </div>
  );
}
