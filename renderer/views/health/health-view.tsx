/** Which addresses are well, which were not and why, and what would help. */
import { DiagnosisPanel } from './diagnosis-panel.tsx';
import styles from './health.module.css';

export function HealthView() {
  return (
    <div className={styles.view}>
      <DiagnosisPanel />
    </div>
  );
}
