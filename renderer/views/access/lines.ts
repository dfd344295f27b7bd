/** The lines of one list: what is there, what will be, and what will be no more. */
import type { AccessEntry, AccessListName, AccessOrigin } from '../../../core/contract/access.ts';
import { type AccessDraft, type DraftAddition, entryKey } from '../../store/access-draft.ts';

export interface ListLine {
  readonly key: string;
  readonly value: string;
  readonly origin: AccessOrigin;
  readonly note: string;
  readonly expiresAtMs: number | null;
  readonly change: 'none' | 'added' | 'removed';
  /** null for one that is only in the draft. */
  readonly entry: AccessEntry | null;
  readonly addition: DraftAddition | null;
}

const originRank: Readonly<Record<AccessOrigin, number>> = { operator: 0, file: 1, config: 2, automatic: 3 };

/** Additions first, then by origin as they rank, newest first within one. */
export function linesOf(list: AccessListName, entries: readonly AccessEntry[], draft: AccessDraft): ListLine[] {
  const removed = new Set(draft.remove.map(entryKey));
  const added: ListLine[] = draft.add
    .filter((addition) => addition.list === list)
    .map((addition) => ({
      key: `+${entryKey({ ...addition, origin: 'operator' })}`,
      value: addition.value,
      origin: 'operator',
      note: addition.note,
      expiresAtMs: addition.expiresAtMs,
      change: 'added',
      entry: null,
      addition,
    }));
  const present = entries
    .filter((entry) => entry.list === list)
    .sort((a, b) => originRank[a.origin] - originRank[b.origin] || b.addedAtMs - a.addedAtMs)
    .map((entry): ListLine => {
      const key = entryKey(entry);
      const { value, origin, note, expiresAtMs } = entry;
      const change = removed.has(key) ? 'removed' : 'none';
      return { key, value, origin, note, expiresAtMs, change, entry, addition: null };
    });
  return [...added, ...present];
}

export function searchLines(lines: readonly ListLine[], text: string): readonly ListLine[] {
  const wanted = text.trim().toLowerCase();
  return wanted === ''
    ? lines
    : lines.filter(
        (line) => line.value.includes(wanted) || line.note.toLowerCase().includes(wanted) || line.origin === wanted,
      );
}

/** Operator's entries of the black list that would outrank an addition to the white one. */
export function conflictsOf(entries: readonly AccessEntry[], draft: AccessDraft): AccessEntry[] {
  const removed = new Set(draft.remove.map(entryKey));
  const allowed = new Set(draft.add.flatMap(({ list, value }) => (list === 'white' ? value : [])));
  return allowed.size === 0
    ? []
    : entries.filter(
        (entry) =>
          entry.list === 'black' &&
          entry.origin === 'operator' &&
          allowed.has(entry.value) &&
          !removed.has(entryKey(entry)),
      );
}

export function isOnList(
  value: string,
  list: AccessListName,
  entries: readonly AccessEntry[],
  draft: AccessDraft,
): boolean {
  const removed = new Set(draft.remove.map(entryKey));
  return (
    draft.add.some((addition) => addition.list === list && addition.value === value) ||
    entries.some(
      (entry) =>
        entry.list === list && entry.origin === 'operator' && entry.value === value && !removed.has(entryKey(entry)),
    )
  );
}
