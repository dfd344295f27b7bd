import styles from './progress-bar.module.css';

/** How far something is, the failed part hatched at its end. */
export function ProgressBar(props: {
  readonly label: string;
  readonly total: number;
  readonly ready: number;
  readonly failed: number;
}) {
  const { label, total, ready, failed } = props;
  const share = (value: number): string => `${total === 0 ? 0 : (value / total) * 100}%`;
  return (
    <div className={styles.frame}>
      <progress className={styles.unseen} aria-label={label} max={Math.max(1, total)} value={ready + failed} />
      <div className={styles.bar} aria-hidden="true">
        <div className={styles.ready} style={{ width: share(ready) }} />
        <div className={styles.failed} style={{ width: share(failed) }} />
      </div>
    </div>
  );
}
