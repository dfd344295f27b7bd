/** The virtual table: only the lines in sight exist, the keyboard walks through all of them. */
import { useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import ArrowDown from 'lucide-react/icons/arrow-down';
import ArrowUp from 'lucide-react/icons/arrow-up';
import { type KeyboardEvent, type MouseEvent, useMemo, useRef, useState } from 'react';
import type { ConnectionRow } from '../../../core/contract/connections.ts';
import { useAction } from '../../actions/use-action.tsx';
import { inspectIp } from '../../actions/view-actions.ts';
import { cx } from '../../parts/class-names.ts';
import { changePreferences, usePreferences } from '../../store/preferences.ts';
import { useConsole } from '../../store/use-console.ts';
import { columnLooks, columnModel, connectionFeatures, isConnectionColumn } from './columns.tsx';
import { ConnectionLine, rowElementId } from './connection-row.tsx';
import styles from './connections.module.css';
import { afterClick, afterKey, type Selection } from './selection.ts';
import { words } from './words.ts';

const rowHeight = 26;
/** The table model holds columns; rows live outside React. */
const noRows: ConnectionRow[] = [];

export interface ConnectionGridProps {
  readonly ids: readonly number[];
  readonly selected: ReadonlySet<number>;
  readonly onSelect: (selected: ReadonlySet<number>) => void;
}

function useColumns() {
  const sort = usePreferences((state) => state.connectionSort);
  const hidden = usePreferences((state) => state.hiddenColumns);
  const columnVisibility = useMemo(() => Object.fromEntries(hidden.map((id) => [id, false])), [hidden]);
  const sorting = useMemo(() => [{ id: sort.column, desc: sort.descending }], [sort]);
  return useTable({
    features: connectionFeatures,
    columns: columnModel,
    data: noRows,
    manualSorting: true,
    enableSortingRemoval: false,
    state: { sorting, columnVisibility },
    onSortingChange: (updater) => {
      const [next] = typeof updater === 'function' ? updater(sorting) : updater;
      if (next && isConnectionColumn(next.id)) {
        changePreferences({ connectionSort: { column: next.id, descending: next.desc } });
      }
    },
  });
}

export function ConnectionGrid({ ids, selected, onSelect }: ConnectionGridProps) {
  const table = useColumns();
  const { connections } = useConsole();
  const inspect = useAction(inspectIp);
  const scrollRef = useRef<HTMLDivElement>(null);
  const [selection, setSelection] = useState<Pick<Selection, 'activeId' | 'anchorId'>>({
    activeId: null,
    anchorId: null,
  });
  const columns = table.getVisibleLeafColumns();
  const names = useMemo(() => columns.map((column) => column.id).filter(isConnectionColumn), [columns]);
  const tracks = names.map((name) => columnLooks[name].track).join(' ');
  // Without keys of its own: all rows are of one height, so a new order is no reason to measure ten thousand of them anew.
  const virtualizer = useVirtualizer({
    count: ids.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => rowHeight,
    overscan: 10,
    scrollPaddingStart: 28,
    useFlushSync: false,
  });

  const change = (next: Selection): void => {
    setSelection({ activeId: next.activeId, anchorId: next.anchorId });
    onSelect(next.selected);
    const index = next.activeId === null ? -1 : ids.indexOf(next.activeId);
    if (index >= 0) {
      virtualizer.scrollToIndex(index);
    }
  };

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const page = Math.max(1, Math.floor((scrollRef.current?.clientHeight ?? 0) / rowHeight) - 2);
    const active = selection.activeId === null ? undefined : connections.row(selection.activeId);
    if (event.key === 'Enter' && active && event.target === event.currentTarget) {
      event.preventDefault();
      void inspect(active.ip);
      return;
    }
    const next = afterKey({ ...selection, selected }, ids, event, page);
    if (next && event.target === event.currentTarget) {
      event.preventDefault();
      change(next);
    }
  };

  const onClick = (event: MouseEvent<HTMLDivElement>): void => {
    const id = rowIdAt(event.target);
    if (id !== null) {
      const next = afterClick({ ...selection, selected }, ids, id, event);
      setSelection({ activeId: next.activeId, anchorId: next.anchorId });
      onSelect(next.selected);
    }
  };

  const onContextMenu = (event: MouseEvent<HTMLDivElement>): void => {
    const id = rowIdAt(event.target);
    if (id !== null && !selected.has(id)) {
      setSelection({ activeId: id, anchorId: id });
      onSelect(new Set([id]));
    }
  };

  const items = virtualizer.getVirtualItems();
  const activeShown = items.some((item) => ids[item.index] === selection.activeId);
  /** A table that is worked with as a grid: it has the focus itself and names the line the keyboard stands on. */
  const grid = {
    role: 'grid',
    tabIndex: 0,
    'aria-label': words.grid,
    'aria-rowcount': ids.length + 1,
    'aria-colcount': names.length,
    'aria-multiselectable': true,
    'aria-activedescendant': selection.activeId !== null && activeShown ? rowElementId(selection.activeId) : undefined,
  };
  return (
    <div ref={scrollRef} className={styles.scroll}>
      <table className={styles.grid} {...grid} onKeyDown={onKeyDown} onClick={onClick} onContextMenu={onContextMenu}>
        <thead className={styles.head}>
          <tr aria-rowindex={1} className={styles.headRow} style={{ gridTemplateColumns: tracks }}>
            {columns.map((column) => {
              const name = column.id;
              if (!isConnectionColumn(name)) {
                return null;
              }
              const sorted = column.getIsSorted();
              return (
                <th
                  key={name}
                  scope="col"
                  aria-sort={sorted === false ? 'none' : sorted === 'asc' ? 'ascending' : 'descending'}
                  className={cx(styles.headCell, columnLooks[name].numeric && styles.numeric)}
                >
                  <button type="button" title={words.columns[name].hint} onClick={column.getToggleSortingHandler()}>
                    {words.columns[name].head}
                    {sorted === 'asc' && <ArrowUp aria-hidden="true" />}
                    {sorted === 'desc' && <ArrowDown aria-hidden="true" />}
                  </button>
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody className={styles.body} style={{ height: virtualizer.getTotalSize() }}>
          {items.map((item) => {
            const id = ids[item.index];
            return id === undefined ? null : (
              <ConnectionLine
                key={id}
                id={id}
                index={item.index}
                top={item.start}
                columns={names}
                tracks={tracks}
                selected={selected.has(id)}
                active={id === selection.activeId}
              />
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function rowIdAt(target: EventTarget): number | null {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null;
  return row ? Number(row.dataset.row) : null;
}
