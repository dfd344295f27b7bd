/** The configuration: every key as a form, or the file's own text; a change is shown before it is made. */
import { useEffect, useMemo } from 'react';
import { saveConfigText, saveSettings } from '../../actions/config-actions.ts';
import { ActionButton } from '../../actions/use-action.tsx';
import { applyWaiting } from '../../actions/waiting-actions.ts';
import { changesOf } from '../../base/field-value.ts';
import { ChangeBar, changedKeys, focusView } from '../../config-edit/change-bar.tsx';
import { ChangePanel, faultText } from '../../config-edit/change-panel.tsx';
import { type PreviewState, usePreview } from '../../config-edit/use-preview.ts';
import { words as changeWords } from '../../config-edit/words.ts';
import { DisplaySettings } from '../../display/display-settings.tsx';
import { Button } from '../../parts/button/button.tsx';
import { Banner, SkeletonLines } from '../../parts/feedback/feedback.tsx';
import { Chips } from '../../parts/fields/chips.tsx';
import fields from '../../parts/fields/fields.module.css';
import type { RunningConfig } from '../../store/config-store.ts';
import {
  changeSettings,
  type SettingsDraft,
  textSaved,
  useSettingsDraft,
  valuesSaved,
} from '../../store/settings-draft.ts';
import { useConfig, useViewPart } from '../../store/use-console.ts';
import { addressOf, displayPart, hostsPart } from '../../store/view-route.ts';
import { faultInWords } from '../../words/told.ts';
import { ChangedElsewhere } from './changed-elsewhere.tsx';
import { HistoryPanel } from './history-panel.tsx';
import { Hosts } from './hosts.tsx';
import { KeyTable } from './key-table.tsx';
import { PresetsPanel } from './presets.tsx';
import { replaceText } from './replace-text.ts';
import styles from './settings.module.css';
import { SettingsText } from './settings-text.tsx';
import { type FileDraft, useFileDraft } from './use-file-draft.ts';
import { WarningsPanel } from './warnings-panel.tsx';
import { words } from './words.ts';

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

const nothingTyped: SettingsDraft['typed'] = {};

/** What the engine is configured with: as a form, by host, or as the file's own text. The draft is the same in all of them. */
function EngineSettings({ config, tab }: { readonly config: RunningConfig; readonly tab: SettingsDraft['tab'] }) {
  const asked = useViewPart();
  const typed = useSettingsDraft((draft) => draft.typed);
  // Without a file the form changes what runs; the text is then one for the next start, and another matter.
  const ofFile = config.file !== null;
  const draft = useFileDraft(config, ofFile ? typed : nothingTyped);
  const changes = useMemo(() => changesOf(config.keys, typed), [config.keys, typed]);
  const preview = usePreview(ofFile || Object.keys(changes).length === 0 ? null : { changes }, config.revision);
  const isText = ofFile || tab === 'text';
  const state = isText ? draft.state : preview;
  const { file, text, begun } = draft;
  const changed = isText && file !== null && text !== null ? { before: file.text, after: text } : null;
  return (
    <>
      <Notices config={config} draft={draft} />
      <div className={styles.columns}>
        <section className={styles.main} aria-label={words.tabs[tab]} tabIndex={-1} data-panel="">
          {tab === 'form' && <SettingsForm config={config} asked={asked} draft={ofFile ? draft : null} state={state} />}
          {tab === 'hosts' && <Hosts config={config} />}
          {tab === 'text' && <SettingsText config={config} draft={draft} />}
        </section>
        <div className={styles.side}>
          <WarningsPanel warnings={config.warnings} />
          {(tab !== 'hosts' || state !== null) && (
            <ChangePanel
              state={state}
              ofText={isText}
              changed={isText ? changed : null}
              note={isText && draft.isStale ? words.text.staleDiff : undefined}
            />
          )}
          {tab !== 'hosts' && <PresetsPanel revision={config.revision} />}
          <HistoryPanel revision={config.revision} file={file} />
        </div>
      </div>
      <ChangeBar
        state={state}
        onDiscard={() => {
          if (isText) {
            replaceText(null, () => words.text.tookTheirs);
          } else {
            changeSettings({ typed: {} });
          }
          focusView();
        }}
        apply={
          isText ? (
            <ActionButton
              action={saveConfigText}
              input={{ text: text ?? '', revision: file?.revision ?? config.revision }}
              label={ofFile ? changeWords.changes.apply(changedKeys(state)) : changeWords.changes.saveForNext}
              look="primary"
              pressedBy={applyWaiting}
              data-apply=""
              disabled={!draft.maySave}
              onDone={() => {
                textSaved({ typed, text: begun }, text ?? '', file?.revision ?? config.revision);
                focusView();
              }}
            />
          ) : (
            <ActionButton
              action={saveSettings}
              input={{ changes, revision: config.revision }}
              label={changeWords.changes.apply(changedKeys(state))}
              look="primary"
              pressedBy={applyWaiting}
              data-apply=""
              disabled={changedKeys(state) === 0}
              onDone={() => {
                valuesSaved(typed);
                focusView();
              }}
            />
          )
        }
      />
    </>
  );
}

/** What is the matter with the file, and with the draft of it. */
function Notices({ config, draft }: { readonly config: RunningConfig; readonly draft: FileDraft }) {
  const { file, text, begun, isStale } = draft;
  return (
    <>
      {config.fault && (
        <Banner tone="bad">
          <strong>{words.fault(config.fault.faults.length)}</strong>{' '}
          {config.fault.faults
            .map((fault) => {
              const place = changeWords.changes.at(fault.line, fault.column);
              return `${place}${faultText(fault.path, faultInWords(fault))}`;
            })
            .join(' · ')}
        </Banner>
      )}
      {config.missing && (
        <Banner tone="warn">
          <strong>{words.missing(config.file ?? '')}</strong> {words.missingText}
        </Banner>
      )}
      {isStale && begun !== null && file !== null && text !== null && (
        <ChangedElsewhere mine={text} base={begun.base} theirs={file.text} />
      )}
    </>
  );
}

function SettingsForm(props: {
  readonly config: RunningConfig;
  /** The path of the key that is to be shown; null: none. */
  readonly asked: string | null;
  /** null: what runs is changed, not a file. */
  readonly draft: FileDraft | null;
  readonly state: PreviewState | null;
}) {
  const { config, asked, draft, state } = props;
  const isBroken = draft?.isBroken ?? false;
  return (
    <>
      {isBroken && (
        <Banner
          tone="bad"
          actions={<Button onClick={() => changeSettings({ tab: 'text' })}>{words.broken.show}</Button>}
        >
          <strong>{words.broken.title}</strong> {words.broken.text}
        </Banner>
      )}
      <fieldset className={styles.form} disabled={isBroken}>
        <KeyTable
          keys={config.keys}
          values={draft?.values ?? null}
          asked={asked}
          faults={state?.kind === 'answer' ? state.value.faults : []}
        />
      </fieldset>
    </>
  );
}
