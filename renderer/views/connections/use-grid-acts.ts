/** What keys and pointer do in the connections table: walk, choose, open, fold. */
import { type KeyboardEvent, type MouseEvent, useState } from 'react';
import { inspectConnection } from '../../actions/connection-actions.ts';
import { useAction } from '../../actions/use-action.tsx';
import type { ConnectionGroup, ConnectionLine, LineKey } from '../../store/connection-lines.ts';
import { changeScreen, useScreen } from '../../store/screen.ts';
import { lineElementId } from './connection-row.tsx';
import { afterClick, afterKey, indexOfLine, isChosen, type Selection } from './selection.ts';

/** From the beginning of its line, pixels. */
const menuIndent = 24;

export interface GridActs {
  readonly lines: readonly ConnectionLine[];
  readonly selected: ReadonlySet<number>;
  readonly onSelect: (selected: ReadonlySet<number>) => void;
  /** How many lines a page key walks. */
  readonly page: () => number;
  /** The keyboard stands on this line now. */
  readonly onMoved: (index: number) => void;
}

function fold(group: ConnectionGroup, collapse: boolean): void {
  const collapsedGroups = new Set(useScreen.getState().collapsedGroups);
  if (collapse) {
    collapsedGroups.add(group.key);
  } else {
    collapsedGroups.delete(group.key);
  }
  changeScreen({ collapsedGroups });
}

/** The group that the line is, or stands under; undefined where nothing is grouped. */
function groupAt(lines: readonly ConnectionLine[], index: number): ConnectionGroup | undefined {
  return lines.slice(0, index + 1).findLast((line) => typeof line === 'object');
}

/** Which line of the table was pointed at. */
function lineAt(target: EventTarget): number | null {
  const row = target instanceof Element ? target.closest<HTMLElement>('tr[data-index]') : null;
  return row ? Number(row.dataset.index) : null;
}

function isMenuKey({ key, shiftKey }: KeyboardEvent): boolean {
  return key === 'ContextMenu' || (key === 'F10' && shiftKey);
}

/**
 * The menu of a line, at the line: the browser's own event by keys is one of the whole table, in its middle. Whether the
 * line is in sight.
 */
function openMenu(line: LineKey | null): boolean {
  const row = line === null ? null : document.getElementById(lineElementId(line));
  if (row === null) {
    return false;
  }
  const { left, bottom } = row.getBoundingClientRect();
  row.dispatchEvent(
    new globalThis.MouseEvent('contextmenu', {
      bubbles: true,
      cancelable: true,
      button: 2,
      clientX: left + menuIndent,
      clientY: bottom,
    }),
  );
  return true;
}

/** `place`: where the keyboard stands, and where a choice of many began. */
export function useGridActs({ lines, selected, onSelect, page, onMoved }: GridActs) {
  const inspect = useAction(inspectConnection);
  const [place, setPlace] = useState<Pick<Selection, 'active' | 'anchor'>>({ active: null, anchor: null });

  const change = (next: Selection): void => {
    setPlace({ active: next.active, anchor: next.anchor });
    onSelect(next.selected);
    const index = indexOfLine(lines, next.active);
    if (index >= 0) {
      onMoved(index);
    }
  };

  /** Enter opens a connection or folds a group; the arrows fold, unfold, and lead to the group. */
  const act = (key: string): boolean => {
    const index = indexOfLine(lines, place.active);
    const line = lines[index];
    if (line === undefined) {
      return false;
    }
    if (key === 'Enter') {
      if (typeof line === 'number') {
        void inspect(line);
      } else {
        fold(line, !line.collapsed);
      }
      return true;
    }
    const group = groupAt(lines, index);
    if (group === undefined || (key !== 'ArrowLeft' && key !== 'ArrowRight')) {
      return false;
    }
    if (typeof line === 'object') {
      fold(line, key === 'ArrowLeft');
    } else if (key === 'ArrowLeft') {
      change({ selected: new Set(group.ids), active: group.key, anchor: group.key });
    }
    return true;
  };

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.target !== event.currentTarget) {
      return;
    }
    if ((isMenuKey(event) && openMenu(place.active)) || act(event.key)) {
      event.preventDefault();
      return;
    }
    const next = afterKey({ ...place, selected }, lines, event, page());
    if (next) {
      event.preventDefault();
      change(next);
    }
  };

  const onClick = (event: MouseEvent<HTMLElement>): void => {
    const index = lineAt(event.target);
    const line = index === null ? undefined : lines[index];
    if (index === null || line === undefined) {
      return;
    }
    if (typeof line === 'object' && event.target instanceof Element && event.target.closest('[data-fold]')) {
      fold(line, !line.collapsed);
      return;
    }
    if (event.detail > 1 && !(event.shiftKey || event.ctrlKey || event.metaKey)) {
      // The second press of a double click: under it another line may stand by now.
      return;
    }
    const next = afterClick({ ...place, selected }, lines, index, event);
    setPlace({ active: next.active, anchor: next.anchor });
    onSelect(next.selected);
  };

  const onDoubleClick = (event: MouseEvent<HTMLElement>): void => {
    if (lineAt(event.target) === null) {
      return;
    }
    // What the first press chose.
    const line = lines[indexOfLine(lines, place.active)];
    if (typeof line === 'number') {
      void inspect(line);
    } else if (line !== undefined) {
      fold(line, !line.collapsed);
    }
  };

  const onContextMenu = (event: MouseEvent<HTMLElement>): void => {
    const index = lineAt(event.target);
    const line = index === null ? undefined : lines[index];
    if (line === undefined) {
      // The menu is about rows; over the head it would act on some that are far away.
      event.stopPropagation();
      return;
    }
    if (index !== null && !isChosen(selected, line)) {
      const next = afterClick({ ...place, selected }, lines, index, {
        shiftKey: false,
        ctrlKey: false,
        metaKey: false,
      });
      setPlace({ active: next.active, anchor: next.anchor });
      onSelect(next.selected);
    }
  };

  return { place, onKeyDown, onClick, onDoubleClick, onContextMenu };
}
