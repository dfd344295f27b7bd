import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../../core/config/engine-settings.ts';
import type { PoolStatistics } from '../../../core/contract/statistics.ts';
import { PoolRecorder } from '../../../core/statistics/pool-recorder.ts';
import { VerdictKeeper } from '../../../core/statistics/verdict.ts';

type Measured = Parameters<VerdictKeeper['judge']>[0];

const thresholds = defaultSettings().alerts;
const none = { served: 0, servedAgain: 0 };
const quiet = new PoolRecorder(0).read(none, none).last60s;
const engine: PoolStatistics['engine'] = {
  loopDelayP50Ms: 1,
  loopDelayP99Ms: 5,
  cpuShare: 0.1,
  rssBytes: 1,
  openFileDescriptors: null,
  bytesIn: 0,
  bytesOut: 0,
  uptimeMs: 0,
};
const well: Measured = {
  totalConnections: 10,
  dialingConnections: 0,
  validatingConnections: 0,
  healthyConnections: 10,
  isHealthy: true,
  last60s: quiet,
  engine,
};

function keeperOf(alerts = () => thresholds, epochOffsetMs = () => 0): VerdictKeeper {
  return new VerdictKeeper(0, alerts, epochOffsetMs);
}

/** Judged each second for `seconds`; the last verdict. */
function judged(measured: Measured, seconds: number, keeper = keeperOf(), fromMs = 0) {
  let verdict = keeper.current;
  for (let second = 0; second <= seconds; second += 1) {
    verdict = keeper.judge(measured, fromMs + second * 1_000);
  }
  return verdict;
}

describe('the verdict', () => {
  it('is empty without a connection, and while the first are being made', () => {
    const empty = { ...well, totalConnections: 0, healthyConnections: 0, isHealthy: false };
    expect(judged(empty, 0)).toMatchObject({ level: 'empty', reasons: [{ metric: 'connections', value: 0 }] });
    const beginning = { ...empty, totalConnections: 5, dialingConnections: 4, validatingConnections: 1 };
    expect(judged(beginning, 0).level).toBe('empty');
  });

  it('is healthy without reasons when nothing is in breach', () => {
    expect(judged(well, 60)).toMatchObject({ level: 'healthy', reasons: [] });
  });

  const breaches: [string, Partial<Measured>][] = [
    ['success-rate', { last60s: { ...quiet, successRate: 0.79 } }],
    ['response-time', { last60s: { ...quiet, avgResponseMs: 5_001 } }],
    ['healthy-share', { healthyConnections: 4 }],
    ['reuse-rate', { last60s: { ...quiet, leases: 100, connReuseRate: 0.49 } }],
    ['wait-p95', { last60s: { ...quiet, waitP95Ms: 1_001 } }],
    ['loop-delay', { engine: { ...engine, loopDelayP99Ms: 51 } }],
  ];

  it.each(breaches)('is degraded by %s, but only when it has held for 30 s', (metric, breach) => {
    const keeper = keeperOf();
    expect(judged({ ...well, ...breach }, 29, keeper).level).toBe('healthy');
    const verdict = keeper.judge({ ...well, ...breach }, 30_000);
    expect(verdict).toMatchObject({ level: 'degraded', sinceMs: 30_000, reasons: [{ metric, sinceMs: 0 }] });
    expect(keeper.judge(well, 31_000)).toMatchObject({ level: 'healthy', sinceMs: 31_000 });
  });

  const justWithin: [string, Partial<Measured>][] = [
    ['success-rate', { last60s: { ...quiet, successRate: 0.8 } }],
    ['response-time', { last60s: { ...quiet, avgResponseMs: 5_000 } }],
    ['healthy-share', { healthyConnections: 5 }],
    ['reuse-rate', { last60s: { ...quiet, leases: 99, connReuseRate: 0.1 } }],
    [
      'reuse-rate',
      { totalConnections: 60, healthyConnections: 60, last60s: { ...quiet, leases: 119, connReuseRate: 0 } },
    ],
    ['wait-p95', { last60s: { ...quiet, waitP95Ms: 1_000 } }],
    ['loop-delay', { engine: { ...engine, loopDelayP99Ms: 50 } }],
  ];

  it.each(justWithin)('is healthy with %s just within', (_metric, within) => {
    expect(judged({ ...well, ...within }, 60).level).toBe('healthy');
  });

  it('begins to count anew after a breach was over', () => {
    const keeper = keeperOf();
    const ill = { ...well, healthyConnections: 1 };
    judged(ill, 20, keeper);
    keeper.judge(well, 21_000);
    expect(judged(ill, 29, keeper, 22_000).level).toBe('healthy');
  });

  it('is unhealthy at once when the reference says so, with the reason', () => {
    const dead = { ...well, healthyConnections: 0, isHealthy: false };
    expect(judged(dead, 0)).toMatchObject({ level: 'unhealthy', reasons: [{ metric: 'healthy-share', value: 0 }] });
    const failing = { ...well, isHealthy: false, last60s: { ...quiet, successRate: 0.4 } };
    expect(judged(failing, 0)).toMatchObject({ level: 'unhealthy', reasons: [{ metric: 'success-rate', value: 0.4 }] });
  });

  it('obeys a threshold that is changed while it runs', () => {
    let alerts = thresholds;
    const keeper = keeperOf(() => alerts);
    const slow = { ...well, last60s: { ...quiet, avgResponseMs: 3_000 } };
    expect(judged(slow, 40, keeper).level).toBe('healthy');
    alerts = { ...thresholds, responseMs: 2_000 };
    expect(judged(slow, 40, keeper, 41_000)).toMatchObject({ level: 'degraded', reasons: [{ threshold: 2_000 }] });
  });

  it.each([
    ['back', -3_600_000],
    ['forward', 3_600_000],
  ])('neither misses a breach nor hurries when the clock is set %s by an hour', (_way, jumpMs) => {
    let offsetMs = 1_000_000;
    const keeper = keeperOf(undefined, () => offsetMs);
    const ill = { ...well, healthyConnections: 4 };
    judged(ill, 10, keeper);
    offsetMs += jumpMs;
    expect(judged(ill, 18, keeper, 11_000).level).toBe('healthy');
    const verdict = keeper.judge(ill, 30_000);
    expect(verdict).toMatchObject({ level: 'degraded', sinceMs: 30_000 + offsetMs, reasons: [{ sinceMs: offsetMs }] });
  });
});
