/** Puts the operator's theme and density on the document, following the system where that was chosen. */
import type { Theme } from '../../core/contract/preferences.ts';
import { type Preferences, usePreferences } from '../store/preferences.ts';

/** What the system asks for. */
export interface SystemLook {
  readonly light: boolean;
  readonly moreContrast: boolean;
  /** The system paints with colours of its own choice (`forced-colors`); whatever was chosen here, ours must go with them. */
  readonly forced: boolean;
}

export interface Look {
  readonly theme: 'dark' | 'light';
  readonly contrast: 'usual' | 'more';
}

/** `contrast` is dark or light as the system is; the system's wish for contrast counts where the system was chosen. */
export function resolveTheme(theme: Theme, { light, moreContrast, forced }: SystemLook): Look {
  const ofSystem = light ? 'light' : 'dark';
  if (forced) {
    return { theme: ofSystem, contrast: 'more' };
  }
  switch (theme) {
    case 'system':
      return { theme: ofSystem, contrast: moreContrast ? 'more' : 'usual' };
    case 'contrast':
      return { theme: ofSystem, contrast: 'more' };
    default:
      return { theme, contrast: 'usual' };
  }
}

/** Keeps `data-theme`, `data-contrast` and `data-density` on the document right from now on. */
export function followTheme(): void {
  const light = window.matchMedia('(prefers-color-scheme: light)');
  const moreContrast = window.matchMedia('(prefers-contrast: more)');
  const forced = window.matchMedia('(forced-colors: active)');
  const { dataset } = document.documentElement;
  const apply = ({ theme, density }: Preferences): void => {
    const system = { light: light.matches, moreContrast: moreContrast.matches, forced: forced.matches };
    const look = { ...resolveTheme(theme, system), density };
    const changed = Object.entries(look).filter(([name, value]) => dataset[name] !== value);
    for (const [name, value] of changed) {
      dataset[name] = value;
    }
    if (changed.length > 0) {
      themeChanges.dispatchEvent(new Event('change'));
    }
  };
  for (const query of [light, moreContrast, forced]) {
    query.addEventListener('change', () => apply(usePreferences.getState()));
  }
  usePreferences.subscribe(apply);
  apply(usePreferences.getState());
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
