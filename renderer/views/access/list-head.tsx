/** The head of a list's table: orders it, and chooses all of it. */

import type { AccessListName } from '../../../core/contract/access.ts';
import { cx } from '../../parts/class-names.ts';
import { unseen } from '../../parts/unseen/unseen.ts';
import type { LineOrder } from './lines.ts';
import styles from './list-table.module.css';
import { words } from './words.ts';

const columns = ['entry', 'source', 'note', 'added', 'hits', 'lastHit', 'expires', 'actions'] as const;
/** What the columns can be ordered by; the source stands for the order in which entries decide. */
const orderOf: Readonly<Partial<Record<(typeof columns)[number], LineOrder>>> = {
  entry: 'entry',
  source: 'rank',
  added: 'added',
  hits: 'hits',
  lastHit: 'lastHit',
  expires: 'expires',
};

const figures: ReadonlySet<string> = new Set(['added', 'hits', 'lastHit']);

interface ListHeadProps {
  readonly list: AccessListName;
  readonly order: LineOrder;
  readonly onOrder: (order: LineOrder) => void;
  /** How many of the lines are chosen. */
  readonly picked: number;
  readonly all: boolean;
  readonly onAll: () => void;
}

export function ListHead({ list, order, onOrder, picked, all, onAll }: ListHeadProps) {
  return (
    <thead className={styles.head}>
      <tr aria-rowindex={1} className={styles.headRow}>
        <th scope="col" className={cx(styles.cell, styles.pick)}>
          <input
            type="checkbox"
            aria-label={words.selection.chooseAll(list)}
            checked={all}
            ref={(box) => {
              if (box) {
                box.indeterminate = picked > 0 && !all;
              }
            }}
            onChange={onAll}
          />
        </th>
        {columns.map((column) => (
          <th
            key={column}
            scope="col"
            aria-sort={orderOf[column] === order ? 'other' : undefined}
            className={cx(
              styles.cell,
              figures.has(column) && styles.num,
              (column === 'lastHit' || column === 'added') && styles.roomy,
            )}
          >
            <ColumnHead column={column} order={order} onOrder={onOrder} />
          </th>
        ))}
      </tr>
    </thead>
  );
}

function ColumnHead({
  column,
  order,
  onOrder,
}: {
  readonly column: (typeof columns)[number];
  readonly order: LineOrder;
  readonly onOrder: (order: LineOrder) => void;
}) {
  const by = orderOf[column];
  if (column === 'actions') {
    return <span className={unseen}>{words.columns[column]}</span>;
  }
  return by === undefined ? (
    words.columns[column]
  ) : (
    <button
      type="button"
      className={styles.sort}
      data-on={by === order || undefined}
      title={words.columnHints[column]}
      onClick={() => onOrder(by)}
    >
      {words.columns[column]}
    </button>
  );
}
