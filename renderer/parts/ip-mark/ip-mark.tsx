/** What is special about an IP just now: a shape and a word, beside its address. Nothing for one that is simply used. */

import type { ReactNode } from 'react';
import type { IpFlag } from '../../base/ip-flag.ts';
import { ipFlagWords } from '../../words/vocabulary.ts';
import { cx } from '../class-names.ts';
import { unseen } from '../unseen/unseen.ts';
import styles from './ip-mark.module.css';

const shapes: Readonly<Record<IpFlag, ReactNode>> = {
  ejected: <path d="M5 .8 9.4 6H.6zM.6 7.6h8.8v1.8H.6z" fill="currentColor" />,
  probing: (
    <>
      <circle cx="5" cy="5" r="3.8" fill="none" stroke="currentColor" strokeWidth="1.6" />
      <path d="M5 1.2a3.8 3.8 0 0 1 0 7.6z" fill="currentColor" />
    </>
  ),
  blocked: (
    <>
      <circle cx="5" cy="5" r="3.8" fill="none" stroke="currentColor" strokeWidth="1.6" />
      <path d="M2.4 7.6l5.2-5.2" stroke="currentColor" strokeWidth="1.6" />
    </>
  ),
  held: <path d="M5 1.6 8.8 6H1.2zM.6 8.4h8.8" fill="none" stroke="currentColor" strokeWidth="1.3" />,
};

/** `withWord`: the word is read beside the shape, else it is for those who cannot see it, and under the pointer. */
export function IpMark({ flag, withWord = false }: { readonly flag: IpFlag; readonly withWord?: boolean }) {
  return (
    <span className={cx(styles.mark, styles[flag])} title={ipFlagWords[flag].hint}>
      <svg viewBox="0 0 10 10" aria-hidden="true">
        {shapes[flag]}
      </svg>
      <span className={cx(!withWord && unseen)}>{ipFlagWords[flag].word}</span>
    </span>
  );
}
