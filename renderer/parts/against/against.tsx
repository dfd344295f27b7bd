import { percent } from '../../words/format.ts';
import { cx } from '../class-names.ts';
import styles from './against.module.css';
import { differenceOf } from './difference.ts';

/** How much more or less a figure is than that of another run: by its sign, its words and its colour. */
export function Against(props: {
  readonly now: number | null;
  readonly other: number | null;
  readonly better: 'less' | 'more';
}) {
  const difference = differenceOf(props.now, props.other, props.better);
  if (difference === null) {
    return null;
  }
  const { share, isBetter } = difference;
  const amount = percent(Math.round(Math.abs(share) * 100) / 100);
  return (
    <span className={cx(isBetter === true && styles.better, isBetter === false && styles.worse)}>
      {' '}
      {isBetter === null ? '≈' : `${share > 0 ? '+' : '−'}${amount}`}
    </span>
  );
}
