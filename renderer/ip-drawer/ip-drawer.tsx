/** One IP in full: whether it may be dialled, its health to each host, what it serves, and what happened to it. */
import { useCallback, useEffect, useState } from 'react';
import type { ExplainedEndpoint, IpExplanation } from '../../core/contract/explain.ts';
import { isBlocked, unblockIp } from '../actions/access-actions.ts';
import { blockIps, showConnections } from '../actions/connection-actions.ts';
import { probeIp } from '../actions/health-actions.ts';
import { prepareRequestTo } from '../actions/request-actions.ts';
import { ActionButton } from '../actions/use-action.tsx';
import { Drawer } from '../parts/drawer/drawer.tsx';
import { SkeletonLines } from '../parts/feedback/feedback.tsx';
import { IpMark } from '../parts/ip-mark/ip-mark.tsx';
import { changeScreen, useScreen } from '../store/screen.ts';
import { useConsole, useEngineSecond, useIpHealth, useIsPast, useSession } from '../store/use-console.ts';
import { type Polled, usePolled } from '../store/use-polled.ts';
import { timeOfDay } from '../words/format.ts';
import { listWords, originWords } from '../words/vocabulary.ts';
import { endpointFacts } from './endpoint-facts.ts';
import styles from './ip-drawer.module.css';
import { PastBody } from './past-body.tsx';
import { words } from './words.ts';

const againMs = 2_000;

/** Asked at once and every two seconds while it is open and the page can be seen. */
function useExplanation(ip: string): Polled<IpExplanation> {
  const { bridge } = useConsole();
  const ask = useCallback(async () => {
    const explanation = await bridge.request('pool.explain', { ip });
    if (explanation.subject !== 'ip') {
      throw new TypeError(`pool.explain of ${ip} told of a ${explanation.subject}`);
    }
    return explanation;
  }, [bridge, ip]);
  return usePolled(ask, againMs);
}

function Access({ access }: { readonly access: IpExplanation['access'] }) {
  const { allowed, list, rule } = access;
  return (
    <div className={styles.access}>
      {words.access(
        allowed,
        list && rule ? words.rule(listWords[list], rule.value, originWords[rule.origin]) : words.noRule,
      )}
    </div>
  );
}

function Events({ endpoint }: { readonly endpoint: ExplainedEndpoint }) {
  return endpoint.events.length === 0 ? null : (
    <>
      <h4 className={styles.eventsTitle}>
        {words.events}
        {endpoint.earlierEvents > 0 && ` · ${words.earlier(endpoint.earlierEvents)}`}
      </h4>
      <ol className={styles.events}>
        {endpoint.events.toReversed().map((event) => (
          <li key={`${event.firstAtMs} ${event.kind} ${event.detail}`} className={styles.event}>
            <span className={styles.eventTime}>{timeOfDay(event.lastAtMs)}</span>
            <span className={styles.eventKind}>{words.kinds[event.kind]}</span>
            <span className={styles.eventDetail}>
              {event.count > 1 && `${words.repeated(event.count)} `}
              {words.detail(event.detail)}
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}

function Endpoint({ endpoint }: { readonly endpoint: ExplainedEndpoint }) {
  const { health, flag } = useIpHealth(endpoint);
  const watched = useSession()?.hosts.some(({ host }) => host === endpoint.host) ?? false;
  const now = useEngineSecond();
  return (
    <section className={styles.endpoint} aria-label={endpoint.host}>
      <div className={styles.endpointHead}>
        <h3>{endpoint.host}</h3>
        {flag !== null && <IpMark flag={flag} withWord />}
        {health?.state === 'ejected' && (
          <ActionButton
            action={probeIp}
            input={{ host: endpoint.host, ip: endpoint.ip, port: endpoint.port }}
            small
            showIcon
          />
        )}
        {watched && (
          <ActionButton
            action={prepareRequestTo}
            input={{ host: endpoint.host, ip: endpoint.ip }}
            small
            showIcon
            onDone={() => changeScreen({ inspectedIp: null })}
          />
        )}
      </div>
      <dl className={styles.facts}>
        {endpointFacts(endpoint, health, now).map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Events endpoint={endpoint} />
    </section>
  );
}

function Body({ ip, onBlocked }: { readonly ip: string; readonly onBlocked: (isBlocked: boolean) => void }) {
  const { value: explanation, failure } = useExplanation(ip);
  const canUnblock = explanation !== null && isBlocked(explanation.access);
  useEffect(() => {
    onBlocked(canUnblock);
    return () => onBlocked(false);
  }, [onBlocked, canUnblock]);
  if (explanation === null && failure === null) {
    return <SkeletonLines count={8} />;
  }
  return (
    <>
      {failure !== null && (
        <p className={styles.trouble} role="status">
          {words.failed} {failure}
        </p>
      )}
      {explanation && (
        <>
          <p className={styles.sentence}>{words.sentence(explanation)}</p>
          <Access access={explanation.access} />
          {explanation.endpoints.map((endpoint) => (
            <Endpoint key={`${endpoint.host} ${endpoint.port}`} endpoint={endpoint} />
          ))}
        </>
      )}
    </>
  );
}

export function IpDrawer() {
  const ip = useScreen((state) => state.inspectedIp);
  const isPast = useIsPast();
  const [canUnblock, setBlocked] = useState(false);
  const close = (): void => changeScreen({ inspectedIp: null });
  return (
    <Drawer
      open={ip !== null}
      onClose={close}
      title={ip}
      closeLabel={words.close}
      tools={
        ip !== null && (
          <>
            <ActionButton action={showConnections} input={`ip:${ip}`} small showIcon onDone={close} />
            {canUnblock ? (
              <ActionButton action={unblockIp} input={ip} small showIcon onDone={close} />
            ) : (
              <ActionButton action={blockIps} input={[ip]} small showIcon look="danger" onDone={close} />
            )}
          </>
        )
      }
    >
      {ip !== null && (isPast ? <PastBody key={ip} ip={ip} /> : <Body key={ip} ip={ip} onBlocked={setBlocked} />)}
    </Drawer>
  );
}
