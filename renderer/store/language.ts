/** The operator's language: on the words, on the document, and on what is drawn. */
import { currentLanguage, type Language, nearestLanguage, setLanguage } from '../words/language.ts';
import { type LanguageChoice, usePreferences } from './preferences.ts';

function resolveLanguage(choice: LanguageChoice): Language {
  return choice === 'system' ? nearestLanguage(navigator.languages) : choice;
}

/** Keeps the words and the document's `lang` right from now on; before anything is drawn, so that it comes first. */
export function followLanguage(): void {
  const apply = (): void => {
    setLanguage(resolveLanguage(usePreferences.getState().language));
    document.documentElement.lang = currentLanguage() === 'zh' ? 'zh-Hans' : 'en';
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
