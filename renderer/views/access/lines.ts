/** The lines of one list: what is there, what will be, and what will be no more. */
import { type AccessEntry, type AccessListName, type AccessOrigin, accessKey } from '../../../core/contract/access.ts';
import { ipSortKey } from '../../base/ip-key.ts';
import { mapped, sorted, type Work } from '../../base/slices.ts';
import { type AccessDraft, type DraftAddition, entryKey, removedKeys } from '../../store/access-draft.ts';
import type { ListedEntry } from '../../store/access-store.ts';

export interface ListLine {
  readonly key: string;
  readonly value: string;
  readonly origin: AccessOrigin;
  readonly note: string;
  readonly expiresAtMs: number | null;
  /** null for one that is only in the draft. */
  readonly entry: AccessEntry | null;
  /** What the draft says of it; of an entry that is there: its new words. */
  readonly addition: DraftAddition | null;
}

/** A list's lines, each made when it is asked for: of 100,000 there are some thirty in sight. */
export interface ListLines {
  /** These come first. */
  readonly added: readonly DraftAddition[];
  readonly present: readonly AccessEntry[];
  /** New words for some of those, by their keys. */
  readonly edits: ReadonlyMap<string, DraftAddition>;
}

export function lineCount({ added, present }: ListLines): number {
  return added.length + present.length;
}

/** undefined: there are not so many. */
export function lineAt({ added, present, edits }: ListLines, index: number): ListLine | undefined {
  const addition = added[index];
  if (addition) {
    return lineOf(addition, () => addedLine(addition));
  }
  const entry = present[index - added.length];
  const edit = entry && edits.get(entryKey(entry));
  if (entry && edit) {
    return { ...presentLine(entry), note: edit.note, expiresAtMs: edit.expiresAtMs, addition: edit };
  }
  return entry && lineOf(entry, () => presentLine(entry));
}

/** -1: no line with this key is among them. */
export function lineIndexOf({ added, present }: ListLines, key: string | null): number {
  if (key === null) {
    return -1;
  }
  if (key.startsWith(addedMark)) {
    return added.findIndex((addition) => addedKey(addition) === key);
  }
  const at = present.findIndex((entry) => entryKey(entry) === key);
  return at === -1 ? -1 : added.length + at;
}

export type LineChange = 'none' | 'added' | 'removed' | 'changed';

const originRank: Readonly<Record<AccessOrigin, number>> = { operator: 0, file: 1, config: 2, automatic: 3 };

export const lineOrders = ['rank', 'entry', 'added', 'hits', 'lastHit', 'expires'] as const;
export type LineOrder = (typeof lineOrders)[number];

const never = Number.POSITIVE_INFINITY;

/** `rank`: by origin as they decide, newest first within one. Hits and last hits: the most and the latest first. */
const comparisons: Readonly<Record<Exclude<LineOrder, 'entry'>, (a: AccessEntry, b: AccessEntry) => number>> = {
  rank: (a, b) => originRank[a.origin] - originRank[b.origin] || b.addedAtMs - a.addedAtMs,
  added: (a, b) => b.addedAtMs - a.addedAtMs,
  hits: (a, b) => b.hits - a.hits,
  lastHit: (a, b) => (b.lastHitAtMs ?? 0) - (a.lastHitAtMs ?? 0),
  expires: (a, b) => (a.expiresAtMs ?? never) - (b.expiresAtMs ?? never),
};

/** What becomes of a line; asked of those in sight alone. `removed`: keys of what the draft removes. */
export function changeOf({ key, entry, addition }: ListLine, removed: ReadonlySet<string>): LineChange {
  if (addition) {
    return entry ? 'changed' : 'added';
  }
  return removed.has(key) ? 'removed' : 'none';
}

/** What the draft adds to a list, and what it says anew of what is there. `isThere`: of an entry's key. */
export function additionsTo(
  list: AccessListName,
  add: AccessDraft['add'],
  isThere: (key: string) => boolean,
): Pick<ListLines, 'added' | 'edits'> {
  const added: DraftAddition[] = [];
  const edits = new Map<string, DraftAddition>();
  for (const addition of add) {
    if (addition.list === list) {
      if (addition.edits !== undefined && isThere(addition.edits)) {
        edits.set(addition.edits, addition);
      } else {
        added.push(addition);
      }
    }
  }
  return { added, edits };
}

/** What is on a list, in the wanted order. `entries`: of this list alone. */
export function* ordered(entries: readonly ListedEntry[], order: LineOrder): Work<readonly AccessEntry[]> {
  if (order !== 'entry') {
    return yield* sorted(entries, comparisons[order]);
  }
  // Keys are made once: a long list is compared a million times.
  const keyed = yield* mapped(entries, (entry) => ({ entry, key: sortKeyOf(entry) }));
  const byKey = yield* sorted(keyed, (a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return yield* mapped(byKey, ({ entry }) => entry);
}

/** Made once for each: an entry that says something else is another. */
const made = new WeakMap<object, ListLine>();

function lineOf(of: object, make: () => ListLine): ListLine {
  const known = made.get(of);
  if (known) {
    return known;
  }
  const line = make();
  made.set(of, line);
  return line;
}

const addedMark = '+';

function addedKey({ list, value }: DraftAddition): string {
  return addedMark + accessKey(list, 'operator', value);
}

function addedLine(addition: DraftAddition): ListLine {
  const { value, note, expiresAtMs } = addition;
  const key = addedKey(addition);
  return { key, value, origin: 'operator', note, expiresAtMs, entry: null, addition };
}

function presentLine(entry: AccessEntry): ListLine {
  const { value, origin, note, expiresAtMs } = entry;
  return { key: entryKey(entry), value, origin, note, expiresAtMs, entry, addition: null };
}

function sortKeyOf(entry: ListedEntry): string {
  entry.sortKey ??= addressKey(entry.value);
  return entry.sortKey;
}

/** IPv4 before IPv6, each by its bytes. */
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

export function searchLines(lines: ListLines, text: string): ListLines {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') {
    return lines;
  }
  const fits = ({ value, note }: { readonly value: string; readonly note: string }, origin: AccessOrigin): boolean =>
    value.includes(wanted) || note.toLowerCase().includes(wanted) || origin === wanted;
  return {
    ...lines,
    added: lines.added.filter((addition) => fits(addition, 'operator')),
    present: lines.present.filter((entry) => fits(entry, entry.origin)),
  };
}

const families = ['0.0.0.0/0', '::/0'];

/** Of those, what the draft blocks: nothing of such a family is dialled any more. */
export function wholeFamilies({ add }: AccessDraft): string[] {
  return families.filter((family) => add.some(({ list, value }) => list === 'black' && value === family));
}

/** Operator's entries of the black list that would outrank an addition to the white one. */
export function conflictsOf(entries: readonly AccessEntry[], draft: AccessDraft): AccessEntry[] {
  const removed = removedKeys(draft);
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
