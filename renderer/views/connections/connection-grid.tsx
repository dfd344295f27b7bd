/** The virtual table: only the lines in sight exist, the keyboard walks through all of them. */
import { useTable } from '@tanstack/react-table';
import { type CSSProperties, useMemo, useRef, useState } from 'react';
import type { ConnectionRow } from '../../../core/contract/connections.ts';
import { RowsAbove } from '../../parts/rows-above.tsx';
import { useVirtualRows } from '../../parts/virtual-rows.ts';
import { isConnectionColumn, shownColumns } from '../../store/column-layout.ts';
import { lineKey } from '../../store/connection-lines.ts';
import { changePreferences, usePreferences } from '../../store/preferences.ts';
import { changeScreen, useScreen } from '../../store/screen.ts';
import { useOrderedConnections } from '../../store/use-console.ts';
import { columnModel, connectionFeatures, tracksOf } from './columns.tsx';
import { ConnectionRowLine, lineElementId } from './connection-row.tsx';
import styles from './connections.module.css';
import { type DrawnWidth, GridHead } from './grid-head.tsx';
import { GroupRow } from './group-row.tsx';
import { isChosen } from './selection.ts';
import { useGridActs } from './use-grid-acts.ts';
import { words } from './words.ts';

const headHeight = 28;
/** The table model holds columns; rows live outside React. */
const noRows: ConnectionRow[] = [];

const select = (selected: ReadonlySet<number>): void => changeScreen({ selected });

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

export function ConnectionGrid() {
  const lines = useOrderedConnections((ordered) => ordered.lines);
  const selected = useScreen((state) => state.selected);
  const table = useSorting();
  const [drawn, setDrawn] = useState<DrawnWidth | null>(null);
  const { columns, tracks } = useColumns(drawn);
  const grouped = usePreferences((state) => state.connectionGrouping !== 'none');
  const scrollRef = useRef<HTMLDivElement>(null);
  // Without keys of its own: all rows are of one height, so a new order is no reason to measure ten thousand of them anew.
  const { virtualizer, page } = useVirtualRows({
    count: lines.length,
    scrollRef,
    height: '--row',
    overscan: 10,
    headHeight,
  });

  const { place, ...handlers } = useGridActs({
    lines,
    selected,
    onSelect: select,
    page,
    onMoved: (index) => virtualizer.scrollToIndex(index),
  });
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
        {...handlers}
      >
        <GridHead
          columns={columns}
          sorted={(column) => table.getColumn(column)?.getIsSorted() ?? false}
          onSort={(column) => table.getColumn(column)?.toggleSorting()}
          onDraw={setDrawn}
        />
        <RowsAbove shown={items} />
        <tbody className={styles.body}>
          {/* By its place, not by its connection: with another filter or order the same lines are written anew, where new
              ones would have to be made, styled and laid out. */}
          {items.map(({ index }) => {
            const line = lines[index];
            if (line === undefined) {
              return null;
            }
            const key = lineKey(line);
            const shared = { index, selected: isChosen(selected, line), active: key === place.active };
            return typeof line === 'object' ? (
              <GroupRow key={index} id={lineElementId(key)} group={line} columns={columns.length} {...shared} />
            ) : (
              <ConnectionRowLine key={index} id={line} columns={columns} grouped={grouped} {...shared} />
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
