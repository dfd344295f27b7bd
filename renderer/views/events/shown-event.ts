/** An event as the view has it: from the stream, or from the history, which has stored an English sentence with it. */
import { eventText } from '../../../core/contract/event-text.ts';
import type { ToldEvent } from '../../../core/contract/events.ts';
import { languages } from '../../../core/contract/language.ts';
import { currentLanguage } from '../../words/language.ts';
import { words } from './words.ts';

export type ShownEvent = ToldEvent & { readonly text?: string };

/** In the language of the screen. */
export function sentenceOf(event: ShownEvent): string {
  return eventText(event, currentLanguage());
}

/** What it is about, as the screen names it: a host, an IP, a file; of a change of many entries how many, which is stored in English. */
export function subjectOf({ kind, subject, data }: ShownEvent): string {
  const { added, removed } = data;
  return kind === 'access.changed-many' && typeof added === 'number' && typeof removed === 'number'
    ? words.entries(added + removed)
    : subject;
}

/** In every language: whoever searches may have read it in any. */
export function sentencesOf(event: ShownEvent): string[] {
  return languages.map((language) => eventText(event, language));
}
