/** Before a change is taken back: what that does now, and what later changes keep from it. */
import { useEffect, useState } from 'react';
import type { AccessAuditRecord, AccessUndoPreview } from '../../../core/contract/access.ts';
import { undoAccess } from '../../actions/access-actions.ts';
import { useAction, useObstacle } from '../../actions/use-action.tsx';
import { Button } from '../../parts/button/button.tsx';
import { Dialog } from '../../parts/dialog/dialog.tsx';
import { useConsole } from '../../store/use-console.ts';
import { dateAndTime } from '../../words/dates.ts';
import { failureText } from '../../words/failure-text.ts';
import { words as changeWords } from '../../words/list-change-words.ts';
import { faultInWords } from '../../words/told.ts';
import { noteInWords, originWords } from '../../words/vocabulary.ts';
import styles from './pending-bar.module.css';
import { words } from './words.ts';

const text = words.undoing;

export function UndoDialog({ record, onClose }: { readonly record: AccessAuditRecord; readonly onClose: () => void }) {
  const { bridge } = useConsole();
  const undo = useAction(undoAccess);
  const obstacle = useObstacle(undoAccess);
  const [preview, setPreview] = useState<AccessUndoPreview | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  useEffect(() => {
    let current = true;
    bridge.request('access.previewUndo', { changeId: record.id }).then(
      (answer) => current && setPreview(answer),
      (error: unknown) => current && setFailure(failureText(error)),
    );
    return () => {
      current = false;
    };
  }, [bridge, record.id]);
  const left = preview?.left ?? [];
  const go = async (): Promise<void> => {
    if (await undo({ changeId: record.id, partial: left.length > 0 })) {
      onClose();
    }
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={text.title(changeWords.what(record), dateAndTime(record.atMs))}
      description={failure ?? (preview === null ? words.pending.counting : text.impact(preview))}
      footer={
        <>
          <Button onClick={onClose}>{preview?.total === 0 ? text.close : text.cancel}</Button>
          {preview?.total !== 0 && (
            <Button look="primary" disabled={preview === null} obstacle={obstacle} onClick={() => void go()}>
              {left.length > 0 ? text.undoRest(preview?.total ?? 0) : text.undo}
            </Button>
          )}
        </>
      }
    >
      {left.length > 0 && (
        <>
          <p className={styles.conflicts}>{text.left(left.length)}</p>
          <ul className={styles.left}>
            {left.slice(0, 50).map((issue) => (
              <li key={`${issue.at} ${issue.message}`}>
                <span className={styles.mono}>{issue.at}</span> {faultInWords(issue)}
              </li>
            ))}
          </ul>
        </>
      )}
      <ul className={styles.diff}>
        {preview?.changes.map(({ before, after }) => {
          const entry = after ?? before;
          return entry === null ? null : (
            <li key={`${entry.list} ${entry.origin} ${entry.value}`} data-change={after ? 'added' : 'removed'}>
              <span aria-hidden="true">{after ? '+' : '−'}</span>
              <span className={styles.mono}>{entry.value}</span>
              <span className={styles.soft}>{noteInWords(entry.origin, entry.note) || originWords[entry.origin]}</span>
              <span className={styles.soft}>
                {after === null
                  ? words.diff.removed(entry.list)
                  : before === null
                    ? words.diff.added(entry.list)
                    : text.restored}
              </span>
            </li>
          );
        })}
      </ul>
      {preview !== null &&
        preview.total > preview.changes.length &&
        words.diff.more(preview.total - preview.changes.length)}
    </Dialog>
  );
}
