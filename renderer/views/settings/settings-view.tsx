/** The configuration: every key as a form, or the file's own text; a change is shown before it is made. */
import { useEffect, useMemo } from 'react';
import { saveSettings } from '../../actions/config-actions.ts';
import { ActionButton } from '../../actions/use-action.tsx';
import { ChangePanel, faultText } from '../../config-edit/change-panel.tsx';
import { changesOf } from '../../config-edit/field-value.ts';
import { type PreviewState, usePreview } from '../../config-edit/use-preview.ts';
import { words as changeWords } from '../../config-edit/words.ts';
import { DisplaySettings } from '../../display/display-settings.tsx';
import { Banner, SkeletonLines } from '../../parts/feedback/feedback.tsx';
import { Chips } from '../../parts/fields/chips.tsx';
import fields from '../../parts/fields/fields.module.css';
import type { RunningConfig } from '../../store/config-store.ts';
import { useConfig, useViewPart } from '../../store/use-console.ts';
import { addressOf, displayPart, hostsPart } from '../../store/view-route.ts';
import { changeSettings, type SettingsDraft, useSettingsDraft, valuesSaved } from './draft.ts';
import { HistoryPanel } from './history-panel.tsx';
import { Hosts } from './hosts.tsx';
import { KeyTable } from './key-table.tsx';
import styles from './settings.module.css';
import { SettingsText } from './settings-text.tsx';
import { Side } from './side.tsx';
import { words } from './words.ts';

function changedKeys(state: PreviewState | null): number {
  return state?.kind === 'answer' && state.value.faults.length === 0 ? state.value.diff.length : 0;
}

function SettingsForm({ config }: { readonly config: RunningConfig }) {
  const asked = useViewPart();
  const typed = useSettingsDraft((draft) => draft.typed);
  const changes = useMemo(() => changesOf(config.keys, typed), [config.keys, typed]);
  const state = usePreview(Object.keys(changes).length === 0 ? null : { changes }, config.revision);
  const discard = (): void => changeSettings({ typed: {} });
  const number = changedKeys(state);
  return (
    <>
      <div className={styles.main}>
        <KeyTable keys={config.keys} asked={asked} faults={state?.kind === 'answer' ? state.value.faults : []} />
      </div>
      <Side
        config={config}
        panel={
          <ChangePanel
            state={state}
            onDiscard={discard}
            apply={
              <ActionButton
                action={saveSettings}
                input={{ changes, revision: config.revision }}
                label={changeWords.changes.apply(number)}
                look="primary"
                disabled={number === 0}
                onDone={() => valuesSaved(typed)}
              />
            }
          />
        }
      />
    </>
  );
}

function SettingsHosts({ config }: { readonly config: RunningConfig }) {
  return (
    <>
      <div className={styles.main}>
        <Hosts config={config} />
      </div>
      <div className={styles.side}>
        <HistoryPanel revision={config.revision} />
      </div>
    </>
  );
}

/** Where that stands which is asked for: the display and the hosts by their names, a key by its path. */
function tabOf(part: string): Partial<SettingsDraft> {
  if (part === displayPart) {
    return { tab: 'display' };
  }
  return part === hostsPart ? { tab: 'hosts' } : { tab: 'form', search: '' };
}

export function SettingsView() {
  const config = useConfig();
  const tab = useSettingsDraft((draft) => draft.tab);
  const search = useSettingsDraft((draft) => draft.search);
  const part = useViewPart();
  useEffect(() => {
    if (part !== null) {
      changeSettings(tabOf(part));
    }
  }, [part]);
  const choose = (next: SettingsDraft['tab']): void => {
    changeSettings({ tab: next });
    // What was asked for has been seen: asked for again, it is news.
    location.hash = addressOf('settings');
  };
  return (
    <div className={styles.view}>
      <div className={styles.toolbar}>
        <Chips
          label={words.tab}
          hideLabel
          look="tabs"
          options={[
            { value: 'form', label: words.tabs.form },
            { value: 'hosts', label: words.tabs.hosts },
            { value: 'text', label: words.tabs.text },
            { value: 'display', label: words.tabs.display },
          ]}
          value={tab}
          onChange={choose}
        />
        {tab === 'form' && (
          <input
            className={fields.input}
            type="search"
            data-filter
            aria-label={words.search}
            placeholder={words.search}
            value={search}
            onChange={(event) => changeSettings({ search: event.target.value })}
          />
        )}
        <span className={styles.quiet}>
          {tab === 'display' ? words.ofPage : config !== null && (config.file ?? words.noFile)}
        </span>
      </div>
      {tab === 'display' ? <Display /> : config === null ? <Loading /> : <EngineSettings config={config} tab={tab} />}
    </div>
  );
}

function Display() {
  return (
    <div className={styles.display}>
      <DisplaySettings />
    </div>
  );
}

function Loading() {
  return (
    <div className={styles.loading}>
      <SkeletonLines count={12} />
    </div>
  );
}

/** What the engine is configured with: as a form, by host, or as the file's own text. */
function EngineSettings({ config, tab }: { readonly config: RunningConfig; readonly tab: SettingsDraft['tab'] }) {
  return (
    <>
      {config.fault && (
        <Banner tone="bad">
          <strong>{words.fault(config.fault.faults.length)}</strong>{' '}
          {config.fault.faults
            .map(
              ({ path, line, column, message }) => `${changeWords.changes.at(line, column)}${faultText(path, message)}`,
            )
            .join(' · ')}
        </Banner>
      )}
      <div className={styles.columns}>
        {tab === 'form' && <SettingsForm config={config} />}
        {tab === 'hosts' && <SettingsHosts config={config} />}
        {tab === 'text' && <SettingsText config={config} />}
      </div>
    </>
  );
}
