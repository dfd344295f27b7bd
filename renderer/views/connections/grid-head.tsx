/** The head of the table: sorts by a click, is moved by dragging or Alt and an arrow, made wider by its edge. */
import ArrowDown from 'lucide-react/icons/arrow-down';
import ArrowUp from 'lucide-react/icons/arrow-up';
import { type DragEvent, type KeyboardEvent, type PointerEvent, useState } from 'react';
import { cx } from '../../parts/class-names.ts';
import {
  clampWidth,
  isConnectionColumn,
  narrowestColumnPx,
  withColumnAt,
  withColumnMoved,
} from '../../store/column-layout.ts';
import type { ConnectionColumn } from '../../store/connection-order.ts';
import { changePreferences, usePreferences } from '../../store/preferences.ts';
import { columnLooks } from './columns.tsx';
import styles from './connections.module.css';
import { words } from './words.ts';

const keyStepPx = 12;
const dragType = 'application/x-hotpool-column';

function setWidth(column: ConnectionColumn, px: number | null): void {
  const { [column]: _, ...others } = usePreferences.getState().columnWidths;
  changePreferences({ columnWidths: px === null ? others : { ...others, [column]: clampWidth(px) } });
}

function widthOf(partOfHead: HTMLElement): number {
  return partOfHead.parentElement?.offsetWidth ?? narrowestColumnPx;
}

/** A column while its edge is drawn: as wide as this, and not kept yet. */
export interface DrawnWidth {
  readonly column: ConnectionColumn;
  readonly px: number;
}

interface EdgeProps {
  readonly column: ConnectionColumn;
  /** null: the edge was let go. */
  readonly onDraw: (drawn: DrawnWidth | null) => void;
}

/** The edge of a column, for the pointer; the keyboard has Shift and an arrow on the head itself. */
function Edge({ column, onDraw }: EdgeProps) {
  const onPointerDown = (event: PointerEvent<HTMLElement>): void => {
    event.preventDefault();
    const edge = event.currentTarget;
    const start = widthOf(edge) - event.clientX;
    edge.setPointerCapture(event.pointerId);
    let px: number | null = null;
    edge.onpointermove = ({ clientX }) => {
      px = clampWidth(start + clientX);
      onDraw({ column, px });
    };
    // Kept once, at the end: what is kept is written to the browser's storage whole.
    edge.onlostpointercapture = () => {
      edge.onpointermove = null;
      if (px !== null) {
        setWidth(column, px);
        onDraw(null);
      }
    };
  };
  return (
    <span
      aria-hidden="true"
      className={styles.edge}
      title={words.columnWidth}
      onPointerDown={onPointerDown}
      onDoubleClick={() => setWidth(column, null)}
    />
  );
}

export type SortDirection = 'asc' | 'desc' | false;

export interface GridHeadProps {
  readonly columns: readonly ConnectionColumn[];
  readonly sorted: (column: ConnectionColumn) => SortDirection;
  readonly onSort: (column: ConnectionColumn) => void;
  readonly onDraw: EdgeProps['onDraw'];
}

export function GridHead({ columns, sorted, onSort, onDraw }: GridHeadProps) {
  const [over, setOver] = useState<ConnectionColumn | null>(null);
  const onDrop = (event: DragEvent<HTMLElement>, place: ConnectionColumn): void => {
    const column = event.dataTransfer.getData(dragType);
    setOver(null);
    if (isConnectionColumn(column)) {
      event.preventDefault();
      changePreferences({ columnOrder: withColumnAt(usePreferences.getState().columnOrder, column, place) });
    }
  };
  return (
    <thead className={styles.head}>
      <tr aria-rowindex={1} className={styles.headRow}>
        {columns.map((column) => {
          const direction = sorted(column);
          const { head, hint } = words.columns[column];
          return (
            <th
              key={column}
              scope="col"
              aria-sort={direction === false ? 'none' : direction === 'asc' ? 'ascending' : 'descending'}
              className={cx(
                styles.headCell,
                columnLooks[column].numeric && styles.numeric,
                over === column && styles.over,
              )}
              onDragOver={(event) => {
                if (event.dataTransfer.types.includes(dragType)) {
                  event.preventDefault();
                  setOver(column);
                }
              }}
              onDragLeave={() => setOver(null)}
              onDrop={(event) => onDrop(event, column)}
            >
              <button
                type="button"
                title={`${hint}\n${words.headKeys}`}
                draggable
                onDragStart={(event) => event.dataTransfer.setData(dragType, column)}
                onKeyDown={(event) => onHeadKey(event, column)}
                onClick={() => onSort(column)}
              >
                {head}
                {direction === 'asc' && <ArrowUp aria-hidden="true" />}
                {direction === 'desc' && <ArrowDown aria-hidden="true" />}
              </button>
              <Edge column={column} onDraw={onDraw} />
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

/** Alt and an arrow moves the column, Shift and an arrow makes it wider or narrower, Shift and Delete as it was. */
function onHeadKey(event: KeyboardEvent<HTMLElement>, column: ConnectionColumn): void {
  const direction = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : null;
  if (direction !== null && event.altKey) {
    changePreferences({ columnOrder: withColumnMoved(usePreferences.getState(), column, direction) });
  } else if (direction !== null && event.shiftKey) {
    setWidth(column, widthOf(event.currentTarget) + direction * keyStepPx);
  } else if (event.key === 'Delete' && event.shiftKey) {
    setWidth(column, null);
  } else {
    return;
  }
  event.preventDefault();
}
