/** An event as the view has it: from the stream, or from the history, which has stored an English sentence with it. */
import { eventText } from '../../../core/contract/event-text.ts';
import type { ToldEvent } from '../../../core/contract/events.ts';
import { languages } from '../../../core/contract/language.ts';
import { currentLanguage } from '../../words/language.ts';

export type ShownEvent = ToldEvent & { readonly text?: string };

/** In the language of the screen. */
export function sentenceOf(event: ShownEvent): string {
  return eventText(event, currentLanguage());
}

/** In every language: whoever searches may have read it in any. */
export function sentencesOf(event: ShownEvent): string[] {
  return languages.map((language) => eventText(event, language));
}
