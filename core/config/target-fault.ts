/** How a fault of one `[[targets]]` table is told. */
import { type Phrase, phrase, type Told } from '../contract/phrase.ts';
import { showValue } from './config-error.ts';

/** Of one key of one target. */
export type RefuseKey = (key: string, wrong: Told, allowed: Told) => void;

/** `= 7 is not a path`: follows the key. */
export function wrongValue(value: unknown, wrong: Phrase): Phrase {
  return phrase('target.value', { value: showValue(value), wrong });
}
