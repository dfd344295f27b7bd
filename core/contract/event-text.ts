/** An event in words, in the reader's language: a sentence made of its kind, its data and its subject. */
import { type EventDataOf, type EventKind, eventKinds, isEventKind } from './event-kinds.ts';
import { eventWordsEn } from './event-words-en.ts';
import { eventWordsZh } from './event-words-zh.ts';
import type { EngineEvent, ToldEvent } from './events.ts';
import type { Language } from './language.ts';

/** One sentence for each kind, without its full stop where it is one clause. */
export type EventWords = {
  readonly [Kind in EventKind]: (data: EventDataOf<Kind>, subject: string) => string;
};

const words: Readonly<Record<Language, EventWords>> = { en: eventWordsEn, zh: eventWordsZh };

/** Of an event that the engine has made. */
export function eventSentence(
  { kind, data, subject }: Pick<EngineEvent, 'kind' | 'data' | 'subject'>,
  language: Language,
): string {
  // Each kind goes with its own data; the compiler cannot follow the pair through the table.
  const sentence = words[language][kind] as (data: EngineEvent['data'], subject: string) => string;
  return sentence(data, subject);
}

/** What of an event its text is made of; `text` is the English one that the history has stored with it. */
type Readable = Pick<ToldEvent, 'kind' | 'data' | 'subject'> & { readonly text?: string };

/**
 * Of any event. One of another version, whose kind or data is not known here, has the words that were stored with it, and
 * its kind where there are none.
 */
export function eventText({ kind, data, subject, text = kind }: Readable, language: Language): string {
  if (!isEventKind(kind)) {
    return text;
  }
  const known = eventKinds[kind].safeParse(data);
  return known.success ? eventSentence({ kind, data: known.data, subject }, language) : text;
}
