/** Changes to the lists that are not applied yet. They outlive a walk to another view, not a reload. */
import { createStore } from 'zustand/vanilla';
import type { AccessEntry, AccessListName, AccessOrigin } from '../../core/contract/access.ts';

export interface DraftAddition {
  readonly list: AccessListName;
  readonly value: string;
  readonly note: string;
  readonly expiresAtMs: number | null;
}

export interface DraftRemoval {
  readonly list: AccessListName;
  readonly value: string;
  readonly origin: Exclude<AccessOrigin, 'config'>;
}

export interface AccessDraft {
  readonly add: readonly DraftAddition[];
  readonly remove: readonly DraftRemoval[];
}

export const emptyDraft: AccessDraft = { add: [], remove: [] };

export function draftSize(draft: AccessDraft): number {
  return draft.add.length + draft.remove.length;
}

export function entryKey(entry: { list: AccessListName; value: string; origin: AccessOrigin }): string {
  return `${entry.list} ${entry.origin} ${entry.value}`;
}

export function otherList(list: AccessListName): AccessListName {
  return list === 'white' ? 'black' : 'white';
}

/** The later word on an entry replaces the earlier one; an addition to one list takes back an addition to the other. */
export function withAdditions(draft: AccessDraft, additions: readonly DraftAddition[]): AccessDraft {
  const added = new Map(draft.add.map((entry) => [entry.value, entry]));
  for (const addition of additions) {
    added.set(addition.value, addition);
  }
  const takenBack = new Set(additions.map((entry) => `${entry.list} operator ${entry.value}`));
  return {
    add: [...added.values()],
    remove: draft.remove.filter((entry) => !takenBack.has(entryKey(entry))),
  };
}

export function withoutAddition(draft: AccessDraft, addition: DraftAddition): AccessDraft {
  return { ...draft, add: draft.add.filter((entry) => entry !== addition) };
}

/** Marks an entry for removal. One of the config cannot be; the caller offers to override it instead. */
export function withRemoval(draft: AccessDraft, entry: AccessEntry): AccessDraft {
  const { list, value, origin } = entry;
  if (origin === 'config' || draft.remove.some((removal) => entryKey(removal) === entryKey(entry))) {
    return draft;
  }
  return { ...draft, remove: [...draft.remove, { list, value, origin }] };
}

export function withoutRemoval(draft: AccessDraft, key: string): AccessDraft {
  return { ...draft, remove: draft.remove.filter((entry) => entryKey(entry) !== key) };
}

/**
 * To the other list, as the operator's word: the old entry goes where it may go, and is outranked where it may not. What
 * the automaton noted is why the entry stood where it stood, so it does not go along.
 */
export function withMove(draft: AccessDraft, entry: AccessEntry): AccessDraft {
  const note = entry.origin === 'automatic' ? '' : entry.note;
  const moved = withAdditions(draft, [{ list: otherList(entry.list), value: entry.value, note, expiresAtMs: null }]);
  return withRemoval(moved, entry);
}

export const accessDraft = createStore<AccessDraft>(() => emptyDraft);

export function changeDraft(change: (draft: AccessDraft) => AccessDraft): void {
  accessDraft.setState(change(accessDraft.getState()), true);
}
