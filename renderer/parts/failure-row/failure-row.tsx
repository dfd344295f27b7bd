import type { ReactNode } from 'react';
import { count } from '../../words/format.ts';
import styles from './failure-row.module.css';

export interface FailureRowProps {
  /** What kind of failure. */
  readonly name: string;
  readonly failed: number;
  /** Of the most frequent kind: its bar is full. */
  readonly most: number;
  /** One message of this kind. */
  readonly example: string;
  /** Words before the example. */
  readonly lead: string;
  /** After the count. */
  readonly note?: ReactNode;
}

/** One kind of failure among others: how often, as a figure and a bar, and one of its messages. */
export function FailureRow({ name, failed, most, example, lead, note }: FailureRowProps) {
  return (
    <span className={styles.row}>
      <span>{name}</span>
      <span className={styles.bar} aria-hidden="true">
        <span style={{ width: `${(failed / most) * 100}%` }} />
      </span>
      <span className={styles.count}>
        {count(failed)}
        {note}
      </span>
      <span className={styles.example} title={example}>
        {lead} {example}
      </span>
    </span>
  );
}
