/** One line of a list. */

import { memo } from 'react';
import { cx } from '../../parts/class-names.ts';
import { unseen } from '../../parts/unseen/unseen.ts';
import { dateAndTime } from '../../words/dates.ts';
import { count, none } from '../../words/format.ts';
import { noteInWords, originWords } from '../../words/vocabulary.ts';
import { LineTools, type LineToolsProps } from './line-tools.tsx';
import type { LineChange, ListLine } from './lines.ts';
import styles from './list-table.module.css';
import { words } from './words.ts';

function expiryText(expiresAtMs: number | null, nowMs: number): string {
  if (expiresAtMs === null) {
    return words.never;
  }
  return expiresAtMs > nowMs ? words.inSpan(expiresAtMs - nowMs) : words.expired;
}

function lastHitText(lastHitAtMs: number | null, nowMs: number): string {
  return lastHitAtMs === null ? none : words.ago(Math.max(0, nowMs - lastHitAtMs));
}

function changeText(change: 'added' | 'removed'): string {
  return change === 'added' ? words.toBeAdded : words.toBeRemoved;
}

function addedText({ entry }: ListLine, change: LineChange): string | undefined {
  if (change !== 'none') {
    return changeText(change);
  }
  return entry ? words.addedAt(dateAndTime(entry.addedAtMs)) : undefined;
}

interface LineProps extends LineToolsProps {
  readonly index: number;
  readonly now: number;
  /** Hits change inside the line's entry. */
  readonly hitsVersion: number;
  readonly selected: boolean;
  readonly onToggle: (key: string, range: boolean) => void;
}

/** Of as few elements as it can be: a page of new lines is drawn within one frame, and each element's styles take their time. */
export const Line = memo(function Line(props: LineProps) {
  const { line, list, change, index, now, selected, onToggle } = props;
  const note = noteInWords(line.origin, line.note);
  return (
    <tr aria-rowindex={index + 2} data-change={change} className={styles.row}>
      <td className={cx(styles.cell, styles.pick)}>
        {line.entry !== null && (
          <input
            type="checkbox"
            aria-label={words.selection.choose(line.value)}
            checked={selected}
            onChange={(event) =>
              onToggle(line.key, event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey)
            }
          />
        )}
        {change !== 'none' && <span className={unseen}>{changeText(change)}</span>}
      </td>
      <td className={cx(styles.cell, styles.entry)} title={addedText(line, change)}>
        {line.value}
      </td>
      <td className={styles.badge} data-origin={line.origin}>
        {originWords[line.origin]}
      </td>
      <td className={cx(styles.cell, styles.soft, styles.noteCell)}>
        {note !== '' && (
          <button type="button" className={styles.note} title={note}>
            {note}
          </button>
        )}
      </td>
      <td className={cx(styles.cell, styles.num)}>{count(line.entry?.hits ?? 0)}</td>
      <td className={cx(styles.cell, styles.num, styles.soft, styles.lastHit)}>
        {lastHitText(line.entry?.lastHitAtMs ?? null, now)}
      </td>
      <td className={cx(styles.cell, styles.soft)}>{expiryText(line.expiresAtMs, now)}</td>
      <td className={cx(styles.cell, styles.tools)}>
        <LineTools line={line} list={list} change={change} />
      </td>
    </tr>
  );
});
