/** What a rule sees of its subject in one second. */
import { type AlertRule, alertRuleFacts } from '../contract/alerts.ts';
import type { Look } from './alert-machine.ts';

export interface AlertReading {
  readonly rule: AlertRule;
  readonly subject: string;
  readonly look: Look;
  readonly value: number | null;
  readonly threshold: number | null;
  readonly clearAt: number | null;
  readonly detail: string | null;
}

/** Read once a second. A subject that is not in it any more cannot be told. */
export type AlertSource = () => readonly AlertReading[];

/**
 * A figure against its threshold. It is clear again a part of the way (`clearMargin`, 0 to 1) from the threshold to what
 * is perfect: 100 % for a share, nothing for what should be small, twice the threshold for what should be plenty.
 */
export function figureReading(
  rule: AlertRule,
  subject: string,
  value: number | null,
  threshold: number,
  clearMargin: number,
  detail: string | null = null,
): AlertReading {
  const { bad, unit } = alertRuleFacts[rule];
  const perfect = bad === 'above' ? 0 : unit === 'share' ? 1 : 2 * threshold;
  // 0.8 + 0.1 * 0.2 is 0.82 to a person.
  const clearAt = Number((threshold + clearMargin * (perfect - threshold)).toPrecision(12));
  const look = value === null ? 'untold' : lookAt(value, threshold, clearAt, bad);
  return { rule, subject, look, value, threshold, clearAt, detail };
}

/** Something that holds or does not, with the number of what is wrong where it can be counted. */
export function stateReading(
  rule: AlertRule,
  subject: string,
  holds: boolean,
  detail: string | null = null,
  value: number | null = null,
): AlertReading {
  return { rule, subject, look: holds ? 'breached' : 'clear', value, threshold: null, clearAt: null, detail };
}

function lookAt(value: number, threshold: number, clearAt: number, bad: 'below' | 'above'): Look {
  const sign = bad === 'above' ? 1 : -1;
  if (sign * (value - threshold) > 0) {
    return 'breached';
  }
  return sign * (value - clearAt) > 0 ? 'between' : 'clear';
}
