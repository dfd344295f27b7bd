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

function agoText(atMs: number | null | undefined, nowMs: number): string {
  return atMs == null ? none : words.ago(Math.max(0, nowMs - atMs));
}

function changeText(change: Exclude<LineChange, 'none'>): string {
  return change === 'added' ? words.toBeAdded : change === 'removed' ? words.toBeRemoved : words.toBeChanged;
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
  /** The keyboard stands on it. */
  readonly active: boolean;
  readonly id: string;
  readonly onToggle: (key: string, range: boolean) => void;
  readonly onEdit: (line: ListLine) => void;
}

/** Of as few elements as it can be: a page of new lines is drawn within one frame, and each element's styles take their time. */
export const Line = memo(function Line(props: LineProps) {
  const { line, list, change, obstacle, index, now, selected, active, id, onToggle, onEdit } = props;
  const note = noteInWords(line.origin, line.note);
  return (
    <tr
      id={id}
      aria-rowindex={index + 2}
      aria-selected={selected}
      data-change={change}
      data-active={active || undefined}
      className={styles.row}
    >
      <td className={cx(styles.cell, styles.pick)}>
        {line.entry !== null && (
          <input
            type="checkbox"
            tabIndex={-1}
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
        <button
          type="button"
          tabIndex={-1}
          className={styles.note}
          aria-label={words.edit.of(line.value, note)}
          title={note === '' ? (obstacle ?? words.edit.hint) : note}
          aria-disabled={obstacle === null ? undefined : true}
          onClick={() => onEdit(line)}
        >
          {note}
        </button>
      </td>
      <td
        className={cx(styles.cell, styles.num, styles.soft, styles.roomy)}
        title={line.entry ? dateAndTime(line.entry.addedAtMs) : undefined}
      >
        {agoText(line.entry?.addedAtMs, now)}
      </td>
      <td className={cx(styles.cell, styles.num)}>{count(line.entry?.hits ?? 0)}</td>
      <td className={cx(styles.cell, styles.num, styles.soft, styles.roomy)}>
        {agoText(line.entry?.lastHitAtMs, now)}
      </td>
      <td
        className={cx(styles.cell, styles.soft)}
        title={line.expiresAtMs === null ? undefined : dateAndTime(line.expiresAtMs)}
      >
        {expiryText(line.expiresAtMs, now)}
      </td>
      <td className={cx(styles.cell, styles.tools)}>
        <LineTools line={line} list={list} change={change} obstacle={obstacle} />
      </td>
    </tr>
  );
});
