/** What is wrong now: each alert with its figure, how it came to that, and what can be done about it. */
import { useEffect, useRef, useState } from 'react';
import { detailText } from '../../../core/contract/alert-text.ts';
import { type Alert, type AlertWatch, alertRuleFacts } from '../../../core/contract/alerts.ts';
import { unmuteAlert } from '../../actions/alert-actions.ts';
import { ActionButton } from '../../actions/use-action.tsx';
import { showEvents } from '../../actions/view-actions.ts';
import { Button } from '../../parts/button/button.tsx';
import { cx } from '../../parts/class-names.ts';
import { Panel } from '../../parts/panel/panel.tsx';
import { Spark } from '../../parts/spark/spark.tsx';
import { useAlerts, useEngineSecond, useStatistics, useViewPart } from '../../store/use-console.ts';
import { shortTime } from '../../words/dates.ts';
import { currentLanguage } from '../../words/language.ts';
import { alertAmount, alertSentence } from '../../words/vocabulary.ts';
import { AcknowledgeDialog } from './acknowledge-dialog.tsx';
import { AlertMark } from './alert-mark.tsx';
import styles from './alerts.module.css';
import { causesOf, eventsOf } from './causes.ts';
import { MuteMenu } from './mute-menu.tsx';
import { NoAlert } from './no-alert.tsx';
import { watchedLines } from './watched-lines.ts';
import { stateWords, words } from './words.ts';

const text = words.active;
/** Ten minutes of a point each five seconds, and the present one. */
export const trailPoints = 121;

/** What led to it came before it. */
const beforeMs = 60_000;

const rank: Readonly<Record<Alert['state'], number>> = {
  firing: 0,
  acknowledged: 1,
  muted: 2,
  pending: 3,
  resolved: 4,
};
const weight: Readonly<Record<Alert['severity'], number>> = { critical: 0, warning: 1 };

/** What wants to be looked at first. */
export function byUrgency(one: Alert, other: Alert): number {
  return (
    rank[one.state] - rank[other.state] || weight[one.severity] - weight[other.severity] || one.sinceMs - other.sinceMs
  );
}

/** How far a hold is, and what comes at its end. */
function Hold({ alert, now }: { readonly alert: Alert; readonly now: number }) {
  const { state, sinceMs, holdMs, clearSinceMs, clearHoldMs } = alert;
  const isPending = state === 'pending';
  const [beganMs, lastsMs] = isPending ? [sinceMs, holdMs] : [clearSinceMs, clearHoldMs];
  if (beganMs === null || lastsMs === 0) {
    return null;
  }
  const passedMs = Math.min(lastsMs, Math.max(0, now - beganMs));
  const leftMs = lastsMs - passedMs;
  return (
    <span className={styles.hold}>
      <progress
        className={cx(styles.progress, isPending ? styles.towardsBad : styles.towardsGood)}
        aria-label={isPending ? text.held : text.cleared}
        max={lastsMs}
        value={passedMs}
      />
      {isPending ? text.pending(leftMs) : text.clearing(leftMs)}
    </span>
  );
}

interface AlertCardProps {
  readonly alert: Alert;
  readonly watch: AlertWatch | undefined;
  readonly now: number;
  /** Connections; null before the first figures. */
  readonly open: number | null;
  readonly isShown: boolean;
  /** The first that nobody has answered: of many buttons one is the way on. */
  readonly isNext: boolean;
  readonly onAcknowledge: () => void;
}

function AlertCard({ alert, watch, now, open, isShown, isNext, onAcknowledge }: AlertCardProps) {
  const { rule, state, severity, sinceMs, detail, acknowledged, mutedUntilMs, firings, worst, threshold } = alert;
  const { bad } = alertRuleFacts[rule];
  const element = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isShown) {
      element.current?.scrollIntoView({ block: 'nearest' });
      element.current?.focus({ preventScroll: true });
    }
  }, [isShown]);
  const sentence = alertSentence(rule, alert, alert.clearSinceMs !== null);
  const facts = [
    text.since(Math.max(0, now - sinceMs)),
    worst !== null && threshold !== null && worst !== alert.value && text.worst(alertAmount(rule, worst)),
    alert.clearAt !== null && state !== 'pending' && text.clearsAt(rule, bad, alert.clearAt),
    firings > 1 && text.again(firings),
  ].filter((fact) => fact !== false);
  return (
    <li
      ref={element}
      className={cx(styles.alert, styles[`is-${state}`], isShown && styles.shown)}
      aria-label={sentence}
      tabIndex={-1}
    >
      <div className={styles.stamp}>
        <AlertMark severity={severity} />
        <span className={styles.state}>{stateWords[state]}</span>
      </div>
      <div className={styles.said}>
        <div className={styles.sentence}>{sentence}</div>
        <div className={styles.facts}>
          {facts.join(' · ')}
          <Hold alert={alert} now={now} />
        </div>
        {detail !== null && <div className={styles.detail}>{detailText(detail, currentLanguage())}</div>}
        {acknowledged && (
          <div className={styles.word}>{text.known(acknowledged, shortTime(acknowledged.atMs, now))}</div>
        )}
        {mutedUntilMs !== null && <div className={styles.word}>{text.muted(shortTime(mutedUntilMs, now))}</div>}
      </div>
      <div className={styles.cardTrail}>
        {watch && threshold !== null && (
          <Spark points={watch.trail} threshold={threshold} capacity={trailPoints} bad={alert.clearSinceMs === null} />
        )}
      </div>
      <div className={styles.acts}>
        {causesOf(alert, open).map(({ action, input, label }) => (
          <ActionButton key={label} action={action} input={input} label={label} small />
        ))}
        <ActionButton action={showEvents} input={{ filter: eventsOf(alert), ageMs: now - sinceMs + beforeMs }} small />
        {mutedUntilMs === null ? (
          <MuteMenu alert={alert} />
        ) : (
          <ActionButton action={unmuteAlert} input={alert.id} small />
        )}
        {state !== 'pending' && (
          <Button small look={isNext ? 'primary' : 'plain'} onClick={onAcknowledge}>
            {acknowledged ? words.acknowledge.again : words.acknowledge.open}
          </Button>
        )}
      </div>
    </li>
  );
}

/** Connections that are made; null before the first figures. Those being dialled come and go where a host refuses us. */
function useOpen(): number | null {
  const statistics = useStatistics();
  return statistics && statistics.totalConnections - statistics.dialingConnections - statistics.validatingConnections;
}

export function ActiveAlerts({ watches }: { readonly watches: readonly AlertWatch[] | null }) {
  const { active } = useAlerts();
  const now = useEngineSecond();
  const open = useOpen();
  const part = useViewPart();
  const [acknowledging, setAcknowledging] = useState<number | null>(null);
  const alerts = active.toSorted(byUrgency);
  const chosen = alerts.find(({ id }) => id === acknowledging);
  const firing = alerts.filter(({ state }) => state === 'firing').length;
  const next = alerts.find(({ state }) => state === 'firing')?.id;
  return (
    <Panel title={text.title} aside={alerts.length > 0 && text.count(firing, alerts.length - firing)} flush>
      {alerts.length === 0 ? (
        <NoAlert watched={watches && watchedLines(watches).length} />
      ) : (
        <ul className={styles.alerts}>
          {alerts.map((alert) => (
            <AlertCard
              key={alert.id}
              alert={alert}
              watch={watches?.find(({ alertId }) => alertId === alert.id)}
              now={now}
              open={open}
              isShown={part === String(alert.id)}
              isNext={alert.id === next}
              onAcknowledge={() => setAcknowledging(alert.id)}
            />
          ))}
        </ul>
      )}
      {chosen && <AcknowledgeDialog key={chosen.id} alert={chosen} onClose={() => setAcknowledging(null)} />}
    </Panel>
  );
}
