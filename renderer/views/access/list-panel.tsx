import TriangleAlert from 'lucide-react/icons/triangle-alert';
import { useMemo, useState } from 'react';
import type { AccessListName } from '../../../core/contract/access.ts';
import { Button } from '../../parts/button/button.tsx';
import { Empty, SkeletonLines } from '../../parts/feedback/feedback.tsx';
import { Panel } from '../../parts/panel/panel.tsx';
import { changeDraft, withRemoval } from '../../store/access-draft.ts';
import type { AccessPicture } from '../../store/access-store.ts';
import { useScreen } from '../../store/screen.ts';
import { useAccessDraft } from '../../store/use-access-draft.ts';
import { listWords } from '../../words/vocabulary.ts';
import styles from './access.module.css';
import { AddBox } from './add-box.tsx';
import { BulkPaste } from './bulk-paste.tsx';
import { conflictsOf, linesOf, searchLines } from './lines.ts';
import { ListTable } from './list-table.tsx';
import { words } from './words.ts';

/** White entries that an operator's black entry would outrank. */
function Conflicts({ picture }: { readonly picture: AccessPicture }) {
  const draft = useAccessDraft();
  const { black } = picture.lists;
  const conflicts = useMemo(() => conflictsOf(black, draft), [black, draft]);
  return conflicts.map((entry) => (
    <div key={entry.value} className={styles.conflict} role="status">
      <TriangleAlert aria-hidden="true" />
      <span>{words.conflict(entry.value)}</span>
      <Button look="link" onClick={() => changeDraft((before) => withRemoval(before, entry))}>
        {words.keepAllowed}
      </Button>
    </div>
  ));
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
  const entries = picture?.lists[list];
  const lines = useMemo(() => linesOf(list, entries ?? [], draft), [list, entries, draft]);
  const shown = useMemo(() => searchLines(lines, search), [lines, search]);
  return (
    <Panel
      title={listWords[list]}
      aside={picture === null ? undefined : words.entries(shown.length, lines.length)}
      className={styles.list}
      flush
    >
      <div className={styles.listBody}>
        <AddBox list={list} onPaste={setPasting} />
        {picture === null ? (
          <div className={styles.add}>
            <SkeletonLines count={10} />
          </div>
        ) : lines.length === 0 ? (
          <Empty title={words.emptyTitle[list]}>{words.emptyText[list]}</Empty>
        ) : shown.length === 0 ? (
          <Empty title={words.noneFit} />
        ) : (
          <ListTable list={list} lines={shown} hitsVersion={picture.hitsVersion} />
        )}
        {list === 'white' && picture !== null && <Conflicts picture={picture} />}
      </div>
      <BulkPaste list={list} initial={pasting} onClose={() => setPasting(null)} />
    </Panel>
  );
}
