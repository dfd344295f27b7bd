/**
 * Loaded into the console's process before it starts (`node --expose-gc --import`): once in a while it collects garbage and
 * writes what is left, as a line of JSON, to the file that HOTPOOL_SOAK_REPORT names. What a process keeps can be told from
 * what it has not thrown away yet only from within.
 */
import { appendFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

const resolutionMs = 10;
const { HOTPOOL_SOAK_REPORT: file, HOTPOOL_SOAK_EVERY_MS: everyMs = '5000' } = process.env;

// A worker thread is started with the same arguments.
if (isMainThread && file !== undefined) {
  const delay = monitorEventLoopDelay({ resolution: resolutionMs });
  delay.enable();
  const report = (): void => {
    const lag = Math.max(0, delay.percentile(99) / 1e6 - resolutionMs);
    globalThis.gc?.();
    const { heapUsed, external } = process.memoryUsage();
    const line = { heap: heapUsed, external, handles: process.getActiveResourcesInfo().length, lag };
    appendFileSync(file, `${JSON.stringify(line)}\n`);
    // The collection itself is nobody's lag.
    delay.reset();
  };
  setInterval(report, Number(everyMs)).unref();
}
