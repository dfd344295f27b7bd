import { describe, expect, it } from 'vitest';
import { windowStatisticsSchema } from '../../../core/contract/statistics.ts';
import { PoolRecorder } from '../../../core/statistics/pool-recorder.ts';

const nobody = { served: 0, servedAgain: 0 };
const population = { total: 4, active: 2, healthy: 3 };

function read(recorder: PoolRecorder) {
  return recorder.read(nobody, nobody);
}

describe('PoolRecorder', () => {
  it('of nothing tells what the formulas say of nothing', () => {
    const { sinceStart, last60s } = read(new PoolRecorder(0));
    expect(sinceStart).toEqual(last60s);
    expect(sinceStart).toMatchObject({
      totalRequests: 0,
      successRate: 1,
      avgResponseMs: null,
      responseP50Ms: null,
      connReuseRate: null,
      connectionsReused: null,
      recyclingRate: null,
      waitP50Ms: null,
      coldMs: null,
    });
    expect(windowStatisticsSchema.parse(sinceStart)).toEqual(sinceStart);
  });

  it('counts by the formulas', () => {
    const recorder = new PoolRecorder(0);
    recorder.lease(0, false);
    recorder.lease(10, true);
    recorder.lease(10, true);
    recorder.lease(10, true);
    recorder.request(true, 10);
    recorder.request(true, 20);
    recorder.request(false, 90);
    recorder.recycled(1);
    recorder.recycled(3);
    recorder.notRecycled();
    recorder.dial(true);
    recorder.dial(false);
    recorder.connected({ resumed: false, tlsMs: 10, totalMs: 30 });
    recorder.connected({ resumed: false, tlsMs: 20, totalMs: 50 });
    recorder.connected({ resumed: true, tlsMs: 4, totalMs: 9 });
    recorder.check(true);
    recorder.check(false);
    const { sinceStart } = recorder.read({ served: 4, servedAgain: 3 }, nobody);
    expect(sinceStart).toMatchObject({
      totalRequests: 3,
      successfulRequests: 2,
      failedRequests: 1,
      successRate: 2 / 3,
      avgResponseMs: 40,
      leases: 4,
      connReuseRate: 0.75,
      connectionsReused: 0.75,
      releases: 3,
      recyclingRate: 2 / 3,
      recyclingDelayMeanMs: 2,
      dials: 2,
      dialFailures: 1,
      coldMs: 40,
      fullTlsMs: 15,
      resumedHandshakes: 1,
      resumedTlsMs: 4,
      checks: 2,
      checkFailures: 1,
    });
    expect(sinceStart.waitP50Ms).toBeCloseTo(10, 0);
    expect(sinceStart.recyclingDelayP95Ms).toBeCloseTo(3, 0);
  });

  it('forgets after 60 s in the window, never since the start', () => {
    const recorder = new PoolRecorder(0);
    recorder.request(false, 10);
    for (let second = 1; second <= 59; second += 1) {
      recorder.advance(second * 1_000, 0, population);
    }
    expect(read(recorder).last60s.failedRequests).toBe(1);
    recorder.advance(60_000, 0, population);
    const { sinceStart, last60s } = read(recorder);
    expect(last60s).toMatchObject({ failedRequests: 0, successRate: 1, avgResponseMs: null });
    expect(sinceStart).toMatchObject({ failedRequests: 1, successRate: 0, avgResponseMs: 10 });
  });

  it('moves on by all the seconds that a sleeping machine missed', () => {
    const recorder = new PoolRecorder(0);
    recorder.request(true, 10);
    recorder.advance(3_600_000, 0, population);
    recorder.request(true, 20);
    const { sinceStart, last60s } = read(recorder);
    expect(last60s.totalRequests).toBe(1);
    expect(sinceStart.totalRequests).toBe(2);
  });

  it('samples each second, and keeps the last 15 minutes', () => {
    const recorder = new PoolRecorder(0);
    for (let second = 1; second <= 2_000; second += 1) {
      recorder.request(second % 2 === 0, second);
      recorder.advance(second * 1_000, second * 1_000, population);
    }
    const all = recorder.samplesSince(0);
    expect(all.length).toBeGreaterThanOrEqual(900);
    expect(all.at(-1)).toMatchObject({ atMs: 2_000_000, requests: 1, failures: 0, total: 4, active: 2, healthy: 3 });
    expect(all.at(-1)?.responseP99Ms).toBeCloseTo(2_000, -2);
    expect(recorder.samplesSince(1_998_000).map(({ atMs }) => atMs)).toEqual([1_999_000, 2_000_000]);
    expect(recorder.samplesSince(2_000_000)).toEqual([]);
  });

  it('samples seconds without requests without a response time', () => {
    const recorder = new PoolRecorder(0);
    recorder.advance(1_000, 1_000, population);
    expect(recorder.samplesSince(0)).toEqual([
      {
        atMs: 1_000,
        requests: 0,
        failures: 0,
        responseP50Ms: null,
        responseP95Ms: null,
        responseP99Ms: null,
        ...population,
      },
    ]);
  });

  it('says what a connection costs now: the median of ten minutes, which a few slow ones do not move', () => {
    const recorder = new PoolRecorder(0);
    expect(recorder.coldStartMs(0)).toBeNull();
    for (const totalMs of [12, 3_000, 10, 3_000, 11]) {
      recorder.connected({ resumed: totalMs === 10, tlsMs: 1, totalMs });
    }
    expect(recorder.coldStartMs(600_000)).toBe(12);
    expect(recorder.coldStartMs(600_001)).toBeNull();
  });

  it('goes on from a sample also when the time of day was set back', () => {
    const recorder = new PoolRecorder(0);
    recorder.advance(1_000, 100_000, population);
    const [last = null] = recorder.samplesAfter(null);
    recorder.advance(2_000, 41_000, population);
    expect(recorder.samplesAfter(last).map(({ atMs }) => atMs)).toEqual([41_000]);
    expect(recorder.samplesAfter(null)).toHaveLength(2);
  });
});
