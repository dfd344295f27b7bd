import type { AlertSeverity } from '../../../core/contract/alerts.ts';
import { cx } from '../../parts/class-names.ts';
import styles from './alerts.module.css';
import { severityWords } from './words.ts';

/** Each severity has a shape of its own, so that it can be told without its colour. */
const shapes: Readonly<Record<AlertSeverity, string>> = {
  critical: 'M6 .5 12 11.5H0z',
  warning: 'M6 0l6 6-6 6-6-6z',
  info: 'M6 0a6 6 0 1 1 0 12A6 6 0 0 1 6 0z',
};

export function AlertMark({ severity }: { readonly severity: AlertSeverity }) {
  return (
    <span className={cx(styles.mark, styles[severity])}>
      <svg viewBox="0 0 12 12" aria-hidden="true">
        <path d={shapes[severity]} fill="currentColor" />
      </svg>
      {severityWords[severity]}
    </span>
  );
}
