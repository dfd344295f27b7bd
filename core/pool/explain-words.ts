/** The words of an explanation: what an operator reads first, before the data. */

import type { AccessVerdict } from '../access/access-policy.ts';
import { duration } from '../contract/event-figures.ts';
import type { CloseReason } from '../contract/vocabulary.ts';
import type { ConnectionLimit } from '../contract/warm-up.ts';
import type { Ejection } from '../health/endpoint-health.ts';
import type { FailureRecord } from './history-ring.ts';

export { duration };

/** Follows "closed … ago: ". */
export const closeReasonWords: Readonly<Record<CloseReason, string>> = {
  'idle-timeout': 'neither a request nor a check had touched it for idle_timeout',
  'max-lifetime': 'it had lived its max_lifetime',
  replaced: 'it was near its max_lifetime, and its successor was ready',
  'server-idle-limit': 'its server was about to close it for idleness, and a request would have met that',
  unhealthy: 'its server answered a check, or the look after a failed lease, with a status that is not good',
  blacklisted: 'a black list has forbidden its address',
  'not-allowed': 'whitelist_mode is "enforce", and no white list has its address',
  'peer-closed': 'its server has closed it',
  goaway: 'its server has sent GOAWAY',
  broken: 'the network broke it, or it gave no answer in time',
  'response-not-drained': 'a response that its user had left unread did not come to its end',
  evicted: 'it lay idle, and its place was needed or max_idle_conns was full',
  operator: 'an operator has closed it',
  'config-changed': 'a change of the settings left no place for it',
  'dns-vanished': 'its address is no longer one of its host',
  'pool-closed': 'the pool was closed',
  'failed-dial': 'it could not be connected',
  'failed-validation': 'its first answer was not good',
  aborted: 'it was no longer wanted while it was being made',
};

/** `1 lease`, `2 leases`, `no lease`. */
export function count(number: number, one: string, many = `${one}s`): string {
  if (number === 0) {
    return `no ${one}`;
  }
  return `${number} ${number === 1 ? one : many}`;
}

/** `1 caller waits`, `2 callers wait`. */
export function callersWait(number: number): string {
  return number === 1 ? '1 caller waits' : `${number} callers wait`;
}

/** Which entry of which list, or which mode, refuses. */
export function refusal({ list, rule }: AccessVerdict): string {
  if (!rule) {
    return 'it is on no white list, and whitelist_mode is "enforce"';
  }
  const entry = `the ${rule.origin} entry ${rule.value} of the ${list} list refuses it`;
  return rule.origin === 'automatic' ? `it is ejected: ${entry} until a probe finds it well` : entry;
}

export function restWords(restMs: number): string {
  return `its server has asked to be left alone for ${duration(restMs)} more (Retry-After)`;
}

/** `it is ejected (failures-in-a-row) for the 2nd time in a row, 42 s more; the next probe is in 12 s`. */
export function ejectionWords({ reason, untilMs, nextProbeMs, count: times }: Ejection, nowMs: number): string {
  const left = untilMs !== null && untilMs > nowMs ? `, ${duration(untilMs - nowMs)} more` : '';
  const again = times > 1 ? `, ${times} times in a row` : '';
  const probe = nextProbeMs === null ? '' : `; the next probe is in ${duration(Math.max(0, nextProbeMs - nowMs))}`;
  return `it is ejected${reason === null ? '' : ` (${reason})`}${again}${left}${probe}`;
}

export const onTrialWords =
  'it was ejected and is on trial: only probes dial it, until healthy_after of them were good';

export function limitWords({ key, limit, inUse }: ConnectionLimit): string {
  return `${key} = ${limit} is full (${inUse} in use)`;
}

/** `the last failure, 3 s ago, was reset: …`; null when nothing has failed. */
export function lastFailure({ last, lastMs }: FailureRecord, nowMs: number): string | null {
  return last && `the last failure, ${duration(nowMs - lastMs)} ago, was ${last.class ?? last.code}: ${last.message}`;
}

/** Full sentences, each with its stop, and with its capital unless it begins with the name of a setting. */
export function sentences(...parts: readonly (string | null)[]): string {
  const full: string[] = [];
  for (const part of parts) {
    if (part) {
      full.push(/^\w+_/.test(part) ? `${part}.` : `${part.charAt(0).toUpperCase()}${part.slice(1)}.`);
    }
  }
  return full.join(' ');
}
