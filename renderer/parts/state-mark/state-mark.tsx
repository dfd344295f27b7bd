import type { ReactNode } from 'react';
import type { ShownState } from '../../base/shown-state.ts';
import { stateWords } from '../../words/vocabulary.ts';
import { cx } from '../class-names.ts';
import styles from './state-mark.module.css';

const ring = <circle cx="5" cy="5" r="3.6" fill="none" stroke="currentColor" strokeWidth="1.6" />;

/** Each state has a shape of its own, so that it can be told without its colour. */
const shapes: Readonly<Record<ShownState, ReactNode>> = {
  idle: ring,
  leased: <circle cx="5" cy="5" r="4.4" fill="currentColor" />,
  unhealthy: <path d="M5 .6 9.8 9.2H.2z" fill="currentColor" />,
  dialing: (
    <circle cx="5" cy="5" r="3.8" fill="none" stroke="currentColor" strokeWidth="1.6" strokeDasharray="2.4 2.4" />
  ),
  validating: (
    <>
      {ring}
      <path d="M5 1.4a3.6 3.6 0 0 1 0 7.2z" fill="currentColor" />
    </>
  ),
  checking: (
    <>
      {ring}
      <circle cx="5" cy="5" r="1.5" fill="currentColor" />
    </>
  ),
  draining: <path d="M.6 1.4h8.8L5 9.4z" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round" />,
  closed: <path d="m1.6 1.6 6.8 6.8m0-6.8L1.6 8.4" fill="none" stroke="currentColor" strokeWidth="1.6" />,
};

export function StateMark({ state }: { readonly state: ShownState }) {
  return (
    <svg className={cx(styles.mark, styles[state])} viewBox="0 0 10 10" aria-hidden="true">
      {shapes[state]}
    </svg>
  );
}

/** Shape, word and colour together. */
export function StateLabel({
  state,
  word = stateWords[state],
}: {
  readonly state: ShownState;
  readonly word?: string;
}) {
  return (
    <span className={styles.label}>
      <StateMark state={state} />
      <span className={styles.word}>{word}</span>
    </span>
  );
}
