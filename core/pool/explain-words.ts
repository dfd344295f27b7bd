/** The words of an explanation: what an operator reads first, before the data. */

import type { AccessVerdict } from '../access/access-policy.ts';
import { duration } from '../contract/event-figures.ts';
import type { ConnectionLimit } from '../contract/warm-up-plan.ts';
import { closeReasonWords, whyWords } from '../contract/why-text.ts';
import type { Ejection } from '../health/endpoint-health.ts';
import type { FailureRecord } from './history-ring.ts';

export { closeReasonWords, duration };

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
  if (!rule || !list) {
    return whyWords('on-no-list', {});
  }
  const { origin, value } = rule;
  return whyWords(origin === 'automatic' ? 'ejected' : 'listed', { origin, value, list });
}

export function restWords(restMs: number): string {
  return whyWords('resting', { duration: duration(restMs) });
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
