/**
 * Many small squares, each one thing with a state: drawn on a canvas, named inside where there is room, else under the
 * pointer or under the cursor of the keyboard.
 */
import { type KeyboardEvent, type ReactNode, useCallback, useState } from 'react';
import { token } from '../../styles/theme.ts';
import { Canvas, type CanvasSize, type Draw } from '../canvas/canvas.tsx';
import { words } from '../words.ts';
import styles from './cell-field.module.css';
import { type CellLook, drawCell, drawLabelled } from './draw-cell.ts';
import { boxesOf, type CellBox, cellAfterKey, cellAt, layoutCells, layoutLabelled, placeOf } from './layout.ts';

export interface CellFieldProps {
  readonly label: string;
  readonly count: number;
  readonly look: (index: number) => CellLook;
  /** A short name to be written into the cells where there is room for all of them. */
  readonly name?: (index: number) => string;
  readonly changes?: (listener: () => void) => () => void;
  /** What is said of the cell under the pointer. */
  readonly describe: (index: number) => ReactNode;
  /** With it the field is one stop of the keyboard: arrows move, Enter picks. */
  readonly onPick?: (index: number) => void;
  /** Side of the largest cell, CSS pixels. */
  readonly largest?: number;
}

/** A cell of the field as it was laid out in so much room. */
interface Place {
  readonly index: number;
  readonly box: CellBox;
  /** Of the field, CSS pixels. */
  readonly width: number;
}

export function CellField(props: CellFieldProps) {
  const { label, count, look, name, changes, describe, onPick, largest = 14 } = props;
  const [hover, setHover] = useState<Place | null>(null);
  const [cursor, setCursor] = useState<Place | null>(null);

  const draw: Draw = useCallback(
    (context, { width, height }) => {
      const labelled = name ? layoutLabelled(count, width, height) : null;
      if (name && labelled) {
        context.font = `11px ${token('--font-mono')}`;
        for (let index = 0; index < count; index += 1) {
          const x = (index % labelled.columns) * labelled.width;
          const y = Math.floor(index / labelled.columns) * labelled.height;
          drawLabelled(context, look(index), name(index), x, y, labelled.width - 4, labelled.height - 4);
        }
        return;
      }
      const layout = layoutCells(count, width, height, largest);
      for (let index = 0; index < count; index += 1) {
        const x = (index % layout.columns) * layout.pitch;
        const y = Math.floor(index / layout.columns) * layout.pitch;
        drawCell(context, look(index), x, y, layout.side);
      }
    },
    [count, look, name, largest],
  );

  const boxesIn = ({ width, height }: CanvasSize) => boxesOf(count, width, height, largest, name !== undefined);

  const placeIn = (index: number | null, size: CanvasSize): Place | null =>
    index === null ? null : { index, box: placeOf(boxesIn(size), index), width: size.width };

  const onKeyDown = (event: KeyboardEvent<HTMLButtonElement>): void => {
    const size = sizeOf(event.currentTarget);
    const next = cellAfterKey(boxesIn(size), count, cursor?.index ?? null, event.key);
    if (next !== null) {
      event.preventDefault();
      setCursor(placeIn(next, size));
    }
  };

  const pick = (place: Place | null): void => {
    if (place !== null && place.index < count) {
      onPick?.(place.index);
    }
  };
  const told = [hover, cursor].find((place) => place !== null && place.index < count) ?? null;

  return (
    <div className={styles.field}>
      <Canvas
        draw={draw}
        label={label}
        changes={changes}
        onPoint={(point, size) => setHover(point && placeIn(cellAt(boxesIn(size), count, point.x, point.y), size))}
        onPick={(point, size) => pick(placeIn(cellAt(boxesIn(size), count, point.x, point.y), size))}
      />
      {onPick && (
        <button
          type="button"
          className={styles.keys}
          aria-label={words.cells}
          disabled={count === 0}
          onKeyDown={onKeyDown}
          onClick={() => pick(cursor)}
          onFocus={({ currentTarget }) => {
            if (currentTarget.matches(':focus-visible')) {
              setCursor(placeIn(Math.min(cursor?.index ?? 0, count - 1), sizeOf(currentTarget)));
            }
          }}
          onBlur={() => setCursor(null)}
        />
      )}
      {cursor !== null && cursor.index < count && (
        <div
          className={styles.cursor}
          style={{ left: cursor.box.x, top: cursor.box.y, width: cursor.box.width, height: cursor.box.height }}
        />
      )}
      {told !== null && (
        <div
          className={styles.hover}
          // As far along its own width as it stands along the field's: so it never leaves the field.
          style={{ left: middleOf(told), top: told.box.y, translate: `${(-100 * middleOf(told)) / told.width}% 0` }}
          role={told === cursor ? 'status' : undefined}
          aria-hidden={told === cursor ? undefined : true}
        >
          {describe(told.index)}
        </div>
      )}
    </div>
  );
}

function sizeOf({ clientWidth, clientHeight }: HTMLElement): CanvasSize {
  return { width: clientWidth, height: clientHeight };
}

function middleOf({ box, width }: Place): number {
  return Math.min(width, box.x + box.width / 2);
}
