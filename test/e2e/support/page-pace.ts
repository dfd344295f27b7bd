/** How quick the page stays while much happens: measured by the browser itself. */
import type { Browser, Page } from '@playwright/test';

export interface PagePace {
  /** Tasks of the main thread over 50 ms by the clock, as the page's own observer tells them, longest first. */
  readonly longTasks: readonly number[];
  /** The longest tasks by the processor's time: what a busy machine gave to others meanwhile is not the page's. */
  readonly busyTasks: readonly number[];
  /** From each click to the paint after it, milliseconds, longest first; the browser rounds to 8 ms. */
  readonly clicks: readonly number[];
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds of the thread's own processor time. */
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

declare global {
  interface Window {
    pagePace?: { longTasks: number[]; clicks: number[]; observers: PerformanceObserver[] };
  }
}

/** Begins now; what was before does not count. */
export async function watchPace(page: Page, browser: Browser): Promise<void> {
  await page.evaluate(() => {
    const pace: NonNullable<Window['pagePace']> = { longTasks: [], clicks: [], observers: [] };
    const observe = (
      options: PerformanceObserverInit & { durationThreshold?: number },
      into: number[],
      name?: string,
    ) => {
      const observer = new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
          if (name === undefined || entry.name === name) {
            into.push(entry.duration);
          }
        }
      });
      observer.observe(options);
      pace.observers.push(observer);
    };
    observe({ type: 'longtask' }, pace.longTasks);
    // The least that it can be set to.
    observe({ type: 'event', durationThreshold: 16 }, pace.clicks, 'click');
    window.pagePace = pace;
  });
  await browser.startTracing(page, { categories: ['toplevel'] });
}

/** Ends the watch. */
export async function readPace(page: Page, browser: Browser): Promise<PagePace> {
  const trace = await browser.stopTracing();
  const { longTasks, clicks } = await page.evaluate(() => {
    const descending = (a: number, b: number): number => b - a;
    const { longTasks: tasks = [], clicks: pressed = [] } = window.pagePace ?? {};
    return { longTasks: tasks.toSorted(descending), clicks: pressed.toSorted(descending) };
  });
  return { longTasks, clicks, busyTasks: busiestTasks(trace) };
}

/** The ten that took the processor longest, of every page's main thread, milliseconds. */
function busiestTasks(trace: Buffer): number[] {
  const { traceEvents }: { traceEvents: TraceEvent[] } = JSON.parse(trace.toString());
  const threadOf = ({ pid, tid }: TraceEvent): string => `${pid}:${tid}`;
  const mainThreads = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
      .map((event) => threadOf(event)),
  );
  return traceEvents
    .filter((event) => event.name === 'ThreadControllerImpl::RunTask' && mainThreads.has(threadOf(event)))
    .map(({ tdur = 0 }) => tdur / 1_000)
    .sort((a, b) => b - a)
    .slice(0, 10);
}
