/** What the contract's closed lists are called on the screen. */
import type { AccessListName, AccessOrigin } from '../../core/contract/access.ts';
import { type AlertRule, type AlertUnit, alertRuleFacts } from '../../core/contract/alerts.ts';
import type { Verdict } from '../../core/contract/statistics.ts';
import type { CloseReason, ErrorClass } from '../../core/contract/vocabulary.ts';
import type { WarmUpRun } from '../../core/contract/warm-up.ts';
import type { IpFlag } from '../store/health-store.ts';
import type { ShownState } from '../store/shown-state.ts';
import * as format from './format.ts';

export const stateWords: Readonly<Record<ShownState, string>> = {
  dialing: 'dialing',
  validating: 'validating',
  idle: 'idle',
  checking: 'checking',
  leased: 'leased',
  draining: 'draining',
  closed: 'closed',
  unhealthy: 'unhealthy',
};

export const closeReasonWords: Readonly<Record<CloseReason, string>> = {
  'idle-timeout': 'idle too long',
  'max-lifetime': 'max lifetime',
  replaced: 'replaced',
  'server-idle-limit': 'server idle limit',
  unhealthy: 'unhealthy',
  blacklisted: 'IP blocked',
  'not-allowed': 'IP not allowed',
  'peer-closed': 'closed by server',
  goaway: 'server said go away',
  broken: 'broken',
  'response-not-drained': 'answer left unread',
  evicted: 'evicted',
  operator: 'by operator',
  'config-changed': 'config changed',
  'dns-vanished': 'left DNS',
  'pool-closed': 'pool closed',
  'failed-dial': 'dial failed',
  'failed-validation': 'validation failed',
  aborted: 'aborted',
};

export const errorClassWords: Readonly<Record<ErrorClass, string>> = {
  dns: 'DNS failed',
  local: 'local fault',
  refused: 'refused',
  unreachable: 'unreachable',
  'timeout-tcp': 'TCP timeout',
  'timeout-tls': 'TLS timeout',
  'timeout-response': 'no answer in time',
  reset: 'reset',
  'tls-protocol': 'TLS protocol',
  'tls-certificate': 'bad certificate',
  'tls-client-certificate': 'client certificate',
  blocked: '403 blocked',
  auth: 'not authorised',
  busy: 'busy (429, 503)',
  'bad-status': 'bad status',
  'http-protocol': 'HTTP protocol',
  'closed-by-peer': 'closed by server',
  aborted: 'aborted',
  internal: 'internal',
};

export const ipFlagWords: Readonly<Record<IpFlag, { readonly word: string; readonly hint: string }>> = {
  ejected: { word: 'IP ejected', hint: 'This IP is kept out of use until its back-off ends' },
  probing: { word: 'IP on trial', hint: 'This IP is tried again: one request at a time says whether it is well' },
  blocked: { word: 'IP blocked', hint: 'A rule keeps this IP out of use' },
  held: { word: 'IP held in use', hint: 'This IP deserves an ejection; max_ejected_share keeps it in use' },
};

export const originWords: Readonly<Record<AccessOrigin, string>> = {
  operator: 'operator',
  file: 'file',
  config: 'config',
  automatic: 'automatic',
};

export const listWords: Readonly<Record<AccessListName, string>> = { white: 'White list', black: 'Black list' };

export const outcomeWords: Readonly<Record<NonNullable<WarmUpRun['outcome']>, string>> = {
  ok: 'all ready',
  'partly-failed': 'partly failed',
  failed: 'failed',
  cancelled: 'cancelled',
};

export const verdictWords: Readonly<Record<Verdict['level'], string>> = {
  healthy: 'Healthy',
  degraded: 'Degraded',
  unhealthy: 'Unhealthy',
  empty: 'Empty',
};

type Reason = Verdict['reasons'][number];
type Said = Pick<Reason, 'value' | 'threshold' | 'subject'>;

/** The figure alone, as its unit is written. */
const amounts: Readonly<Record<AlertUnit, (value: number | null) => string>> = {
  share: format.percent,
  milliseconds: format.milliseconds,
  bytes: (value) => (value === null ? format.none : format.bytes(value)),
  count: format.count,
  state: () => '',
};

/** An alert's figure or threshold: `71 %`, `1,204 ms`. */
export function alertAmount(rule: AlertRule, value: number | null): string {
  return amounts[alertRuleFacts[rule].unit](value);
}

/** `71 % < 80 %`; good again it reads `91 %, was < 80 %`. */
function against(rule: AlertRule, { value, threshold }: Said, clearing: boolean): string {
  const sign = alertRuleFacts[rule].bad === 'below' ? '<' : '>';
  return `${alertAmount(rule, value)}${clearing ? ', was' : ''} ${sign} ${alertAmount(rule, threshold)}`;
}

const figureWords: Readonly<Partial<Record<AlertRule, string>>> = {
  'success-rate': 'success rate',
  'response-time': 'mean response',
  'healthy-share': 'healthy',
  'reuse-rate': 'reuse rate',
  'wait-p95': 'wait p95',
  'loop-delay': 'engine lag p99',
  'disk-full': 'free on the disk',
};

/** What is said of a state that holds no more, until its alert is over. */
const wellAgain: Readonly<Partial<Record<AlertRule, (said: Said) => string>>> = {
  leak: () => 'no lease is held too long any more',
  'host-blocks-us': ({ subject }) => `${subject} no longer blocks us`,
  'disk-full': ({ threshold }) => (threshold === null ? 'the disk takes what is stored again' : ''),
  'lists-unread': () => 'access lists: the file has no fault any more',
  'lists-unsaved': () => 'access lists are saved again',
  'list-recovery': () => 'no IP has come back to the white list lately',
};

/** `success rate 71 % < 80 %`. */
export function alertSentence(rule: AlertRule, said: Said, clearing = false): string {
  const { subject, value } = said;
  const again = clearing || value === 0 ? wellAgain[rule]?.(said) : '';
  if (again) {
    return again;
  }
  switch (rule) {
    case 'warm-up-success':
      return `warm-up of ${subject} ${against(rule, said, clearing)}`;
    case 'leak':
      return `${format.plural(value ?? 1, 'lease')} held too long`;
    case 'host-blocks-us':
      return `${subject} blocks us: every IP in use refuses our requests`;
    case 'disk-full':
      return value === null
        ? 'nothing can be stored on the disk'
        : `${figureWords[rule]} ${against(rule, said, clearing)}`;
    case 'lists-unread':
      return `access lists: ${format.plural(value ?? 1, 'fault')} in the file`;
    case 'lists-unsaved':
      return 'access lists cannot be saved';
    case 'list-recovery':
      return `${format.plural(value ?? 1, 'IP')} back on the white list`;
    default:
      return `${figureWords[rule] ?? rule} ${against(rule, said, clearing)}`;
  }
}

export function reasonSentence(reason: Reason): string {
  const { metric, value, threshold, clearing } = reason;
  if (metric !== 'connections') {
    return alertSentence(metric, reason, clearing);
  }
  return value === 0 || value === null
    ? 'no connection yet'
    : `${format.plural(value, 'connection')} < ${format.count(threshold)}`;
}
