/** Where the cause of an alert is to be seen: the views that have it, filtered where they can be. */
import type { Alert, AlertRule } from '../../../core/contract/alerts.ts';
import type { Action } from '../../actions/action.ts';
import { showConnections } from '../../actions/connection-actions.ts';
import { viewActions } from '../../actions/view-actions.ts';
import type { EventFilter } from '../../store/events-screen.ts';
import { words } from './words.ts';

export interface Cause {
  readonly action: Action<string>;
  readonly input: string;
  readonly label: string;
}

const labels = words.causes;

const toView = (view: keyof typeof viewActions, label: string): Cause => {
  const action = viewActions[view];
  return { action: { ...action, run: (stores) => action.run(stores) }, input: '', label };
};
const toConnections = (filter: string, label: string): Cause => ({ action: showConnections, input: filter, label });

type Caused = Pick<Alert, 'rule' | 'subject' | 'threshold'>;

const causes: Readonly<Record<AlertRule, (alert: Caused) => Cause>> = {
  'success-rate': () => toConnections('err>0', labels.errors),
  'response-time': ({ threshold }) => toConnections(`last>${threshold ?? 0}`, labels.slow),
  'healthy-share': () => toConnections('state:unhealthy', labels.unhealthy),
  'reuse-rate': () => toConnections('', labels.all),
  'warm-up-success': () => toView('warm-up', labels.warmUp),
  'wait-p95': () => toConnections('state:leased', labels.leased),
  'loop-delay': () => toView('overview', labels.overview),
  leak: () => toConnections('state:leased', labels.leased),
  // Its connections are gone when it blocks us; its checks and what they say are not.
  'host-blocks-us': () => toView('health', labels.health),
  'disk-full': () => toView('settings', labels.settings),
  'lists-unread': () => toView('access', labels.lists),
  'lists-unsaved': () => toView('access', labels.lists),
};

/** Which events tell how it came to that: of its host, of the lists, or all that is more than a remark. */
export function eventsOf({ rule, subject }: Pick<Alert, 'rule' | 'subject'>): Partial<EventFilter> {
  if (rule === 'host-blocks-us' || rule === 'warm-up-success') {
    return { host: subject };
  }
  return rule === 'lists-unread' || rule === 'lists-unsaved' ? { kind: 'access' } : { levels: ['warn', 'error'] };
}

/** Best first. Connections go, and what was found out about them does not; where none is `open` they lead nowhere. */
export function causesOf(alert: Caused, open: number | null): readonly Cause[] {
  const cause = causes[alert.rule](alert);
  if (cause.action !== showConnections) {
    return [cause];
  }
  const health = toView('health', labels.health);
  return open === 0 ? [health] : [cause, health];
}
