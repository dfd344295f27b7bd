/** The operator's language: on the words, on the document, and on what is drawn. */
import type { DesktopBridge } from '../../core/contract/desktop-bridge.ts';
import { type Language, nearestLanguage } from '../../core/contract/language.ts';
import type { LanguageChoice } from '../../core/contract/preferences.ts';
import { currentLanguage, setLanguage } from '../words/language.ts';
import { usePreferences } from './preferences.ts';

function resolveLanguage(choice: LanguageChoice): Language {
  return choice === 'system' ? nearestLanguage(navigator.languages) : choice;
}

type Speaking = Pick<DesktopBridge, 'setLanguage'>;

/**
 * Keeps the words and the document's `lang` right from now on; before anything is drawn, so that it comes first. The
 * desktop hears it too, for its menu and notifications.
 */
export function followLanguage({ hotpool }: { readonly hotpool?: Speaking } = {}): void {
  let told: Language | null = null;
  const tellDesktop = (): void => {
    if (hotpool !== undefined && told !== currentLanguage()) {
      told = currentLanguage();
      // A window that is being closed has nobody to tell.
      hotpool.setLanguage(told).catch(() => undefined);
    }
  };
  const apply = (): void => {
    setLanguage(resolveLanguage(usePreferences.getState().language));
    const root = document.documentElement;
    const lang = currentLanguage() === 'zh' ? 'zh-Hans' : 'en';
    // Said again, the same makes the browser style every element anew; and here every key of a filter is heard.
    if (root.lang !== lang) {
      root.lang = lang;
    }
    tellDesktop();
  };
  usePreferences.subscribe(apply);
  window.addEventListener('languagechange', () => {
    apply();
    // Another identity of the same preferences: whoever draws by the language looks again.
    usePreferences.setState({});
  });
  apply();
}

/** The language that is drawn in; a change of it draws anew. */
export function useLanguage(): Language {
  return usePreferences(({ language }) => resolveLanguage(language));
}
