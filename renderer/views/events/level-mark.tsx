import type { EventLevel } from '../../../core/contract/events.ts';
import { cx } from '../../parts/class-names.ts';
import styles from './events.module.css';
import { words } from './words.ts';

/** Each level has a shape of its own, so that it can be told without its colour. */
const shapes: Readonly<Record<EventLevel, string>> = {
  error: 'M6 .5 12 11.5H0z',
  warn: 'M6 0l6 6-6 6-6-6z',
  info: 'M6 1.5a4.5 4.5 0 1 1 0 9A4.5 4.5 0 0 1 6 1.5z',
  debug: 'M1 5h10v2H1z',
};

export function LevelMark({ level }: { readonly level: EventLevel }) {
  return (
    <span className={cx(styles.mark, styles[level])}>
      <svg viewBox="0 0 12 12" aria-hidden="true">
        <path d={shapes[level]} fill="currentColor" />
      </svg>
      {words.levels[level]}
    </span>
  );
}
