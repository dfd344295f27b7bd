/** A view in the time that it is shown of; in place of one of which nothing can be shown, word of that. */
import type { ReactNode } from 'react';
import { Empty } from '../parts/feedback/feedback.tsx';
import { usePast } from '../store/use-console.ts';
import { ShownTime } from './scope.tsx';
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
