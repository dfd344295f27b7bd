/** One list as a table; only the lines in sight exist, so that 100,000 entries scroll as well as ten. */
import { memo, useCallback, useRef } from 'react';
import type { AccessListName } from '../../../core/contract/access.ts';
import { Button } from '../../parts/button/button.tsx';
import { cx } from '../../parts/class-names.ts';
import { RowsAbove } from '../../parts/rows-above.tsx';
import { Hint } from '../../parts/tooltip/tooltip.tsx';
import { useVirtualRows } from '../../parts/virtual-rows.ts';
import {
  changeDraft,
  entryKey,
  otherList,
  withMove,
  withoutAddition,
  withoutRemoval,
  withRemoval,
} from '../../store/access-draft.ts';
import { useEngineSecond } from '../../store/use-console.ts';
import { dateAndTime } from '../../words/dates.ts';
import { count, none } from '../../words/format.ts';
import { noteInWords, originWords } from '../../words/vocabulary.ts';
import {
  changeOf,
  type LineChange,
  type LineOrder,
  type ListLine,
  type ListLines,
  lineAt,
  lineCount,
  lineIndexOf,
} from './lines.ts';
import styles from './list-table.module.css';
import { words } from './words.ts';

const columns = ['entry', 'source', 'note', 'hits', 'lastHit', 'expires', 'actions'] as const;
/** What the columns can be ordered by; the source stands for the order in which entries decide. */
const orderOf: Readonly<Partial<Record<(typeof columns)[number], LineOrder>>> = {
  entry: 'entry',
  source: 'rank',
  hits: 'hits',
  lastHit: 'lastHit',
  expires: 'expires',
};

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

function LineTools({ line, list, change }: Pick<LineProps, 'line' | 'list' | 'change'>) {
  const { entry, addition, value } = line;
  const to = otherList(list);
  if (addition) {
    return (
      <Button
        look="quiet"
        small
        className={cx(styles.tool, styles.undo)}
        aria-label={words.undo(value)}
        onClick={() => changeDraft((draft) => withoutAddition(draft, addition))}
      />
    );
  }
  if (!entry) {
    return null;
  }
  if (change === 'removed') {
    return (
      <Button
        look="quiet"
        small
        className={cx(styles.tool, styles.undo)}
        aria-label={words.undo(value)}
        onClick={() => changeDraft((draft) => withoutRemoval(draft, line.key))}
      />
    );
  }
  if (entry.origin === 'config') {
    return (
      <Hint text={`${words.configWhy} ${words.override(value, to)}.`}>
        <Button
          look="quiet"
          small
          aria-label={words.override(value, to)}
          onClick={() => changeDraft((draft) => withMove(draft, entry))}
        >
          {words.overrideShort}
        </Button>
      </Hint>
    );
  }
  return (
    <>
      <Button
        look="quiet"
        small
        className={cx(styles.tool, styles.move)}
        aria-label={words.move(value, to)}
        title={words.move(value, to)}
        onClick={() => changeDraft((draft) => withMove(draft, entry))}
      />
      <Button
        look="quiet"
        small
        className={cx(styles.tool, styles.remove)}
        aria-label={words.remove(value)}
        title={words.remove(value)}
        onClick={() => changeDraft((draft) => withRemoval(draft, entry))}
      />
    </>
  );
}

const headHeight = 24;

interface LineProps {
  readonly line: ListLine;
  readonly list: AccessListName;
  readonly change: LineChange;
  readonly index: number;
  readonly now: number;
  /** Hits change inside the line's entry. */
  readonly hitsVersion: number;
  readonly selected: boolean;
  readonly onToggle: (key: string, range: boolean) => void;
}

/** Of as few elements as it can be: a page of new lines is drawn within one frame, and each element's styles take their time. */
const Line = memo(function Line(props: LineProps) {
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
        {change !== 'none' && <span className={styles.unseen}>{changeText(change)}</span>}
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

export interface ListTableProps {
  readonly list: AccessListName;
  readonly lines: ListLines;
  /** Others are on their way: another order, or what changed. */
  readonly busy: boolean;
  /** Keys of what the draft removes. */
  readonly removed: ReadonlySet<string>;
  readonly hitsVersion: number;
  readonly order: LineOrder;
  readonly onOrder: (order: LineOrder) => void;
  readonly selected: ReadonlySet<string>;
  readonly allSelected: boolean;
  readonly onSelect: (selected: ReadonlySet<string>) => void;
}

export function ListTable(props: ListTableProps) {
  const { list, lines, busy, removed, hitsVersion, order, onOrder, selected, allSelected, onSelect } = props;
  const now = useEngineSecond();
  const scrollRef = useRef<HTMLDivElement>(null);
  const lastToggled = useRef<string | null>(null);
  // By their places: asked for their keys, the virtualizer makes those of all lines at each change.
  const { virtualizer } = useVirtualRows({
    count: lineCount(lines),
    scrollRef,
    height: '--row',
    overscan: 4,
    headHeight,
  });
  const shown = virtualizer.getVirtualItems();
  const latest = useRef({ lines, selected, onSelect });
  latest.current = { lines, selected, onSelect };
  /** With Shift: everything from the line that was chosen last. The same function for ever, so that no row is drawn for it. */
  const toggle = useCallback((key: string, range: boolean): void => {
    const { lines: all, selected: before, onSelect: choose } = latest.current;
    const next = new Set(before);
    const isOn = !next.has(key);
    const at = lineIndexOf(all, key);
    const other = range ? lineIndexOf(all, lastToggled.current) : -1;
    const from = other === -1 ? at : other;
    for (let index = Math.min(at, from); index <= Math.max(at, from); index += 1) {
      const line = lineAt(all, index);
      if (line?.entry && isOn) {
        next.add(line.key);
      } else if (line) {
        next.delete(line.key);
      }
    }
    lastToggled.current = key;
    choose(next);
  }, []);
  const toggleAll = (): void => onSelect(new Set(allSelected ? [] : lines.present.map(entryKey)));
  return (
    <div ref={scrollRef} className={styles.scroll}>
      <table
        className={styles.table}
        style={{ height: headHeight + virtualizer.getTotalSize() }}
        aria-label={words.tableOf[list]}
        aria-rowcount={lineCount(lines) + 1}
        aria-busy={busy}
      >
        <thead className={styles.head}>
          <tr aria-rowindex={1} className={styles.headRow}>
            <th scope="col" className={cx(styles.cell, styles.pick)}>
              <input
                type="checkbox"
                aria-label={words.selection.chooseAll(list)}
                checked={allSelected}
                ref={(box) => {
                  if (box) {
                    box.indeterminate = selected.size > 0 && !allSelected;
                  }
                }}
                onChange={toggleAll}
              />
            </th>
            {columns.map((column) => (
              <th
                key={column}
                scope="col"
                aria-sort={orderOf[column] === order ? 'other' : undefined}
                className={cx(
                  styles.cell,
                  (column === 'hits' || column === 'lastHit') && styles.num,
                  column === 'lastHit' && styles.lastHit,
                )}
              >
                <ColumnHead column={column} order={order} onOrder={onOrder} />
              </th>
            ))}
          </tr>
        </thead>
        <RowsAbove shown={shown} />
        <tbody className={styles.body}>
          {shown.map((item) => {
            const line = lineAt(lines, item.index);
            return line === undefined ? null : (
              <Line
                key={line.key}
                line={line}
                list={list}
                change={changeOf(line, removed)}
                index={item.index}
                now={now}
                hitsVersion={hitsVersion}
                selected={selected.has(line.key)}
                onToggle={toggle}
              />
            );
          })}
        </tbody>
      </table>
    </div>
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
    return <span className={styles.unseen}>{words.columns[column]}</span>;
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
