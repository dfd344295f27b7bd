/** What the page itself can tell of its pace: its frames, its long tasks, and when something asked for was painted. */
import type { BrowserContext, CDPSession, Page } from '@playwright/test';

export interface Pace {
  /** Of each whole second, lowest first. */
  readonly framesPerSecond: readonly number[];
  /** Between two frames. */
  readonly frameP95Ms: number;
  /** Tasks of the page's main thread over 50 ms, longest first. */
  readonly longTasksMs: readonly number[];
  /** Of a core, 0 to 1. */
  readonly scriptShare: number;
  /** The same for everything that the page's main thread does: script, styles, layout, painting. */
  readonly taskShare: number;
}

interface BenchWatch {
  /** While it is watched: what the bench keeps must not look like the page's own growth. */
  counting: boolean;
  frames: number[];
  longTasksMs: number[];
  /** From asking for the connections to the first line that was painted; null before. */
  firstRowMs: number | null;
  /** From each key to the painted result. */
  keysMs: number[];
}

declare global {
  interface Window {
    benchWatch: BenchWatch;
  }
}

/** Before anything of a page runs. */
export async function prepareWatch(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const watch: BenchWatch = { counting: false, frames: [], longTasksMs: [], firstRowMs: null, keysMs: [] };
    window.benchWatch = watch;
    const onFrame = (atMs: number): void => {
      if (watch.counting) {
        watch.frames.push(atMs);
      }
      requestAnimationFrame(onFrame);
    };
    requestAnimationFrame(onFrame);
    new PerformanceObserver((list) => {
      if (watch.counting) {
        watch.longTasksMs.push(...list.getEntries().map(({ duration }) => duration));
      }
    }).observe({ type: 'longtask' });

    /** A message that is posted in a frame comes when that frame has been painted. */
    const afterPaint = (then: () => void): void => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = then;
      requestAnimationFrame(() => port2.postMessage(null));
    };

    let askedAt: number | null = null;
    const { send } = WebSocket.prototype;
    WebSocket.prototype.send = function (data) {
      if (askedAt === null && String(data).includes('"stream":"connections"')) {
        askedAt = performance.now();
      }
      send.call(this, data);
    };
    const rows = new MutationObserver(() => {
      if (document.querySelector('[data-row]')) {
        rows.disconnect();
        afterPaint(() => {
          watch.firstRowMs = performance.now() - (askedAt ?? 0);
        });
      }
    });
    rows.observe(document, { childList: true, subtree: true });

    // The first change of the table after a key of the filter is its result.
    let keyAt: number | null = null;
    document.addEventListener(
      'keydown',
      (event) => {
        const { timeStamp } = event;
        document.addEventListener(
          'input',
          () => {
            keyAt = timeStamp;
          },
          { capture: true, once: true },
        );
      },
      { capture: true },
    );
    const results = new MutationObserver(() => {
      if (keyAt !== null) {
        const at = keyAt;
        keyAt = null;
        afterPaint(() => watch.keysMs.push(performance.now() - at));
      }
    });
    results.observe(document, { subtree: true, attributes: true, attributeFilter: ['aria-rowcount'] });
  });
}

interface Metrics {
  readonly atMs: number;
  readonly scriptMs: number;
  readonly taskMs: number;
}

async function readMetrics(session: CDPSession): Promise<Metrics> {
  const { metrics } = await session.send('Performance.getMetrics');
  const seconds = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? 0;
  return {
    atMs: seconds('Timestamp') * 1_000,
    scriptMs: seconds('ScriptDuration') * 1_000,
    taskMs: seconds('TaskDuration') * 1_000,
  };
}

/** Watches the page for `forMs`; what was before does not count. */
export async function watchPace(page: Page, forMs: number): Promise<Pace> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  await page.evaluate(() => {
    Object.assign(window.benchWatch, { counting: true, frames: [], longTasksMs: [] });
  });
  const before = await readMetrics(session);
  await page.waitForTimeout(forMs);
  const after = await readMetrics(session);
  const { frames, longTasksMs } = await page.evaluate(() => window.benchWatch);
  await session.detach();
  const spanMs = after.atMs - before.atMs;
  return {
    framesPerSecond: perSecond(frames),
    frameP95Ms: percentile(gaps(frames), 0.95) ?? 0,
    longTasksMs: longTasksMs.toSorted((a, b) => b - a),
    scriptShare: (after.scriptMs - before.scriptMs) / spanMs,
    taskShare: (after.taskMs - before.taskMs) / spanMs,
  };
}

/** Bytes of JavaScript's heap that are in use, after what is garbage has gone. */
export async function heapBytes(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.enable');
  // What the first finds unreachable may hold more by a finaliser or a cache.
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize;
}

export function percentile(figures: readonly number[], share: number): number | null {
  const sorted = figures.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? null;
}

function gaps(frames: readonly number[]): number[] {
  return frames.slice(1).map((atMs, index) => atMs - (frames[index] ?? 0));
}

/** Of each second that is over, lowest first. */
function perSecond(frames: readonly number[]): number[] {
  const [first = 0] = frames;
  const seconds = new Map<number, number>();
  for (const atMs of frames) {
    const second = Math.floor((atMs - first) / 1_000);
    seconds.set(second, (seconds.get(second) ?? 0) + 1);
  }
  const last = Math.floor(((frames.at(-1) ?? 0) - first) / 1_000);
  return Array.from({ length: last }, (_, second) => seconds.get(second) ?? 0).sort((a, b) => a - b);
}
