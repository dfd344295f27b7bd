/** The fake pool's figures, by the same formulas as the real ones. */
import type { PoolStatistics, Verdict, WindowStatistics } from '../../../core/contract/statistics.ts';
import type { FakePool, FakeTotals } from './fake-pool.ts';

function windowOf(totals: FakeTotals, rows: number): WindowStatistics {
  const { requests, failures, leases } = totals;
  return {
    totalRequests: requests,
    successfulRequests: requests - failures,
    failedRequests: failures,
    successRate: requests === 0 ? 1 : (requests - failures) / requests,
    avgResponseMs: requests === 0 ? null : totals.responseMs / requests,
    // Its response times lie evenly about their mean.
    responseP50Ms: requests === 0 ? null : totals.responseMs / requests,
    leases,
    connReuseRate: leases === 0 ? null : totals.reused / leases,
    connectionsReused: rows === 0 ? null : 0.93,
    releases: requests,
    recyclingRate: requests === 0 ? null : 0.994,
    recyclingDelayMeanMs: requests === 0 ? null : 0.021,
    recyclingDelayP95Ms: requests === 0 ? null : 0.06,
    waitP50Ms: leases === 0 ? null : 0.03,
    waitP95Ms: leases === 0 ? null : 0.41,
    dials: totals.dials,
    dialFailures: totals.dialFailures,
    coldMs: totals.dials === 0 ? null : 13.6,
    fullTlsMs: totals.dials === 0 ? null : 6.1,
    resumedHandshakes: Math.floor(totals.dials * 0.3),
    resumedTlsMs: totals.dials === 0 ? null : 2.4,
    checks: totals.checks,
    checkFailures: totals.checkFailures,
  };
}

function sum(seconds: readonly FakeTotals[]): FakeTotals {
  const total: FakeTotals = {
    requests: 0,
    failures: 0,
    leases: 0,
    reused: 0,
    dials: 0,
    dialFailures: 0,
    checks: 0,
    checkFailures: 0,
    responseMs: 0,
  };
  for (const second of seconds) {
    for (const key of Object.keys(total) as (keyof FakeTotals)[]) {
      total[key] += second[key];
    }
  }
  return total;
}

function verdictOf(rows: number, healthyShare: number, success: number, sinceMs: number): Verdict {
  if (rows === 0) {
    return { level: 'empty', reasons: [], sinceMs };
  }
  const reasons: Verdict['reasons'] = [];
  const pool = { subject: 'pool', alertId: null, clearing: false } as const;
  if (success < 0.8) {
    reasons.push({ metric: 'success-rate', value: success, threshold: 0.8, sinceMs, ...pool });
  }
  if (healthyShare < 0.5) {
    reasons.push({ metric: 'healthy-share', value: healthyShare, threshold: 0.5, sinceMs, ...pool });
  }
  return { level: reasons.length === 0 ? 'healthy' : success < 0.5 ? 'unhealthy' : 'degraded', reasons, sinceMs };
}

export interface FakeFigures {
  readonly startedAtMs: number;
  readonly maxConnections: number;
  readonly whitelistIps: number;
  readonly blacklistIps: number;
}

export function fakeStatistics(pool: FakePool, figures: FakeFigures): PoolStatistics {
  const { now, random, fleet } = pool.options;
  const rows = [...pool.rows.values()];
  const count = (state: string): number => rows.filter((row) => row.state === state).length;
  const healthy = rows.filter((row) => row.healthy && row.state !== 'dialing').length;
  const last60s = windowOf(sum(pool.seconds), rows.length);
  const sinceStart = windowOf(pool.totals, rows.length);
  const verdictSinceMs = Math.max(figures.startedAtMs, now() - 41 * 60_000);
  return {
    atMs: now(),
    startedAtMs: figures.startedAtMs,
    maxConnections: figures.maxConnections,
    totalConnections: rows.length,
    dialingConnections: count('dialing'),
    validatingConnections: count('validating'),
    checkingConnections: count('checking'),
    activeConnections: count('leased'),
    idleConnections: count('idle'),
    drainingConnections: count('draining'),
    healthyConnections: healthy,
    h2Connections: rows.filter((row) => row.protocol === 'h2').length,
    waiting: 0,
    leasesOverLeakThreshold: 0,
    whitelistIps: figures.whitelistIps,
    blacklistIps: figures.blacklistIps,
    whitelistMoves: 3,
    newConnectionsFromDns: 0,
    isHealthy: rows.length > 0 && healthy > 0 && last60s.successRate >= 0.5,
    sinceStart,
    last60s,
    engine: {
      loopDelayP50Ms: 0.4 + random() * 0.2,
      loopDelayP99Ms: 1.1 + random() * 0.8,
      cpuShare: 0.06 + random() * 0.05,
      rssBytes: 118_000_000 + Math.round(random() * 4_000_000),
      openFileDescriptors: 40 + rows.length,
      bytesIn: pool.totals.requests * 1_840,
      bytesOut: pool.totals.requests * 412,
      uptimeMs: now() - figures.startedAtMs,
    },
    verdict: verdictOf(rows.length, rows.length === 0 ? 1 : healthy / rows.length, last60s.successRate, verdictSinceMs),
    hosts: fleet.map(({ host, ips }) => {
      const own = rows.filter((row) => row.host === host);
      return {
        host,
        ips: ips.length,
        total: own.length,
        dialing: own.filter((row) => row.state === 'dialing').length,
        idle: own.filter((row) => row.state === 'idle').length,
        leased: own.filter((row) => row.state === 'leased').length,
        healthy: own.filter((row) => row.healthy && row.state !== 'dialing').length,
        waiting: 0,
      };
    }),
  };
}
