/** Every change of the draft, line by line, with what it makes doubtful. */
import { useMemo } from 'react';
import type { AccessFinding, AccessPreview } from '../../../core/contract/access.ts';
import { Button } from '../../parts/button/button.tsx';
import { Dialog } from '../../parts/dialog/dialog.tsx';
import { type AccessDraft, type DraftAddition, draftSize } from '../../store/access-draft.ts';
import type { Answer } from '../../store/use-answer.ts';
import { useEngineSecond } from '../../store/use-console.ts';
import { longMoment } from '../../words/dates.ts';
import { together } from '../../words/format.ts';
import { originWords } from '../../words/vocabulary.ts';
import { ApplyButton, type ApplyButtonProps } from './apply-button.tsx';
import styles from './pending-bar.module.css';
import { words } from './words.ts';

const text = words.pending;
/** More lines than this say nothing more to a reader. */
const mostDiffLines = 500;

const marks = { added: '+', changed: '±', removed: '−' } as const;

export interface DiffDialogProps extends ApplyButtonProps {
  readonly answer: Answer<AccessPreview> | null;
  readonly findings: readonly AccessFinding[];
  readonly open: boolean;
  readonly onClose: () => void;
}

/** The note that an entry gets, and how long it holds. */
function wordsOf({ note, expiresAtMs }: DraftAddition, nowMs: number): string {
  const until = expiresAtMs === null ? [] : [words.diff.until(longMoment(expiresAtMs, nowMs))];
  return together([...(note === '' ? [] : [note]), ...until]);
}

function linesOf({ add, remove }: AccessDraft, nowMs: number) {
  return [
    ...remove
      .slice(0, mostDiffLines)
      .map((entry) => ({ ...entry, note: originWords[entry.origin], change: 'removed' as const })),
    ...add.slice(0, mostDiffLines).map((entry) => ({
      ...entry,
      note: wordsOf(entry, nowMs),
      change: entry.edits === undefined ? ('added' as const) : ('changed' as const),
    })),
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
  const now = useEngineSecond();
  const lines = open ? linesOf(draft, now) : [];
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
            <span aria-hidden="true">{marks[line.change]}</span>
            <span className={styles.mono}>{line.value}</span>
            <span className={styles.soft}>{line.note}</span>
            <span className={styles.soft}>{words.diff[line.change](line.list)}</span>
            {line.change !== 'removed' && doubts.has(line.value) && (
              <span className={styles.doubt}>{doubts.get(line.value)}</span>
            )}
          </li>
        ))}
      </ul>
      {total > lines.length && words.diff.more(total - lines.length)}
    </Dialog>
  );
}
