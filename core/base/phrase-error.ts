/** Something that cannot be read, as a phrase: whoever tells it says it in the reader's language. */
import { inEnglish, type Phrase, type Told } from '../contract/phrase.ts';

export class PhraseError extends RangeError {
  override readonly name: string = 'PhraseError';
  readonly phrase: Phrase;

  constructor(phrase: Phrase) {
    super(inEnglish(phrase));
    this.phrase = phrase;
  }
}

/** What a caught error says: its phrase where it has one. */
export function toldBy(error: unknown): Told {
  if (error instanceof PhraseError) {
    return error.phrase;
  }
  return error instanceof Error ? error.message : String(error);
}
