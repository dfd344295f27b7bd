/** A view in the time that it is shown of; in place of one of which nothing can be shown, word of that. */
import type { ReactNode } from 'react';
import { Empty } from '../parts/feedback/feedback.tsx';
import { usePast } from '../store/use-console.ts';
import { PresentNotice } from './present-notice.tsx';
import { PresentTime, ShownTime } from './scope.tsx';
import styles from './shown-view.module.css';
import { words } from './words.ts';

/** It can be shown as it was; without a picture, because of a failure, there is nothing to show. */
export function MovedView({ children }: { readonly children: ReactNode }) {
  const past = usePast();
  return (
    <ShownTime>
      {past !== null && past.failure !== null && past.shownMs === null ? <Empty title={words.nothing} /> : children}
    </ShownTime>
  );
}

/** It only knows the present. */
export function PresentView({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  const isPast = usePast() !== null;
  return (
    <PresentTime>
      <div className={isPast ? styles.noticed : styles.plain}>
        {isPast && <PresentNotice view={name} />}
        <div className={isPast ? styles.below : styles.plain}>{children}</div>
      </div>
    </PresentTime>
  );
}
