import { cx } from '../class-names.ts';
import styles from './severity-mark.module.css';

/** How much something weighs, the heaviest first. */
export type Weight = 'heavy' | 'middle' | 'light';

/** Each has a shape of its own, so that it can be told without its colour. */
const shapes: Readonly<Record<Weight, string>> = {
  heavy: 'M6 .5 12 11.5H0z',
  middle: 'M6 0l6 6-6 6-6-6z',
  light: 'M6 0a6 6 0 1 1 0 12A6 6 0 0 1 6 0z',
};

/** What an alert or a finding weighs: by shape, word and colour. */
export function SeverityMark({
  weight,
  children,
  className,
}: {
  readonly weight: Weight;
  readonly children: string;
  readonly className?: string | undefined;
}) {
  return (
    <span className={cx(styles.mark, styles[weight], className)}>
      <svg viewBox="0 0 12 12" aria-hidden="true">
        <path d={shapes[weight]} fill="currentColor" />
      </svg>
      {children}
    </span>
  );
}
