/** The rows of the picture: names that open, and the cells, which zoom, pan and tell of their checks. */
import ChevronRight from 'lucide-react/icons/chevron-right';
import { type KeyboardEvent, useRef } from 'react';
import type { TimeFrame } from '../../base/time-frame.ts';
import type { CrossHair } from '../../parts/chart/cross-hair.ts';
import { cx } from '../../parts/class-names.ts';
import { type Cell, cellOf } from '../../parts/strip/cell.ts';
import type { CellCursor } from '../../parts/strip/cell-cursor.ts';
import { Strip } from '../../parts/strip/strip.tsx';
import { StripField } from '../../parts/strip/strip-field.tsx';
import { useVirtualRows } from '../../parts/virtual-rows.ts';
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
} from '../../store/health-range.ts';
import { useConsole } from '../../store/use-console.ts';
import { cellSaid, rowName } from '../../words/cell-said.ts';
import type { CellPicture, StripRow } from './cell-rows.ts';
import { rowHint, shortName } from './row-name.ts';
import styles from './strips.module.css';
import { words } from './words.ts';

const text = words.strips;
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
  const { rows, fromMs, toMs } = picture;
  const { virtualizer } = useVirtualRows({ count: rows.length, scrollRef, height: '--row-strip', overscan: 8 });

  /** What the picture will be of: a quick second key goes on from the first, not from what is drawn yet. */
  const asked = (): TimeFrame => frameOf(useHealthRange.getState().range, clock.now());
  const onKey = (event: KeyboardEvent, cursor: CellCursor | null, index: number): boolean => {
    const row = rows[index];
    if (event.key === ' ' && row?.opens != null) {
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
      return false;
    }
    return true;
  };

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
        <StripField
          grid={picture}
          crossHair={crossHair}
          label={text.cells}
          describe={(index, column) => {
            const row = rows[index];
            return row ? cellSaid(row, cellOf(picture, row, column)) : '';
          }}
          onOpen={(index, column) => {
            const row = rows[index];
            if (row) {
              onOpen(row, cellOf(picture, row, column));
            }
          }}
          onDrawnOut={zoomTo}
          onKey={onKey}
          onRow={(index) => virtualizer.scrollToIndex(index)}
        />
      </div>
    </div>
  );
}
