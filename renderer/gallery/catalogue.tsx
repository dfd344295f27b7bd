/** What there is to look at: the parts, each view in each scene, and what is opened in one, as the display settings chosen here show it. */
import { useState } from 'react';
import { languages } from '../../core/contract/language.ts';
import { densities, themes } from '../../core/contract/preferences.ts';
import { viewActions } from '../actions/view-actions.ts';
import { sceneNames } from '../bridge/memory/scenes.ts';
import { Chips } from '../parts/fields/chips.tsx';
import { SelectField } from '../parts/fields/select-field.tsx';
import { changePreferences, usePreferences } from '../store/preferences.ts';
import { type ViewName, viewNames } from '../store/view-route.ts';
import styles from './gallery.module.css';
import { openingNames } from './opening-names.ts';

const parts = 'parts';
const nothing = 'nothing';
const sizes = { '1440 × 900': [1_440, 900], '1024 × 700': [1_024, 700], '3840 × 2160': [3_840, 2_160] } as const;
type SizeName = keyof typeof sizes;
const sizeNames = Object.keys(sizes) as SizeName[];

function choices<Value extends string>(values: readonly Value[]) {
  return values.map((value) => ({ value, label: value }));
}

export function Catalogue() {
  const { theme, language, density } = usePreferences();
  const [scene, setScene] = useState('calm');
  const [view, setView] = useState<ViewName | typeof parts>(parts);
  const [opening, setOpening] = useState(nothing);
  const [size, setSize] = useState<SizeName>('1440 × 900');
  const [width, height] = sizes[size];
  const address =
    opening !== nothing
      ? `./gallery.html?open=${opening}`
      : view === parts
        ? './gallery.html?parts'
        : `./gallery.html?scene=${scene}#/${view}`;
  return (
    <div className={styles.catalogue}>
      <header className={styles.tools}>
        <SelectField
          label="Show"
          value={view}
          options={[
            { value: parts, label: 'Every part' },
            ...viewNames.map((name) => ({ value: name, label: viewActions[name].words.label })),
          ]}
          onChange={setView}
        />
        <SelectField label="Scene" value={scene} options={choices(sceneNames)} onChange={setScene} />
        <SelectField
          label="Opened, in a scene of its own"
          value={opening}
          options={choices([nothing, ...openingNames])}
          onChange={setOpening}
        />
        <Chips
          label="Theme"
          options={choices(themes)}
          value={theme}
          onChange={(next) => changePreferences({ theme: next })}
        />
        <Chips
          label="Language"
          options={choices(languages)}
          value={language === 'system' ? null : language}
          onChange={(next) => changePreferences({ language: next })}
        />
        <Chips
          label="Density"
          options={choices(densities)}
          value={density}
          onChange={(next) => changePreferences({ density: next })}
        />
        <Chips label="Window" options={choices(sizeNames)} value={size} onChange={setSize} />
        <a href={address} target="_blank" rel="noreferrer">
          Open by itself
        </a>
      </header>
      <div className={styles.stage}>
        {/* Display settings are kept in the browser, and read when a page begins. */}
        <iframe
          key={`${address} ${theme} ${language} ${density}`}
          title={`${view} ${scene}`}
          src={address}
          width={width}
          height={height}
          className={styles.frame}
        />
      </div>
    </div>
  );
}
