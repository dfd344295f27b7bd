/** Where a moment is written. */

import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { goToMoment } from '../actions/past-actions.ts';
import { useObstacle } from '../actions/use-action.tsx';
import { Button } from '../parts/button/button.tsx';
import { unseen } from '../parts/unseen/unseen.ts';
import { changeScreen, useScreen } from '../store/screen.ts';
import styles from './past.module.css';
import { readMoment, writeMoment } from './read-moment.ts';
import { words } from './words.ts';

export function MomentField({
  shownMs,
  presentMs,
  issueId,
  onIssue,
  onGo,
}: {
  readonly shownMs: number;
  readonly presentMs: number;
  /** The id of what says what is wrong with what was written; null when nothing is. */
  readonly issueId: string | null;
  readonly onIssue: (issue: string | null) => void;
  readonly onGo: (atMs: number) => void;
}) {
  const id = useId();
  const ref = useRef<HTMLInputElement>(null);
  const obstacle = useObstacle(goToMoment);
  /** What is being written; null: the shown moment stands there, and goes on with it. */
  const [draft, setDraft] = useState<string | null>(null);
  /** What stood there when somebody came to write: held still, so that what is chosen of it stays chosen. */
  const heldRef = useRef<string | null>(null);
  const wantsFocus = useScreen((state) => state.timeBar === 'focus');
  useEffect(() => {
    if (wantsFocus) {
      ref.current?.focus();
      ref.current?.select();
      changeScreen({ timeBar: 'open' });
    }
  }, [wantsFocus]);
  useEffect(() => {
    // Another moment was asked for elsewhere: what was refused is not wanted any more. Who writes mends it himself.
    if (issueId === null && document.activeElement !== ref.current) {
      setDraft(null);
    }
  }, [issueId]);
  const go = (event: FormEvent): void => {
    event.preventDefault();
    if (obstacle !== null) {
      onIssue(obstacle);
      return;
    }
    const atMs = readMoment(draft ?? writeMoment(shownMs), presentMs);
    const found = atMs === null ? words.unreadable : atMs > presentMs ? words.future : null;
    onIssue(found);
    if (atMs !== null && found === null) {
      setDraft(null);
      onGo(atMs);
      // What is looked at is below: its keys are wanted next, and `t` comes back.
      document.getElementById('view')?.focus();
    }
  };
  return (
    <form className={styles.field} onSubmit={go} noValidate>
      <label htmlFor={id} className={unseen}>
        {words.when}
      </label>
      <input
        ref={ref}
        id={id}
        className={styles.input}
        value={draft ?? writeMoment(shownMs)}
        title={words.examples}
        spellCheck={false}
        autoComplete="off"
        aria-invalid={issueId !== null}
        aria-describedby={issueId ?? undefined}
        onFocus={() => {
          heldRef.current = draft ?? writeMoment(shownMs);
          setDraft(heldRef.current);
        }}
        onBlur={() => setDraft(draft === heldRef.current ? null : draft)}
        onChange={(event) => {
          setDraft(event.target.value);
          onIssue(null);
        }}
      />
      <Button type="submit" small obstacle={obstacle}>
        {words.go}
      </Button>
    </form>
  );
}
