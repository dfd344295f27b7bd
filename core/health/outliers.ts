/** Which IP does worse than the other IPs of its host, by more than chance. */

export interface OutlierFigures {
  readonly good: number;
  readonly bad: number;
  readonly latencyMs: number | null;
}

/** Fewer answers in the window say nothing. */
const leastAsked = 20;
/** Standard errors between the two shares; chance alone does that once in 700 looks. */
const leastDeviation = 3;
/** A difference that is certain but small is no reason to go without an IP. */
const leastDifference = 0.2;
const slowFactor = 3;
const slowByMs = 250;
/** With fewer, one cannot tell which of them is the odd one. */
const leastOthersForLatency = 2;

export type Outlier = 'success-outlier' | 'latency-outlier';

/**
 * The outliers among `figures`, one IP each, by index. Success: the share of each IP against that of all others together
 * (two-proportion z-test, so that it is right for two IPs as for thousands). Latency: against the median of the others.
 */
export function findOutliers(figures: readonly OutlierFigures[]): Map<number, Outlier> {
  const good = figures.reduce((sum, one) => sum + one.good, 0);
  const bad = figures.reduce((sum, one) => sum + one.bad, 0);
  const outliers = new Map<number, Outlier>();
  const latencies = figures.flatMap(({ good: answered, bad: failed, latencyMs }) =>
    latencyMs !== null && answered + failed >= leastAsked ? [latencyMs] : [],
  );
  latencies.sort((one, other) => one - other);
  for (const [index, one] of figures.entries()) {
    if (one.good + one.bad < leastAsked) {
      continue;
    }
    if (succeedsLess(one, { good: good - one.good, bad: bad - one.bad })) {
      outliers.set(index, 'success-outlier');
    } else if (one.latencyMs !== null && isSlow(one.latencyMs, latencies)) {
      outliers.set(index, 'latency-outlier');
    }
  }
  return outliers;
}

type Counts = Pick<OutlierFigures, 'good' | 'bad'>;

function succeedsLess(one: Counts, others: Counts): boolean {
  const asked = one.good + one.bad;
  const othersAsked = others.good + others.bad;
  if (othersAsked < leastAsked) {
    return false;
  }
  const difference = others.good / othersAsked - one.good / asked;
  const pooled = (one.good + others.good) / (asked + othersAsked);
  const standardError = Math.sqrt(pooled * (1 - pooled) * (1 / asked + 1 / othersAsked));
  return difference >= leastDifference && difference > leastDeviation * standardError;
}

/** `sorted` has the latency itself in it. */
function isSlow(latencyMs: number, sorted: readonly number[]): boolean {
  if (sorted.length - 1 < leastOthersForLatency) {
    return false;
  }
  const middle = Math.floor((sorted.length - 1) / 2);
  const median = sorted[middle < sorted.indexOf(latencyMs) ? middle : middle + 1] ?? latencyMs;
  return latencyMs > slowFactor * median && latencyMs > median + slowByMs;
}
