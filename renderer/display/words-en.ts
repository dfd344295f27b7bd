/** Words of the display settings. */
import type { Density, LanguageChoice, Theme } from '../../core/contract/preferences.ts';
import { plural } from '../words/format.ts';

export const words = {
  notKept: 'Preferences hold until this page is closed: they cannot be kept',
  language: 'Language',
  languages: { system: 'System', en: 'English', zh: '简体中文' } satisfies Record<LanguageChoice, string>,
  languageHint: 'Figures, durations and dates are written as the language has them.',
  theme: 'Theme',
  themes: {
    dark: 'Dark',
    light: 'Light',
    system: 'System',
    contrast: 'High contrast',
  } satisfies Record<Theme, string>,
  themeHint:
    'High contrast is dark or light as the system is. Where the system asks for it, the system’s theme has it too.',
  density: 'Density',
  densities: { compact: 'Compact', comfortable: 'Comfortable' } satisfies Record<Density, string>,
  densityHint: 'Comfortable has larger text, controls and lines.',
  zoom: 'Zoom',
  zoomStep: (percent: number) => `${percent} %`,
  zoomHint: 'Everything larger or smaller; the window’s own menu does the same.',
  browserZoom: (bigger: string, smaller: string, reset: string) =>
    `The browser zooms by its own keys: ${bigger} and ${smaller}, and ${reset} for 100 %. It remembers that for this address.`,
  motion: 'Motion',
  motionHint: 'Follows the system: where it asks for less of it, nothing here moves by itself.',
  notifications: 'Notifications',
  notices: 'This browser notifies',
  noticesDenied: 'Refused in the browser’s own settings for this page.',
  noticesHint: 'Tells of an alert while this page is open and nobody looks at it.',
  desktopNotices: 'The desktop tells of alerts while the window is not looked at.',
  name: 'Your name',
  nameHint: 'Stands beside what you say to an alert.',
  keys: 'Keyboard',
  keysHint: (own: number) =>
    own === 0 ? 'All keys are those they came with.' : `${plural(own, 'action')} with keys of your own.`,
};
