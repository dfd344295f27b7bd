/** Many small squares, each one thing with a state: drawn on a canvas, named inside where there is room, else under the pointer. */
import { type ReactNode, useCallback, useState } from 'react';
import { token } from '../../styles/theme.ts';
import { Canvas, type CanvasSize, type Draw } from '../canvas/canvas.tsx';
import styles from './cell-field.module.css';
import { type CellLook, drawCell, drawLabelled } from './draw-cell.ts';
import { cellAt, layoutCells, layoutLabelled } from './layout.ts';

export interface CellFieldProps {
  readonly label: string;
  readonly count: number;
  readonly look: (index: number) => CellLook;
  /** A short name to be written into the cells where there is room for all of them. */
  readonly name?: (index: number) => string;
  readonly changes?: (listener: () => void) => () => void;
  /** What is said of the cell under the pointer. */
  readonly describe: (index: number) => ReactNode;
  readonly onPick?: (index: number) => void;
  /** Side of the largest cell, CSS pixels. */
  readonly largest?: number;
}

interface Place {
  readonly index: number;
  /** Middle of its upper edge. */
  readonly x: number;
  readonly y: number;
}

type Point = { readonly x: number; readonly y: number };

export function CellField(props: CellFieldProps) {
  const { label, count, look, name, changes, describe, onPick, largest = 14 } = props;
  const [hover, setHover] = useState<Place | null>(null);

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

  const placeAt = ({ x, y }: Point, { width, height }: CanvasSize): Place | null => {
    const labelled = name ? layoutLabelled(count, width, height) : null;
    const layout = labelled ?? squareAsBox(layoutCells(count, width, height, largest));
    const index = cellAt(layout, count, x, y);
    return index === null
      ? null
      : {
          index,
          x: (index % layout.columns) * layout.width + layout.width / 2,
          y: Math.floor(index / layout.columns) * layout.height,
        };
  };

  return (
    <div className={styles.field}>
      <Canvas
        draw={draw}
        label={label}
        changes={changes}
        onPoint={(point, size) => setHover(point === null ? null : placeAt(point, size))}
        onPick={(point, size) => {
          const place = placeAt(point, size);
          if (place) {
            onPick?.(place.index);
          }
        }}
      />
      {hover !== null && hover.index < count && (
        <div className={styles.hover} style={{ left: hover.x, top: hover.y }} aria-hidden="true">
          {describe(hover.index)}
        </div>
      )}
    </div>
  );
}

function squareAsBox({ columns, pitch }: { readonly columns: number; readonly pitch: number }) {
  return { columns, width: pitch, height: pitch };
}
