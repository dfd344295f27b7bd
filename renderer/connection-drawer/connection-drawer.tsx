/** One connection's whole life: how it was made, every lease and every look at its address, and why it was closed. */
import { type ReactNode, useCallback, useEffect, useSyncExternalStore } from 'react';
import type { ConnectionExplanation } from '../../core/contract/explain.ts';
import type { HistoryLife } from '../../core/contract/history-life.ts';
import { closeConnections, drainConnections, showConnections } from '../actions/connection-actions.ts';
import { ActionButton, useAction } from '../actions/use-action.tsx';
import { inspectIp } from '../actions/view-actions.ts';
import { Button } from '../parts/button/button.tsx';
import { cx } from '../parts/class-names.ts';
import { Drawer } from '../parts/drawer/drawer.tsx';
import { SkeletonLines } from '../parts/feedback/feedback.tsx';
import { words as pastWords } from '../past/words.ts';
import { changeScreen, useScreen } from '../store/screen.ts';
import { shownState } from '../store/shown-state.ts';
import { useConsole, useIsPast } from '../store/use-console.ts';
import { type Polled, usePolled } from '../store/use-polled.ts';
import { milliseconds, millisecondsFigure, timeOfDay } from '../words/format.ts';
import { checkKindWords, checkOutcomeWords, errorClassWords, stateWords } from '../words/vocabulary.ts';
import styles from './connection-drawer.module.css';
import { lifeFacts } from './life-facts.ts';
import { askLifeThen } from './life-then.ts';
import { words } from './words.ts';

const againMs = 2_000;
/** Of a long list the drawer shows as many, and how many there are besides. */
const shownAtMost = 40;

const partNames = ['waitedMs', 'tcpMs', 'tlsMs', 'validationMs'] as const;

/** The parts of its making, as long as they took. */
function Making({ making }: Pick<ConnectionExplanation, 'making'>) {
  const parts = partNames.flatMap((name) => {
    const ms = making[name];
    return ms === null ? [] : [{ name, ms }];
  });
  const totalMs = parts.reduce((sum, { ms }) => sum + ms, 0);
  if (parts.length === 0) {
    return null;
  }
  return (
    <Section title={words.making} aside={making.readyAtMs === null ? undefined : words.total(totalMs)}>
      <div className={styles.bar} aria-hidden="true">
        {parts.map(({ name, ms }) => (
          <span key={name} className={styles[name]} style={{ flexGrow: Math.max(ms, totalMs / 200) }} />
        ))}
      </div>
      <dl className={styles.parts}>
        {parts.map(({ name, ms }) => (
          <div key={name} className={styles.part}>
            <dt>
              <span className={cx(styles.swatch, styles[name])} aria-hidden="true" />
              {words.parts[name]}
            </dt>
            <dd>{milliseconds(ms)}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

function Section(props: { readonly title: string; readonly aside?: string | undefined; readonly children: ReactNode }) {
  const { title, aside, children } = props;
  return (
    <section className={styles.section} aria-label={title}>
      <h3 className={styles.title}>
        {title}
        {aside !== undefined && <span className={styles.aside}>{aside}</span>}
      </h3>
      {children}
    </section>
  );
}

function Leases({ leases, earlierLeases }: Pick<HistoryLife, 'leases' | 'earlierLeases'>) {
  const shown = leases.slice(-shownAtMost).toReversed();
  const before = earlierLeases + leases.length - shown.length;
  return (
    <Section title={words.leases} aside={before > 0 ? words.earlierLeases(before) : undefined}>
      {shown.length === 0 && before === 0 && <p className={styles.none}>{words.noLeases}</p>}
      <ol className={styles.lines}>
        {shown.map(({ beganAtMs, heldMs, outcome }) => (
          <li key={`${beganAtMs} ${heldMs}`} className={styles.line}>
            <span className={styles.when}>{timeOfDay(beganAtMs)}</span>
            <span className={cx(outcome !== 'ok' && styles.bad)}>{words.leaseOutcomes[outcome]}</span>
            <span className={styles.figure}>{millisecondsFigure(heldMs)} ms</span>
          </li>
        ))}
      </ol>
    </Section>
  );
}

function Checks({ checks }: Pick<HistoryLife, 'checks'>) {
  const shown = checks.checks.slice(0, shownAtMost);
  const more = checks.checks.length - shown.length;
  return (
    <Section title={words.checks} aside={more > 0 ? words.more(more) : undefined}>
      {shown.length === 0 && <p className={styles.none}>{words.noChecks}</p>}
      <ol className={styles.lines}>
        {shown.map(({ atMs, kind, outcome, errorClass, status, ms }) => (
          <li key={`${atMs} ${kind} ${ms}`} className={styles.line}>
            <span className={styles.when}>{timeOfDay(atMs)}</span>
            <span className={cx(outcome !== 'good' && styles.bad)}>
              {words.check(
                checkKindWords[kind],
                status,
                errorClass === null ? checkOutcomeWords[outcome] : errorClassWords[errorClass],
              )}
            </span>
            <span className={styles.figure}>{milliseconds(ms)}</span>
          </li>
        ))}
      </ol>
    </Section>
  );
}

function Happened({ explanation }: { readonly explanation: ConnectionExplanation }) {
  const { events, earlierEvents } = explanation;
  return events.length === 0 ? null : (
    <Section title={words.events} aside={earlierEvents > 0 ? words.earlierEvents(earlierEvents) : undefined}>
      <ol className={styles.lines}>
        {events.toReversed().map(({ kind, detail, firstAtMs, lastAtMs, count }) => (
          <li key={`${firstAtMs} ${kind} ${detail}`} className={styles.line}>
            <span className={styles.when}>{timeOfDay(lastAtMs)}</span>
            <span>{words.kinds[kind]}</span>
            <span className={styles.detail}>
              {count > 1 && `${words.repeated(count)} `}
              {words.detail(detail)}
            </span>
          </li>
        ))}
      </ol>
    </Section>
  );
}

/** Of the engine that is shown: that of now, or the one that had it then. */
function useLife(id: number): Polled<HistoryLife> {
  const { bridge, clock, connections, timeMachine } = useConsole();
  const isPast = useIsPast();
  const ask = useCallback(async () => {
    if (!isPast) {
      return bridge.request('history.life', { connectionId: id });
    }
    const row = connections.row(id);
    if (!row) {
      throw new Error(pastWords.connection.notThen);
    }
    return askLifeThen(bridge, row, clock.now(), timeMachine.presentMs());
  }, [bridge, clock, connections, timeMachine, isPast, id]);
  return usePolled(ask, againMs);
}

/** What it was at the moment that is shown; its life, where that is known, goes on to its end below. */
function Then({ id, hasLife }: { readonly id: number; readonly hasLife: boolean }) {
  const { connections, clock } = useConsole();
  useEffect(() => connections.retain(), [connections]);
  useSyncExternalStore(connections.frames.subscribe, connections.frames.version);
  const row = connections.row(id);
  const below = hasLife ? ` ${pastWords.connection.below}` : '';
  return (
    <>
      <p className={styles.sentence}>
        {row === undefined
          ? pastWords.connection.gone(clock.now())
          : pastWords.connection.lead(clock.now(), stateWords[shownState(row)], row.requests, row.errors)}
        {below}
      </p>
      {row && !hasLife && (
        <Facts life={{ ...row, engineStartedAtMs: 0, closedAtMs: null, reason: null }} explanation={null} />
      )}
    </>
  );
}

function Facts({ life, explanation }: Pick<HistoryLife, 'life' | 'explanation'>) {
  const { clock } = useConsole();
  const inspect = useAction(inspectIp);
  return (
    <dl className={styles.facts}>
      {lifeFacts(life, explanation, clock.now()).map(({ name, text, opensIp }) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd>
            {opensIp ? (
              <Button look="entry" className={styles.mono} onClick={() => void inspect(life.ip)}>
                {text}
              </Button>
            ) : (
              text
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Body({ id }: { readonly id: number }) {
  const isPast = useIsPast();
  const { value, failure } = useLife(id);
  if (value === null) {
    return failure === null ? (
      <SkeletonLines count={8} />
    ) : (
      <>
        {isPast && <Then id={id} hasLife={false} />}
        <p className={styles.trouble}>{`${isPast ? pastWords.connection.noLife : words.failed} ${failure}`}</p>
      </>
    );
  }
  const { life, explanation, leases, earlierLeases, checks } = value;
  return (
    <>
      {failure !== null && (
        <p className={styles.trouble} role="status">
          {words.failed} {failure}
        </p>
      )}
      {isPast ? (
        <Then id={id} hasLife />
      ) : (
        explanation && <p className={styles.sentence}>{words.sentence(explanation)}</p>
      )}
      <Facts life={life} explanation={explanation} />
      {explanation && <Making making={explanation.making} />}
      <Leases leases={leases} earlierLeases={earlierLeases} />
      <Checks checks={checks} />
      {explanation && <Happened explanation={explanation} />}
    </>
  );
}

export function ConnectionDrawer() {
  const id = useScreen((state) => state.inspectedConnection);
  const close = (): void => changeScreen({ inspectedConnection: null });
  return (
    <Drawer
      open={id !== null}
      onClose={close}
      title={id === null ? '' : words.title(id)}
      closeLabel={words.close}
      tools={
        id !== null && (
          <>
            <ActionButton action={showConnections} input={`id:${id}`} small showIcon onDone={close} />
            <ActionButton action={drainConnections} input={[id]} small showIcon />
            <ActionButton action={closeConnections} input={[id]} label={words.closeConnection} small showIcon />
          </>
        )
      }
    >
      {id !== null && <Body key={id} id={id} />}
    </Drawer>
  );
}
