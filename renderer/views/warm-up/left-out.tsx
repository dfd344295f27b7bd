/** IPs that a job does not dial, those for the same reason together: what is ready is not all that there is. */
import type { ForbiddenIps } from '../../../core/contract/warm-up-plan.ts';
import { ActionButton } from '../../actions/use-action.tsx';
import { inspectIp } from '../../actions/view-actions.ts';
import { named } from '../../words/format.ts';
import { whyInWords } from '../../words/vocabulary.ts';
import type { forbiddenOf } from './forbidden.ts';
import styles from './outcome.module.css';
import { words } from './words.ts';

const text = words.outcome;
const shownIps = 50;

/** Entries that name one IP each are told alike: which one it is, the IP says. */
function reasonOf({ ip, why, ejected }: ForbiddenIps['examples'][number]): string {
  if (ejected) {
    return text.ejected;
  }
  return why.includes(` ${ip} `) ? text.ownEntry : whyInWords(why);
}

export function LeftOutIps({ ips, examples }: Pick<ReturnType<typeof forbiddenOf>, 'ips' | 'examples'>) {
  const shown = examples.slice(0, shownIps);
  return (
    <ul className={styles.failedIps}>
      {[...Map.groupBy(shown, reasonOf)].map(([reason, group]) => (
        <li key={reason}>
          {named(reason, '')}{' '}
          {group.map(({ ip }) => (
            <span key={ip}>
              <ActionButton action={inspectIp} input={ip} label={ip} look="entry" className={styles.mono} />{' '}
            </span>
          ))}
        </li>
      ))}
      {ips > shown.length && <li>{text.more(ips - shown.length)}</li>}
    </ul>
  );
}
