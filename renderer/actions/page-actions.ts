/** The page itself. */
import Contrast from 'lucide-react/icons/contrast';
import Languages from 'lucide-react/icons/languages';
import PlugZap from 'lucide-react/icons/plug-zap';
import RotateCw from 'lucide-react/icons/rotate-cw';
import { changePreferences, themes, usePreferences } from '../store/preferences.ts';
import { currentLanguage } from '../words/language.ts';
import type { Action } from './action.ts';
import { words } from './words.ts';

export const reconnect: Action = {
  id: 'link.retry',
  words: words.reconnect,
  keys: null,
  icon: RotateCw,
  run: ({ bridge }) => bridge.retryNow(),
};

export const nextTheme: Action = {
  id: 'theme.next',
  words: words.nextTheme,
  keys: null,
  icon: Contrast,
  run: () => {
    const { theme } = usePreferences.getState();
    changePreferences({ theme: themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'dark' });
  },
};

export const nextLanguage: Action = {
  id: 'language.next',
  words: words.nextLanguage,
  keys: null,
  icon: Languages,
  run: () => changePreferences({ language: currentLanguage() === 'en' ? 'zh' : 'en' }),
};

export const reload: Action = {
  id: 'page.reload',
  words: words.reload,
  keys: null,
  icon: PlugZap,
  run: () => location.reload(),
};
