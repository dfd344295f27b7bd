/** What a hot connection is worth: requests that found one free, waited for one, or had one made. */
import type { LoadRun } from '../../../core/contract/load-run.ts';
import { count, decimal, milliseconds, millisecondsFigure, percent } from '../../words/format.ts';
import styles from './load.module.css';
import { words } from './words.ts';

const text = words.run;

const supplies = [
  { key: 'hot', color: 'var(--ember)' },
  { key: 'queued', color: 'var(--warn)' },
  { key: 'cold', color: 'var(--cool)' },
] as const;

export function HotCold({ run }: { readonly run: LoadRun }) {
  const { coldByHot, coldStartMs } = run;
  const answered = supplies.reduce((sum, { key }) => sum + run[key].count, 0);
  // Each bar is as long as the mean, against the longest.
  const longest = Math.max(...supplies.map(({ key }) => run[key].meanMs ?? 0)) || 1;
  return (
    <section aria-label={text.hotCold}>
      <h3 className={styles.part}>{text.hotCold}</h3>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{text.supply}</th>
            <th scope="col" className={styles.num}>
              {text.count}
            </th>
            <th scope="col" className={styles.num}>
              {text.share}
            </th>
            <th scope="col">{text.mean}</th>
            <th scope="col" className={styles.num}>
              {text.p50}
            </th>
            <th scope="col" className={styles.num}>
              {text.p95}
            </th>
            <th scope="col" className={styles.num}>
              {text.p99}
            </th>
          </tr>
        </thead>
        <tbody>
          {supplies.map(({ key, color }) => {
            const { count: requests, meanMs, p50Ms, p95Ms, p99Ms } = run[key];
            return (
              <tr key={key}>
                <th scope="row">{text.supplies[key]}</th>
                <td className={styles.num}>{count(requests)}</td>
                <td className={styles.num}>{percent(answered === 0 ? null : requests / answered)}</td>
                <td className={styles.meanCell}>
                  <span className={styles.meanBar} aria-hidden="true">
                    <span style={{ width: `${((meanMs ?? 0) / longest) * 100}%`, background: color }} />
                  </span>
                  {milliseconds(meanMs)}
                </td>
                <td className={styles.num}>{millisecondsFigure(p50Ms)}</td>
                <td className={styles.num}>{millisecondsFigure(p95Ms)}</td>
                <td className={styles.num}>{millisecondsFigure(p99Ms)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p className={styles.soft}>
        {coldByHot !== null &&
          (run.cold.count > 0 ? text.coldByHot : text.wouldByHot)(decimal(Math.round(coldByHot * 10) / 10))}{' '}
        {coldStartMs !== null && text.coldStart(coldStartMs)}
      </p>
    </section>
  );
}
