import { describe, expect, it } from 'vitest';
import { AlertKeeper } from '../../../core/alerts/alert-keeper.ts';
import { type AlertReading, stateReading } from '../../../core/alerts/alert-reading.ts';
import { poolReadings } from '../../../core/alerts/pool-readings.ts';
import { EventBus } from '../../../core/base/event-bus.ts';
import { defaultSettings } from '../../../core/config/engine-settings.ts';
import type { PoolStatistics, Verdict } from '../../../core/contract/statistics.ts';
import { PoolRecorder } from '../../../core/statistics/pool-recorder.ts';
import { VerdictKeeper } from '../../../core/statistics/verdict.ts';
import { ManualClock } from '../../support/manual-clock.ts';

type Measured = Parameters<typeof poolReadings>[0] & Pick<PoolStatistics, 'isHealthy'>;

const defaults = defaultSettings().alerts;
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
  waiting: 0,
  leasesOverLeakThreshold: 0,
  isHealthy: true,
  last60s: quiet,
  engine,
};

/** The verdict with the alerts behind it, as the pool judges them each second. */
class Judge {
  readonly clock = new ManualClock(0);
  alerts = defaults;
  /** What others than the pool say. */
  others: readonly AlertReading[] = [];
  readonly #keeper = new AlertKeeper({
    clock: this.clock,
    events: new EventBus(this.clock),
    settings: () => this.alerts,
  });
  readonly #verdict = new VerdictKeeper(0, () => this.clock.epochMs() - this.clock.monotonicMs());
  #measured = well;

  constructor() {
    this.#keeper.addSource(() => poolReadings(this.#measured, this.alerts));
    this.#keeper.addSource(() => this.others);
  }

  /** Judged each second for so long, and at once when that is no time. */
  see(measured: Measured, seconds: number): Verdict {
    this.#measured = measured;
    const judge = (): Verdict => {
      const nowMs = this.clock.monotonicMs();
      this.#keeper.judge(nowMs);
      return this.#verdict.judge(measured, this.#keeper.active(), nowMs);
    };
    let verdict = judge();
    for (let second = 0; second < seconds; second += 1) {
      this.clock.sleep(1_000);
      verdict = judge();
    }
    return verdict;
  }
}

describe('the verdict', () => {
  it('is empty without a connection, and while the first are being made', () => {
    const empty = { ...well, totalConnections: 0, healthyConnections: 0, isHealthy: false };
    expect(new Judge().see(empty, 0)).toMatchObject({
      level: 'empty',
      reasons: [{ metric: 'connections', value: 0, alertId: null }],
    });
    const beginning = { ...empty, totalConnections: 5, dialingConnections: 4, validatingConnections: 1 };
    expect(new Judge().see(beginning, 60)).toMatchObject({ level: 'empty', reasons: [{ metric: 'connections' }] });
  });

  it('is unhealthy without a connection where dials fail, and says so', () => {
    const failing = { ...quiet, dials: 8, dialFailures: 7 };
    const gone = { ...well, totalConnections: 1, dialingConnections: 1, healthyConnections: 0, isHealthy: false };
    expect(new Judge().see({ ...gone, last60s: failing }, 0)).toMatchObject({
      level: 'unhealthy',
      reasons: [{ metric: 'dials', value: 7, threshold: 8, alertId: null }],
    });
    expect(new Judge().see({ ...gone, last60s: { ...quiet, dials: 8, dialFailures: 2 } }, 0).level).toBe('empty');
  });

  it('counts no connection as healthy where none can be had, and judges nothing where none is wanted', () => {
    const gone = { ...well, totalConnections: 0, healthyConnections: 0, isHealthy: false };
    const share = (measured: Measured) =>
      poolReadings(measured, defaultSettings().alerts).find(({ rule }) => rule === 'healthy-share') ?? null;
    expect(share(gone)).toMatchObject({ value: null, look: 'untold' });
    const failing = { ...quiet, dials: 8, dialFailures: 8 };
    expect(share({ ...gone, last60s: failing })).toMatchObject({ value: 0, look: 'breached' });
    expect(share({ ...well, last60s: failing })).toMatchObject({ value: 1, look: 'clear' });
  });

  it('is no empty pool while an alert fires: what was there was lost', () => {
    const judge = new Judge();
    judge.see({ ...well, last60s: { ...quiet, successRate: 0 } }, 31);
    const lost = { ...well, totalConnections: 0, healthyConnections: 0, isHealthy: false };
    expect(judge.see({ ...lost, last60s: { ...quiet, successRate: 0 } }, 1)).toMatchObject({
      level: 'unhealthy',
      reasons: [{ metric: 'connections', value: 0 }, { metric: 'success-rate' }],
    });
  });

  it('is healthy without reasons when nothing is in breach', () => {
    expect(new Judge().see(well, 60)).toMatchObject({ level: 'healthy', reasons: [] });
  });

  const breaches: [string, Partial<Measured>][] = [
    ['success-rate', { last60s: { ...quiet, successRate: 0.79 } }],
    ['response-time', { last60s: { ...quiet, avgResponseMs: 5_001 } }],
    ['healthy-share', { healthyConnections: 4 }],
    ['reuse-rate', { last60s: { ...quiet, leases: 100, connReuseRate: 0.49 } }],
    ['wait-p95', { last60s: { ...quiet, waitP95Ms: 1_001 } }],
    ['loop-delay', { engine: { ...engine, loopDelayP99Ms: 51 } }],
  ];

  it.each(breaches)(
    'is degraded by %s, when it has held for 30 s, until it has been well for 10 s',
    (metric, breach) => {
      const judge = new Judge();
      expect(judge.see({ ...well, ...breach }, 29).level).toBe('healthy');
      judge.clock.sleep(1_000);
      expect(judge.see({ ...well, ...breach }, 0)).toMatchObject({
        level: 'degraded',
        sinceMs: 30_000,
        reasons: [{ metric, subject: 'pool', sinceMs: 0, clearing: false, alertId: expect.any(Number) }],
      });
      judge.clock.sleep(1_000);
      expect(judge.see(well, 9)).toMatchObject({ level: 'degraded', sinceMs: 30_000, reasons: [{ clearing: true }] });
      judge.clock.sleep(1_000);
      expect(judge.see(well, 0)).toMatchObject({ level: 'healthy', sinceMs: 41_000, reasons: [] });
    },
  );

  it('gives what still holds as its reason before what is good again', () => {
    const judge = new Judge();
    const late = { ...well, last60s: { ...quiet, waitP95Ms: 1_001 } };
    const blocks = (isBad: boolean): AlertReading => stateReading('host-blocks-us', 'a.test', isBad);
    judge.others = [blocks(true)];
    expect(judge.see(late, 31).reasons.map(({ metric }) => metric)).toEqual(['host-blocks-us', 'wait-p95']);
    judge.others = [blocks(false)];
    expect(judge.see(late, 2).reasons).toMatchObject([
      { metric: 'wait-p95', clearing: false },
      { metric: 'host-blocks-us', clearing: true },
    ]);
  });

  it('stays degraded while callers wait and nobody is served, for there is no figure that says better', () => {
    const judge = new Judge();
    judge.see({ ...well, last60s: { ...quiet, successRate: 0 } }, 31);
    expect(judge.see({ ...well, waiting: 3 }, 120)).toMatchObject({
      level: 'degraded',
      reasons: [{ metric: 'success-rate', clearing: false }],
    });
    expect(judge.see(well, 11)).toMatchObject({ level: 'healthy' });
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
    expect(new Judge().see({ ...well, ...within }, 60).level).toBe('healthy');
  });

  it('begins to count anew after a breach was over', () => {
    const judge = new Judge();
    const ill = { ...well, healthyConnections: 1 };
    judge.see(ill, 20);
    judge.see(well, 1);
    expect(judge.see(ill, 29).level).toBe('healthy');
  });

  it('is unhealthy at once when the reference says so, with the reason', () => {
    const dead = { ...well, healthyConnections: 0, isHealthy: false };
    expect(new Judge().see(dead, 0)).toMatchObject({
      level: 'unhealthy',
      reasons: [{ metric: 'healthy-share', value: 0 }],
    });
    const failing = { ...well, isHealthy: false, last60s: { ...quiet, successRate: 0.4 } };
    expect(new Judge().see(failing, 0)).toMatchObject({
      level: 'unhealthy',
      reasons: [{ metric: 'success-rate', value: 0.4 }],
    });
  });

  it('is degraded at once by a trouble that somebody else has judged, which stands before the figures', () => {
    const judge = new Judge();
    const slow = { ...well, last60s: { ...quiet, avgResponseMs: 6_000 } };
    judge.see(slow, 40);
    judge.others = [stateReading('host-blocks-us', 'a.test', true)];
    expect(judge.see(slow, 0)).toMatchObject({
      level: 'degraded',
      reasons: [{ metric: 'host-blocks-us', subject: 'a.test', value: null }, { metric: 'response-time' }],
    });
  });

  it('obeys a threshold that is changed while it runs', () => {
    const judge = new Judge();
    const slow = { ...well, last60s: { ...quiet, avgResponseMs: 3_000 } };
    expect(judge.see(slow, 40).level).toBe('healthy');
    judge.alerts = { ...defaults, responseMs: 2_000 };
    expect(judge.see(slow, 40)).toMatchObject({ level: 'degraded', reasons: [{ threshold: 2_000 }] });
  });

  it.each([
    ['back', -3_600_000],
    ['forward', 3_600_000],
  ])('neither misses a breach nor hurries when the clock is set %s by an hour', (_way, jumpMs) => {
    const judge = new Judge();
    const ill = { ...well, healthyConnections: 4 };
    judge.see(ill, 10);
    judge.clock.jump(jumpMs);
    expect(judge.see(ill, 19).level).toBe('healthy');
    judge.clock.sleep(1_000);
    expect(judge.see(ill, 0)).toMatchObject({
      level: 'degraded',
      sinceMs: 30_000 + jumpMs,
      reasons: [{ sinceMs: jumpMs }],
    });
  });
});
