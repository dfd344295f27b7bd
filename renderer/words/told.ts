/** What the engine tells as a phrase, and where, in the language of the moment; what a system or a peer said as it came. */
import type { ContractIssue } from '../../core/contract/errors.ts';
import { type Phrase, phrase, type Told, toldText } from '../../core/contract/phrase.ts';
import { placeText } from '../../core/contract/place-text.ts';
import { currentLanguage } from './language.ts';

export function toldInWords(told: Told): string {
  return toldText(told, currentLanguage());
}

/** Of an issue, or of a fault of the configuration. */
export function faultInWords({ message, phrase }: { readonly message: string; readonly phrase?: Phrase }): string {
  return toldInWords(phrase ?? message);
}

/** `line 3`, `ipv4, entry 2`. */
export function placeInWords(at: string): string {
  return placeText(at, currentLanguage());
}

/** `line 3: 300 is not 0 to 255`. */
export function issueInWords(issue: ContractIssue): string {
  return toldInWords(phrase('config.placed', { place: placeInWords(issue.at), what: issue.phrase ?? issue.message }));
}

/** Two faults of one place. */
export function together(one: string, more: string): string {
  return toldInWords(phrase('config.together', { one, more }));
}
