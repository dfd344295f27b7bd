/** The virtual table: only the lines in sight exist, the keyboard walks through all of them. */
import { useTable } from '@tanstack/react-table';
import { type CSSProperties, type KeyboardEvent, type MouseEvent, useMemo, useRef, useState } from 'react';
import type { ConnectionRow } from '../../../core/contract/connections.ts';
import { inspectConnection } from '../../actions/connection-actions.ts';
import { useAction } from '../../actions/use-action.tsx';
import { RowsAbove } from '../../parts/rows-above.tsx';
import { useVirtualRows } from '../../parts/virtual-rows.ts';
import { isConnectionColumn, shownColumns } from '../../store/column-layout.ts';
import { type ConnectionGroup, type ConnectionLine, lineKey } from '../../store/connection-lines.ts';
import { changePreferences, usePreferences } from '../../store/preferences.ts';
import { changeScreen, useScreen } from '../../store/screen.ts';
import { columnModel, connectionFeatures, tracksOf } from './columns.tsx';
import { ConnectionRowLine, lineElementId } from './connection-row.tsx';
import styles from './connections.module.css';
import { type DrawnWidth, GridHead } from './grid-head.tsx';
import { GroupRow } from './group-row.tsx';
import { afterClick, afterKey, indexOfLine, isChosen, type Selection } from './selection.ts';
import { words } from './words.ts';

const headHeight = 28;
/** The table model holds columns; rows live outside React. */
const noRows: ConnectionRow[] = [];

export interface ConnectionGridProps {
  readonly lines: readonly ConnectionLine[];
  readonly selected: ReadonlySet<number>;
  readonly onSelect: (selected: ReadonlySet<number>) => void;
}

function useSorting() {
  const sort = usePreferences((state) => state.connectionSort);
  const sorting = useMemo(() => [{ id: sort.column, desc: sort.descending }], [sort]);
  return useTable({
    features: connectionFeatures,
    columns: columnModel,
    data: noRows,
    manualSorting: true,
    enableSortingRemoval: false,
    state: { sorting },
    onSortingChange: (updater) => {
      const [next] = typeof updater === 'function' ? updater(sorting) : updater;
      if (next && isConnectionColumn(next.id)) {
        changePreferences({ connectionSort: { column: next.id, descending: next.desc } });
      }
    },
  });
}

function useColumns(drawn: DrawnWidth | null) {
  const columnOrder = usePreferences((state) => state.columnOrder);
  const hiddenColumns = usePreferences((state) => state.hiddenColumns);
  const columnWidths = usePreferences((state) => state.columnWidths);
  return useMemo(() => {
    const columns = shownColumns({ columnOrder, hiddenColumns, columnWidths });
    return { columns, tracks: tracksOf(columns, drawn ? { ...columnWidths, [drawn.column]: drawn.px } : columnWidths) };
  }, [columnOrder, hiddenColumns, columnWidths, drawn]);
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

export function ConnectionGrid({ lines, selected, onSelect }: ConnectionGridProps) {
  const table = useSorting();
  const [drawn, setDrawn] = useState<DrawnWidth | null>(null);
  const { columns, tracks } = useColumns(drawn);
  const inspect = useAction(inspectConnection);
  const grouped = usePreferences((state) => state.connectionGrouping !== 'none');
  const scrollRef = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<Pick<Selection, 'active' | 'anchor'>>({ active: null, anchor: null });
  // Without keys of its own: all rows are of one height, so a new order is no reason to measure ten thousand of them anew.
  const { virtualizer, page } = useVirtualRows({
    count: lines.length,
    scrollRef,
    height: '--row',
    overscan: 10,
    headHeight,
  });

  const change = (next: Selection): void => {
    setPlace({ active: next.active, anchor: next.anchor });
    onSelect(next.selected);
    const index = indexOfLine(lines, next.active);
    if (index >= 0) {
      virtualizer.scrollToIndex(index);
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
    if (act(event.key)) {
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
    const next = afterClick({ ...place, selected }, lines, index, event);
    setPlace({ active: next.active, anchor: next.anchor });
    onSelect(next.selected);
  };

  const onDoubleClick = (event: MouseEvent<HTMLElement>): void => {
    const line = lines[lineAt(event.target) ?? -1];
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

  const items = virtualizer.getVirtualItems();
  const activeShown = items.some(({ index }) => {
    const line = lines[index];
    return line !== undefined && lineKey(line) === place.active;
  });
  /** Said once for all rows. */
  const ofTracks: CSSProperties & { readonly '--tracks': string } = { '--tracks': tracks };
  /** A table that is worked with as a grid: it has the focus itself and names the line the keyboard stands on. */
  const grid = {
    role: grouped ? 'treegrid' : 'grid',
    tabIndex: 0,
    'aria-label': words.grid,
    'aria-rowcount': lines.length + 1,
    'aria-colcount': columns.length,
    'aria-multiselectable': true,
    'aria-activedescendant': place.active !== null && activeShown ? lineElementId(place.active) : undefined,
  };
  return (
    <div ref={scrollRef} className={styles.scroll} style={ofTracks}>
      <table
        className={styles.grid}
        style={{ height: headHeight + virtualizer.getTotalSize() }}
        data-connections=""
        {...grid}
        onKeyDown={onKeyDown}
        onClick={onClick}
        onDoubleClick={onDoubleClick}
        onContextMenu={onContextMenu}
      >
        <GridHead
          columns={columns}
          sorted={(column) => table.getColumn(column)?.getIsSorted() ?? false}
          onSort={(column) => table.getColumn(column)?.toggleSorting()}
          onDraw={setDrawn}
        />
        <RowsAbove shown={items} />
        <tbody className={styles.body}>
          {items.map(({ index }) => {
            const line = lines[index];
            if (line === undefined) {
              return null;
            }
            const key = lineKey(line);
            const shared = { index, selected: isChosen(selected, line), active: key === place.active };
            return typeof line === 'object' ? (
              <GroupRow key={key} id={lineElementId(key)} group={line} columns={columns.length} {...shared} />
            ) : (
              <ConnectionRowLine key={key} id={line} columns={columns} grouped={grouped} {...shared} />
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** Which line of the table was pointed at. */
function lineAt(target: EventTarget): number | null {
  const row = target instanceof Element ? target.closest<HTMLElement>('tr[data-index]') : null;
  return row ? Number(row.dataset.index) : null;
}
