/** Which lines are chosen, and which one the keyboard stands on. Pure, so that it can be tested without a screen. */
export interface Selection {
  readonly selected: ReadonlySet<number>;
  readonly activeId: number | null;
  /** Where a range begins. */
  readonly anchorId: number | null;
}

interface Modifiers {
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

interface Key extends Modifiers {
  readonly key: string;
}

function range(ids: readonly number[], from: number | null, to: number): ReadonlySet<number> {
  const start = from === null ? -1 : ids.indexOf(from);
  const end = ids.indexOf(to);
  return start === -1 ? new Set([to]) : new Set(ids.slice(Math.min(start, end), Math.max(start, end) + 1));
}

function toggled(selected: ReadonlySet<number>, id: number): ReadonlySet<number> {
  const next = new Set(selected);
  if (!next.delete(id)) {
    next.add(id);
  }
  return next;
}

export function afterClick(before: Selection, ids: readonly number[], id: number, modifiers: Modifiers): Selection {
  if (modifiers.shiftKey) {
    return { selected: range(ids, before.anchorId, id), activeId: id, anchorId: before.anchorId ?? id };
  }
  if (modifiers.ctrlKey || modifiers.metaKey) {
    return { selected: toggled(before.selected, id), activeId: id, anchorId: id };
  }
  return { selected: new Set([id]), activeId: id, anchorId: id };
}

/** null: the key means nothing here. `page`: lines in sight. */
export function afterKey(before: Selection, ids: readonly number[], key: Key, page: number): Selection | null {
  const last = ids.length - 1;
  const at = before.activeId === null ? -1 : ids.indexOf(before.activeId);
  if (key.key === 'Escape') {
    return { ...before, selected: new Set() };
  }
  if (key.key.toLowerCase() === 'a' && (key.ctrlKey || key.metaKey)) {
    return { ...before, selected: new Set(ids) };
  }
  if (key.key === ' ' && before.activeId !== null) {
    return { ...before, selected: toggled(before.selected, before.activeId), anchorId: before.activeId };
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
  const id = wanted === undefined ? undefined : ids[Math.min(last, Math.max(0, wanted))];
  if (id === undefined) {
    return null;
  }
  return key.shiftKey
    ? { selected: range(ids, before.anchorId ?? id, id), activeId: id, anchorId: before.anchorId ?? id }
    : { selected: new Set([id]), activeId: id, anchorId: id };
}
