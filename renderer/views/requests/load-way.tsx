/** A load: the form, the run that is shown, and those before it. */
import { useScreen } from '../../store/screen.ts';
import { useLoadRuns } from '../../store/use-console.ts';
import { LoadFormPanel } from './load-form.tsx';
import { LoadRunsPanel } from './load-runs.tsx';
import styles from './requests.module.css';
import { RunPanel } from './run-panel.tsx';

export function LoadWay() {
  const runs = useLoadRuns();
  const { shownLoadRun, comparedLoadRun } = useScreen();
  const run = runs?.find(({ id }) => id === shownLoadRun) ?? runs?.[0] ?? null;
  const other = runs?.find(({ id }) => id === comparedLoadRun && id !== run?.id) ?? null;
  const isRunning = runs?.some(({ endedAtMs }) => endedAtMs === null) ?? false;
  return (
    <div className={styles.load}>
      <LoadFormPanel isRunning={isRunning} />
      <RunPanel run={run} other={other} loaded={runs !== null} isRunning={isRunning} />
      <LoadRunsPanel runs={runs} shownId={run?.id ?? null} comparedId={other?.id ?? null} />
    </div>
  );
}
