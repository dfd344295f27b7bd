/** Changes to the lists that are not applied yet. They outlive a walk to another view, and a reload of the tab. */
import { persist } from 'zustand/middleware';
import { createStore } from 'zustand/vanilla';
import {
  type AccessChange,
  type AccessEntry,
  type AccessListName,
  type AccessOrigin,
  accessKey,
} from '../../core/contract/access.ts';
import { atOnce, inSlices, mapped, type SliceScheduler, visited, type Work } from '../base/slices.ts';
import { tabStorage } from './tab-storage.ts';

export interface DraftAddition {
  readonly list: AccessListName;
  readonly value: string;
  readonly note: string;
  readonly expiresAtMs: number | null;
  /** Key of an entry that the operator has already: it gets another note or expiry. */
  readonly edits?: string;
}

export interface DraftRemoval {
  readonly list: AccessListName;
  readonly value: string;
  readonly origin: Exclude<AccessOrigin, 'config'>;
}

type Named = Pick<AccessEntry, 'list' | 'value' | 'origin'>;

export interface AccessDraft {
  readonly add: readonly DraftAddition[];
  readonly remove: readonly DraftRemoval[];
  /** Of the lists that it was begun on; null when they were not seen. */
  readonly revision: number | null;
}

export const emptyDraft: AccessDraft = { add: [], remove: [], revision: null };

export function draftSize(draft: AccessDraft): number {
  return draft.add.length + draft.remove.length;
}

/** Asked for 100,000 times at a change of the draft; an entry of the lists that are shown knows its own. */
export function entryKey({ key, list, origin, value }: Named & { readonly key?: string }): string {
  return key ?? accessKey(list, origin, value);
}

const removedBy = new WeakMap<AccessDraft['remove'], ReadonlySet<string>>();

/** Keys of what the draft removes; made once for each set of removals. */
export function removedKeys({ remove }: Pick<AccessDraft, 'remove'>): ReadonlySet<string> {
  const known = removedBy.get(remove);
  if (known) {
    return known;
  }
  const removed = new Set(remove.map(entryKey));
  removedBy.set(remove, removed);
  return removed;
}

/** As the engine takes it. */
export function changeOf({ add, remove, revision }: AccessDraft): AccessChange {
  return { add: add.map(wireAddition), remove: [...remove], expectedRevision: revision };
}

export function wireAddition({ list, value, note, expiresAtMs }: DraftAddition): DraftAddition {
  return { list, value, note, expiresAtMs };
}

export function otherList(list: AccessListName): AccessListName {
  return list === 'white' ? 'black' : 'white';
}

/** The later word on an entry replaces the earlier one; an addition to one list takes back an addition to the other. */
export function* adding(draft: AccessDraft, additions: readonly DraftAddition[]): Work<AccessDraft> {
  const added = new Map<string, DraftAddition>();
  for (const entries of [draft.add, additions]) {
    yield* visited(entries, (entry) => added.set(entry.value, entry));
  }
  const add = [...added.values()];
  if (draft.remove.length === 0) {
    return { ...draft, add };
  }
  const takenBack = new Set<string>();
  yield* visited(additions, ({ list, value }) => takenBack.add(accessKey(list, 'operator', value)));
  const remove: DraftRemoval[] = [];
  yield* visited(draft.remove, (entry) => {
    if (!takenBack.has(entryKey(entry))) {
      remove.push(entry);
    }
  });
  return { ...draft, add, remove };
}

export function withAdditions(draft: AccessDraft, additions: readonly DraftAddition[]): AccessDraft {
  return atOnce(adding(draft, additions));
}

export function withoutAddition(draft: AccessDraft, addition: DraftAddition): AccessDraft {
  return { ...draft, add: draft.add.filter((entry) => entry !== addition) };
}

/** Marks an entry for removal. One of the config cannot be; the caller offers to override it instead. */
export function withRemoval(draft: AccessDraft, entry: Named): AccessDraft {
  return atOnce(removing(draft, [entry]));
}

/** Marks all but those of the config; what was to become of them is forgotten. */
export function* removing(draft: AccessDraft, entries: readonly Named[]): Work<AccessDraft> {
  const present = new Set(removedKeys(draft));
  const added: DraftRemoval[] = [];
  yield* visited(entries, (entry) => {
    const { list, value, origin } = entry;
    const key = entryKey(entry);
    if (origin !== 'config' && !present.has(key)) {
      present.add(key);
      added.push({ list, value, origin });
    }
  });
  if (added.length === 0) {
    return draft;
  }
  const remove = draft.remove.concat(added);
  removedBy.set(remove, present);
  const isOver = ({ edits }: DraftAddition): boolean => edits !== undefined && present.has(edits);
  return { ...draft, add: draft.add.some(isOver) ? draft.add.filter((entry) => !isOver(entry)) : draft.add, remove };
}

export function withoutRemoval(draft: AccessDraft, key: string): AccessDraft {
  return { ...draft, remove: draft.remove.filter((entry) => entryKey(entry) !== key) };
}

/**
 * To the other list, as the operator's word: the old entry goes where it may go, and is outranked where it may not. What
 * the automaton noted is why the entry stood where it stood, so it does not go along.
 */
export function* moving(draft: AccessDraft, entries: readonly AccessEntry[]): Work<AccessDraft> {
  const moved = yield* mapped(entries, ({ list, value, origin, note }) => ({
    list: otherList(list),
    value,
    note: origin === 'automatic' ? '' : note,
    expiresAtMs: null,
  }));
  return yield* removing(yield* adding(draft, moved), entries);
}

/** What is edited. */
export type Editable = Pick<AccessEntry, 'list' | 'value' | 'origin' | 'note' | 'expiresAtMs'> & {
  /** It is in the draft alone. */
  readonly isNew?: true;
};

/** What is left out stays as it is. */
export interface Edit {
  readonly note?: string;
  readonly expiresAtMs?: number | null;
}

/**
 * Other words for entries, or for what the draft adds. What the file or the automaton said becomes the operator's word in its
 * place; what the configuration says gets one beside it, which goes before it.
 */
export function* editing(
  draft: AccessDraft,
  entries: readonly Editable[],
  edit: Edit | ((entry: Editable) => Edit),
): Work<AccessDraft> {
  const staged = new Map<string, DraftAddition>();
  yield* visited(draft.add, (addition) => staged.set(accessKey(addition.list, 'operator', addition.value), addition));
  const additions: DraftAddition[] = [];
  const replaced: Editable[] = [];
  const asBefore = new Set<DraftAddition>();
  yield* visited(entries, (entry) => {
    const { list, value, origin } = entry;
    const key = accessKey(list, 'operator', value);
    const before = staged.get(key);
    const kept = before?.note ?? (origin === 'automatic' ? '' : entry.note);
    const said = typeof edit === 'function' ? edit(entry) : edit;
    const { note = kept, expiresAtMs = before ? before.expiresAtMs : entry.expiresAtMs } = said;
    const isOwn = origin === 'operator' && entry.isNew !== true;
    if (isOwn && note === entry.note && expiresAtMs === entry.expiresAtMs) {
      if (before) {
        asBefore.add(before);
      }
      return;
    }
    additions.push({ list, value, note, expiresAtMs, ...(isOwn && { edits: key }) });
    if (origin === 'file' || origin === 'automatic') {
      replaced.push(entry);
    }
  });
  const kept = asBefore.size === 0 ? draft : { ...draft, add: draft.add.filter((entry) => !asBefore.has(entry)) };
  return yield* removing(yield* adding(kept, additions), replaced);
}

export function withMove(draft: AccessDraft, entry: AccessEntry): AccessDraft {
  return atOnce(moving(draft, [entry]));
}

/** What was applied goes; what was added to the draft meanwhile stays. */
export function withoutApplied(draft: AccessDraft, { add, remove }: AccessDraft): AccessDraft {
  const added = new Set(add);
  const removed = new Set(remove);
  return {
    ...draft,
    add: draft.add.filter((entry) => !added.has(entry)),
    remove: draft.remove.filter((entry) => !removed.has(entry)),
  };
}

/** A longer draft is not kept over a reload; the page asks before it is left. */
const mostKeptLines = 5_000;

export const accessDraft = createStore<AccessDraft>()(
  persist((): AccessDraft => emptyDraft, {
    name: 'hotpool.access-draft',
    version: 1,
    storage: tabStorage<AccessDraft>('access', (draft) => draftSize(draft) > mostKeptLines),
  }),
);

let latestRevision: number | null = null;

/** What a draft that is begun now is begun on. */
export function knowRevision(revision: number): void {
  latestRevision = revision;
}

export function changeDraft(change: (draft: AccessDraft) => AccessDraft): void {
  const before = accessDraft.getState();
  const after = change(before);
  const revision = draftSize(before) === 0 ? latestRevision : after.revision;
  accessDraft.setState({ ...after, revision }, true);
}

/**
 * For a change with thousands of lines: made in slices. When the draft becomes another meanwhile, the change is begun anew on
 * that one, so that neither undoes the other.
 */
export function changeLongDraft(change: (draft: AccessDraft) => Work<AccessDraft>, scheduler?: SliceScheduler): void {
  const before = accessDraft.getState();
  const made = (after: AccessDraft): void => {
    if (accessDraft.getState() === before) {
      changeDraft(() => after);
    } else {
      changeLongDraft(change, scheduler);
    }
  };
  inSlices(change(before), made, scheduler);
}
