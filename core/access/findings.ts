/** Entries that an operator may not have meant: a value on both lists, and an entry that a wider one makes pointless. */
import type { AccessFinding } from '../contract/access.ts';
import type { ListedEntry } from './access-entry.ts';
import type { IpRange } from './ip-range.ts';

/** More are counted and not listed. */
const mostListed = 500;
/** Entries looked at without a pause. */
const stretch = 1_000;

export interface Findings {
  readonly total: number;
  readonly findings: AccessFinding[];
}

/**
 * Looks at what people have entered; what the automaton found is not theirs to tidy. Each entry is named once. `pause` is
 * awaited every thousand entries, so that long lists keep nobody waiting.
 */
export async function findDoubtful(
  entries: Iterable<ListedEntry>,
  around: (range: IpRange) => readonly ListedEntry[],
  pause: () => Promise<void>,
): Promise<Findings> {
  const findings: AccessFinding[] = [];
  let total = 0;
  let looked = 0;
  for (const entry of [...entries].filter(({ origin }) => origin !== 'automatic')) {
    looked += 1;
    if (looked % stretch === 0) {
      await pause();
    }
    const finding = findingOf(entry, around(entry.range));
    if (finding) {
      total += 1;
      if (findings.length < mostListed) {
        findings.push(finding);
      }
    }
  }
  return { total, findings };
}

/** `rules`: all around the entry's range, itself among them, in the order in which they decide. */
function findingOf(entry: ListedEntry, rules: readonly ListedEntry[]): AccessFinding | null {
  const others = rules.filter((rule) => rule !== entry && rule.origin !== 'automatic');
  // Told of the one that loses.
  const twin = others.find(
    (rule) => rule.range.text === entry.range.text && rule.list !== entry.list && rule.rank < entry.rank,
  );
  if (twin) {
    return { kind: 'both-lists', entry: entry.toWords(), by: twin.toWords() };
  }
  const better = others.find((rule) => rule.rank < entry.rank && rule.list !== entry.list);
  if (better) {
    return { kind: 'overruled', entry: entry.toWords(), by: better.toWords() };
  }
  const wider = others.find((rule) => rule.list === entry.list && rule.rank <= entry.rank);
  // A wider entry of the other list in between is what this one is an exception from.
  const isException = others.some((rule) => rule.list !== entry.list);
  return wider && !isException ? { kind: 'covered', entry: entry.toWords(), by: wider.toWords() } : null;
}
