/** How the console looks and speaks; kept in the data folder. */
import Contrast from 'lucide-react/icons/contrast';
import Languages from 'lucide-react/icons/languages';
import Monitor from 'lucide-react/icons/monitor';
import Moon from 'lucide-react/icons/moon';
import Rows3 from 'lucide-react/icons/rows-3';
import Rows4 from 'lucide-react/icons/rows-4';
import Scan from 'lucide-react/icons/scan';
import SlidersHorizontal from 'lucide-react/icons/sliders-horizontal';
import Sun from 'lucide-react/icons/sun';
import ZoomIn from 'lucide-react/icons/zoom-in';
import ZoomOut from 'lucide-react/icons/zoom-out';
import type { Density, Theme } from '../../core/contract/preferences.ts';
import { changePreferences, usePreferences } from '../store/preferences.ts';
import { displayPart, goTo } from '../store/view-route.ts';
import { canZoom, zoomSteps } from '../store/zoom.ts';
import { currentLanguage } from '../words/language.ts';
import type { Action } from './action.ts';
import { words as labels } from './words.ts';

function themeAction(theme: Theme, icon: Action['icon']): Action {
  return {
    id: `theme.${theme}`,
    words: labels.themes[theme],
    keys: null,
    icon,
    pointless: () => (usePreferences.getState().theme === theme ? labels.asIs : null),
    run: () => changePreferences({ theme }),
  };
}

export const themeActions = {
  dark: themeAction('dark', Moon),
  light: themeAction('light', Sun),
  system: themeAction('system', Monitor),
  contrast: themeAction('contrast', Contrast),
} as const satisfies Record<Theme, Action>;

function densityAction(density: Density, icon: Action['icon']): Action {
  return {
    id: `density.${density}`,
    words: labels.densities[density],
    keys: null,
    icon,
    pointless: () => (usePreferences.getState().density === density ? labels.asIs : null),
    run: () => changePreferences({ density }),
  };
}

export const densityActions = {
  compact: densityAction('compact', Rows4),
  comfortable: densityAction('comfortable', Rows3),
} as const satisfies Record<Density, Action>;

function zoomAction(id: string, words: Action['words'], icon: Action['icon'], next: (zoom: number) => number): Action {
  const from = (): number => usePreferences.getState().zoom;
  return {
    id,
    words,
    // By the desktop's menu, and by every browser for itself.
    keys: null,
    icon,
    pointless: () => (!canZoom() ? labels.browserZooms : next(from()) === from() ? labels.asIs : null),
    run: () => changePreferences({ zoom: next(from()) }),
  };
}

export const zoomActions: readonly Action[] = [
  zoomAction('zoom.in', labels.zoomIn, ZoomIn, (zoom) => zoomSteps.find((step) => step > zoom) ?? zoom),
  zoomAction('zoom.out', labels.zoomOut, ZoomOut, (zoom) => zoomSteps.findLast((step) => step < zoom) ?? zoom),
  zoomAction('zoom.reset', labels.zoomReset, Scan, () => 100),
];

export const nextLanguage: Action = {
  id: 'language.next',
  words: labels.nextLanguage,
  keys: null,
  icon: Languages,
  run: () => changePreferences({ language: currentLanguage() === 'en' ? 'zh' : 'en' }),
};

export const openDisplay: Action = {
  id: 'display.open',
  words: labels.openDisplay,
  keys: null,
  icon: SlidersHorizontal,
  run: () => goTo('settings', displayPart),
};
