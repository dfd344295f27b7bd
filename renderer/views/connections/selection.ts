/** Which lines are chosen, and which one the keyboard stands on. Pure, so that it can be tested without a screen. */
import { type ConnectionLine, idsOf, type LineKey, lineKey } from '../../store/connection-lines.ts';

export interface Selection {
  /** Connections; a group is chosen when all of its connections are. */
  readonly selected: ReadonlySet<number>;
  readonly active: LineKey | null;
  /** Where a range begins. */
  readonly anchor: LineKey | null;
}

interface Modifiers {
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

interface Key extends Modifiers {
  readonly key: string;
}

export function indexOfLine(lines: readonly ConnectionLine[], key: LineKey | null): number {
  return key === null ? -1 : lines.findIndex((line) => lineKey(line) === key);
}

export function isChosen(selected: ReadonlySet<number>, line: ConnectionLine): boolean {
  return typeof line === 'number' ? selected.has(line) : line.ids.every((id) => selected.has(id));
}

/** An open group between two lines is chosen by its rows, as far as the range goes; a closed one whole. */
function range(lines: readonly ConnectionLine[], from: LineKey | null, to: number): ReadonlySet<number> {
  const start = indexOfLine(lines, from);
  const one = lines[to];
  if (start === -1 || start === to) {
    return new Set(one === undefined ? [] : idsOf(one));
  }
  const within = lines.slice(Math.min(start, to), Math.max(start, to) + 1);
  return new Set(within.flatMap((line) => (typeof line === 'number' || line.collapsed ? idsOf(line) : [])));
}

function toggled(selected: ReadonlySet<number>, line: ConnectionLine): ReadonlySet<number> {
  const next = new Set(selected);
  const chosen = isChosen(selected, line);
  for (const id of idsOf(line)) {
    if (chosen) {
      next.delete(id);
    } else {
      next.add(id);
    }
  }
  return next;
}

function moved(before: Selection, lines: readonly ConnectionLine[], index: number, extend: boolean): Selection | null {
  const line = lines[index];
  if (line === undefined) {
    return null;
  }
  const key = lineKey(line);
  return extend
    ? { selected: range(lines, before.anchor ?? key, index), active: key, anchor: before.anchor ?? key }
    : { selected: new Set(idsOf(line)), active: key, anchor: key };
}

export function afterClick(
  before: Selection,
  lines: readonly ConnectionLine[],
  index: number,
  modifiers: Modifiers,
): Selection {
  const line = lines[index];
  if (line !== undefined && !modifiers.shiftKey && (modifiers.ctrlKey || modifiers.metaKey)) {
    return { selected: toggled(before.selected, line), active: lineKey(line), anchor: lineKey(line) };
  }
  return moved(before, lines, index, modifiers.shiftKey) ?? before;
}

/** null: the key means nothing here. `page`: lines in sight. */
export function afterKey(
  before: Selection,
  lines: readonly ConnectionLine[],
  key: Key,
  page: number,
): Selection | null {
  const last = lines.length - 1;
  const at = indexOfLine(lines, before.active);
  if (key.key === 'Escape') {
    // With nothing chosen it is another's, as the way back from the past.
    return before.selected.size === 0 ? null : { ...before, selected: new Set() };
  }
  if (key.key.toLowerCase() === 'a' && (key.ctrlKey || key.metaKey)) {
    return { ...before, selected: new Set(lines.flatMap(idsOf)) };
  }
  const active = lines[at];
  if (key.key === ' ' && active !== undefined) {
    return { ...before, selected: toggled(before.selected, active), anchor: before.active };
  }
  const target: Partial<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at === -1 ? last : at - 1,
    PageDown: at + page,
    PageUp: at - page,
    Home: 0,
    End: last,
  };
  const wanted = target[key.key];
  return wanted === undefined ? null : moved(before, lines, Math.min(last, Math.max(0, wanted)), key.shiftKey);
}
