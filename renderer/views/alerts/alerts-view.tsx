/** What is wrong, what is watched and from where on, what was wrong before. */
import { useEffect, useMemo } from 'react';
import { alertRuleFacts, alertRules } from '../../../core/contract/alerts.ts';
import type { ConfigFault, ConfigKey, ConfigValue } from '../../../core/contract/config.ts';
import { saveSettings } from '../../actions/config-actions.ts';
import { ActionButton, useAction } from '../../actions/use-action.tsx';
import { applyWaiting } from '../../actions/waiting-actions.ts';
import { changesOf, typedOf } from '../../base/field-value.ts';
import { ChangeBar, changedKeys, focusView } from '../../config-edit/change-bar.tsx';
import { ChangePanel } from '../../config-edit/change-panel.tsx';
import { keyMeaning } from '../../config-edit/key-words.ts';
import { usePreview } from '../../config-edit/use-preview.ts';
import { words as changeWords } from '../../config-edit/words.ts';
import { BrowserNotices } from '../../display/browser-notices.tsx';
import { cx } from '../../parts/class-names.ts';
import { Panel } from '../../parts/panel/panel.tsx';
import { useAlertWatches, useConfig, useConsole } from '../../store/use-console.ts';
import { ActiveAlerts } from './active-alerts.tsx';
import { alertKeysSaved, discardAlertDraft, useAlertDraft } from './alert-draft.ts';
import { AlertKeyField } from './alert-key-field.tsx';
import { alertFault, amountShown, inFileUnits } from './alert-units.ts';
import styles from './alerts.module.css';
import { PastAlerts } from './past-alerts.tsx';
import { Watched } from './watched.tsx';
import { words } from './words.ts';

const noKeys: readonly ConfigKey[] = [];
const noFaults: readonly ConfigFault[] = [];
const thresholds: ReadonlySet<string | null> = new Set(alertRules.map((rule) => alertRuleFacts[rule].key));

/** Keys of `[alerts]` that are no threshold. */
function Times({
  keys,
  faults,
  onEnter,
}: {
  readonly keys: readonly ConfigKey[];
  readonly faults: readonly ConfigFault[];
  readonly onEnter: () => void;
}) {
  return (
    <Panel title={words.times.title}>
      <ul className={styles.times}>
        {keys
          .filter(({ path }) => !thresholds.has(path))
          .map((config) => (
            <li key={config.path} title={keyMeaning(config)} data-kind={config.kind}>
              <span className={styles.timeName}>{words.times.names[config.path] ?? config.path}</span>
              <AlertKeyField config={config} faults={faults} onEnter={onEnter} />
            </li>
          ))}
      </ul>
      <BrowserNotices />
    </Panel>
  );
}

export function AlertsView() {
  const { alerts } = useConsole();
  const config = useConfig();
  const typed = useAlertDraft((draft) => draft.typed);
  const watches = useAlertWatches();
  useEffect(() => alerts.retainWatches(), [alerts]);
  const keys = useMemo(() => config?.keys.filter(({ path }) => path.startsWith('alerts.')) ?? noKeys, [config]);
  const changes = useMemo(() => changesOf(keys, inFileUnits(keys, typed)), [keys, typed]);
  const revision = config?.revision ?? '';
  const state = usePreview(Object.keys(changes).length === 0 ? null : { changes }, revision);
  const faults = state?.kind === 'answer' ? state.value.faults : noFaults;
  const number = changedKeys(state);
  const amountOf = (path: string, value: ConfigValue): string => {
    const key = keys.find((one) => one.path === path);
    return key ? amountShown(key, value) : typedOf(value);
  };
  const press = useAction(applyWaiting);
  const apply = (): void => {
    if (Object.keys(changes).length > 0) {
      void press();
    }
  };
  return (
    <div className={styles.view}>
      <div className={cx(styles.main, watches === null && styles.settling)}>
        <ActiveAlerts watches={watches} />
        <Watched watches={watches} keys={keys} faults={faults} onEnter={apply} />
        <PastAlerts />
      </div>
      <div className={styles.side}>
        {state !== null && (
          <ChangePanel state={state} amountOf={amountOf} faultOf={(fault) => alertFault(keys, typed, fault)} />
        )}
        <Times keys={keys} faults={faults} onEnter={apply} />
      </div>
      <ChangeBar
        state={state}
        onDiscard={() => {
          discardAlertDraft();
          focusView();
        }}
        apply={
          <ActionButton
            action={saveSettings}
            input={{ changes, revision }}
            label={changeWords.changes.apply(number)}
            look="primary"
            pressedBy={applyWaiting}
            data-apply=""
            disabled={number === 0}
            onDone={() => {
              alertKeysSaved(typed);
              focusView();
            }}
          />
        }
      />
    </div>
  );
}
