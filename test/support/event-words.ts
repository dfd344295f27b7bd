/** Events in tests: what they say in English, and that each has just the data of its kind. */
import { isDeepStrictEqual } from 'node:util';
import { type EventDataOf, type EventKind, eventKinds } from '../../core/contract/event-kinds.ts';
import { eventSentence } from '../../core/contract/event-text.ts';
import type { EngineEvent } from '../../core/contract/events.ts';

export function textOf(event: Pick<EngineEvent, 'kind' | 'data' | 'subject'> | undefined): string {
  return event ? eventSentence(event, 'en') : '';
}

/** @throws when something is missing, too much, or of another shape: the compiler sees only what it can. */
export function checkData<Kind extends EventKind>(kind: Kind, data: EventDataOf<Kind>): void {
  const parsed = eventKinds[kind].parse(data);
  if (!isDeepStrictEqual(parsed, data)) {
    throw new Error(`${kind} has data that its kind does not know: ${JSON.stringify(data)}`);
  }
}
