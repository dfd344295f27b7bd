/**
 * How well a text fits what was typed. Every word that was typed must be found: at the beginning of a word best, inside a
 * word next, and last as letters that stand in the same order (`chk al` finds "Check all").
 */
export interface Fit {
  /** Larger is better; 0 for an empty query. */
  readonly score: number;
  /** Places in the text that made it fit, each from (inclusive) to (exclusive), in order and apart from each other. */
  readonly ranges: readonly (readonly [number, number])[];
}

interface Found {
  readonly score: number;
  readonly places: readonly number[];
}

const wordStart = 100;
/** Every letter begins a word: `ca` for "Check all". */
const initials = 80;
const inside = 60;
const scattered = 30;
/** The words stand together as they were typed. */
const togetherBonus = 20;

/** An address as it stands in a URL: `[::1]`, `[::1]:443`. */
const bracketed = /^\[([\da-f:.]+)\](?::\d+)?$/;

/** The words of a query, in small letters; an address without its brackets. */
export function queryWords(query: string): string[] {
  return query
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => bracketed.exec(word)?.[1] ?? word);
}

/** null: it does not fit. */
export function fitOf(words: readonly string[], text: string): Fit | null {
  const lower = text.toLowerCase();
  const places = new Set<number>();
  let score = 0;
  for (const word of words) {
    const found = findWord(word, lower);
    if (found === null) {
      return null;
    }
    score += found.score;
    for (const place of found.places) {
      places.add(place);
    }
  }
  if (words.length === 0) {
    return { score: 0, ranges: [] };
  }
  const together = words.length > 1 && lower.includes(words.join(' ')) ? togetherBonus : 0;
  // Of two that fit equally well, the shorter one has less in it that was not asked for.
  return { score: score / words.length + together - text.length / 20, ranges: rangesOf(places) };
}

/** Whether every word begins a word of the text: for longer texts, where scattered letters are always found somewhere. */
export function mentions(words: readonly string[], text: string): boolean {
  const lower = text.toLowerCase();
  return words.every((word) => {
    for (let at = lower.indexOf(word); at !== -1; at = lower.indexOf(word, at + 1)) {
      if (beginsWord(lower, at)) {
        return true;
      }
    }
    return false;
  });
}

/** A word begins after what is no letter and no digit; each Chinese character is a word. */
function beginsWord(text: string, at: number): boolean {
  return at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1] ?? '') || /\p{Script=Han}/u.test(text[at] ?? '');
}

function findWord(word: string, text: string): Found | null {
  let best: Found | null = null;
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    const score = beginsWord(text, at) ? wordStart + (at === 0 ? 15 : 0) + endBonus(text, at + word.length) : inside;
    if (best === null || score > best.score) {
      best = { score, places: Array.from(word, (_, offset) => at + offset) };
    }
  }
  const apart = best !== null && best.score >= wordStart ? null : findScattered(word, text);
  return best === null || (apart !== null && apart.score > best.score) ? apart : best;
}

/** The whole word was typed. */
function endBonus(text: string, end: number): number {
  return end === text.length || !/[\p{L}\p{N}]/u.test(text[end] ?? '') ? 10 : 0;
}

/**
 * The first letter must begin a word; each other one stands later, best where a word begins. What lies far apart is chance,
 * so a text that is longer than four times the word between first and last letter does not fit.
 */
function findScattered(word: string, text: string): Found | null {
  if (word.length < 2) {
    return null;
  }
  for (let start = 0; start < text.length; start += 1) {
    if (text[start] !== word[0] || !beginsWord(text, start)) {
      continue;
    }
    const places = [start];
    let starts = 1;
    for (let letter = 1; letter < word.length; letter += 1) {
      const at = nextPlace(word[letter] ?? '', text, (places.at(-1) ?? start) + 1);
      if (at === -1) {
        break;
      }
      places.push(at);
      starts += beginsWord(text, at) ? 1 : 0;
    }
    const width = (places.at(-1) ?? start) - start + 1;
    if (places.length === word.length && width <= word.length * 4) {
      const loose = (scattered * (word.length + starts)) / (word.length + width);
      return { score: starts === word.length ? initials : loose, places };
    }
  }
  return null;
}

/** Directly behind, else where a word begins with it, else wherever it is. */
function nextPlace(letter: string, text: string, from: number): number {
  if (text[from] === letter) {
    return from;
  }
  for (let at = text.indexOf(letter, from); at !== -1; at = text.indexOf(letter, at + 1)) {
    if (beginsWord(text, at)) {
      return at;
    }
  }
  return text.indexOf(letter, from);
}

function rangesOf(places: ReadonlySet<number>): [number, number][] {
  const ranges: [number, number][] = [];
  for (const place of [...places].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && last[1] === place) {
      last[1] = place + 1;
    } else {
      ranges.push([place, place + 1]);
    }
  }
  return ranges;
}
