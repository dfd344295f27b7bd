/** Changes that wait, in one line that is always in sight: how many, and what is to become of them. */
import type { ReactNode } from 'react';
import { useEditObstacle } from '../actions/use-action.tsx';
import { Button } from '../parts/button/button.tsx';
import { WaitingBar } from '../parts/waiting-bar/waiting-bar.tsx';
import styles from './config-edit.module.css';
import type { PreviewState } from './use-preview.ts';
import { words } from './words.ts';

const text = words.changes;

/** How many settings a change concerns; 0 while that is not known, and when it cannot be made. */
export function changedKeys(state: PreviewState | null): number {
  return state?.kind === 'answer' && state.value.faults.length === 0 ? state.value.diff.length : 0;
}

/** The button that was pressed goes with its bar; where the focus was in it, the next Tab is the view's first. */
export function focusView(): void {
  const { activeElement } = document;
  if (activeElement === document.body || activeElement?.closest('[data-waiting]')) {
    document.getElementById('view')?.focus();
  }
}

export function ChangeBar({
  state,
  onDiscard,
  apply,
}: {
  /** null: nothing is changed. */
  readonly state: PreviewState | null;
  readonly onDiscard: () => void;
  readonly apply: ReactNode;
}) {
  const obstacle = useEditObstacle();
  if (state === null) {
    return null;
  }
  const faults = state.kind === 'answer' ? state.value.faults.length : 0;
  return (
    <WaitingBar
      label={text.bar}
      looking={state.kind === 'asking'}
      text={
        <>
          {faults > 0 ? (
            <strong className={styles.barFaults}>{text.pendingFaults(faults)}</strong>
          ) : (
            <strong>{state.kind === 'answer' ? text.pending(state.value.diff.length) : text.pendingText}</strong>
          )}
          {obstacle !== null ? (
            <span className={styles.quiet}>{obstacle}</span>
          ) : (
            state.kind === 'asking' && <span className={styles.quiet}>{text.looking}</span>
          )}
        </>
      }
    >
      <Button obstacle={obstacle} title={obstacle ?? undefined} onClick={onDiscard}>
        {text.discard}
      </Button>
      {apply}
    </WaitingBar>
  );
}
