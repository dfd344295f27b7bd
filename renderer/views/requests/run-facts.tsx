/** The figures of a load run, each against the same of the run it is compared with. */
import type { LoadRun } from '../../../core/contract/load-run.ts';
import { Against, AgainstShare } from '../../parts/against/against.tsx';
import { count, milliseconds, percent } from '../../words/format.ts';
import styles from './load.module.css';
import { words } from './words.ts';

const text = words.run;

interface Figure {
  readonly name: string;
  readonly value: string;
  readonly of: (run: LoadRun) => number | null;
  /** `share`: of which more is better, told in points. */
  readonly better: 'less' | 'share';
}

function figuresOf({ successRate, total }: LoadRun): readonly Figure[] {
  return [
    { name: text.success, value: percent(successRate), of: (run) => run.successRate, better: 'share' },
    { name: text.p50, value: milliseconds(total.p50Ms), of: (run) => run.total.p50Ms, better: 'less' },
    { name: text.p95, value: milliseconds(total.p95Ms), of: (run) => run.total.p95Ms, better: 'less' },
    { name: text.p99, value: milliseconds(total.p99Ms), of: (run) => run.total.p99Ms, better: 'less' },
    { name: text.max, value: milliseconds(total.maxMs), of: (run) => run.total.maxMs, better: 'less' },
  ];
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
              {other !== null &&
                (better === 'share' ? (
                  <AgainstShare now={of(run)} other={of(other)} />
                ) : (
                  <Against now={of(run)} other={of(other)} better={better} />
                ))}
            </dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {other !== null && <p className={styles.against}>{text.against(other.id)}</p>}
    </div>
  );
}
