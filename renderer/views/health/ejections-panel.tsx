/** Who is kept out of use now, who is on trial, and who would be out if the share let it; why, and when it is tried again. */
import { useState } from 'react';
import type { IpHealth } from '../../../core/contract/health.ts';
import { probeIp } from '../../actions/health-actions.ts';
import { ActionButton, useAction } from '../../actions/use-action.tsx';
import { inspectIp } from '../../actions/view-actions.ts';
import { flagOf } from '../../base/ip-flag.ts';
import { Button } from '../../parts/button/button.tsx';
import { IpMark } from '../../parts/ip-mark/ip-mark.tsx';
import { Panel } from '../../parts/panel/panel.tsx';
import { useEjections, useEngineSecond, useHostHealth } from '../../store/use-console.ts';
import { errorClassWords, outageInWords } from '../../words/vocabulary.ts';
import styles from './side.module.css';
import { reasonWords, words } from './words.ts';

const text = words.ejections;
/** So many are shown at first: what stands below them is to be in sight while a whole fleet is out. */
const firstRows = 10;
const mostRows = 100;

/** How often and for how long, and why, as exactly as it is known: the last error says more than the rule that it broke. */
export function whyText({
  reason,
  lastError,
  ejections,
  ejectedForMs,
}: Pick<IpHealth, 'reason' | 'lastError' | 'ejections' | 'ejectedForMs'>): string {
  return [
    ejectedForMs ? text.ejectedFor(ejections, ejectedForMs) : ejections > 1 && text.times(ejections),
    lastError && errorClassWords[lastError.class],
    reason && reasonWords[reason],
  ]
    .filter(Boolean)
    .join(' · ');
}

function EjectionRow({ health, now }: { readonly health: IpHealth; readonly now: number }) {
  const inspect = useAction(inspectIp);
  const { host, ip, port, state, nextProbeAtMs } = health;
  const flag = flagOf(health);
  return (
    <tr>
      <td>{flag !== null && <IpMark flag={flag} withWord />}</td>
      <th scope="row">
        <Button look="entry" className={styles.mono} onClick={() => void inspect(ip)}>
          {ip}
        </Button>
        <span className={styles.host}>{host}</span>
      </th>
      <td className={styles.why} title={whyText(health)}>
        {whyText(health)}
      </td>
      <td className={styles.num}>{nextProbeAtMs === null ? text.noProbe : text.probeIn(nextProbeAtMs - now)}</td>
      <td className={styles.act}>
        {state === 'ejected' && <ActionButton action={probeIp} input={{ host, ip, port }} small />}
      </td>
    </tr>
  );
}

export function EjectionsPanel() {
  const ejections = useEjections();
  const { hosts, localOutage } = useHostHealth();
  const now = useEngineSecond();
  const [isWhole, setIsWhole] = useState(false);
  const rows = ejections.slice(0, isWhole ? mostRows : firstRows);
  const sum = (of: 'ejected' | 'mayEject' | 'held'): number => hosts.reduce((all, host) => all + host[of], 0);
  // Those that no answer of DNS has are listed too, and count towards no host's share.
  const named = ejections.filter((one) => one.named === true).length;
  const panic = hosts.filter((host) => host.panic);
  return (
    <Panel title={text.title} aside={text.aside(sum('ejected'), sum('mayEject'), sum('held'), named)}>
      {localOutage !== null && <p className={styles.warn}>{text.localOutage(outageInWords(localOutage))}</p>}
      {panic.length > 0 && <p className={styles.warn}>{text.panic(panic.map(({ host }) => host))}</p>}
      {ejections.length === 0 ? (
        <p className={styles.quiet}>{text.none}</p>
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{text.columns.state}</th>
              <th scope="col">{text.columns.ip}</th>
              <th scope="col">{text.columns.why}</th>
              <th scope="col" className={styles.num}>
                {text.columns.probe}
              </th>
              <td />
            </tr>
          </thead>
          <tbody>
            {rows.map((health) => (
              <EjectionRow key={`${health.host} ${health.ip} ${health.port}`} health={health} now={now} />
            ))}
          </tbody>
        </table>
      )}
      {isWhole && ejections.length > mostRows && (
        <p className={styles.quiet}>{text.more(ejections.length - mostRows)}</p>
      )}
      {ejections.length > firstRows && (
        <Button small look="quiet" aria-expanded={isWhole} onClick={() => setIsWhole(!isWhole)}>
          {isWhole ? text.fewer(firstRows) : text.all(Math.min(mostRows, ejections.length))}
        </Button>
      )}
    </Panel>
  );
}
