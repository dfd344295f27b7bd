/** Over strips that stand below each other: their cells as one field for pointer and keys, with the view's cross-hair. */
import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import type { TimeFrame } from '../../base/time-frame.ts';
import type { CrossHair } from '../chart/cross-hair.ts';
import { CrossLine } from '../chart/cross-line.tsx';
import { cx } from '../class-names.ts';
import { afterKey, type CellCursor, type CellGrid, columnAt } from './cell-cursor.ts';
import styles from './strip-field.module.css';

/** A shorter drag is a click with an unsteady hand. */
const leastDrag = 5;

export interface StripFieldProps {
  /** Its rows are as high as each other, and the field is as high as all of them. */
  readonly grid: CellGrid;
  readonly crossHair: CrossHair;
  /** What the cells are, and what its keys do. */
  readonly label: string;
  /** What is said of a cell while it is pointed at. */
  readonly describe: (row: number, column: number) => string;
  /** A click, or Enter. */
  readonly onOpen: (row: number, column: number) => void;
  /** A piece was drawn out with the pointer. */
  readonly onDrawnOut?: (frame: TimeFrame) => void;
  /** Before the field's own keys; true when it has been dealt with. `row` is -1 while no cell is pointed at. */
  readonly onKey?: (event: KeyboardEvent, cursor: CellCursor | null, row: number) => boolean;
  /** The keys have come to a row. */
  readonly onRow?: (row: number) => void;
}

export function StripField(props: StripFieldProps) {
  const { grid, crossHair, label, describe, onOpen, onDrawnOut, onKey, onRow } = props;
  const { rows, columns, fromMs, toMs } = grid;
  const [cursor, setCursor] = useState<CellCursor | null>(null);
  /** The keys stand elsewhere: the cell stays marked for their coming back, and no more is said of it. */
  const [isLeft, setLeft] = useState(false);
  const [drag, setDrag] = useState<{ readonly from: number; readonly to: number } | null>(null);
  const indexOf = (key: string): number => rows.findIndex((row) => row.key === key);
  const row = cursor === null ? -1 : indexOf(cursor.key);
  const column = cursor === null ? 0 : columnAt(grid, cursor.atMs);

  const shareAt = (event: PointerEvent<HTMLButtonElement>): number => {
    const box = event.currentTarget.getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
  };
  const timeAt = (share: number): number => fromMs + share * (toMs - fromMs);
  const point = (event: PointerEvent<HTMLButtonElement>): void => {
    const share = shareAt(event);
    const box = event.currentTarget.getBoundingClientRect();
    const under = rows[Math.floor(((event.clientY - box.top) / box.height) * rows.length)];
    setLeft(false);
    crossHair.point(timeAt(share));
    setCursor(under ? { key: under.key, atMs: Math.min(toMs - 1, timeAt(share)) } : null);
    setDrag((before) => before && { ...before, to: share });
  };
  const release = (event: PointerEvent<HTMLButtonElement>): void => {
    if (drag === null) {
      return;
    }
    const width = event.currentTarget.clientWidth;
    if (onDrawnOut && Math.abs(drag.to - drag.from) * width >= leastDrag) {
      const [first, last] = [Math.min(drag.from, drag.to), Math.max(drag.from, drag.to)];
      onDrawnOut({ fromMs: timeAt(first), toMs: timeAt(last) });
    } else if (row >= 0) {
      onOpen(row, column);
    }
    setDrag(null);
  };
  const leave = (): void => {
    crossHair.point(null);
    setCursor(null);
    setDrag(null);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && row >= 0) {
      onOpen(row, column);
    } else if (!onKey?.(event, cursor, row)) {
      const next = afterKey(grid, cursor, event.key);
      if (next === null) {
        return;
      }
      setLeft(false);
      setCursor(next);
      crossHair.point(next.atMs);
      onRow?.(indexOf(next.key));
    }
    event.preventDefault();
  };

  const left = `${(column / columns) * 100}%`;
  const [above, below] = [row, row + 1].map((edge) => `${(edge / rows.length) * 100}%`);
  const isUp = row > 1;
  return (
    <div className={styles.field}>
      <button
        type="button"
        className={styles.cells}
        aria-label={label}
        onPointerDown={(event) => {
          if (event.button !== 0) {
            return;
          }
          event.currentTarget.setPointerCapture(event.pointerId);
          setDrag({ from: shareAt(event), to: shareAt(event) });
        }}
        onPointerMove={point}
        onPointerUp={release}
        onPointerLeave={leave}
        onKeyDown={onKeyDown}
        onFocus={(event) => {
          const stands = cursor ?? afterKey(grid, null, 'End');
          if (event.currentTarget.matches(':focus-visible')) {
            setLeft(false);
            setCursor(stands);
            crossHair.point(stands?.atMs ?? null);
          }
        }}
        onBlur={() => {
          setLeft(true);
          crossHair.point(null);
        }}
      />
      <CrossLine frame={grid} crossHair={crossHair} />
      {onDrawnOut && drag !== null && drag.from !== drag.to && (
        <div
          className={styles.brush}
          style={{
            left: `${Math.min(drag.from, drag.to) * 100}%`,
            width: `${Math.abs(drag.to - drag.from) * 100}%`,
          }}
        />
      )}
      {row >= 0 && (
        <>
          <div
            className={styles.cursor}
            style={{ left, top: above, width: `${100 / columns}%`, height: `${100 / rows.length}%` }}
          />
          {!isLeft && (
            <div
              className={cx(styles.hover, column > columns / 2 && styles.hoverLeft, isUp && styles.hoverUp)}
              style={{ left, top: isUp ? above : below }}
              role="status"
            >
              {describe(row, column)}
            </div>
          )}
        </>
      )}
    </div>
  );
}
