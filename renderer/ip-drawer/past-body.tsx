/** One IP as it was at the moment that is shown: what is remembered of it, and word of what is not. */
import { useCallback, useEffect, useSyncExternalStore } from 'react';
import type { IpHealth } from '../../core/contract/health.ts';
import type { RememberedCheck } from '../../core/contract/history-health.ts';
import { flagOf } from '../base/ip-flag.ts';
import { SkeletonLines } from '../parts/feedback/feedback.tsx';
import { IpMark } from '../parts/ip-mark/ip-mark.tsx';
import { words as pastWords } from '../past/words.ts';
import { useConsole, useEngineSecond } from '../store/use-console.ts';
import { type Polled, usePolled } from '../store/use-polled.ts';
import { milliseconds, timeOfDay } from '../words/format.ts';
import { errorClassWords } from '../words/vocabulary.ts';
import { healthFacts } from './endpoint-facts.ts';
import styles from './ip-drawer.module.css';
import { words } from './words.ts';

const text = pastWords.ip;
const checksMs = 15 * 60_000;
const mostChecks = 30;
const againMs = 60_000;

/** Its connections of that moment, in words. */
function useConnectionsText(ip: string): string {
  const { connections } = useConsole();
  useEffect(() => connections.retain(), [connections]);
  useSyncExternalStore(connections.frames.subscribe, connections.frames.version);
  const counts = { total: 0, idle: 0, leased: 0, dialing: 0 };
  for (const row of connections.rows()) {
    if (row.ip === ip) {
      counts.total += 1;
      counts.idle += Number(row.state === 'idle');
      counts.leased += Number(row.state === 'leased');
      counts.dialing += Number(row.state === 'dialing');
    }
  }
  return words.connections(counts.total, counts.idle, counts.leased, counts.dialing);
}

function useHealthOf(ip: string): readonly IpHealth[] {
  const { health } = useConsole();
  useSyncExternalStore(health.changes.subscribe, health.changes.version);
  return [...health.all()].filter((one) => one.ip === ip);
}

function useChecks(ip: string): Polled<{ readonly checks: readonly RememberedCheck[] }> {
  const { bridge, clock } = useConsole();
  const ask = useCallback(() => {
    const toMs = clock.now() + 1;
    return bridge.request('history.checks', { fromMs: toMs - checksMs, toMs, ip, limit: mostChecks });
  }, [bridge, clock, ip]);
  return usePolled(ask, againMs);
}

function Endpoint({ health, now }: { readonly health: IpHealth; readonly now: number }) {
  const flag = flagOf(health);
  const facts = healthFacts(health, now).filter((fact) => fact !== null);
  return (
    <section className={styles.endpoint} aria-label={health.host}>
      <div className={styles.endpointHead}>
        <h3>{health.host}</h3>
        {flag !== null && <IpMark flag={flag} withWord />}
      </div>
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

export function PastBody({ ip }: { readonly ip: string }) {
  const now = useEngineSecond();
  const connections = useConnectionsText(ip);
  const known = useHealthOf(ip);
  const { value, failure } = useChecks(ip);
  return (
    <>
      <p className={styles.sentence}>{text.lead(now)}</p>
      <dl className={styles.facts}>
        <dt>{words.facts.connections}</dt>
        <dd>{connections}</dd>
      </dl>
      {known.length === 0 && <p>{text.noHealth}</p>}
      {known.map((health) => (
        <Endpoint key={`${health.host} ${health.port}`} health={health} now={now} />
      ))}
      <h4 className={styles.eventsTitle}>{text.checks}</h4>
      {value === null && failure === null && <SkeletonLines count={3} />}
      {failure !== null && (
        <p className={styles.trouble} role="status">
          {words.failed} {failure}
        </p>
      )}
      {value?.checks.length === 0 && <p>{text.noChecks}</p>}
      <ol className={styles.events}>
        {value?.checks.map((check) => (
          <li key={`${check.host} ${check.port} ${check.atMs} ${check.kind}`} className={styles.event}>
            <span className={styles.eventTime}>{timeOfDay(check.atMs)}</span>
            <span className={styles.eventKind}>{check.host}</span>
            <span className={styles.eventDetail}>
              {check.errorClass === null ? text.good : errorClassWords[check.errorClass]}
              {check.ms !== null && ` · ${milliseconds(check.ms)}`}
            </span>
          </li>
        ))}
      </ol>
      <p className={styles.access}>{text.notRemembered}</p>
    </>
  );
}
