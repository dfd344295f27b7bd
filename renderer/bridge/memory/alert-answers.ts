import type { Alert } from '../../../core/contract/alerts.ts';
import type { FakeAlerts } from './fake-alerts.ts';
import type { AnswersOf } from './memory-answers.ts';

/** `changed`: something was said to an alert. */
export function alertAnswers(alerts: FakeAlerts, changed: () => void): AnswersOf<'alerts'> {
  const said = (alert: Alert): { alert: Alert } => {
    changed();
    return { alert };
  };
  return {
    'alerts.list': () => alerts.list(),
    'alerts.past': () => ({ alerts: alerts.past(), cursor: null }),
    'alerts.acknowledge': ({ id, by, reason }) => said(alerts.acknowledge(id, by, reason)),
    'alerts.mute': ({ id, minutes }) => said(alerts.mute(id, minutes)),
    'alerts.unmute': ({ id }) => said(alerts.unmute(id)),
  };
}
