/** Every change of the draft, line by line, with what it makes doubtful. */
import { useMemo } from 'react';
import type { AccessFinding, AccessPreview } from '../../../core/contract/access.ts';
import { Button } from '../../parts/button/button.tsx';
import { Dialog } from '../../parts/dialog/dialog.tsx';
import type { AccessDraft } from '../../store/access-draft.ts';
import { draftSize } from '../../store/access-draft.ts';
import type { Answer } from '../../store/use-answer.ts';
import { noteInWords, originWords } from '../../words/vocabulary.ts';
import { ApplyButton, type ApplyButtonProps } from './apply-button.tsx';
import styles from './pending-bar.module.css';
import { words } from './words.ts';

const text = words.pending;
/** More lines than this say nothing more to a reader. */
const mostDiffLines = 500;

export interface DiffDialogProps extends ApplyButtonProps {
  readonly answer: Answer<AccessPreview> | null;
  readonly findings: readonly AccessFinding[];
  readonly open: boolean;
  readonly onClose: () => void;
}

function linesOf({ add, remove }: AccessDraft) {
  return [
    ...remove
      .slice(0, mostDiffLines)
      .map((entry) => ({ ...entry, note: originWords[entry.origin], change: 'removed' as const })),
    ...add
      .slice(0, mostDiffLines)
      .map((entry) => ({ ...entry, note: noteInWords('operator', entry.note), change: 'added' as const })),
  ].slice(0, mostDiffLines);
}

/** What the draft makes doubtful, by the value of either entry. */
function useDoubts(findings: readonly AccessFinding[]): ReadonlyMap<string, string> {
  return useMemo(() => {
    const doubts = new Map<string, string>();
    for (const finding of findings.filter(({ fresh }) => fresh)) {
      const said = words.findings.doubt(finding);
      for (const value of [finding.by.value, finding.entry.value]) {
        doubts.set(value, said);
      }
    }
    return doubts;
  }, [findings]);
}

export function DiffDialog({ answer, findings, open, onClose, ...apply }: DiffDialogProps) {
  const { draft } = apply;
  const total = draftSize(draft);
  const lines = open ? linesOf(draft) : [];
  const doubts = useDoubts(findings);
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={words.diff.title}
      description={
        answer?.kind === 'answer'
          ? text.impact(answer.value)
          : answer?.kind === 'failed'
            ? answer.message
            : text.counting
      }
      wide
      footer={
        <>
          <Button onClick={onClose}>{words.diff.close}</Button>
          <ApplyButton {...apply} />
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
            {line.change === 'added' && doubts.has(line.value) && (
              <span className={styles.doubt}>{doubts.get(line.value)}</span>
            )}
          </li>
        ))}
      </ul>
      {total > lines.length && words.diff.more(total - lines.length)}
    </Dialog>
  );
}
