import { ActionButton } from '../../actions/use-action.tsx';
import { openWarmUp } from '../../actions/warm-up-actions.ts';
import { Panel } from '../../parts/panel/panel.tsx';
import { ProgressBar } from '../../parts/progress/progress-bar.tsx';
import { useWarmUpRuns } from '../../store/use-console.ts';
import { together } from '../../words/format.ts';
import styles from './overview.module.css';
import { words } from './words.ts';

/** Shown only while something runs. */
export function RunningWarmUps() {
  const running = useWarmUpRuns().filter((run) => run.state !== 'finished');
  if (running.length === 0) {
    return null;
  }
  return (
    <Panel title={words.warmUps.title} className={styles.warmUps}>
      <div className={styles.runs}>
        {running.map((run) => (
          <div key={run.id} className={styles.run}>
            <span>{together(run.job.hosts)}</span>
            <ProgressBar label={together(run.job.hosts)} total={run.total} ready={run.ready} failed={run.failed} />
            <span>{words.warmUps.line(run.done, run.total, run.failed, run.state === 'paused')}</span>
            <ActionButton action={openWarmUp} input={undefined} label={words.warmUps.open} small />
          </div>
        ))}
      </div>
    </Panel>
  );
}
