/** Changes that wait: what they would close, what others changed meanwhile; see them, drop them, apply them. */
import { useEffect, useState } from 'react';
import type { AccessPreview } from '../../../core/contract/access.ts';
import { Button } from '../../parts/button/button.tsx';
import { cx } from '../../parts/class-names.ts';
import { WaitingBar } from '../../parts/waiting-bar/waiting-bar.tsx';
import { type AccessDraft, changeDraft, draftSize, emptyDraft } from '../../store/access-draft.ts';
import { changeScreen } from '../../store/screen.ts';
import type { Answer } from '../../store/use-answer.ts';
import { ApplyButton, closesMost } from './apply-button.tsx';
import { ConflictDialog } from './conflict-dialog.tsx';
import { DiffDialog } from './diff-dialog.tsx';
import styles from './pending-bar.module.css';
import { useEditObstacle } from './use-edit-obstacle.ts';
import { type FoundEntries, usePreview } from './use-foreseen.ts';
import { words } from './words.ts';

const text = words.pending;

export interface PendingBarProps {
  readonly draft: AccessDraft;
  readonly found: FoundEntries | null;
  /** The lists' file has faults: changes are refused until they are mended. */
  readonly fileIsFaulty: boolean;
}

function Impact({ answer, conflicts, fileIsFaulty }: ImpactProps) {
  if (fileIsFaulty) {
    return <span className={styles.conflicts}>{text.fileIsFaulty}</span>;
  }
  if (answer === null || answer.kind === 'asking') {
    return <span>{text.counting}</span>;
  }
  if (answer.kind === 'failed') {
    return <span className={styles.conflicts}>{answer.message}</span>;
  }
  if (conflicts > 0) {
    return <span className={styles.conflicts}>{words.conflicts.found(conflicts)}</span>;
  }
  const { value } = answer;
  return (
    <span className={cx(value.closesConnections > 0 && styles.closes, closesMost(value) && styles.conflicts)}>
      {text.impact(value)}
    </span>
  );
}

interface ImpactProps extends Pick<PendingBarProps, 'fileIsFaulty'> {
  readonly answer: Answer<AccessPreview> | null;
  readonly conflicts: number;
}

export function PendingBar({ draft, found, fileIsFaulty }: PendingBarProps) {
  const answer = usePreview(draft);
  const preview = answer?.kind === 'answer' ? answer.value : null;
  const [open, setOpen] = useState<'diff' | 'conflicts' | null>(null);
  const [reason, setReason] = useState('');
  const obstacle = useEditObstacle();
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
  const conflicts = preview?.conflictCount ?? 0;
  const fresh = found?.fresh ?? 0;
  const edit = { obstacle, title: obstacle ?? undefined };
  const apply = { draft, reason, preview, refused: fileIsFaulty };
  return (
    <WaitingBar
      label={text.region}
      looking={!fileIsFaulty && (answer === null || answer.kind === 'asking')}
      text={
        <>
          <strong>{text.title(changes)}</strong>
          <Impact answer={answer} conflicts={conflicts} fileIsFaulty={fileIsFaulty} />
          {fresh > 0 && (
            <Button look="link" className={styles.fresh} onClick={() => changeScreen({ accessTool: 'findings' })}>
              {text.fresh(fresh)}
            </Button>
          )}
        </>
      }
    >
      <input
        className={styles.reason}
        aria-label={text.reason}
        placeholder={text.reason}
        maxLength={200}
        disabled={obstacle !== null}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <Button onClick={() => setOpen('diff')}>{text.diff}</Button>
      <Button {...edit} onClick={() => changeDraft(() => emptyDraft)}>
        {text.discard}
      </Button>
      {conflicts > 0 ? (
        <Button look="primary" data-apply="" {...edit} onClick={() => setOpen('conflicts')}>
          {words.conflicts.resolve}
        </Button>
      ) : (
        <ApplyButton {...apply} />
      )}
      <DiffDialog
        {...apply}
        answer={answer}
        findings={found?.findings ?? []}
        open={open === 'diff'}
        onClose={() => setOpen(null)}
      />
      {open === 'conflicts' && preview !== null && conflicts > 0 && (
        <ConflictDialog draft={draft} preview={preview} onClose={() => setOpen(null)} />
      )}
    </WaitingBar>
  );
}
