/** What a key of the configuration means and may hold, in the language of the moment; in English as the engine tells it. */
import type { ConfigKey, ConfigTargetKey } from '../../core/contract/config.ts';
import { currentLanguage } from '../words/language.ts';
import { toldInWords } from '../words/told.ts';
import { keyMeaningsZh, keyUnitsZh, targetKeyMeaningsZh } from './key-words-zh.ts';

export function keyMeaning({ path, meaning }: Pick<ConfigKey, 'path' | 'meaning'>): string {
  return currentLanguage() === 'zh' ? (keyMeaningsZh[path] ?? meaning) : meaning;
}

export function targetKeyMeaning({ key, meaning }: Pick<ConfigTargetKey, 'key' | 'meaning'>): string {
  return currentLanguage() === 'zh' ? (targetKeyMeaningsZh[key] ?? meaning) : meaning;
}

/** What its number is a number of; empty when its name says it. */
export function keyUnit({ unit }: Pick<ConfigKey, 'unit'>): string {
  return currentLanguage() === 'zh' ? (keyUnitsZh[unit] ?? unit) : unit;
}

/** What may be written. */
export function keyAllowed({ allowed }: Pick<ConfigKey, 'allowed'>): string {
  return toldInWords(allowed);
}
