/** What an alert says in one English sentence: for the log, notifications and other programs. */
import { type Alert, type AlertRule, type AlertUnit, alertRuleFacts } from '../contract/alerts.ts';

type Told = Pick<Alert, 'rule' | 'subject' | 'value' | 'threshold' | 'detail'>;

const figures: Readonly<Partial<Record<AlertRule, string>>> = {
  'success-rate': 'success rate of the last minute',
  'response-time': 'mean response of the last minute',
  'healthy-share': 'healthy connections',
  'reuse-rate': 'reuse of connections in the last minute',
  'warm-up-success': 'success of the warm-up',
  'wait-p95': 'p95 of the wait for a connection',
  'loop-delay': 'p99 of the engine’s lag',
  'disk-full': 'free space on the disk',
};

/** Without its full stop. */
export function alertSentence(alert: Told): string {
  const { rule, subject, value, detail } = alert;
  switch (rule) {
    case 'leak':
      return value === 0
        ? 'no lease is held too long any more'
        : `${count(value, 'lease')} held for longer than the leak threshold`;
    case 'host-blocks-us':
      return `${subject} blocks us: every IP in use answers so`;
    case 'lists-unread':
      return value === 0
        ? `the file of the access lists has no fault any more: ${subject}`
        : `the access lists have ${count(value, 'fault')}: ${detail ?? subject}`;
    case 'lists-unsaved':
      return `the access lists cannot be saved: ${detail ?? subject}`;
    case 'list-recovery':
      return `${count(value, 'IP')} came back to the white list in the last minute`;
    case 'disk-full':
      return value === null ? `${subject}: ${detail ?? 'the disk is full'}` : `${subject}: ${against(alert)}`;
    default:
      return `${subject === 'pool' ? '' : `${subject}: `}${against(alert)}${detail === null ? '' : `; ${detail}`}`;
  }
}

function against({ rule, value, threshold }: Told): string {
  const { unit, bad } = alertRuleFacts[rule];
  return `${figures[rule] ?? rule} ${amount(value, unit)} ${bad === 'below' ? '<' : '>'} ${amount(threshold, unit)}`;
}

function amount(value: number | null, unit: AlertUnit): string {
  if (value === null) {
    return 'unknown';
  }
  switch (unit) {
    case 'share':
      return `${Math.floor(value * 1_000 + 1e-9) / 10} %`;
    case 'milliseconds':
      return value >= 1_000 ? `${round(value / 1_000)} s` : `${round(value)} ms`;
    case 'bytes':
      return `${round(value / 1_000_000)} MB`;
    default:
      return String(value);
  }
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function count(value: number | null, one: string): string {
  return `${value ?? 'some'} ${value === 1 ? one : `${one}s`}`;
}
