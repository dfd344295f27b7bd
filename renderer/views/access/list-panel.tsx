/** One list: what is on it, what will be, and what can be done with the chosen ones. */
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import { useEffect, useMemo, useState } from 'react';
import type { AccessEntry, AccessListName } from '../../../core/contract/access.ts';
import { Button } from '../../parts/button/button.tsx';
import { Empty, SkeletonLines } from '../../parts/feedback/feedback.tsx';
import { Panel } from '../../parts/panel/panel.tsx';
import {
  changeDraft,
  changeLongDraft,
  entryKey,
  moving,
  otherList,
  removedKeys,
  removing,
  withRemoval,
} from '../../store/access-draft.ts';
import type { AccessPicture } from '../../store/access-store.ts';
import { useScreen } from '../../store/screen.ts';
import { atOnce, inSlices } from '../../store/slices.ts';
import { useAccessDraft } from '../../store/use-access-draft.ts';
import { listWords } from '../../words/vocabulary.ts';
import styles from './access.module.css';
import { AddBox } from './add-box.tsx';
import { BulkPaste } from './bulk-paste.tsx';
import { droppable } from './dropped-text.ts';
import { additionsTo, conflictsOf, type LineOrder, type ListLines, lineCount, ordered, searchLines } from './lines.ts';
import { ListMenu } from './list-menu.tsx';
import { ListTable } from './list-table.tsx';
import { words } from './words.ts';

/** White entries that an operator's black entry would outrank. */
function Conflicts({ picture }: { readonly picture: AccessPicture }) {
  const draft = useAccessDraft();
  const { black } = picture.lists;
  const conflicts = useMemo(() => conflictsOf(black, draft), [black, draft]);
  return conflicts.slice(0, mostNamed).map((entry) => (
    <div key={entry.value} className={styles.conflict} role="status">
      <TriangleAlert aria-hidden="true" />
      <span>{words.conflict(entry.value)}</span>
      <Button look="link" onClick={() => changeDraft((before) => withRemoval(before, entry))}>
        {words.keepAllowed}
      </Button>
    </div>
  ));
}

const mostNamed = 3;

function SelectionBar({
  list,
  chosen,
  onClear,
}: {
  readonly list: AccessListName;
  readonly chosen: readonly AccessEntry[];
  readonly onClear: () => void;
}) {
  const act = (change: typeof removing | typeof moving) => (): void => {
    changeLongDraft((draft) => change(draft, chosen));
    onClear();
  };
  return (
    <div className={styles.selection} role="toolbar" aria-label={words.selection.region(list)}>
      <strong>{words.selection.chosen(chosen.length)}</strong>
      <Button small look="danger" onClick={act(removing)}>
        {words.selection.remove}
      </Button>
      <Button small onClick={act(moving)}>
        {words.selection.move(otherList(list))}
      </Button>
      <Button small look="quiet" onClick={onClear}>
        {words.selection.clear}
      </Button>
    </div>
  );
}

/** Chosen lines by their keys; those that are gone, or out of the search, are not chosen any more. */
function useSelection({ present }: ListLines) {
  const [keys, setKeys] = useState<ReadonlySet<string>>(new Set());
  const chosen = useMemo(
    () => (keys.size === 0 ? [] : present.filter((entry) => keys.has(entryKey(entry)))),
    [present, keys],
  );
  return { keys, chosen, setKeys, all: chosen.length > 0 && chosen.length === present.length };
}

/** A list as long as this is ordered in slices. */
const longList = 2_000;
const noEntries: readonly AccessEntry[] = [];

interface Ordered {
  readonly entries: readonly AccessEntry[];
  readonly order: LineOrder;
  readonly present: readonly AccessEntry[];
}

/** `isOld`: the entries and the order are those of before, until the new ones are ready. */
function useOrdered(entries: readonly AccessEntry[], order: LineOrder): Pick<Ordered, 'present'> & { isOld: boolean } {
  const [last, setLast] = useState<Ordered>({ entries: noEntries, order, present: noEntries });
  const short = useMemo(() => (entries.length < longList ? atOnce(ordered(entries, order)) : null), [entries, order]);
  useEffect(() => {
    if (short) {
      setLast({ entries, order, present: short });
      return;
    }
    return inSlices(ordered(entries, order), (present) => setLast({ entries, order, present }));
  }, [short, entries, order]);
  return short
    ? { present: short, isOld: false }
    : { present: last.present, isOld: last.entries !== entries || last.order !== order };
}

export function ListPanel({
  list,
  picture,
}: {
  readonly list: AccessListName;
  readonly picture: AccessPicture | null;
}) {
  const draft = useAccessDraft();
  const search = useScreen((state) => state.accessSearch);
  const [pasting, setPasting] = useState<string | null>(null);
  const [order, setOrder] = useState<LineOrder>('rank');
  const dropRef = useMemo(() => droppable(setPasting), []);
  const entries = picture?.lists[list] ?? noEntries;
  const { present, isOld } = useOrdered(entries, order);
  const added = useMemo(() => additionsTo(list, draft.add), [list, draft.add]);
  const lines = useMemo(() => ({ added, present }), [added, present]);
  const shown = useMemo(() => searchLines(lines, search), [lines, search]);
  const { keys, chosen, setKeys, all } = useSelection(shown);
  return (
    <Panel
      title={listWords[list]}
      aside={picture === null ? undefined : words.entries(lineCount(shown), lineCount(lines))}
      tools={<ListMenu list={list} entries={entries} onImport={setPasting} />}
      className={styles.list}
      flush
    >
      <div ref={dropRef} className={styles.listBody}>
        <AddBox list={list} onPaste={setPasting} />
        {chosen.length > 0 && <SelectionBar list={list} chosen={chosen} onClear={() => setKeys(new Set())} />}
        {picture === null ? (
          <div className={styles.add}>
            <SkeletonLines count={10} />
          </div>
        ) : lineCount(lines) === 0 && !isOld ? (
          <Empty title={words.emptyTitle[list]}>{words.emptyText[list]}</Empty>
        ) : lineCount(shown) === 0 && !isOld ? (
          <Empty title={words.noneFit} />
        ) : (
          <ListTable
            list={list}
            lines={shown}
            busy={isOld}
            removed={removedKeys(draft)}
            hitsVersion={picture.hitsVersion}
            order={order}
            onOrder={setOrder}
            selected={keys}
            allSelected={all}
            onSelect={setKeys}
          />
        )}
        {list === 'white' && picture !== null && <Conflicts picture={picture} />}
      </div>
      <BulkPaste list={list} initial={pasting} onClose={() => setPasting(null)} />
    </Panel>
  );
}
