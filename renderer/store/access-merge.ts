/** A draft whose entries somebody else has changed meanwhile: what becomes of each, by the operator's choice. */
import type { AccessConflict, AccessPreview, AccessWords } from '../../core/contract/access.ts';
import type { ConsoleApi } from '../../core/contract/index.ts';
import { type AccessDraft, type DraftAddition, entryKey } from './access-draft.ts';
import { askWithDraft } from './carried-change.ts';

/**
 * `mine`: it becomes as I said, and what they said against it goes. `theirs`: what I said is dropped. `both`: theirs stays,
 * and mine is put beside it; where both speak of one entry, their notes are joined and the longer stay counts.
 */
export const conflictChoices = ['mine', 'theirs', 'both'] as const;
export type ConflictChoice = (typeof conflictChoices)[number];

/** All conflicts of a draft, and the revision of the lists from which on others may have come. */
export type KnownConflicts = Pick<AccessPreview, 'conflicts' | 'revision'>;

/**
 * A preview with all its conflicts: those that it did not list are asked for, a thousand at a time. The first answer's revision
 * counts: what is changed while the others come is named by the next preview.
 */
export async function allConflicts(
  api: Pick<ConsoleApi, 'request'>,
  draft: AccessDraft,
  { conflicts, revision, nextConflict }: KnownConflicts & Pick<AccessPreview, 'nextConflict'>,
): Promise<KnownConflicts> {
  const byValue = new Map(conflicts.map((conflict) => [conflict.value, conflict]));
  let next = nextConflict;
  while (next !== null) {
    const conflictsFrom: number = next;
    const page = await askWithDraft(api, draft, (change) =>
      api.request('access.preview', { ...change, conflictsFrom }),
    );
    for (const conflict of page.conflicts) {
      byValue.set(conflict.value, conflict);
    }
    next = page.nextConflict;
  }
  return { conflicts: [...byValue.values()], revision };
}

/** The draft after the choices, made against the lists that the preview looked at: it can be applied. */
export function resolved(
  draft: AccessDraft,
  { conflicts, revision }: KnownConflicts,
  choiceOf: (value: string) => ConflictChoice,
): AccessDraft {
  const byValue = new Map(conflicts.map((conflict) => [conflict.value, conflict]));
  const isThere = (entry: { list: AccessWords['list']; value: string; origin: AccessWords['origin'] }): boolean => {
    const conflict = byValue.get(entry.value);
    return !conflict || conflict.now.some((words) => entryKey(words) === entryKey(entry));
  };
  const add = draft.add.flatMap((addition) => {
    const conflict = byValue.get(addition.value);
    const choice = conflict && choiceOf(addition.value);
    return choice === 'theirs' ? [] : choice === 'both' && conflict ? [joined(addition, conflict)] : [addition];
  });
  const kept = draft.remove.filter((entry) => {
    const choice = byValue.has(entry.value) ? choiceOf(entry.value) : 'mine';
    // What is gone needs no removal; one that is to stay gets none.
    return choice === 'mine' && isThere(entry);
  });
  const against = add.flatMap((addition) =>
    byValue.has(addition.value) && choiceOf(addition.value) === 'mine' ? opposing(addition, byValue) : [],
  );
  const remove = new Map([...kept, ...against].map((entry) => [entryKey(entry), entry]));
  return { add, remove: [...remove.values()], revision };
}

/** The operator's word on the other list. */
function opposing(addition: DraftAddition, byValue: ReadonlyMap<string, AccessConflict>) {
  const now = byValue.get(addition.value)?.now ?? [];
  return now.flatMap(({ list, value, origin }) =>
    origin === 'operator' && list !== addition.list ? [{ list, value, origin }] : [],
  );
}

function joined(addition: DraftAddition, { now }: AccessConflict): DraftAddition {
  const theirs = now.find(({ list, origin }) => list === addition.list && origin === 'operator');
  if (!theirs) {
    return addition;
  }
  const notes = new Set([theirs.note, addition.note].filter((note) => note !== ''));
  const expiries = [theirs.expiresAtMs, addition.expiresAtMs];
  return {
    ...addition,
    note: [...notes].join('; ').slice(0, 500),
    expiresAtMs: expiries.includes(null) ? null : Math.max(...expiries.map((at) => at ?? 0)),
  };
}
