/** What it takes to take a change back, now that others may have come after it; nothing is done here. */
import { type AccessAuditedChange, type AccessWords, accessKey } from '../contract/access.ts';
import { type ContractIssue, issueAt } from '../contract/errors.ts';
import { type Phrase, phrase } from '../contract/phrase.ts';
import type { EntryChange } from './access-audit.ts';
import { ListedEntry } from './access-entry.ts';

export interface UndoPlan {
  /** At most one per entry. */
  readonly changes: readonly EntryChange[];
  /** What stays as it is, by the entry's value, and why. */
  readonly left: readonly ContractIssue[];
}

/** Each entry goes back to what it was before, unless somebody has changed it since or it is not the operator's to change. */
export function planUndo(
  audited: readonly AccessAuditedChange[],
  find: (key: string) => ListedEntry | undefined,
  nowMs: number,
): UndoPlan {
  /** By key, what will be there; null: nothing. */
  const planned = new Map<string, ListedEntry | null>();
  const left: ContractIssue[] = [];
  const current = (words: AccessWords | null): ListedEntry | null => {
    const key = words && keyOf(words);
    return key === null ? null : (planned.get(key) ?? (planned.has(key) ? null : (find(key) ?? null)));
  };
  // The last change first: a record may have changed one entry twice.
  for (const change of audited.toReversed()) {
    const { before, after } = change;
    const obstacle = obstacleTo(change, current(after), current(before), nowMs);
    if (obstacle !== null) {
      left.push(issueAt((after ?? before)?.value ?? '', obstacle));
      continue;
    }
    if (after) {
      planned.set(keyOf(after), null);
    }
    if (before) {
      planned.set(keyOf(before), ListedEntry.of(before));
    }
  }
  const changes = Array.from(planned, ([key, after]) => ({ before: find(key) ?? null, after }));
  return { changes: changes.filter(({ before, after }) => before || after), left };
}

/** null when nothing is in the way. */
function obstacleTo(
  { before, after }: AccessAuditedChange,
  now: ListedEntry | null,
  restored: ListedEntry | null,
  nowMs: number,
): Phrase | null {
  if (before?.origin === 'config' || after?.origin === 'config') {
    return phrase('undo.config');
  }
  if (after && !now) {
    return phrase('undo.gone', { list: after.list });
  }
  if (after && now && !saysTheSame(now, after)) {
    return phrase('undo.changed');
  }
  if (before && restored && restored !== now) {
    return phrase('undo.back', { list: before.list });
  }
  if (before?.expiresAtMs != null && before.expiresAtMs <= nowMs) {
    return phrase('undo.expired');
  }
  return null;
}

/** A longer stay of an automatic entry is no change that anybody made. */
function saysTheSame(now: ListedEntry, words: AccessWords): boolean {
  return words.origin === 'automatic' || (now.note === words.note && now.expiresAtMs === words.expiresAtMs);
}

function keyOf({ list, origin, value }: AccessWords): string {
  return accessKey(list, origin, value);
}
