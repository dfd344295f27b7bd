/** One line for the operator: how the pool is, since when, and why. Its reasons are the alerts that fire. */
import { establishedConnections, failsToDial } from '../alerts/pool-readings.ts';
import { type Alert, alertRuleFacts } from '../contract/alerts.ts';
import type { PoolStatistics, Verdict } from '../contract/statistics.ts';

type Reason = Verdict['reasons'][number];
type Measured = Pick<
  PoolStatistics,
  'totalConnections' | 'dialingConnections' | 'validatingConnections' | 'isHealthy' | 'last60s'
>;

/** Times inside are monotonic: setting the time of day moves no beginning; what is shown is epoch. */
export class VerdictKeeper {
  /** What to add to a monotonic time to get the epoch's. */
  readonly #epochOffsetMs: () => number;
  #sinceMs: number;
  #verdict: Verdict;

  /** `nowMs` is monotonic. */
  constructor(nowMs: number, epochOffsetMs: () => number) {
    this.#epochOffsetMs = epochOffsetMs;
    this.#sinceMs = nowMs;
    this.#verdict = { level: 'empty', reasons: [], sinceMs: Math.round(nowMs + epochOffsetMs()) };
  }

  get current(): Verdict {
    return this.#verdict;
  }

  /** Called each second, when the alerts have been judged. `nowMs` is monotonic. */
  judge(measured: Measured, troubles: readonly Alert[], nowMs: number): Verdict {
    const firing = troubles.filter(({ state }) => state !== 'pending');
    const level = levelOf(measured, firing.length > 0);
    if (level !== this.#verdict.level) {
      this.#sinceMs = nowMs;
    }
    const sinceMs = Math.round(this.#sinceMs + this.#epochOffsetMs());
    const told = firing.toSorted((one, other) => weightOf(other) - weightOf(one)).map(toReason);
    const reasons =
      establishedConnections(measured) === 0
        ? [noConnection(measured, sinceMs), ...told]
        : level === 'unhealthy'
          ? whyUnhealthy(troubles, firing)
          : told;
    this.#verdict = { level, reasons, sinceMs };
    return this.#verdict;
  }
}

function levelOf(measured: Measured, isInTrouble: boolean): Verdict['level'] {
  if (establishedConnections(measured) === 0) {
    return isInTrouble || failsToDial(measured) ? 'unhealthy' : 'empty';
  }
  if (!measured.isHealthy) {
    return 'unhealthy';
  }
  return isInTrouble ? 'degraded' : 'healthy';
}

function noConnection(measured: Measured, sinceMs: number): Reason {
  const { dials, dialFailures } = measured.last60s;
  const common = { subject: 'pool', sinceMs, alertId: null, clearing: false };
  return failsToDial(measured)
    ? { ...common, metric: 'dials', value: dialFailures, threshold: Math.max(dials, dialFailures) }
    : { ...common, metric: 'connections', value: 0, threshold: 1 };
}

/** The reference's word is of this moment, so what explains it need not have held for long. */
function whyUnhealthy(troubles: readonly Alert[], firing: readonly Alert[]): Reason[] {
  const why = troubles.filter(({ rule }) => rule === 'healthy-share' || rule === 'success-rate');
  return [...why, ...firing.filter((alert) => !why.includes(alert))].map(toReason);
}

/** What is good again explains least; of what still holds, what figures go bad of stands before them. */
function weightOf(alert: Alert): number {
  return (alert.clearSinceMs === null ? 2 : 0) + Number(isCause(alert));
}

function isCause({ rule }: Alert): boolean {
  return alertRuleFacts[rule].unit === 'state' || rule === 'disk-full' || rule === 'lists-unread';
}

function toReason({ id, rule, subject, value, threshold, sinceMs, clearSinceMs, worst }: Alert): Reason {
  return {
    metric: rule,
    subject,
    value: value ?? worst,
    threshold,
    sinceMs,
    alertId: id,
    clearing: clearSinceMs !== null,
  };
}
