/** The addresses that have fewer healthy connections than a run had made ready: which, how many, why, since when. */
import type { LostList } from '../../../core/contract/warm-up-run.ts';
import { ActionButton } from '../../actions/use-action.tsx';
import { inspectIp } from '../../actions/view-actions.ts';
import { useEngineSecond } from '../../store/use-console.ts';
import { shortMoment } from '../../words/dates.ts';
import { whyInWords } from '../../words/vocabulary.ts';
import styles from './outcome.module.css';
import { words } from './words.ts';

const text = words.outcome;

export function LostIps({ lost }: { readonly lost: LostList }) {
  const now = useEngineSecond();
  return (
    <ul className={styles.failedIps}>
      {lost.examples.map(({ host, ip, connections, why, sinceMs }) => (
        <li key={`${host} ${ip}`}>
          <ActionButton action={inspectIp} input={ip} label={ip} look="entry" className={styles.mono} /> {host} ·{' '}
          {text.lostTimes(connections)}
          {sinceMs !== null && ` · ${text.lostSince(shortMoment(sinceMs, now))}`} · {whyInWords(why)}
        </li>
      ))}
      {lost.count > lost.examples.length && <li>{text.more(lost.count - lost.examples.length)}</li>}
    </ul>
  );
}
