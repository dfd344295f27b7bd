/** One list: what is on it, what will be, and what can be done with the chosen ones. */
import { useMemo, useState } from 'react';
import type { AccessListName } from '../../../core/contract/access.ts';
import { useAction } from '../../actions/use-action.tsx';
import { focusFilter } from '../../actions/view-actions.ts';
import { Button } from '../../parts/button/button.tsx';
import { Empty, SkeletonLines } from '../../parts/feedback/feedback.tsx';
import { Chips } from '../../parts/fields/chips.tsx';
import { Panel } from '../../parts/panel/panel.tsx';
import { tell } from '../../parts/toast/toasts.tsx';
import { changeLongDraft, entryKey, removedKeys, removing } from '../../store/access-draft.ts';
import type { AccessPicture } from '../../store/access-store.ts';
import { listTexts } from '../../store/access-text.ts';
import { changeScreen, useScreen } from '../../store/screen.ts';
import { useAccessDraft } from '../../store/use-access-draft.ts';
import { useConsole } from '../../store/use-console.ts';
import { listWords } from '../../words/vocabulary.ts';
import styles from './access.module.css';
import { AddBox } from './add-box.tsx';
import { BulkPaste } from './bulk-paste.tsx';
import { ConflictLines } from './conflict-lines.tsx';
import { droppable } from './dropped-text.ts';
import { additionsTo, type LineOrder, type ListLines, lineCount, searchLines } from './lines.ts';
import { ListMenu } from './list-menu.tsx';
import { ListTable } from './list-table.tsx';
import { ListText } from './list-text.tsx';
import { SelectionBar } from './selection-bar.tsx';
import { useReadObstacle } from './use-edit-obstacle.ts';
import { noEntries, useOrdered } from './use-ordered.ts';
import { words } from './words.ts';

/** Chosen lines by their keys; those that are gone, or out of the search, are not chosen any more. */
function useSelection({ present }: ListLines) {
  const [keys, setKeys] = useState<ReadonlySet<string>>(new Set());
  const chosen = useMemo(
    () => (keys.size === 0 ? [] : present.filter((entry) => keys.has(entryKey(entry)))),
    [present, keys],
  );
  return { keys, chosen, setKeys, all: chosen.length > 0 && chosen.length === present.length };
}

const shapes = ['table', 'text'] as const;

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
  const [shape, setShape] = useState<(typeof shapes)[number]>(() =>
    listTexts.getState()[list]?.touched === true ? 'text' : 'table',
  );
  const toSearch = useAction(focusFilter);
  const clearSearch = (): void => {
    changeScreen({ accessSearch: '' });
    void toSearch();
  };
  const obstacle = useReadObstacle();
  const dropRef = useMemo(
    () => droppable((text) => (obstacle === null ? setPasting(text) : tell('info', () => obstacle))),
    [obstacle],
  );
  const entries = picture?.lists[list] ?? noEntries;
  const { present, isOld } = useOrdered(entries, order);
  const { access } = useConsole();
  const lines = useMemo(
    () => ({
      ...additionsTo(list, draft.add, (key) => present.length > 0 && access.entry(key) !== undefined),
      present,
    }),
    [access, list, draft.add, present],
  );
  const shown = useMemo(() => searchLines(lines, search), [lines, search]);
  const { keys, chosen, setKeys, all } = useSelection(shown);
  const removeChosen = (): void => {
    if (chosen.length > 0) {
      changeLongDraft((now) => removing(now, chosen));
      setKeys(new Set());
    }
  };
  return (
    <Panel
      title={listWords[list]}
      aside={picture === null ? undefined : words.entries(lineCount(shown), lineCount(lines))}
      tools={
        <>
          <Chips
            label={words.text.show(list)}
            hideLabel
            look="segments"
            options={shapes.map((value) => ({ value, label: words.text.shapes[value] }))}
            value={shape}
            onChange={setShape}
          />
          <ListMenu list={list} entries={entries} onImport={setPasting} />
        </>
      }
      className={styles.list}
      flush
    >
      <div ref={dropRef} className={styles.listBody}>
        {shape === 'table' && <AddBox list={list} onPaste={setPasting} />}
        {shape === 'table' && chosen.length > 0 && (
          <SelectionBar list={list} chosen={chosen} onClear={() => setKeys(new Set())} />
        )}
        {picture === null ? (
          <div className={styles.add}>
            <SkeletonLines count={10} />
          </div>
        ) : shape === 'text' ? (
          <ListText list={list} entries={entries} onDone={() => setShape('table')} />
        ) : lineCount(lines) === 0 && !isOld ? (
          <Empty title={words.emptyTitle[list]}>{words.emptyText[list]}</Empty>
        ) : lineCount(shown) === 0 && !isOld ? (
          <Empty title={words.noneFit}>
            <Button onClick={clearSearch}>{words.clearSearch}</Button>
          </Empty>
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
            picked={chosen.length}
            allSelected={all}
            onSelect={setKeys}
            onRemoveChosen={removeChosen}
          />
        )}
        {list === 'white' && picture !== null && <ConflictLines picture={picture} />}
      </div>
      <BulkPaste list={list} initial={pasting} onClose={() => setPasting(null)} />
    </Panel>
  );
}
