/** Why requests of a run failed, and which IPs were the worst. */
import { type LoadRun, loadRunIps } from '../../../core/contract/load-run.ts';
import { ActionButton } from '../../actions/use-action.tsx';
import { inspectIp } from '../../actions/view-actions.ts';
import { cx } from '../../parts/class-names.ts';
import { FailureRow } from '../../parts/failure-row/failure-row.tsx';
import { count, milliseconds, millisecondsFigure } from '../../words/format.ts';
import { rawInWords } from '../../words/vocabulary.ts';
import { failureWord } from './failure-words.ts';
import styles from './load.module.css';
import { words } from './words.ts';

const text = words.run;

function Failures({ errors }: Pick<LoadRun, 'errors'>) {
  const most = errors[0]?.count ?? 1;
  return (
    <section aria-label={text.why}>
      <h3 className={styles.part}>{text.why}</h3>
      <ul className={styles.errors}>
        {errors.map(({ failure, count: failed, example }) => (
          <li key={failure}>
            <FailureRow
              name={failureWord(failure)}
              failed={failed}
              most={most}
              example={rawInWords(example)}
              lead={text.example}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Ips({ ips, ipCount }: Pick<LoadRun, 'ips' | 'ipCount'>) {
  return (
    <section aria-label={text.ips}>
      <h3 className={styles.part}>
        {text.ips} <span className={styles.soft}>{text.ipsAside(Math.min(ips.length, loadRunIps), ipCount)}</span>
      </h3>
      {ips.length === 0 ? (
        <p className={styles.soft}>{text.noIps}</p>
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{text.ip}</th>
              <th scope="col">{text.host}</th>
              <th scope="col" className={styles.num}>
                {text.count}
              </th>
              <th scope="col" className={styles.num}>
                {text.ipFailures}
              </th>
              <th scope="col" className={styles.num}>
                {text.mean}
              </th>
              <th scope="col" className={styles.num}>
                {text.ipMax}
              </th>
            </tr>
          </thead>
          <tbody>
            {ips.map(({ host, ip, requests, failures, meanMs, maxMs }) => (
              <tr key={`${host} ${ip}`}>
                <td>
                  <ActionButton action={inspectIp} input={ip} label={ip} look="entry" />
                </td>
                <td className={styles.clip}>{host}</td>
                <td className={styles.num}>{count(requests)}</td>
                <td className={cx(styles.num, failures > 0 && styles.worse)}>{count(failures)}</td>
                <td className={styles.num}>{milliseconds(meanMs)}</td>
                <td className={styles.num}>{millisecondsFigure(maxMs)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

export function RunTroubles({ run }: { readonly run: LoadRun }) {
  return (
    <>
      {run.errors.length > 0 && <Failures errors={run.errors} />}
      <Ips ips={run.ips} ipCount={run.ipCount} />
    </>
  );
}
