/** The figures of a load run, each against the same of the run it is compared with. */
import type { LoadRun } from '../../../core/contract/load-run.ts';
import { cx } from '../../parts/class-names.ts';
import { count, milliseconds, percent } from '../../words/format.ts';
import { differenceOf } from './compare.ts';
import styles from './load.module.css';
import { words } from './words.ts';

const text = words.run;

interface Figure {
  readonly name: string;
  readonly value: string;
  readonly of: (run: LoadRun) => number | null;
  readonly better: 'less' | 'more';
}

function figuresOf({ successRate, total }: LoadRun): readonly Figure[] {
  return [
    { name: text.success, value: percent(successRate), of: (run) => run.successRate, better: 'more' },
    { name: text.p50, value: milliseconds(total.p50Ms), of: (run) => run.total.p50Ms, better: 'less' },
    { name: text.p95, value: milliseconds(total.p95Ms), of: (run) => run.total.p95Ms, better: 'less' },
    { name: text.p99, value: milliseconds(total.p99Ms), of: (run) => run.total.p99Ms, better: 'less' },
    { name: text.max, value: milliseconds(total.maxMs), of: (run) => run.total.maxMs, better: 'less' },
  ];
}

/** How much more or less it is than in the other run: by its sign, its words and its colour. */
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
      {isBetter === null ? text.same : `${share > 0 ? '+' : '−'}${amount}`}
    </span>
  );
}

/** `other`: the run that it is compared with. */
export function RunFacts({ run, other }: { readonly run: LoadRun; readonly other: LoadRun | null }) {
  const { requests, failures } = run;
  return (
    <div className={styles.figures}>
      <dl className={styles.facts}>
        <div>
          <dt>
            {text.requests}
            {failures > 0 && <span className={styles.worse}> {text.failed(failures)}</span>}
          </dt>
          <dd>{count(requests)}</dd>
        </div>
        {figuresOf(run).map(({ name, value, of, better }) => (
          <div key={name}>
            <dt>
              {name}
              {other !== null && <Against now={of(run)} other={of(other)} better={better} />}
            </dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {other !== null && <p className={styles.against}>{text.against(other.id)}</p>}
    </div>
  );
}
