/** What can be done with the chosen lines of a list. */
import { useState } from 'react';
import type { AccessEntry, AccessListName } from '../../../core/contract/access.ts';
import { Button } from '../../parts/button/button.tsx';
import { changeLongDraft, moving, otherList, removing } from '../../store/access-draft.ts';
import styles from './access.module.css';
import { EditDialog } from './edit-dialog.tsx';
import { useEditObstacle } from './use-edit-obstacle.ts';
import { words } from './words.ts';

export function SelectionBar({
  list,
  chosen,
  onClear,
}: {
  readonly list: AccessListName;
  readonly chosen: readonly AccessEntry[];
  readonly onClear: () => void;
}) {
  const [edits, setEdits] = useState(false);
  const obstacle = useEditObstacle();
  const edit = { obstacle, title: obstacle ?? undefined };
  const act = (change: typeof removing | typeof moving) => (): void => {
    changeLongDraft((draft) => change(draft, chosen));
    onClear();
  };
  return (
    <div className={styles.selection} role="toolbar" aria-label={words.selection.region(list)}>
      <strong>{words.selection.chosen(chosen.length)}</strong>
      <Button small look="danger" {...edit} onClick={act(removing)}>
        {words.selection.remove}
      </Button>
      <Button small {...edit} onClick={act(moving)}>
        {words.selection.move(otherList(list))}
      </Button>
      <Button small {...edit} onClick={() => setEdits(true)}>
        {words.selection.edit}
      </Button>
      <Button small look="quiet" onClick={onClear}>
        {words.selection.clear}
      </Button>
      {edits && <EditDialog list={list} entries={chosen} onClose={() => setEdits(false)} />}
    </div>
  );
}
