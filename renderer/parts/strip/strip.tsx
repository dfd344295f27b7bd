/** One address, or many, over time: a row of cells, each as high and broken as its state asks for. */
import { useCallback } from 'react';
import type { CellState } from '../../../core/contract/history-health.ts';
import { token } from '../../styles/theme.ts';
import { Canvas, type Draw } from '../canvas/canvas.tsx';
import { stateOf, stripLooks } from './cell-look.ts';
import styles from './strip.module.css';

export interface StripProps {
  /** A letter for each column. */
  readonly states: string;
  /** What the picture says, in words. */
  readonly label: string;
}

/** Where column `index` of `columns` begins; whole pixels, so that cells are sharp. */
function edge(index: number, columns: number, width: number): number {
  return Math.round((index / columns) * width);
}

export function Strip({ states, label }: StripProps) {
  const draw: Draw = useCallback(
    (context, { width, height }) => {
      const columns = states.length;
      for (let index = 0; index < columns; index += 1) {
        const { color, parts } = stripLooks[stateOf(states[index])];
        const left = edge(index, columns, width);
        const right = edge(index + 1, columns, width);
        context.fillStyle = token(color);
        for (const [from, to] of parts) {
          const top = Math.round(from * height);
          context.fillRect(left, top, Math.max(1, right - left - 1), Math.round(to * height) - top);
        }
      }
    },
    [states],
  );
  return <Canvas draw={draw} label={label} />;
}

/** A state's shape, for a legend. */
export function StripKey({ state }: { readonly state: CellState }) {
  const { color, parts } = stripLooks[state];
  return (
    <svg className={styles.key} viewBox="0 0 6 14" aria-hidden="true">
      {parts.map(([from, to]) => (
        <rect key={from} width="6" y={from * 14} height={(to - from) * 14} fill={`var(${color})`} />
      ))}
    </svg>
  );
}
