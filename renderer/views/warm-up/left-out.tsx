/** IPs that a run did not dial: what is ready is not all that there is. */
import type { WarmUpRun } from '../../../core/contract/warm-up.ts';
import { ActionButton } from '../../actions/use-action.tsx';
import { inspectIp } from '../../actions/view-actions.ts';
import { whyInWords } from '../../words/vocabulary.ts';
import { forbiddenOf } from './forbidden.ts';
import styles from './outcome.module.css';
import { words } from './words.ts';

const text = words.outcome;
const shownIps = 50;

export function LeftOut({ run }: { readonly run: WarmUpRun }) {
  const { ips, ejected, examples } = forbiddenOf(run.hosts);
  return ips === 0 ? null : (
    <>
      <h3 className={styles.why}>{text.leftOut(ips - ejected, ejected)}</h3>
      <ul className={styles.failedIps}>
        {examples.slice(0, shownIps).map(({ ip, why }) => (
          <li key={ip}>
            <ActionButton action={inspectIp} input={ip} label={ip} look="entry" className={styles.mono} />{' '}
            {whyInWords(why)}
          </li>
        ))}
        {ips > shownIps && <li>{text.more(ips - Math.min(shownIps, examples.length))}</li>}
      </ul>
    </>
  );
}
