/** Changes that wait: what they would close, see them, drop them, apply them. */
import { useEffect, useState } from 'react';
import type { AccessImpact } from '../../../core/contract/access.ts';
import { applyAccess } from '../../actions/registry.ts';
import { ActionButton } from '../../actions/use-action.tsx';
import { Button } from '../../parts/button/button.tsx';
import { cx } from '../../parts/class-names.ts';
import { Dialog } from '../../parts/dialog/dialog.tsx';
import { type AccessDraft, changeDraft, changeOf, draftSize, emptyDraft } from '../../store/access-draft.ts';
import { useAccessDraft } from '../../store/use-access-draft.ts';
import { useConsole } from '../../store/use-console.ts';
import styles from './pending-bar.module.css';
import { words } from './words.ts';

const text = words.pending;
const quietMs = 120;
const againMs = 2_000;
/** More lines than this say nothing more to a reader. */
const mostDiffLines = 500;

/** Asked again every two seconds: the pool goes on while the operator thinks. */
function useImpact(draft: AccessDraft): AccessImpact | null {
  const { bridge } = useConsole();
  const [impact, setImpact] = useState<AccessImpact | null>(null);
  useEffect(() => {
    let current = true;
    setImpact(null);
    const ask = (): void => {
      bridge.request('access.preview', changeOf(draft)).then(
        (answer) => current && setImpact(answer),
        () => undefined,
      );
    };
    const first = setTimeout(ask, quietMs);
    const again = setInterval(ask, againMs);
    return () => {
      current = false;
      clearTimeout(first);
      clearInterval(again);
    };
  }, [bridge, draft]);
  return impact;
}

function DiffDialog({
  draft,
  impact,
  open,
  onClose,
}: {
  readonly draft: AccessDraft;
  readonly impact: AccessImpact | null;
  readonly open: boolean;
  readonly onClose: () => void;
}) {
  const lines = [
    ...draft.remove.map((entry) => ({ ...entry, note: entry.origin, change: 'removed' as const })),
    ...draft.add.map((entry) => ({ ...entry, change: 'added' as const })),
  ];
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={words.diff.title}
      description={impact === null ? text.counting : text.impact(impact)}
      footer={
        <>
          <Button onClick={onClose}>{words.diff.close}</Button>
          <ActionButton action={applyAccess} input={changeOf(draft)} label={text.apply(lines.length)} look="primary" />
        </>
      }
    >
      <ul className={styles.diff}>
        {lines.slice(0, mostDiffLines).map((line) => (
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
      {lines.length > mostDiffLines && words.diff.more(lines.length - mostDiffLines)}
    </Dialog>
  );
}

export function PendingBar() {
  const draft = useAccessDraft();
  const impact = useImpact(draft);
  const [showDiff, setShowDiff] = useState(false);
  const changes = draftSize(draft);
  if (changes === 0) {
    return null;
  }
  return (
    <section className={styles.pending} aria-label={text.region}>
      <div className={styles.pendingText} role="status">
        <strong>{text.title(changes)}</strong>
        <span className={cx(impact !== null && impact.closesConnections > 0 && styles.closes)}>
          {impact === null ? text.counting : text.impact(impact)}
        </span>
      </div>
      <Button onClick={() => setShowDiff(true)}>{text.diff}</Button>
      <Button onClick={() => changeDraft(() => emptyDraft)}>{text.discard}</Button>
      <ActionButton action={applyAccess} input={changeOf(draft)} label={text.apply(changes)} look="primary" />
      <DiffDialog draft={draft} impact={impact} open={showDiff} onClose={() => setShowDiff(false)} />
    </section>
  );
}
