/** Beside what is edited: what it changes, the presets, and earlier versions. */
import type { ReactNode } from 'react';
import type { RunningConfig } from '../../store/config-store.ts';
import { HistoryPanel } from './history-panel.tsx';
import { PresetsPanel } from './presets.tsx';
import styles from './settings.module.css';

export function Side({ config, panel }: { readonly config: RunningConfig; readonly panel: ReactNode }) {
  return (
    <div className={styles.side}>
      {panel}
      <PresetsPanel revision={config.revision} />
      <HistoryPanel revision={config.revision} />
    </div>
  );
}
