/** Puts the operator's theme on the document, following the system where that was chosen. */
import { type Theme, usePreferences } from '../store/preferences.ts';

const light = '(prefers-color-scheme: light)';

export function resolveTheme(theme: Theme, systemIsLight: boolean): 'dark' | 'light' {
  return theme === 'system' ? (systemIsLight ? 'light' : 'dark') : theme;
}

/** Keeps `data-theme` on the document right from now on. */
export function followTheme(): void {
  const system = window.matchMedia(light);
  const apply = (): void => {
    document.documentElement.dataset.theme = resolveTheme(usePreferences.getState().theme, system.matches);
    themeChanges.dispatchEvent(new Event('change'));
  };
  system.addEventListener('change', apply);
  usePreferences.subscribe(apply);
  apply();
}

/** Tells canvases that their colours have changed. */
export const themeChanges = new EventTarget();

const probes = new Map<string, string>();
themeChanges.addEventListener('change', () => probes.clear());

/** The value of a token, such as `--good`, for drawing on a canvas. */
export function token(name: `--${string}`): string {
  let value = probes.get(name);
  if (value === undefined) {
    value = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    probes.set(name, value);
  }
  return value;
}
