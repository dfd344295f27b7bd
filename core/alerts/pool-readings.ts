/** What the pool's own figures say, for the verdict and the alerts alike. */
import type { AlertSettings } from '../config/settings.ts';
import type { PoolStatistics } from '../contract/statistics.ts';
import { type AlertReading, figureReading, stateReading } from './alert-reading.ts';

export type MeasuredPool = Pick<
  PoolStatistics,
  | 'totalConnections'
  | 'dialingConnections'
  | 'validatingConnections'
  | 'healthyConnections'
  | 'waiting'
  | 'leasesOverLeakThreshold'
  | 'last60s'
  | 'engine'
>;

const subject = 'pool';
const reuseNeedsLeases = 100;
/**
 * A connection's first lease is no reuse, so a warm pool with more connections than leases cannot reach the threshold
 * however well it is: the rule speaks only when each connection could have served this often.
 */
const reuseNeedsLeasesPerConnection = 2;

/** Connections still being made are neither healthy nor ill. */
export function establishedConnections(
  measured: Pick<PoolStatistics, 'totalConnections' | 'dialingConnections' | 'validatingConnections'>,
): number {
  return measured.totalConnections - measured.dialingConnections - measured.validatingConnections;
}

/** Failed dials of a minute, with no connection left, that make it an outage: one bad address at the start is none. */
const outageFrom = 3;

export function failsToDial({
  last60s,
}: {
  readonly last60s: Pick<PoolStatistics['last60s'], 'dialFailures'>;
}): boolean {
  return last60s.dialFailures >= outageFrom;
}

/** Where connections are wanted and none can be had, none is healthy; where none is wanted, there is nothing to judge by. */
function healthyShare(measured: MeasuredPool, established: number): number | null {
  if (established > 0) {
    return measured.healthyConnections / established;
  }
  return failsToDial(measured) ? 0 : null;
}

export function poolReadings(measured: MeasuredPool, settings: AlertSettings): AlertReading[] {
  const { last60s, engine, leasesOverLeakThreshold } = measured;
  const { clearMargin } = settings;
  const established = establishedConnections(measured);
  const enoughLeases = Math.max(reuseNeedsLeases, reuseNeedsLeasesPerConnection * established);
  const figure = (rule: AlertReading['rule'], value: number | null, threshold: number): AlertReading =>
    figureReading(rule, subject, value, threshold, clearMargin);
  // Callers wait and nobody is served: there is no figure, and that is no reason to call an alert over.
  const isUnserved = last60s.totalRequests === 0 && measured.waiting > 0;
  const ofRequests = (rule: AlertReading['rule'], value: number | null, threshold: number): AlertReading =>
    isUnserved ? { ...figure(rule, null, threshold), look: 'between' } : figure(rule, value, threshold);
  return [
    ofRequests('success-rate', last60s.successRate, settings.successRate),
    ofRequests('response-time', last60s.avgResponseMs, settings.responseMs),
    figure('healthy-share', healthyShare(measured, established), settings.healthyShare),
    figure('reuse-rate', last60s.leases < enoughLeases ? null : last60s.connReuseRate, settings.reuseRate),
    figure('wait-p95', last60s.waitP95Ms, settings.waitP95Ms),
    figure('loop-delay', engine.loopDelayP99Ms, settings.loopDelayMs),
    stateReading('leak', subject, leasesOverLeakThreshold > 0, null, leasesOverLeakThreshold),
  ];
}
