import Monitor from 'lucide-react/icons/monitor';
import Moon from 'lucide-react/icons/moon';
import Sun from 'lucide-react/icons/sun';
import { changePreferences, themes, usePreferences } from '../store/preferences.ts';
import styles from './status-bar.module.css';
import { words } from './words.ts';

const icons = { dark: Moon, light: Sun, system: Monitor };

export function ThemeSwitch() {
  const theme = usePreferences((state) => state.theme);
  return (
    <fieldset className={styles.themes} aria-label={words.theme}>
      {themes.map((name) => {
        const Icon = icons[name];
        return (
          <label key={name} className={styles.theme} title={words.themes[name]}>
            <input
              type="radio"
              className={styles.unseen}
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
