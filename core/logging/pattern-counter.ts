/** Counts the patterns of document 004 in a log, line by line: in bounded memory, whatever comes. */
import {
  type EventPattern,
  eventPatterns,
  loggedEventSchema,
  noPatterns,
  type PatternCounts,
  patternPhrases,
  patternsOf,
} from '../contract/event-patterns.ts';
import type { ToldEvent } from '../contract/events.ts';

/** A longer line is nobody's event, and is searched in pieces. */
const longestLine = 65_536;
const longestPhrase = Math.max(...Object.values(patternPhrases).map(({ length }) => length));

export class PatternCounter {
  readonly counts: PatternCounts = noPatterns();
  lines = 0;
  /** The line that has not come to its end. */
  #begun = '';
  /** The line is too long to keep; what has been found in it. */
  #found: Set<EventPattern> | null = null;

  /** A piece of the text, cut anywhere. */
  add(text: string): void {
    let from = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      this.#take(text.slice(from, end));
      this.#endLine();
      from = end + 1;
    }
    this.#take(text.slice(from));
  }

  /** The text is over: its last line may have no end. */
  end(): void {
    if (this.#begun !== '' || this.#found) {
      this.#endLine();
    }
  }

  #take(piece: string): void {
    this.#begun += piece;
    if (this.#begun.length > longestLine) {
      this.#found ??= new Set();
      for (const pattern of phrasesIn(this.#begun)) {
        this.#found.add(pattern);
      }
      // A phrase may lie across the cut.
      this.#begun = this.#begun.slice(-longestPhrase);
    }
  }

  #endLine(): void {
    const line = this.#begun;
    const found = this.#found;
    this.#begun = '';
    this.#found = null;
    this.lines += 1;
    const event = found ? null : eventOf(line);
    if (event) {
      for (const [pattern, count] of patternsOf(event)) {
        this.counts[pattern] += count;
      }
      return;
    }
    for (const pattern of new Set([...(found ?? []), ...phrasesIn(line)])) {
      this.counts[pattern] += 1;
    }
  }
}

/** null for what is no line of ours. */
function eventOf(line: string): Pick<ToldEvent, 'kind' | 'data'> | null {
  if (!line.startsWith('{')) {
    return null;
  }
  try {
    return loggedEventSchema.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}

function phrasesIn(text: string): EventPattern[] {
  return eventPatterns.filter((pattern) => text.includes(patternPhrases[pattern]));
}
