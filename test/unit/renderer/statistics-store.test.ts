import { describe, expect, it, vi } from 'vitest';
import { MemoryBridge } from '../../../renderer/bridge/memory/memory-bridge.ts';
import { EngineClock } from '../../../renderer/store/engine-clock.ts';
import { StatisticsStore } from '../../../renderer/store/statistics-store.ts';
import { RecordingApi, sample } from './fixtures.ts';

const statistics = await new MemoryBridge({ connections: 0 }).request('statistics.get', {});

describe('StatisticsStore', () => {
  it('is always subscribed', () => {
    const api = new RecordingApi();
    new StatisticsStore(api, new EngineClock());
    expect(api.log).toEqual(['+statistics']);
  });

  it('adds the seconds since, and doubles nothing when the past comes again', () => {
    const store = new StatisticsStore(new RecordingApi(), new EngineClock());
    store.apply({ statistics, samples: [sample(1_000), sample(2_000)] });
    store.apply({ statistics, samples: [sample(3_000)] });
    store.apply({ statistics, samples: [sample(2_000, { requests: 7 }), sample(3_000), sample(4_000)] });
    expect(store.samples().map((entry) => [entry.atMs, entry.requests])).toEqual([
      [1_000, 0],
      [2_000, 7],
      [3_000, 0],
      [4_000, 0],
    ]);
  });

  it('keeps 15 minutes', () => {
    const store = new StatisticsStore(new RecordingApi(), new EngineClock());
    store.apply({ statistics, samples: Array.from({ length: 1_000 }, (_, second) => sample(second * 1_000)) });
    expect(store.samples()).toHaveLength(900);
    expect(store.samples()[0]?.atMs).toBe(100_000);
  });

  it('fills what is missing before the first sample, and between two engines, from what is remembered', async () => {
    const asked: [number, number][] = [];
    const recall = (fromMs: number, toMs: number) => {
      asked.push([fromMs, toMs]);
      return Promise.resolve([fromMs - 1_000, fromMs, toMs - 1_000, toMs].map((atMs) => sample(atMs, { requests: 9 })));
    };
    const store = new StatisticsStore(new RecordingApi(), new EngineClock(), recall);
    const shown = () => store.samples().map(({ atMs, requests }) => [atMs / 1_000, requests]);
    store.apply({ statistics, samples: [sample(5_000_000)] });
    await vi.waitFor(() =>
      expect(shown()).toEqual([
        [4_101, 9],
        [4_999, 9],
        [5_000, 0],
      ]),
    );
    store.apply({ statistics, samples: [sample(5_001_000)] });
    store.apply({ statistics, samples: [sample(5_020_000)] });
    await vi.waitFor(() =>
      expect(shown().slice(-4)).toEqual([
        [5_001, 0],
        [5_002, 9],
        [5_019, 9],
        [5_020, 0],
      ]),
    );
    expect(asked).toEqual([
      [4_101_000, 5_000_000],
      [5_002_000, 5_020_000],
    ]);
  });

  it('leaves the curves as they are when nothing is remembered', async () => {
    const recall = vi.fn(() => Promise.reject(new Error('off')));
    const store = new StatisticsStore(new RecordingApi(), new EngineClock(), recall);
    store.apply({ statistics, samples: [sample(5_000_000)] });
    await vi.waitFor(() => expect(recall).toHaveBeenCalledOnce());
    expect(store.samples()).toHaveLength(1);
  });
});

describe('EngineClock', () => {
  it('reads the engine’s time, and a late frame does not turn it back', () => {
    const clock = new EngineClock();
    clock.observe(5_000_000);
    const early = clock.now();
    clock.observe(4_999_400);
    expect(clock.now()).toBeGreaterThanOrEqual(early);
    expect(Math.abs(clock.now() - 5_000_000)).toBeLessThan(1_000);
  });

  it('follows an engine that was set to another time', () => {
    const clock = new EngineClock();
    clock.observe(5_000_000);
    clock.observe(1_000_000);
    expect(Math.abs(clock.now() - 1_000_000)).toBeLessThan(1_000);
  });

  it('stands still when no frame comes any more', () => {
    vi.useFakeTimers();
    const clock = new EngineClock();
    clock.observe(5_000_000);
    vi.advanceTimersByTime(2_000);
    expect(clock.now()).toBe(5_002_000);
    vi.advanceTimersByTime(600_000);
    expect(clock.now()).toBe(5_003_000);
    vi.useRealTimers();
  });
});
