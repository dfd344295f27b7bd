/** The lines of one list: what is there, what will be, and what will be no more. */
import type { AccessEntry, AccessListName, AccessOrigin } from '../../../core/contract/access.ts';
import { type AccessDraft, type DraftAddition, entryKey } from '../../store/access-draft.ts';
import { ipSortKey } from '../../store/ip-key.ts';

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

export const lineOrders = ['rank', 'entry', 'hits', 'lastHit', 'expires'] as const;
export type LineOrder = (typeof lineOrders)[number];

const never = Number.POSITIVE_INFINITY;

/** `rank`: by origin as they decide, newest first within one. Hits and last hits: the most and the latest first. */
const comparisons: Readonly<Record<Exclude<LineOrder, 'entry'>, (a: AccessEntry, b: AccessEntry) => number>> = {
  rank: (a, b) => originRank[a.origin] - originRank[b.origin] || b.addedAtMs - a.addedAtMs,
  hits: (a, b) => b.hits - a.hits,
  lastHit: (a, b) => (b.lastHitAtMs ?? 0) - (a.lastHitAtMs ?? 0),
  expires: (a, b) => (a.expiresAtMs ?? never) - (b.expiresAtMs ?? never),
};

/** Additions first, then what is there in the wanted order. */
export function linesOf(
  list: AccessListName,
  entries: readonly AccessEntry[],
  draft: AccessDraft,
  order: LineOrder = 'rank',
): ListLine[] {
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
  const present = entries.filter((entry) => entry.list === list);
  const ordered = order === 'entry' ? byAddress(present) : present.sort(comparisons[order]);
  const lines = ordered.map((entry): ListLine => {
    const key = entryKey(entry);
    const { value, origin, note, expiresAtMs } = entry;
    const change = removed.has(key) ? 'removed' : 'none';
    return { key, value, origin, note, expiresAtMs, change, entry, addition: null };
  });
  return [...added, ...lines];
}

/** IPv4 before IPv6, each by its bytes. Keys are made once: a long list is compared a million times. */
function byAddress(entries: readonly AccessEntry[]): AccessEntry[] {
  return entries
    .map((entry) => ({ entry, key: addressKey(entry.value) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ entry }) => entry);
}

function addressKey(value: string): string {
  const [address = '', length = ''] = value.split('/');
  const key = address.includes(':')
    ? ipSortKey(address)
    : `4${address
        .split('.')
        .map((part) => part.padStart(3, '0'))
        .join('')}`;
  return `${key} ${length.padStart(3, '0')}`;
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
