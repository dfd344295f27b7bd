import { themes } from '../../core/contract/preferences.ts';
import { themeActions } from '../actions/display-actions.ts';
import { unseen } from '../parts/unseen/unseen.ts';
import { changePreferences, usePreferences } from '../store/preferences.ts';
import styles from './status-bar.module.css';
import { words } from './words.ts';

export function ThemeSwitch() {
  const theme = usePreferences((state) => state.theme);
  return (
    <fieldset className={styles.themes} aria-label={words.theme}>
      {themes.map((name) => {
        const Icon = themeActions[name].icon;
        return (
          <label key={name} className={styles.theme} title={words.themes[name]}>
            <input
              type="radio"
              className={unseen}
              name="theme"
              aria-label={words.themes[name]}
              checked={name === theme}
              onChange={() => changePreferences({ theme: name })}
            />
            <Icon className={styles.themeIcon} aria-hidden="true" />
          </label>
        );
      })}
    </fieldset>
  );
}
