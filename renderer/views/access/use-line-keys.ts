/** The keyboard in a list's table, which is one tab stop: it stands on a line, and acts on it. */
import { type KeyboardEvent, type MouseEvent, useState } from 'react';
import type { AccessListName } from '../../../core/contract/access.ts';
import { tell } from '../../parts/toast/toasts.tsx';
import { changeDraft, withMove, withoutAddition, withoutRemoval, withRemoval } from '../../store/access-draft.ts';
import type { EditedEntry } from './edit-dialog.tsx';
import { type ListLine, type ListLines, lineAt, lineCount, lineIndexOf } from './lines.ts';

export interface LineKeysOptions {
  readonly list: AccessListName;
  readonly lines: ListLines;
  /** Keys of what the draft removes. */
  readonly removed: ReadonlySet<string>;
  /** Why the lists cannot be changed now; null when they can. */
  readonly obstacle: string | null;
  /** Lines that a page up or down goes on by. */
  readonly page: () => number;
  readonly scrollTo: (index: number) => void;
  /** Chooses a line or lets it go; with all from the one before. */
  readonly onToggle: (key: string, range: boolean) => void;
  readonly onToggleAll: () => void;
  readonly isChosen: (key: string) => boolean;
  /** Removes all lines that are chosen. */
  readonly onRemoveChosen: () => void;
  readonly onEdit: (entry: EditedEntry) => void;
}

/** What of a line can be edited. */
export function editableOf(list: AccessListName, line: ListLine): EditedEntry {
  const { value, origin, note, expiresAtMs, entry } = line;
  const said = { list, value, origin, note, expiresAtMs };
  return entry === null ? { ...said, isNew: true } : { ...said, addedAtMs: entry.addedAtMs };
}

/** Those that change a line, or begin to. */
const editingKey = /^(Enter|F2|Delete|Backspace|m)$/i;

const removingKeys: ReadonlySet<string> = new Set(['Delete', 'Backspace']);

/** Removes a line, or takes back what the draft has in mind for it. */
function removeOrTakeBack({ key, entry, addition }: ListLine, removed: ReadonlySet<string>): void {
  if (addition) {
    changeDraft((draft) => withoutAddition(draft, addition));
  } else if (removed.has(key)) {
    changeDraft((draft) => withoutRemoval(draft, key));
  } else if (entry) {
    changeDraft((draft) => withRemoval(draft, entry));
  }
}

/** Where a key leads from a line; null: it leads nowhere. */
function placeAfter(key: string, at: number, last: number, page: number): number | null {
  const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page };
  const step = steps[key];
  if (step !== undefined) {
    return Math.min(Math.max(at + step, 0), last);
  }
  return key === 'Home' ? 0 : key === 'End' ? last : null;
}

export function useLineKeys(options: LineKeysOptions) {
  const { list, lines, removed, obstacle, page, scrollTo, onToggle, onToggleAll, isChosen, onRemoveChosen, onEdit } =
    options;
  const [active, setActive] = useState<{ readonly key: string; readonly index: number } | null>(null);
  // Found at its place in most cases; lines come and go.
  const activeAt =
    active === null || lineAt(lines, active.index)?.key === active.key
      ? (active?.index ?? -1)
      : lineIndexOf(lines, active.key);

  const stand = (index: number): void => {
    const line = lineAt(lines, index);
    if (line) {
      setActive({ key: line.key, index });
    }
  };

  /** Whether the key means something on this line. */
  const act = (line: ListLine, { key, shiftKey }: KeyboardEvent): boolean => {
    if (key === ' ') {
      if (line.entry) {
        onToggle(line.key, shiftKey);
      }
    } else if (obstacle !== null && editingKey.test(key)) {
      tell('info', () => obstacle);
    } else if (key === 'Enter' || key === 'F2') {
      onEdit(editableOf(list, line));
    } else if (removingKeys.has(key)) {
      if (isChosen(line.key) && !removed.has(line.key)) {
        onRemoveChosen();
      } else {
        removeOrTakeBack(line, removed);
      }
    } else if (key.toLowerCase() === 'm' && line.entry && !line.addition && !removed.has(line.key)) {
      const { entry } = line;
      changeDraft((draft) => withMove(draft, entry));
    } else {
      return false;
    }
    return true;
  };

  /** The tick that chose them has the focus: what is asked for there is asked for all of them. */
  const onTickKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (removingKeys.has(event.key) && event.target instanceof HTMLInputElement) {
      event.preventDefault();
      if (obstacle === null) {
        onRemoveChosen();
      } else {
        tell('info', () => obstacle);
      }
    }
  };

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.altKey) {
      return;
    }
    if (event.target !== event.currentTarget) {
      onTickKeyDown(event);
      return;
    }
    const line = lineAt(lines, activeAt);
    if (event.ctrlKey || event.metaKey) {
      if (event.key.toLowerCase() === 'a') {
        event.preventDefault();
        onToggleAll();
      }
      return;
    }
    const next = placeAfter(event.key, activeAt, lineCount(lines) - 1, page());
    if (next !== null) {
      event.preventDefault();
      stand(next);
      scrollTo(next);
    } else if (line && act(line, event)) {
      event.preventDefault();
    }
  };

  const onClick = (event: MouseEvent<HTMLElement>): void => stand(pointedAt(event.target));

  const onDoubleClick = (event: MouseEvent<HTMLElement>): void => {
    const line = lineAt(lines, pointedAt(event.target));
    if (line && obstacle === null && !(event.target instanceof Element && event.target.closest(':is(button,input)'))) {
      onEdit(editableOf(list, line));
    }
  };

  return { activeAt, handlers: { onKeyDown, onClick, onDoubleClick } };
}

/** Which line of the table; -1: none. */
function pointedAt(target: EventTarget): number {
  const row = target instanceof Element ? target.closest<HTMLElement>('tr[aria-rowindex]') : null;
  return row ? Number(row.getAttribute('aria-rowindex')) - 2 : -1;
}
