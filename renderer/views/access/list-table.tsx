/** One list as a table; only the lines in sight exist, so that 100,000 entries scroll as well as ten. */
import { useCallback, useId, useRef, useState } from 'react';
import type { AccessListName } from '../../../core/contract/access.ts';
import { RowsAbove } from '../../parts/rows-above.tsx';
import { useVirtualRows } from '../../parts/virtual-rows.ts';
import { entryKey } from '../../store/access-draft.ts';
import { useEngineSecond } from '../../store/use-console.ts';
import { EditDialog, type EditedEntry } from './edit-dialog.tsx';
import { changeOf, type LineOrder, type ListLine, type ListLines, lineAt, lineCount, lineIndexOf } from './lines.ts';
import { ListHead } from './list-head.tsx';
import { Line } from './list-line.tsx';
import styles from './list-table.module.css';
import { useEditObstacle } from './use-edit-obstacle.ts';
import { editableOf, useLineKeys } from './use-line-keys.ts';
import { words } from './words.ts';

const headHeight = 24;

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
  /** How many lines are chosen. */
  readonly picked: number;
  readonly allSelected: boolean;
  readonly onSelect: (selected: ReadonlySet<string>) => void;
  /** Removes all that is chosen; nothing happens when nothing is. */
  readonly onRemoveChosen: () => void;
}

export function ListTable(props: ListTableProps) {
  const {
    list,
    lines,
    busy,
    removed,
    hitsVersion,
    order,
    onOrder,
    selected,
    picked,
    allSelected,
    onSelect,
    onRemoveChosen,
  } = props;
  const now = useEngineSecond();
  const scrollRef = useRef<HTMLDivElement>(null);
  const lastToggled = useRef<string | null>(null);
  // By their places: asked for their keys, the virtualizer makes those of all lines at each change.
  const { virtualizer, page } = useVirtualRows({
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
  const id = useId();
  const [editing, setEditing] = useState<EditedEntry | null>(null);
  const obstacle = useEditObstacle();
  const edit = useCallback(
    (line: ListLine): void => {
      if (obstacle === null) {
        setEditing(editableOf(list, line));
      }
    },
    [list, obstacle],
  );
  const toggleAll = (): void => onSelect(new Set(allSelected ? [] : lines.present.map(entryKey)));
  const { activeAt, handlers } = useLineKeys({
    list,
    lines,
    removed,
    obstacle,
    page,
    scrollTo: (index) => virtualizer.scrollToIndex(index),
    onToggle: toggle,
    onToggleAll: toggleAll,
    isChosen: (key) => selected.has(key),
    onRemoveChosen,
    onEdit: setEditing,
  });
  const lineId = (index: number): string => `${id}-${index}`;
  /** It has the focus itself and names the line that the keyboard stands on. */
  const grid = {
    role: 'grid',
    tabIndex: 0,
    'aria-label': words.tableOf[list],
    'aria-description': words.tableKeys,
    'aria-multiselectable': true,
    'aria-rowcount': lineCount(lines) + 1,
    'aria-activedescendant': shown.some(({ index }) => index === activeAt) ? lineId(activeAt) : undefined,
    'aria-busy': busy,
  };
  return (
    <div ref={scrollRef} className={styles.scroll}>
      <table
        className={styles.table}
        style={{ height: headHeight + virtualizer.getTotalSize() }}
        {...grid}
        {...handlers}
      >
        <ListHead list={list} order={order} onOrder={onOrder} picked={picked} all={allSelected} onAll={toggleAll} />
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
                obstacle={obstacle}
                index={item.index}
                now={now}
                hitsVersion={hitsVersion}
                selected={selected.has(line.key)}
                active={item.index === activeAt}
                id={lineId(item.index)}
                onToggle={toggle}
                onEdit={edit}
              />
            );
          })}
        </tbody>
      </table>
      {editing && <EditDialog list={list} entries={[editing]} onClose={() => setEditing(null)} />}
    </div>
  );
}
