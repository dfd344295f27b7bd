/** Changes that wait: what they would close, what others changed meanwhile; see them, drop them, apply them. */
import { useEffect, useState } from 'react';
import type { AccessPreview } from '../../../core/contract/access.ts';
import { applyAccess } from '../../actions/access-actions.ts';
import { ActionButton } from '../../actions/use-action.tsx';
import { Button } from '../../parts/button/button.tsx';
import { cx } from '../../parts/class-names.ts';
import { Dialog } from '../../parts/dialog/dialog.tsx';
import { type AccessDraft, changeDraft, changeOf, draftSize, emptyDraft } from '../../store/access-draft.ts';
import { useAccessDraft } from '../../store/use-access-draft.ts';
import { useConsole } from '../../store/use-console.ts';
import { ConflictDialog } from './conflict-dialog.tsx';
import styles from './pending-bar.module.css';
import { words } from './words.ts';

const text = words.pending;
const quietMs = 120;
const againMs = 2_000;
/** A long paste takes a while to carry over and look at. */
const longDraft = 5_000;
const againLongMs = 30_000;
/** More lines than this say nothing more to a reader. */
const mostDiffLines = 500;

/** Asked again every two seconds: the pool, and other hands on the lists, go on while the operator thinks. */
function usePreview(draft: AccessDraft): AccessPreview | null {
  const { bridge } = useConsole();
  const [answered, setAnswered] = useState<{ draft: AccessDraft; preview: AccessPreview } | null>(null);
  useEffect(() => {
    let current = true;
    const ask = (): void => {
      bridge.request('access.preview', changeOf(draft)).then(
        (preview) => current && setAnswered({ draft, preview }),
        () => undefined,
      );
    };
    const size = draftSize(draft);
    if (size === 0) {
      return;
    }
    const first = setTimeout(ask, quietMs);
    const again = setInterval(ask, size > longDraft ? againLongMs : againMs);
    return () => {
      current = false;
      clearTimeout(first);
      clearInterval(again);
    };
  }, [bridge, draft]);
  return answered?.draft === draft ? answered.preview : null;
}

function DiffDialog({
  draft,
  preview,
  reason,
  open,
  onClose,
}: {
  readonly draft: AccessDraft;
  readonly preview: AccessPreview | null;
  readonly reason: string;
  readonly open: boolean;
  readonly onClose: () => void;
}) {
  const total = draftSize(draft);
  const lines = [
    ...draft.remove
      .slice(0, mostDiffLines)
      .map((entry) => ({ ...entry, note: entry.origin, change: 'removed' as const })),
    ...draft.add.slice(0, mostDiffLines).map((entry) => ({ ...entry, change: 'added' as const })),
  ].slice(0, mostDiffLines);
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={words.diff.title}
      description={preview === null ? text.counting : text.impact(preview)}
      footer={
        <>
          <Button onClick={onClose}>{words.diff.close}</Button>
          <ActionButton
            action={applyAccess}
            input={{ ...changeOf(draft), reason }}
            label={text.apply(total)}
            look="primary"
            disabled={preview !== null && preview.conflicts.length > 0}
          />
        </>
      }
    >
      <ul className={styles.diff}>
        {lines.map((line) => (
          <li key={`${line.change} ${line.list} ${line.note} ${line.value}`} data-change={line.change}>
            <span aria-hidden="true">{line.change === 'added' ? '+' : '−'}</span>
            <span className={styles.mono}>{line.value}</span>
            <span className={styles.soft}>{line.note}</span>
            <span className={styles.soft}>
              {line.change === 'added' ? words.diff.added(line.list) : words.diff.removed(line.list)}
            </span>
          </li>
        ))}
      </ul>
      {total > lines.length && words.diff.more(total - lines.length)}
    </Dialog>
  );
}

export function PendingBar() {
  const draft = useAccessDraft();
  const preview = usePreview(draft);
  const [open, setOpen] = useState<'diff' | 'conflicts' | null>(null);
  const [reason, setReason] = useState('');
  const changes = draftSize(draft);
  useEffect(() => {
    if (changes === 0) {
      setReason('');
      setOpen(null);
    }
  }, [changes]);
  if (changes === 0) {
    return null;
  }
  const conflicts = preview?.conflicts.length ?? 0;
  return (
    <section className={styles.pending} aria-label={text.region}>
      <div className={styles.pendingText} role="status">
        <strong>{text.title(changes)}</strong>
        {conflicts > 0 ? (
          <span className={styles.conflicts}>{words.conflicts.found(conflicts)}</span>
        ) : (
          <span className={cx(preview !== null && preview.closesConnections > 0 && styles.closes)}>
            {preview === null ? text.counting : text.impact(preview)}
          </span>
        )}
      </div>
      <input
        className={styles.reason}
        aria-label={text.reason}
        placeholder={text.reason}
        maxLength={200}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <Button onClick={() => setOpen('diff')}>{text.diff}</Button>
      <Button onClick={() => changeDraft(() => emptyDraft)}>{text.discard}</Button>
      {conflicts > 0 ? (
        <Button look="primary" onClick={() => setOpen('conflicts')}>
          {words.conflicts.resolve}
        </Button>
      ) : (
        <ActionButton
          action={applyAccess}
          input={{ ...changeOf(draft), reason }}
          label={text.apply(changes)}
          look="primary"
        />
      )}
      <DiffDialog
        draft={draft}
        preview={preview}
        reason={reason}
        open={open === 'diff'}
        onClose={() => setOpen(null)}
      />
      {open === 'conflicts' && preview !== null && conflicts > 0 && (
        <ConflictDialog draft={draft} preview={preview} onClose={() => setOpen(null)} />
      )}
    </section>
  );
}
