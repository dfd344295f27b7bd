/** "Did you mean": the name that a mistyped one is nearest to. */
import { phrase, type Told } from '../contract/phrase.ts';

/** Of a beginning: fewer say nothing. */
const fewestLetters = 3;

/** ` (did you mean "max_idle_conns"?)`, or the empty string when nothing is near. */
export function nearestName(written: string, names: readonly string[]): Told {
  const most = Math.max(1, Math.floor(written.length / 3));
  let best: string | undefined;
  let bestDistance = most + 1;
  for (const name of names) {
    const distance = editDistance(written.toLowerCase(), name.toLowerCase());
    if (distance < bestDistance) {
      best = name;
      bestDistance = distance;
    }
  }
  best ??= begunWith(written.toLowerCase(), names);
  return best === undefined ? '' : phrase('config.did-you-mean', { name: best });
}

/** Somebody stopped writing: the shortest that begins so. */
function begunWith(written: string, names: readonly string[]): string | undefined {
  const begun = names.filter((name) => written.length >= fewestLetters && name.toLowerCase().startsWith(written));
  return begun.sort((one, other) => one.length - other.length)[0];
}

/** Letters to change, add or remove (Levenshtein). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replace = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replace, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
