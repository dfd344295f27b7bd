/** What the contract's closed lists are called on the screen. */
import type { AccessListName, AccessOrigin } from '../../core/contract/access.ts';
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

const reasonSentences: Readonly<Record<Reason['metric'], (reason: Reason) => string>> = {
  connections: ({ value, threshold }) =>
    value === 0 ? 'no connection yet' : `${format.plural(value, 'connection')} < ${format.count(threshold)}`,
  'healthy-share': ({ value, threshold }) => `healthy ${format.percent(value)} < ${format.percent(threshold)}`,
  'success-rate': ({ value, threshold }) => `success rate ${format.percent(value)} < ${format.percent(threshold)}`,
  'response-time': ({ value, threshold }) =>
    `mean response ${format.milliseconds(value)} > ${format.milliseconds(threshold)}`,
  'reuse-rate': ({ value, threshold }) => `reuse rate ${format.percent(value)} < ${format.percent(threshold)}`,
  'wait-p95': ({ value, threshold }) => `wait p95 ${format.milliseconds(value)} > ${format.milliseconds(threshold)}`,
  'loop-delay': ({ value, threshold }) =>
    `engine lag p99 ${format.milliseconds(value)} > ${format.milliseconds(threshold)}`,
};

/** `success rate 71 % < 80 %`. */
export function reasonSentence(reason: Reason): string {
  return reasonSentences[reason.metric](reason);
}
