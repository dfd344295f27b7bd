/** What a key of the configuration means and may hold, in the language of the moment; in English as the engine tells it. */
import type { ConfigKey, ConfigTargetKey } from '../../core/contract/config.ts';
import { currentLanguage } from '../words/language.ts';
import { toldInWords } from '../words/told.ts';
import { keyMeaningsZh, targetKeyMeaningsZh } from './key-words-zh.ts';

export function keyMeaning({ path, meaning }: Pick<ConfigKey, 'path' | 'meaning'>): string {
  return currentLanguage() === 'zh' ? (keyMeaningsZh[path] ?? meaning) : meaning;
}

export function targetKeyMeaning({ key, meaning }: Pick<ConfigTargetKey, 'key' | 'meaning'>): string {
  return currentLanguage() === 'zh' ? (targetKeyMeaningsZh[key] ?? meaning) : meaning;
}

/** What may be written. */
export function keyAllowed({ allowed }: Pick<ConfigKey, 'allowed'>): string {
  return toldInWords(allowed);
}
