/** One line of the table. It wakes when its own connection changes, and for nothing else. */
import { memo } from 'react';
import { cx } from '../../parts/class-names.ts';
import { StateLabel } from '../../parts/state-mark/state-mark.tsx';
import type { ConnectionColumn } from '../../store/connection-order.ts';
import { shownState } from '../../store/shown-state.ts';
import { useConnectionRow } from '../../store/use-console.ts';
import { closeReasonWords } from '../../words/vocabulary.ts';
import { columnLooks } from './columns.tsx';
import styles from './connections.module.css';

export interface ConnectionLineProps {
  readonly id: number;
  readonly index: number;
  readonly top: number;
  readonly columns: readonly ConnectionColumn[];
  readonly tracks: string;
  readonly selected: boolean;
  readonly active: boolean;
}

export const rowElementId = (id: number): string => `connection-${id}`;

export const ConnectionLine = memo(function ConnectionLine(props: ConnectionLineProps) {
  const { id, index, top, columns, tracks, selected, active } = props;
  const found = useConnectionRow(id);
  const departed = found && 'reason' in found ? found : null;
  const row = found && 'reason' in found ? found.row : found;
  return (
    <tr
      id={rowElementId(id)}
      data-row={id}
      data-index={index}
      aria-rowindex={index + 2}
      aria-selected={selected}
      className={cx(styles.row, active && styles.active, (departed || !row) && styles.gone)}
      style={{ gridTemplateColumns: tracks, transform: `translateY(${top}px)` }}
    >
      {columns.map((column) => {
        const look = columnLooks[column];
        return (
          <td key={column} className={cx(styles.cell, look.numeric && styles.numeric)}>
            {column === 'state' && row ? (
              <StateLabel
                state={departed ? 'closed' : shownState(row)}
                {...(departed ? { word: closeReasonWords[departed.reason] } : {})}
              />
            ) : (
              row && look.cell(row, departed?.atMs ?? null)
            )}
          </td>
        );
      })}
    </tr>
  );
});
