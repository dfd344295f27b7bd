/** One event as one line for a person: time, level, kind, what it is about, and the sentence. */
import { eventSentence } from '../contract/event-text.ts';
import type { EngineEvent } from '../contract/events.ts';

/** Control characters from a peer or a file must not steer the terminal or forge a second line. */
export function formatLogLine(event: EngineEvent): string {
  const time = new Date(event.atMs).toISOString();
  const subject = event.subject === '' ? '' : ` [${event.subject}]`;
  return printable(`${time} ${event.level.padEnd(5)} ${event.kind}${subject} ${eventSentence(event, 'en')}`);
}

function printable(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ');
}
