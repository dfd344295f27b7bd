/** The way back from a phrase's English, for what is kept as a text: an alert's detail, an entry of the log. */
import { type Phrase, phrases } from './phrase.ts';

const gap = /\{(\w+)\}/g;
/** Gaps that hold a phrase of their own, or nothing. */
const nested: ReadonlySet<string> = new Set(['wrong', 'near', 'what', 'unset']);

interface Reader {
  readonly code: string;
  readonly read: RegExp;
}

/** Whoever has no words of its own would fit anything. The longer ones first: one may begin as another does. */
const readers: readonly Reader[] = Object.entries(phrases)
  .filter(([, { en }]) => /\p{Alphabetic}{2}/u.test(en.replaceAll(gap, '')))
  .toSorted(([, one], [, other]) => other.en.length - one.en.length)
  .map(([code, { en }]) => {
    const seen = new Set<string>();
    const pattern = en.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&').replaceAll(gap, (_, name: string) => {
      const again = seen.has(name);
      seen.add(name);
      return again ? `\\k<${name}>` : `(?<${name}>.*?)`;
    });
    return { code, read: new RegExp(`^${pattern}$`, 's') };
  });

/** null: it is none of them. */
export function readPhrase(english: string): Phrase | null {
  for (const { code, read } of readers) {
    const found = read.exec(english)?.groups;
    const gaps = found === undefined ? readOf(read, english) : readGaps(found);
    if (gaps !== null) {
      return { code, gaps };
    }
  }
  return null;
}

/** Of a phrase without gaps there are no groups. */
function readOf(read: RegExp, english: string): Phrase['gaps'] | null {
  return read.test(english) ? {} : null;
}

function readGaps(found: Readonly<Record<string, string>>): Phrase['gaps'] | null {
  const gaps: Record<string, string | Phrase> = {};
  for (const [name, text] of Object.entries(found)) {
    const inner = nested.has(name) && text !== '' ? readPhrase(text) : text;
    if (inner === null) {
      return null;
    }
    gaps[name] = inner;
  }
  return gaps;
}
