import { existsSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../../core/base/clock.ts';
import { SystemProcessMonitor } from '../../../core/base/process-monitor.ts';
import { ManualClock } from '../../support/manual-clock.ts';

function busyFor(ms: number): void {
  const untilMs = performance.now() + ms;
  while (performance.now() < untilMs) {
    // Nothing else gets a turn.
  }
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 15));

describe('process monitor', () => {
  it('sees the loop stand still, and forgets it a second later', async () => {
    const clock = new ManualClock();
    const monitor = new SystemProcessMonitor(clock);
    await nextTurn();
    busyFor(60);
    await nextTurn();
    await clock.advance(1_000);
    const busy = monitor.sample();
    expect(busy.loopDelayP99Ms).toBeGreaterThan(30);
    expect(busy.loopDelayP50Ms).toBeLessThanOrEqual(busy.loopDelayP99Ms);
    expect(busy.cpuShare).toBeGreaterThan(0);
    // A loaded machine may make the next second late as well, but not every one after it.
    while (monitor.sample().loopDelayP99Ms >= busy.loopDelayP99Ms) {
      await nextTurn();
      await clock.advance(1_000);
    }
    monitor.dispose();
    monitor.dispose();
    expect(clock.timers).toBe(0);
  });

  it('tells memory at once, and file descriptors where the system does', async () => {
    const monitor = new SystemProcessMonitor(systemClock);
    expect(monitor.sample().rssBytes).toBeGreaterThan(10_000_000);
    const hasProc = existsSync('/proc/self/fd');
    while (hasProc && monitor.sample().openFileDescriptors === null) {
      await nextTurn();
    }
    const { openFileDescriptors } = monitor.sample();
    expect(hasProc ? (openFileDescriptors ?? 0) > 2 : openFileDescriptors === null).toBe(true);
    monitor.dispose();
  });

  it('lives on with its last figure when no file can be opened any more', async () => {
    const clock = new ManualClock();
    const monitor = new SystemProcessMonitor(clock);
    const { rssBytes } = monitor.sample();
    const reading = vi.spyOn(process.memoryUsage, 'rss').mockImplementation(() => {
      throw Object.assign(new Error('too many open files'), { code: 'EMFILE' });
    });
    await clock.advance(1_000);
    expect(reading).toHaveBeenCalled();
    expect(monitor.sample().rssBytes).toBe(rssBytes);
    reading.mockRestore();
    monitor.dispose();
  });
});
