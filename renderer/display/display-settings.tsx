/** How the console looks and speaks: preferences, each in force at once and kept in the data folder. */
import type { ReactNode } from 'react';
import { densities, languageChoices, themes } from '../../core/contract/preferences.ts';
import { keyLabel } from '../actions/key-names.ts';
import { openShortcuts } from '../actions/page-actions.ts';
import { ActionButton } from '../actions/use-action.tsx';
import { Chips } from '../parts/fields/chips.tsx';
import { TextField } from '../parts/fields/text-field.tsx';
import { notificationPower } from '../shell/browser-notifications.ts';
import { changePreferences, usePreferences } from '../store/preferences.ts';
import { canZoom, zoomSteps } from '../store/zoom.ts';
import { BrowserNotices } from './browser-notices.tsx';
import styles from './display.module.css';
import { words } from './words.ts';

function Setting({ title, hint, children }: { title: string; hint?: string | undefined; children?: ReactNode }) {
  return (
    <div className={styles.setting}>
      <h2 className={styles.title}>{title}</h2>
      <div className={styles.control}>
        {children}
        {hint !== undefined && <p className={styles.hint}>{hint}</p>}
      </div>
    </div>
  );
}

/** One of a few, as chips under the setting's title. */
function Choice<Value extends string>(props: {
  readonly title: string;
  readonly hint: string;
  readonly values: readonly Value[];
  readonly labels: Readonly<Record<Value, string>>;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}) {
  const { title, hint, values, labels, value, onChange } = props;
  return (
    <Setting title={title} hint={hint}>
      <Chips
        label={title}
        hideLabel
        options={values.map((name) => ({ value: name, label: labels[name] }))}
        value={value}
        onChange={onChange}
      />
    </Setting>
  );
}

function Zoom() {
  const zoom = usePreferences((preferences) => preferences.zoom);
  if (!canZoom()) {
    const [bigger = '', smaller = '', reset = ''] = ['$mod++', '$mod+-', '$mod+0'].map((keys) => keyLabel(keys) ?? '');
    return <Setting title={words.zoom} hint={words.browserZoom(bigger, smaller, reset)} />;
  }
  // A step of the window's own menu may lie between ours.
  const steps = [...new Set([...zoomSteps, zoom])].sort((one, other) => one - other);
  return (
    <Choice
      title={words.zoom}
      hint={words.zoomHint}
      values={steps.map(String)}
      labels={Object.fromEntries(steps.map((step) => [String(step), words.zoomStep(step)]))}
      value={String(zoom)}
      onChange={(step) => changePreferences({ zoom: Number(step) })}
    />
  );
}

export function DisplaySettings() {
  const { language, theme, density, operatorName, bindings } = usePreferences();
  const power = notificationPower();
  return (
    <div className={styles.settings}>
      <Choice
        title={words.language}
        hint={words.languageHint}
        values={languageChoices}
        labels={words.languages}
        value={language}
        onChange={(next) => changePreferences({ language: next })}
      />
      <Choice
        title={words.theme}
        hint={words.themeHint}
        values={themes}
        labels={words.themes}
        value={theme}
        onChange={(next) => changePreferences({ theme: next })}
      />
      <Choice
        title={words.density}
        hint={words.densityHint}
        values={densities}
        labels={words.densities}
        value={density}
        onChange={(next) => changePreferences({ density: next })}
      />
      <Zoom />
      <Setting title={words.motion} hint={words.motionHint} />
      <Setting title={words.notifications} hint={power === 'none' ? words.desktopNotices : words.noticesHint}>
        <BrowserNotices />
      </Setting>
      <Setting title={words.name} hint={words.nameHint}>
        <TextField
          label={words.name}
          hideLabel
          value={operatorName}
          onChange={(next) => changePreferences({ operatorName: next })}
          className={styles.name}
        />
      </Setting>
      <Setting title={words.keys} hint={words.keysHint(Object.keys(bindings).length)}>
        <ActionButton action={openShortcuts} input={undefined} showIcon label={`${openShortcuts.words.label}…`} />
      </Setting>
    </div>
  );
}
