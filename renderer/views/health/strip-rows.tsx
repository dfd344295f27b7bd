/** The rows of the picture: names that open, and the cells, which are one field for pointer and keys. */
import ChevronRight from 'lucide-react/icons/chevron-right';
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import type { TimeFrame } from '../../base/time-frame.ts';
import type { CrossHair } from '../../parts/chart/cross-hair.ts';
import { cx } from '../../parts/class-names.ts';
import { Strip } from '../../parts/strip/strip.tsx';
import { useVirtualRows } from '../../parts/virtual-rows.ts';
import { useConsole } from '../../store/use-console.ts';
import { afterKey, type CellCursor } from './cell-cursor.ts';
import { type Cell, type CellPicture, cellOf, columnAt, type StripRow } from './cell-rows.ts';
import { CrossLine } from './cross-line.tsx';
import {
  doubled,
  frameOf,
  halfAbout,
  moved,
  panTo,
  toggleOpened,
  useHealthRange,
  zoomBack,
  zoomTo,
} from './range-state.ts';
import { rowHint, rowName, shortName, stateName } from './row-name.ts';
import styles from './strips.module.css';
import { words } from './words.ts';

const text = words.strips;
/** A shorter drag is a click with an unsteady hand. */
const leastDrag = 5;
/** Of what is shown, by one key. */
const panShare = 0.25;

function RowName({ row }: { readonly row: StripRow }) {
  const name = shortName(row);
  const depth = { paddingInlineStart: row.depth * 12 };
  if (row.opens === null) {
    return (
      <span className={styles.name} style={depth} title={rowHint(row)}>
        <span className={styles.leaf}>{name}</span>
        {row.named && <span className={styles.addresses}>{text.named}</span>}
      </span>
    );
  }
  return (
    <span className={styles.name} style={depth} title={rowHint(row)}>
      <button type="button" aria-expanded={row.opened} onClick={() => toggleOpened(row.key)}>
        <ChevronRight className={cx(row.opened && styles.turned)} aria-hidden="true" />
        <span className={styles.nameText}>{name}</span>
        <span className={styles.addresses}>
          {text.addresses(row.addresses)}
          {row.leftOut > 0 && ` ${text.leftOut(row.leftOut)}`}
        </span>
      </button>
    </span>
  );
}

/** What is said of the cell that is pointed at. */
function describe(row: StripRow, { fromMs, toMs, state, checks, failures }: Cell): string {
  return `${rowName(row)}, ${text.between(fromMs, toMs)}: ${stateName(row, state)}, ${text.cell(checks, failures)}`;
}

export function StripRows({
  picture,
  crossHair,
  onOpen,
}: {
  readonly picture: CellPicture;
  readonly crossHair: CrossHair;
  readonly onOpen: (row: StripRow, cell: Cell) => void;
}) {
  const { clock } = useConsole();
  const scrollRef = useRef<HTMLDivElement>(null);
  const [cursor, setCursor] = useState<CellCursor | null>(null);
  const [drag, setDrag] = useState<{ readonly from: number; readonly to: number } | null>(null);
  const { rows, columns, fromMs, toMs } = picture;
  const { virtualizer, rowHeight } = useVirtualRows({
    count: rows.length,
    scrollRef,
    height: '--row-strip',
    overscan: 8,
  });

  const rowIndex = cursor === null ? -1 : rows.findIndex(({ key }) => key === cursor.key);
  const row = rows[rowIndex];
  const column = cursor === null ? 0 : columnAt(picture, cursor.atMs);
  const cell = row && cellOf(picture, row, column);

  const shareAt = (event: PointerEvent<HTMLButtonElement>): number => {
    const box = event.currentTarget.getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
  };
  const timeAt = (share: number): number => fromMs + share * (toMs - fromMs);
  const point = (event: PointerEvent<HTMLButtonElement>): void => {
    const share = shareAt(event);
    const box = event.currentTarget.getBoundingClientRect();
    const under = rows[Math.floor((event.clientY - box.top) / rowHeight)];
    crossHair.point(timeAt(share));
    setCursor(under ? { key: under.key, atMs: Math.min(toMs - 1, timeAt(share)) } : null);
    setDrag((before) => before && { ...before, to: share });
  };
  const release = (event: PointerEvent<HTMLButtonElement>): void => {
    if (drag === null) {
      return;
    }
    const width = event.currentTarget.clientWidth;
    if (Math.abs(drag.to - drag.from) * width >= leastDrag) {
      const [first, last] = [Math.min(drag.from, drag.to), Math.max(drag.from, drag.to)];
      zoomTo({ fromMs: timeAt(first), toMs: timeAt(last) });
    } else if (row && cell) {
      onOpen(row, cell);
    }
    setDrag(null);
  };
  /** What the picture will be of: a quick second key goes on from the first, not from what is drawn yet. */
  const asked = (): TimeFrame => frameOf(useHealthRange.getState().range, clock.now());
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && row && cell) {
      onOpen(row, cell);
    } else if (event.key === ' ' && row?.opens != null) {
      toggleOpened(row.key);
    } else if (event.key === 'Backspace') {
      zoomBack();
    } else if (event.key === '+' || event.key === '=') {
      zoomTo(halfAbout(asked(), cursor?.atMs ?? (fromMs + toMs) / 2));
    } else if (event.key === '-') {
      zoomTo(doubled(asked(), clock.now()));
    } else if (event.shiftKey && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) {
      panTo(moved(asked(), event.key === 'ArrowLeft' ? -panShare : panShare, clock.now()));
    } else {
      const next = afterKey(picture, cursor, event.key);
      if (next === null) {
        return;
      }
      setCursor(next);
      crossHair.point(next.atMs);
      virtualizer.scrollToIndex(rows.findIndex(({ key }) => key === next.key));
    }
    event.preventDefault();
  };

  const left = `${(column / columns) * 100}%`;
  return (
    <div ref={scrollRef} className={styles.scroll}>
      <div className={styles.rows} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((item) => {
          const shown = rows[item.index];
          return shown === undefined ? null : (
            <div key={shown.key} className={styles.row} style={{ top: item.start }}>
              <RowName row={shown} />
              <div className={styles.strip}>
                <Strip states={shown.states} label={text.strip(rowName(shown))} />
              </div>
            </div>
          );
        })}
        <div className={styles.field}>
          <button
            type="button"
            className={styles.cells}
            aria-label={text.cells}
            onPointerDown={(event) => {
              if (event.button !== 0) {
                return;
              }
              event.currentTarget.setPointerCapture(event.pointerId);
              setDrag({ from: shareAt(event), to: shareAt(event) });
            }}
            onPointerMove={point}
            onPointerUp={release}
            onPointerLeave={() => {
              crossHair.point(null);
              setCursor(null);
              setDrag(null);
            }}
            onKeyDown={onKeyDown}
            onFocus={(event) => {
              if (cursor === null && event.currentTarget.matches(':focus-visible')) {
                setCursor(afterKey(picture, null, 'End'));
              }
            }}
          />
          <CrossLine frame={picture} crossHair={crossHair} />
          {drag !== null && drag.from !== drag.to && (
            <div
              className={styles.brush}
              style={{
                left: `${Math.min(drag.from, drag.to) * 100}%`,
                width: `${Math.abs(drag.to - drag.from) * 100}%`,
              }}
            />
          )}
          {cell && (
            <>
              <div
                className={styles.cursor}
                style={{ left, top: rowIndex * rowHeight, width: `${100 / columns}%`, height: rowHeight }}
              />
              <div
                className={cx(styles.hover, column > columns / 2 && styles.hoverLeft, rowIndex > 1 && styles.hoverUp)}
                style={{ left, top: rowIndex * rowHeight }}
                role="status"
              >
                {describe(row, cell)}
              </div>
            </>
          )}
        </div>
      </div>
    </div>
  );
}
