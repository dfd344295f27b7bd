/** Words of the alerts. */
import type { Alert, AlertRule, AlertSeverity, AlertState } from '../../../core/contract/alerts.ts';
import { count, plural, span } from '../../words/format.ts';
import { alertAmount } from '../../words/vocabulary.ts';

export const severityWords: Readonly<Record<AlertSeverity, string>> = {
  critical: 'critical',
  warning: 'warning',
};

export const stateWords: Readonly<Record<AlertState, string>> = {
  pending: 'pending',
  firing: 'firing',
  acknowledged: 'acknowledged',
  muted: 'muted',
  resolved: 'resolved',
};

export const ruleWords: Readonly<Record<AlertRule, { readonly name: string; readonly watches: string }>> = {
  'success-rate': { name: 'Success rate', watches: 'Requests of the last minute that succeed' },
  'response-time': { name: 'Mean response', watches: 'Mean response time of the last minute' },
  'healthy-share': { name: 'Healthy connections', watches: 'Connections whose health flag is up' },
  'reuse-rate': {
    name: 'Connection reuse',
    watches: 'Leases of the last minute on a used connection, from a hundred on',
  },
  'warm-up-success': { name: 'Warm-up success', watches: 'The latest warm-up of each host, for ten minutes' },
  'wait-p95': { name: 'Wait p95', watches: 'One acquire in twenty of the last minute waits longer' },
  'loop-delay': { name: 'Engine lag p99', watches: 'Delay of the engine’s event loop in the last second' },
  leak: { name: 'Leaked leases', watches: 'Leases held for longer than leak_threshold' },
  'host-blocks-us': { name: 'Blocked by the host', watches: 'Every IP in use answers with a status that blocks us' },
  'disk-full': { name: 'Disk', watches: 'Free space of the data folder, and whether the history can be stored' },
  'lists-unread': { name: 'Faults in the lists', watches: 'Faults in the file of the access lists' },
  'lists-unsaved': { name: 'Saving the lists', watches: 'Whether the access lists can be written' },
};

/** What the rule of the disk watches: room, which has a threshold, and whether anything can be stored. */
export const diskNames = { room: 'Free disk space', storing: 'Storing the history' };

interface StateName {
  readonly holds: string;
  readonly holdsNot: string;
}

type StateNames = Readonly<Partial<Record<AlertRule, StateName>>> & { readonly other: StateName };

export const words = {
  active: {
    title: 'Active',
    count: (firing: number, others: number) =>
      [firing > 0 && `${count(firing)} firing`, others > 0 && `${count(others)} known or waiting`]
        .filter(Boolean)
        .join(', '),
    none: 'No alert is active.',
    found: (problems: number, titles: readonly string[]) =>
      `The diagnosis finds ${plural(problems, 'problem')} all the same: ${titles.join(', ')}.`,
    watching: (figures: number) => `${plural(figures, 'figure')} and states are watched, each second.`,
    since: (ms: number) => `for ${span(ms)}`,
    again: (firings: number) => `came back ${count(firings - 1)}×`,
    worst: (worst: string) => `worst ${worst}`,
    pending: (leftMs: number) => `fires in ${span(leftMs)}`,
    clearing: (leftMs: number) => `good again, over in ${span(leftMs)}`,
    clearsAt: (rule: AlertRule, bad: 'below' | 'above', clearAt: number) =>
      `over ${bad === 'below' ? 'from' : 'at'} ${alertAmount(rule, clearAt)}${bad === 'below' ? ' on' : ' or less'}`,
    held: 'Held for as long as it takes to fire',
    cleared: 'Good for as long as it takes to be over',
    known: ({ by, reason }: NonNullable<Alert['acknowledged']>, at: string) => `${by}, ${at}: ${reason}`,
    muted: (until: string) => `nobody is told until ${until}`,
  },
  author: (by: string) => by,
  acknowledge: {
    title: 'Acknowledge',
    text: (sentence: string) => `${sentence}. It stays on the screen until it is over, and tells nobody again.`,
    open: 'Acknowledge…',
    again: 'Change the reason…',
    missing: 'Say why it may stay, so that others know.',
    reason: 'Reason (needed)',
    reasonHint: 'What is known, and who does what about it',
    by: 'Your name (if left empty: operator)',
    byDefault: 'operator',
    submit: 'Acknowledge',
    cancel: 'Cancel',
  },
  mute: {
    label: 'Mute',
    of: (sentence: string) => `Mute: ${sentence}`,
    choices: [
      { minutes: 15, label: '15 minutes' },
      { minutes: 60, label: '1 hour' },
      { minutes: 240, label: '4 hours' },
      { minutes: 1_440, label: '1 day' },
      { minutes: 10_080, label: '7 days' },
    ],
    hint: 'Tells nobody of this rule on this subject, this alert or those after it',
  },
  causes: {
    errors: 'Connections with errors',
    slow: 'Slow connections',
    unhealthy: 'Unhealthy connections',
    leased: 'Leased connections',
    health: 'Checks and diagnosis',
    all: 'Connections',
    warmUp: 'Its warm-up',
    lists: 'Access lists',
    overview: 'Engine figures',
    settings: 'Settings',
  },
  watched: {
    title: 'What is watched',
    columns: { rule: 'Rule', now: 'Now', trail: 'Last 10 min', threshold: 'Fires at', state: 'State' },
    well: 'OK',
    /** Why there is nothing to judge by. */
    untold: {
      'success-rate': 'no request lately',
      'response-time': 'no request lately',
      'healthy-share': 'no connection',
      'reuse-rate': 'too few leases',
      'warm-up-success': 'no warm-up lately',
      'wait-p95': 'no acquire lately',
      'loop-delay': 'not measured yet',
      leak: 'not known yet',
      'host-blocks-us': 'no host yet',
      'disk-full': 'the system does not tell',
      'lists-unread': 'not known yet',
      'lists-unsaved': 'not known yet',
    } satisfies Record<AlertRule, string>,
    none: 'Nothing is measured yet.',
    others: (subjects: number) => plural(subjects, 'other'),
    sign: (bad: 'below' | 'above'): '<' | '>' => (bad === 'below' ? '<' : '>'),
    always: 'at once',
    states: {
      'host-blocks-us': { holds: 'blocked', holdsNot: 'not blocked' },
      'disk-full': { holds: 'not stored', holdsNot: 'stored' },
      'lists-unsaved': { holds: 'not saved', holdsNot: 'saved' },
      other: { holds: 'yes', holdsNot: 'no' },
    } as StateNames,
  },
  times: {
    title: 'When, and who is told',
    names: {
      'alerts.hold': 'Fires when held for',
      'alerts.clear_hold': 'Over when good for',
      'alerts.clear_margin': 'Good again margin',
      'alerts.reopen_within': 'Goes on within',
      'alerts.notifications': 'The desktop app notifies',
      'alerts.webhook_url': 'Webhook',
      'alerts.webhook_secret_file': 'Webhook’s secret',
    } as Readonly<Record<string, string>>,
  },
  past: {
    title: 'History',
    columns: ['Began', 'Lasted', 'Alert', 'Worst', 'What was said'],
    rule: 'Rule',
    allRules: 'All rules',
    severity: 'Severity',
    all: 'All',
    range: 'Range',
    ranges: { day: '24\u202fh', week: '7\u202fd', quarter: '90\u202fd' },
    none: 'No alert in this time',
    noneText: 'Alerts are kept over restarts; a longer range may hold some.',
    older: 'Older',
    reading: 'Reading the history…',
    still: 'still active',
    of: (rule: string, subject: string) => (subject === 'pool' ? rule : `${rule} · ${subject}`),
    silent: 'nothing',
    filter: 'Find in subject and reason',
  },
};
