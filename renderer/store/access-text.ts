/** A list as plain text, one entry a line: what is printed, and what of the draft comes of an edited text. */
import { createStore } from 'zustand/vanilla';
import { type AccessEntry, type AccessListName, accessKey } from '../../core/contract/access.ts';
import type { Work } from '../base/slices.ts';
import { type AccessDraft, type DraftAddition, type Editable, editing, removedKeys, removing } from './access-draft.ts';
import { type FindEntry, saying } from './access-said.ts';

/** A line that was printed, and what it stands for. */
export interface PrintedLine {
  readonly value: string;
  /** In one line. */
  readonly note: string;
  /** People's entries of this value; the operator's first. */
  readonly entries: readonly AccessEntry[];
  readonly addition: DraftAddition | null;
}

export interface ListText {
  /** As it was when the text was begun: what the text does not say any more is removed, what came since then is not. */
  readonly printed: ReadonlyMap<string, PrintedLine>;
  readonly text: string;
  /** Somebody has written in it; until then it follows the list. */
  readonly touched: boolean;
}

/** What an edited text says. */
export interface TextEntry {
  readonly value: string;
  readonly note: string;
}

export function oneLine(note: string): string {
  return note.replaceAll(/\s+/g, ' ').trim();
}

/** One entry as plain text; read again it is the same, but for its expiry. */
export function printLine({ value, note }: TextEntry): string {
  return note === '' ? value : `${value}  # ${oneLine(note)}`;
}

/** Whether the operator can say something else about an entry by writing it. */
export function isPersons({ origin }: Pick<AccessEntry, 'origin'>): boolean {
  return origin === 'operator' || origin === 'file';
}

/** People's entries of a list (in the wanted order) as they will be after the draft. */
export function printList(list: AccessListName, entries: readonly AccessEntry[], draft: AccessDraft): ListText {
  const removed = removedKeys(draft);
  const printed = new Map<string, PrintedLine>();
  const put = (value: string, change: Partial<PrintedLine>): void => {
    const before = printed.get(value) ?? { value, note: '', entries: [], addition: null };
    printed.set(value, { ...before, ...change });
  };
  for (const entry of entries) {
    const { origin, value, note } = entry;
    if (isPersons(entry) && !removed.has(accessKey(list, origin, value))) {
      const before = printed.get(value)?.entries ?? [];
      const isFirst = origin === 'operator' || before.length === 0;
      put(value, {
        entries: isFirst ? [entry, ...before] : [...before, entry],
        ...(isFirst && { note: oneLine(note) }),
      });
    }
  }
  for (const addition of draft.add) {
    if (addition.list === list) {
      put(addition.value, { addition, note: oneLine(addition.note) });
    }
  }
  return { printed, text: Array.from(printed.values(), (line) => `${printLine(line)}\n`).join(''), touched: false };
}

export interface TextDifference {
  readonly added: readonly TextEntry[];
  readonly changed: readonly TextEntry[];
  readonly removed: readonly PrintedLine[];
}

export function difference({ printed }: Pick<ListText, 'printed'>, entries: readonly TextEntry[]): TextDifference {
  const said = new Set(entries.map(({ value }) => value));
  return {
    added: entries.filter(({ value }) => !printed.has(value)),
    changed: entries.filter(({ value, note }) => (printed.get(value)?.note ?? oneLine(note)) !== oneLine(note)),
    removed: [...printed.values()].filter(({ value }) => !said.has(value)),
  };
}

/** The draft with what the text says; the expiry of an entry that has one stays. */
export function* applyingText(
  draft: AccessDraft,
  list: AccessListName,
  base: Pick<ListText, 'printed'>,
  entries: readonly TextEntry[],
  find: FindEntry,
): Work<AccessDraft> {
  const { added, changed, removed } = difference(base, entries);
  const dropped = new Set(removed.map(({ value }) => value));
  let next: AccessDraft = {
    ...draft,
    add: draft.add.filter((addition) => addition.list !== list || !dropped.has(addition.value)),
  };
  next = yield* removing(
    next,
    removed.flatMap((line) => line.entries),
  );
  const said = added.map(({ value, note }) => ({ list, value, note, expiresAtMs: undefined }));
  next = yield* saying(next, said, find);
  const notes = new Map(changed.map(({ value, note }) => [value, note]));
  const edited = changed.flatMap(({ value }) => editableOf(base.printed.get(value)) ?? []);
  return yield* editing(next, edited, ({ value }) => ({ note: notes.get(value) ?? '' }));
}

function editableOf(line: PrintedLine | undefined): Editable | null {
  const addition = line?.addition;
  return line?.entries[0] ?? (addition ? { ...addition, origin: 'operator', isNew: true } : null);
}

/** Texts that are being edited; they outlive a walk to another view. */
export const listTexts = createStore<Readonly<Record<AccessListName, ListText | null>>>(() => ({
  white: null,
  black: null,
}));

export function keepText(list: AccessListName, text: ListText | null): void {
  listTexts.setState({ [list]: text });
}
