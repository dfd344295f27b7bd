import { decimal, percent } from '../../words/format.ts';
import { cx } from '../class-names.ts';
import { words } from '../words.ts';
import styles from './against.module.css';
import { differenceOf, pointsOf } from './difference.ts';

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
  return <Change by={share} isBetter={isBetter} amount={percent(Math.round(Math.abs(share) * 100) / 100)} />;
}

/** Of a share, of which more is better: a change of it in per cent of itself would be taken for one in points. */
export function AgainstShare(props: { readonly now: number | null; readonly other: number | null }) {
  const difference = pointsOf(props.now, props.other);
  if (difference === null) {
    return null;
  }
  const { points, isBetter } = difference;
  const amount = words.points(decimal(Math.round(Math.abs(points) * 10) / 10));
  return <Change by={points} isBetter={isBetter} amount={amount} />;
}

function Change(props: { readonly by: number; readonly isBetter: boolean | null; readonly amount: string }) {
  const { by, isBetter, amount } = props;
  return (
    <span className={cx(isBetter === true && styles.better, isBetter === false && styles.worse)}>
      {' '}
      {isBetter === null ? '≈' : `${by > 0 ? '+' : '−'}${amount}`}
    </span>
  );
}
