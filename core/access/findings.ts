/** Entries that an operator may not have meant: a value on both lists, and an entry that a wider one makes pointless. */
import type { AccessFinding } from '../contract/access.ts';
import type { ListedEntry } from './access-entry.ts';
import type { ForeseenTable } from './foreseen-table.ts';

/** More are counted and not listed. */
const mostListed = 500;
/** Entries looked at without a pause. */
const stretch = 1_000;

export interface Findings {
  readonly total: number;
  /** Of the total: those that come with the change. */
  readonly fresh: number;
  /** Those that come with the change first. */
  readonly findings: AccessFinding[];
}

interface Doubt {
  readonly kind: AccessFinding['kind'];
  readonly entry: ListedEntry;
  readonly by: ListedEntry;
}

/**
 * Looks at what people have entered; of what the automaton found only that is named of which a person says the opposite.
 * Each entry is named once. `pause` is awaited every thousand entries, so that long lists keep nobody waiting.
 */
export async function findDoubtful(table: ForeseenTable, pause: () => Promise<void>): Promise<Findings> {
  const fresh: AccessFinding[] = [];
  const others: AccessFinding[] = [];
  let total = 0;
  let freshTotal = 0;
  let looked = 0;
  for (const entry of [...table.values()]) {
    looked += 1;
    if (looked % stretch === 0) {
      await pause();
    }
    const doubt = doubtOf(entry, table.around(entry.range));
    if (!doubt) {
      continue;
    }
    const isFresh = table.isFresh(doubt.entry) || table.isFresh(doubt.by);
    total += 1;
    freshTotal += Number(isFresh);
    const named = isFresh ? fresh : others;
    if (named.length < mostListed) {
      named.push({ kind: doubt.kind, entry: doubt.entry.toWords(), by: doubt.by.toWords(), fresh: isFresh });
    }
  }
  return { total, fresh: freshTotal, findings: [...fresh, ...others].slice(0, mostListed) };
}

/** `rules`: all around the entry's range, itself among them, in the order in which they decide. */
function doubtOf(entry: ListedEntry, rules: readonly ListedEntry[]): Doubt | null {
  const others = rules.filter((rule) => rule !== entry && rule.origin !== 'automatic');
  const isTwin = (rule: ListedEntry): boolean => rule.range.text === entry.range.text && rule.list !== entry.list;
  // Told of the one that loses.
  const twin = others.find((rule) => isTwin(rule) && rule.rank < entry.rank);
  if (twin) {
    return { kind: 'both-lists', entry, by: twin };
  }
  const better = others.find((rule) => rule.rank < entry.rank && rule.list !== entry.list);
  if (better) {
    return { kind: 'overruled', entry, by: better };
  }
  if (entry.origin === 'automatic') {
    return null;
  }
  const wider = others.find((rule) => rule.list === entry.list && rule.rank <= entry.rank);
  // A wider entry of the other list in between is what this one is an exception from.
  const isException = others.some((rule) => rule.list !== entry.list);
  return wider && !isException ? { kind: 'covered', entry, by: wider } : null;
}
