/**
 * The language of the screen. Words are kept per language in `words-en.ts` and `words-zh.ts`, the second typed by the
 * first, and read through {@link inLanguages}: whoever reads a word gets it in the language of that moment, so nothing
 * has to be loaded again, and nothing that the operator was doing is lost, when the language changes.
 */
import { type Language, languages } from '../../core/contract/language.ts';

let current: Language = 'en';

export function currentLanguage(): Language {
  return current;
}

/** What is on the screen already is drawn anew by who calls this. */
export function setLanguage(language: Language): void {
  current = language;
}

/** What `read` gives in each language: for searching, where a name counts whatever language is shown. */
export function inEachLanguage<Value>(read: () => Value): Value[] {
  const shown = current;
  try {
    return languages.map((language) => {
      current = language;
      return read();
    });
  } finally {
    current = shown;
  }
}

function isBranch(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** One set of words out of one for each language; it may be taken apart by branches, not by words. */
export function inLanguages<Words extends object>(english: Words, chinese: Words): Words {
  const words = {};
  for (const [name, word] of Object.entries(english)) {
    const translated: unknown = Reflect.get(chinese, name);
    const branch = isBranch(word) && isBranch(translated) ? inLanguages(word, translated) : null;
    Object.defineProperty(words, name, {
      enumerable: true,
      get: branch === null ? () => (current === 'zh' ? translated : word) : () => branch,
    });
  }
  return words as Words;
}
