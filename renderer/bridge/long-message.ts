/**
 * Messages with a list of thousands in them. Written and sent at once, ten megabytes would hold the page up for a tenth of a
 * second; written in slices as bytes, they are handed to the browser whole, which sends them beside the page.
 */
import type { ClientMessage } from '../../core/contract/messages.ts';
import type { Work } from '../base/slices.ts';

/** Items between two yields; a list with more of them makes a message long. */
const stepItems = 1_000;

export function isLong(message: ClientMessage): boolean {
  const input = 'input' in message ? message.input : null;
  return (
    typeof input === 'object' &&
    input !== null &&
    Object.values(input).some((value) => Array.isArray(value) && value.length > stepItems)
  );
}

/** The message's JSON as UTF-8. */
export function* written(message: ClientMessage): Work<Blob> {
  const encoder = new TextEncoder();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (const text of textOf(message)) {
    parts.push(encoder.encode(text));
    yield;
  }
  return new Blob(parts);
}

/** What `JSON.stringify` writes, in pieces. */
function* textOf(value: unknown): Generator<string, void, undefined> {
  if (Array.isArray(value) && value.length > stepItems) {
    for (let at = 0; at < value.length; at += stepItems) {
      const piece = JSON.stringify(value.slice(at, at + stepItems)).slice(1, -1);
      yield at === 0 ? `[${piece}` : `,${piece}`;
    }
    yield ']';
  } else if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const said = Object.entries(value).filter(([, inner]) => inner !== undefined);
    for (const [index, [key, inner]] of said.entries()) {
      yield `${index === 0 ? '{' : ','}${JSON.stringify(key)}:`;
      yield* textOf(inner);
    }
    yield said.length === 0 ? '{}' : '}';
  } else {
    yield JSON.stringify(value);
  }
}
