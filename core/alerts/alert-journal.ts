/** Alerts over restarts: each is kept in the history as often as it changes, and what still stood is taken up again. */
import { type Clock, sleep } from '../base/clock.ts';
import { type Alert, alertSchema, type PastAlerts, type PastAlertsWish } from '../contract/alerts.ts';
import type { HistoryAlerts, RememberedAlert } from '../contract/history.ts';
import type { History } from '../history/history.ts';
import type { AlertKeeper } from './alert-keeper.ts';

/** A mute lasts for a week at most. */
const lookBackMs = 7 * 86_400_000;
const mostRestored = 500;
/** A disk that takes longer keeps no engine from its start. */
const patienceMs = 2_000;

type AlertHistory = Pick<History, 'alerts' | 'recordAlert'>;

/** Takes up what an earlier engine left; one that cannot be read, or not in time, costs what was said to its alerts. */
export async function restoreAlerts(keeper: AlertKeeper, history: AlertHistory, clock: Clock): Promise<void> {
  const toMs = clock.epochMs() + 1;
  const common = { fromMs: toMs - lookBackMs, toMs, rule: null, subject: null, limit: mostRestored, cursor: null };
  const asked = Promise.all([
    history.alerts({ ...common, standing: true }),
    history.alerts({ ...common, standing: false }),
  ]).catch((): HistoryAlerts[] => []);
  const patience = new AbortController();
  const answers = await Promise.race([asked, sleep(clock, patienceMs, patience.signal).then(() => [])]);
  patience.abort();
  const alerts = new Map(answers.flatMap((answer) => answer.alerts.flatMap(fromRemembered)).map((it) => [it.id, it]));
  keeper.restore([...alerts.values()]);
}

/** Returns the function that stops it. */
export function recordAlerts(keeper: AlertKeeper, history: AlertHistory, clock: Clock): () => void {
  const record = (alert: Alert): void => history.recordAlert(toRemembered(alert, clock.epochMs()));
  return keeper.observe({ changed: record, moved: record });
}

/** @throws ContractError `conflict` when the history cannot be read. */
export async function pastAlerts(history: Pick<History, 'alerts'>, wish: PastAlertsWish): Promise<PastAlerts> {
  const { alerts, cursor } = await history.alerts({ ...wish, subject: null, standing: false });
  return { alerts: alerts.flatMap(fromRemembered), cursor };
}

function toRemembered(alert: Alert, changedAtMs: number): RememberedAlert {
  return {
    id: String(alert.id),
    rule: alert.rule,
    subject: alert.subject,
    state: alert.state,
    beganAtMs: alert.sinceMs,
    endedAtMs: alert.resolvedAtMs,
    changedAtMs,
    details: alert,
  };
}

/** None for what an engine of another version wrote in another form. */
function fromRemembered({ details }: RememberedAlert): Alert[] {
  const read = alertSchema.safeParse(details);
  return read.success ? [read.data] : [];
}
