/** Which addresses are well, which were not and why, and what would help. */
import { useState } from 'react';
import { CrossHair } from '../../parts/chart/cross-hair.ts';
import { DiagnosisPanel } from './diagnosis-panel.tsx';
import { EjectionsPanel } from './ejections-panel.tsx';
import { ErrorsPanel } from './errors-panel.tsx';
import styles from './health.module.css';
import { StripsPanel } from './strips-panel.tsx';

export function HealthView() {
  const [crossHair] = useState(() => new CrossHair());
  return (
    <div className={styles.view}>
      <StripsPanel crossHair={crossHair} />
      <div className={styles.lower}>
        <DiagnosisPanel />
        <div className={styles.side}>
          <EjectionsPanel />
          <ErrorsPanel crossHair={crossHair} />
        </div>
      </div>
    </div>
  );
}
