/** Entries as they are typed, pasted or read from a file, held against what is on the lists. */
import { type AccessEntry, type AccessListName, accessKey } from '../../core/contract/access.ts';
import { visited, type Work } from '../base/slices.ts';
import { type AccessDraft, adding, type DraftAddition, entryKey } from './access-draft.ts';

export interface SaidEntry {
  readonly list: AccessListName;
  /** Canonical. */
  readonly value: string;
  /** Empty: nothing is said about it. */
  readonly note: string;
  /** undefined: nothing is said about it. */
  readonly expiresAtMs: number | null | undefined;
}

/** An entry of the lists by its key. */
export type FindEntry = (key: string) => AccessEntry | undefined;

/** null: the operator has an entry that says so already. What is not said of it stays as it is. */
export function additionOf({ list, value, note, expiresAtMs }: SaidEntry, find: FindEntry): DraftAddition | null {
  const key = accessKey(list, 'operator', value);
  const there = find(key);
  if (!there) {
    return { list, value, note, expiresAtMs: expiresAtMs ?? null };
  }
  const words = {
    note: note === '' ? there.note : note,
    expiresAtMs: expiresAtMs === undefined ? there.expiresAtMs : expiresAtMs,
  };
  return words.note === there.note && words.expiresAtMs === there.expiresAtMs
    ? null
    : { list, value, ...words, edits: key };
}

/** The draft with all that is said; an entry that says so already is not removed any more. */
export function* saying(draft: AccessDraft, said: readonly SaidEntry[], find: FindEntry): Work<AccessDraft> {
  const additions: DraftAddition[] = [];
  const kept = new Set<string>();
  yield* visited(said, (one) => {
    const addition = additionOf(one, find);
    if (addition) {
      additions.push(addition);
    } else {
      kept.add(accessKey(one.list, 'operator', one.value));
    }
  });
  const after = yield* adding(draft, additions);
  return kept.size === 0 || after.remove.length === 0
    ? after
    : { ...after, remove: after.remove.filter((entry) => !kept.has(entryKey(entry))) };
}

/** How many of the entries say nothing new, change one that is there, and name what the other list has as well. */
export interface SaidTally {
  readonly there: number;
  readonly changed: number;
  readonly opposed: number;
}

export function* tallying(said: readonly SaidEntry[], find: FindEntry): Work<SaidTally> {
  let [there, changed, opposed] = [0, 0, 0];
  yield* visited(said, (one) => {
    const addition = additionOf(one, find);
    there += Number(addition === null);
    changed += Number(addition?.edits !== undefined);
    const other = one.list === 'white' ? 'black' : 'white';
    opposed += Number(
      (['operator', 'file', 'config', 'automatic'] as const).some((origin) =>
        find(accessKey(other, origin, one.value)),
      ),
    );
  });
  return { there, changed, opposed };
}
