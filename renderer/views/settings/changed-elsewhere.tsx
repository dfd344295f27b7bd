/** The file is another than the one that the draft began from: both are put together, and nothing of either is lost. */
import { useMemo, useState } from 'react';
import { useEditObstacle } from '../../actions/use-action.tsx';
import { Button } from '../../parts/button/button.tsx';
import { Banner } from '../../parts/feedback/feedback.tsx';
import type { Said } from '../../parts/toast/toasts.tsx';
import { conflictsIn, mergedText, mergeText } from '../../store/text-merge.ts';
import { replaceText } from './replace-text.ts';
import { TextMergeDialog } from './text-merge-dialog.tsx';
import { words } from './words.ts';

const text = words.text;

export function ChangedElsewhere(props: {
  readonly mine: string;
  /** What it began from. */
  readonly base: string;
  /** What the file says now. */
  readonly theirs: string;
}) {
  const { mine, base, theirs } = props;
  const obstacle = useEditObstacle();
  const [resolving, setResolving] = useState(false);
  const pieces = useMemo(() => mergeText(mine, base, theirs), [mine, base, theirs]);
  const conflicts = conflictsIn(pieces);
  const take = (value: string, told: Said): void => replaceText({ value, base: theirs, savedOver: null }, told);
  return (
    <Banner
      tone="warn"
      actions={
        <>
          {conflicts.length === 0 ? (
            <Button
              look="primary"
              obstacle={obstacle}
              title={obstacle ?? undefined}
              onClick={() =>
                take(
                  mergedText(pieces, () => 'both'),
                  () => text.merged,
                )
              }
            >
              {text.merge}
            </Button>
          ) : (
            <Button look="primary" obstacle={obstacle} title={obstacle ?? undefined} onClick={() => setResolving(true)}>
              {text.resolve}
            </Button>
          )}
          <Button
            title={obstacle ?? text.keepMineHint}
            obstacle={obstacle}
            onClick={() => take(mine, () => text.keptMine)}
          >
            {text.keepMine}
          </Button>
          <Button
            title={obstacle ?? text.takeTheirsHint}
            obstacle={obstacle}
            onClick={() => replaceText(null, () => text.tookTheirs)}
          >
            {text.takeTheirs}
          </Button>
        </>
      }
    >
      <strong>{text.stale}</strong> {text.staleText(conflicts.length)}
      {resolving && conflicts.length > 0 && (
        <TextMergeDialog
          pieces={pieces}
          onClose={() => setResolving(false)}
          onTake={(value) => {
            setResolving(false);
            take(value, () => text.merged);
          }}
        />
      )}
    </Banner>
  );
}
