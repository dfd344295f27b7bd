/** One line for the operator: how the pool is, since when, and why. */
import type { AlertSettings } from '../config/settings.ts';
import type { PoolStatistics, Verdict } from '../contract/statistics.ts';

type Reason = Verdict['reasons'][number];
type Metric = Reason['metric'];
type Measured = Pick<
  PoolStatistics,
  | 'totalConnections'
  | 'dialingConnections'
  | 'validatingConnections'
  | 'healthyConnections'
  | 'isHealthy'
  | 'last60s'
  | 'engine'
>;

/** A breach counts only once it has held for this long. */
const heldMs = 30_000;
const reuseNeedsLeases = 100;
/**
 * A connection's first lease is no reuse, so a warm pool with more connections than leases cannot reach the threshold
 * however well it is: the rule speaks only when each connection could have served this often.
 */
const reuseNeedsLeasesPerConnection = 2;

interface Rule {
  readonly metric: Metric;
  readonly threshold: keyof AlertSettings;
  /** null: cannot be told now, so no breach. */
  readonly value: (measured: Measured) => number | null;
  readonly breached: (value: number, threshold: number) => boolean;
}

const below = (value: number, threshold: number): boolean => value < threshold;
const above = (value: number, threshold: number): boolean => value > threshold;

const rules: readonly Rule[] = [
  { metric: 'success-rate', threshold: 'successRate', value: ({ last60s }) => last60s.successRate, breached: below },
  { metric: 'response-time', threshold: 'responseMs', value: ({ last60s }) => last60s.avgResponseMs, breached: above },
  {
    metric: 'healthy-share',
    threshold: 'healthyShare',
    value: (measured) => measured.healthyConnections / Math.max(1, established(measured)),
    breached: below,
  },
  {
    metric: 'reuse-rate',
    threshold: 'reuseRate',
    value: (measured) => {
      const { leases, connReuseRate } = measured.last60s;
      const needed = Math.max(reuseNeedsLeases, reuseNeedsLeasesPerConnection * established(measured));
      return leases < needed ? null : connReuseRate;
    },
    breached: below,
  },
  { metric: 'wait-p95', threshold: 'waitP95Ms', value: ({ last60s }) => last60s.waitP95Ms, breached: above },
  { metric: 'loop-delay', threshold: 'loopDelayMs', value: ({ engine }) => engine.loopDelayP99Ms, breached: above },
];

/** Connections still being made are neither healthy nor ill. */
function established(measured: Measured): number {
  return measured.totalConnections - measured.dialingConnections - measured.validatingConnections;
}

/** Times inside are monotonic: a breach neither hides nor ripens when the time of day is set; what is shown is epoch. */
export class VerdictKeeper {
  readonly #breachedSinceMs = new Map<Metric, number>();
  readonly #thresholds: () => AlertSettings;
  /** What to add to a monotonic time to get the epoch's. */
  readonly #epochOffsetMs: () => number;
  #sinceMs: number;
  #verdict: Verdict;

  /** `nowMs` is monotonic. `thresholds` are asked each second, so that a change holds at once. */
  constructor(nowMs: number, thresholds: () => AlertSettings, epochOffsetMs: () => number) {
    this.#thresholds = thresholds;
    this.#epochOffsetMs = epochOffsetMs;
    this.#sinceMs = nowMs;
    this.#verdict = { level: 'empty', reasons: [], sinceMs: Math.round(nowMs + epochOffsetMs()) };
  }

  get current(): Verdict {
    return this.#verdict;
  }

  /** Called each second, so that a breach's beginning is known. `nowMs` is monotonic. */
  judge(measured: Measured, nowMs: number): Verdict {
    const held: Reason[] = [];
    const now: Reason[] = [];
    const thresholds = this.#thresholds();
    const offsetMs = this.#epochOffsetMs();
    for (const rule of rules) {
      const value = rule.value(measured);
      const threshold = thresholds[rule.threshold];
      if (value === null || !rule.breached(value, threshold)) {
        this.#breachedSinceMs.delete(rule.metric);
        continue;
      }
      const sinceMs = this.#breachedSinceMs.get(rule.metric) ?? nowMs;
      this.#breachedSinceMs.set(rule.metric, sinceMs);
      const reason = { metric: rule.metric, value, threshold, sinceMs: Math.round(sinceMs + offsetMs) };
      now.push(reason);
      if (nowMs - sinceMs >= heldMs) {
        held.push(reason);
      }
    }
    const level = levelOf(measured, held);
    if (level !== this.#verdict.level) {
      this.#sinceMs = nowMs;
    }
    const sinceMs = Math.round(this.#sinceMs + offsetMs);
    this.#verdict = { level, reasons: reasonsFor(level, sinceMs, held, now), sinceMs };
    return this.#verdict;
  }
}

function levelOf(measured: Measured, held: readonly Reason[]): Verdict['level'] {
  if (established(measured) === 0) {
    return 'empty';
  }
  if (!measured.isHealthy) {
    return 'unhealthy';
  }
  return held.length > 0 ? 'degraded' : 'healthy';
}

function reasonsFor(level: Verdict['level'], sinceMs: number, held: Reason[], now: Reason[]): Reason[] {
  switch (level) {
    case 'empty':
      return [{ metric: 'connections', value: 0, threshold: 1, sinceMs }];
    case 'unhealthy': {
      const why = now.filter(({ metric }) => metric === 'healthy-share' || metric === 'success-rate');
      return [...why, ...held.filter((reason) => !why.includes(reason))];
    }
    case 'degraded':
      return held;
    case 'healthy':
      return [];
  }
}
