import { cx } from '../class-names.ts';
import { unseen } from '../unseen/unseen.ts';
import styles from './progress-bar.module.css';

/** How far something is, the failed part hatched at its end; milestones stand under it, each marked once it is reached. */
export function ProgressBar(props: {
  readonly label: string;
  readonly total: number;
  readonly ready: number;
  readonly failed: number;
  /** In per cent. */
  readonly milestones?: readonly number[];
  /** What counts towards them, 0 to 1; by itself all that has an outcome. */
  readonly reached?: number;
}) {
  const { label, total, ready, failed, milestones = [] } = props;
  const passed = (props.reached ?? (total === 0 ? 0 : (ready + failed) / total)) * 100;
  const share = (value: number): string => `${total === 0 ? 0 : (value / total) * 100}%`;
  return (
    <div className={styles.frame}>
      <progress className={unseen} aria-label={label} max={Math.max(1, total)} value={ready + failed} />
      <div className={styles.bar} aria-hidden="true">
        <div className={styles.ready} style={{ width: share(ready) }} />
        <div className={styles.failed} style={{ width: share(failed) }} />
      </div>
      {milestones.length > 0 && (
        <div className={styles.milestones} aria-hidden="true">
          {milestones.map((percent) => (
            <span key={percent} className={cx(percent <= passed && styles.passed)} style={{ left: `${percent}%` }}>
              {percent <= passed ? '✓' : ''} {percent}
            </span>
          ))}
        </div>
      )}
    </div>
  );
}
