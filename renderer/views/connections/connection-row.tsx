/**
 * One line of the table. It wakes when its own connection changes, and for nothing else. A line is not its connection's for
 * good: it shows whichever comes to stand there, and only what is written in it changes.
 */
import { memo, useMemo } from 'react';
import { shownState } from '../../base/shown-state.ts';
import { cx } from '../../parts/class-names.ts';
import { StateLabel } from '../../parts/state-mark/state-mark.tsx';
import type { LineKey } from '../../store/connection-lines.ts';
import type { ConnectionColumn } from '../../store/connection-order.ts';
import type { Departed } from '../../store/connections-store.ts';
import { useConnectionRow } from '../../store/use-console.ts';
import { closeReasonWords } from '../../words/vocabulary.ts';
import { columnLooks } from './columns.tsx';
import styles from './connections.module.css';

/** What the grid names the line by on which the keyboard stands. */
export function lineElementId(key: LineKey): string {
  return `connection-${String(key).replaceAll(/[^\w.:-]/g, '-')}`;
}

export interface ConnectionRowLineProps {
  readonly id: number;
  readonly index: number;
  readonly columns: readonly ConnectionColumn[];
  readonly selected: boolean;
  readonly active: boolean;
  /** It stands under the line of a group. */
  readonly grouped: boolean;
}

/** Negative, as an animation's delay: a fade that began in another line goes on in this one, and does not begin anew. */
function useFadeDelayMs(departed: Departed | null): number {
  return useMemo(() => (departed === null ? 0 : departed.at - performance.now()), [departed]);
}

export const ConnectionRowLine = memo(function ConnectionRowLine(props: ConnectionRowLineProps) {
  const { id, index, columns, selected, active, grouped } = props;
  const found = useConnectionRow(id);
  const departed = found && 'reason' in found ? found : null;
  const row = found && 'reason' in found ? found.row : found;
  const fadeDelayMs = useFadeDelayMs(departed);
  return (
    <tr
      id={lineElementId(id)}
      data-row={id}
      data-index={index}
      aria-rowindex={index + 2}
      aria-level={grouped ? 2 : undefined}
      aria-selected={selected}
      className={cx(styles.row, grouped && styles.grouped, active && styles.active, (departed || !row) && styles.gone)}
      style={departed ? { animationDelay: `${fadeDelayMs}ms` } : undefined}
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
