/**
 * The console's page under a pool in full motion: 10,000 connections and 2,000 changed rows a second, some 30 of these a
 * second connections that close and others that take their place.
 *
 * Method: the production build, served by the headless host's own server in a process of its own, in Chromium at 1440x900. The
 * rows are made up by a seed (`made-pool.ts`); wire, page and the engine that answers the rest are the real ones. Each scene has a
 * browser context of its own, settles for some seconds, and is then watched: its frames by `requestAnimationFrame`, its tasks over
 * 50 ms as its own observer tells them, the time of its scripts as the browser counts it. The heap is read after a collection.
 * The floor is a page of nothing but a Map and a virtual list over the same feed, without any order.
 *
 * `--minutes N` is how long the Connections view stays open between the two readings of its heap (default 1); each scene is
 * watched for a minute, or for so long when that is less. On a busy machine: `chrt -r 1 npm run bench -- ui`.
 */
import { type Browser, chromium, type Page } from '@playwright/test';
import { ensureBuilt } from '../../electron/launch/setup.mjs';
import { findBrowser } from '../support/ensure-browser.mjs';
import { type Bench, type BenchCell, budgetCell, median, rateCell } from './harness.ts';
import { type Feed, type FeedPlace, startFeed } from './ui/feed.ts';
import { heapBytes, type Pace, percentile, prepareWatch, watchPace } from './ui/page-watch.ts';
import { measureWire } from './ui/wire.ts';

const feedOptions = { seed: 1, connections: 10_000, changesPerSecond: 2_000 };
const settleMs = 8_000;
/** Of the minutes between the two readings of the heap: so long before the first. */
const heapSettleShare = 0.1;
const openings = 7;
const wireMs = 5_000;
/** Typed after `ip:10.`, one after the other; each key makes the table another. */
const typed = ['1', '2', 'Backspace', '3', 'Backspace', 'Backspace', '2', '7', 'Backspace', 'Backspace'];
const typedTimes = 6;
const keyPauseMs = 180;

interface Scene {
  readonly name: string;
  /** Stands in the address after the token has been taken; null: the floor's page. */
  readonly view: string | null;
  readonly prepare?: (page: Page) => Promise<void>;
}

const connections: Scene = { name: 'Connections', view: 'connections' };
const scenes: readonly Scene[] = [
  connections,
  {
    name: 'Connections by what changes most',
    view: 'connections',
    prepare: (page) => page.getByRole('button', { name: 'Last ms' }).click(),
  },
  { name: 'Overview', view: 'overview' },
];
const floor: Scene = { name: 'floor', view: null };

async function open(browser: Browser, place: FeedPlace, { view, prepare }: Scene): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await prepareWatch(context);
  const page = await context.newPage();
  if (view === null) {
    await page.goto(place.floorUrl);
  } else {
    await page.goto(place.consoleUrl);
    await page.goto(`${new URL(place.consoleUrl).origin}/#/${view}`);
    await page.reload();
    await page.waitForFunction(() => document.querySelector('[data-row]') ?? document.querySelector('canvas'));
  }
  await prepare?.(page);
  return page;
}

async function firstRowMs(browser: Browser, place: FeedPlace): Promise<number | null> {
  const page = await open(browser, place, connections);
  const shown = await page.waitForFunction(() => window.benchWatch.firstRowMs);
  const figure = await shown.jsonValue();
  await page.context().close();
  return figure;
}

async function watched(browser: Browser, place: FeedPlace, scene: Scene, forMs: number): Promise<Pace> {
  const page = await open(browser, place, scene);
  await page.waitForTimeout(settleMs);
  const pace = await watchPace(page, forMs);
  await page.context().close();
  return pace;
}

/** The share by which the heap is larger after some minutes of the Connections view. */
async function heapGrowth(browser: Browser, place: FeedPlace, minutes: number) {
  const page = await open(browser, place, connections);
  // Until what runs hot has been compiled, which is kept in the same heap.
  await page.waitForTimeout(Math.max(settleMs, minutes * heapSettleShare * 60_000));
  const before = await heapBytes(page);
  await page.waitForTimeout(minutes * 60_000);
  const after = await heapBytes(page);
  await page.context().close();
  return { growth: after / before - 1, before, after };
}

async function keystrokesMs(browser: Browser, place: FeedPlace): Promise<readonly number[]> {
  const page = await open(browser, place, connections);
  await page.waitForTimeout(settleMs);
  const filter = page.getByRole('combobox', { name: 'Filter connections' });
  for (let time = 0; time < typedTimes; time += 1) {
    await filter.fill('ip:10.');
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 500)));
    for (const key of typed) {
      await filter.press(key);
      await page.waitForTimeout(keyPauseMs);
    }
  }
  const { keysMs } = await page.evaluate(() => window.benchWatch);
  await page.context().close();
  return keysMs;
}

/** None is allowed. */
function noneCell(cell: string, unit: string, ours: number, beside: BenchCell['beside'] = {}): BenchCell {
  return { cell, unit, ours, peers: { budget: 0 }, ratio: ours === 0 ? 1 : 0, target: 1, met: ours === 0, beside };
}

function paceCells(name: string, pace: Pace, bare: Pace): BenchCell[] {
  const percent = (share: number): number => share * 100;
  return [
    rateCell(
      `${name}: frames a second, p5`,
      'frames/s',
      { ours: percentile(pace.framesPerSecond, 0.05), peers: { 'at least': 50 } },
      1,
      { floor: percentile(bare.framesPerSecond, 0.05), 'frame to frame p95, ms': pace.frameP95Ms },
    ),
    noneCell(`${name}: tasks over 50 ms`, 'tasks', pace.longTasksMs.length, {
      floor: bare.longTasksMs.length,
      'longest, ms': pace.longTasksMs[0] ?? null,
    }),
    budgetCell(`${name}: script, of a core`, '%', percent(pace.scriptShare), 35, {
      floor: percent(bare.scriptShare),
      'with layout and paint': percent(pace.taskShare),
      "floor's": percent(bare.taskShare),
    }),
  ];
}

async function measure(feed: Feed, browser: Browser, minutes: number): Promise<BenchCell[]> {
  const { place } = feed;
  const forMs = Math.min(60_000, minutes * 60_000);
  const bare = await watched(browser, place, floor, forMs);
  const cells: BenchCell[] = [];
  for (const scene of scenes) {
    cells.push(...paceCells(scene.name, await watched(browser, place, scene, forMs), bare));
  }
  const firstRows: (number | null)[] = [];
  for (let opening = 0; opening < openings; opening += 1) {
    firstRows.push(await firstRowMs(browser, place));
  }
  const keys = await keystrokesMs(browser, place);
  const { bytesPerRow, rowsAlone, rowsPerSecond } = await measureWire(place.consoleUrl, wireMs);
  const { growth, before, after } = await heapGrowth(browser, place, minutes);
  return [
    ...cells,
    budgetCell(`heap after ${minutes} min more`, 'times', 1 + growth, 1.1, {
      'MB before': before / 1e6,
      'MB after': after / 1e6,
    }),
    budgetCell('connections asked for to first row painted', 'ms', median(firstRows), 400),
    budgetCell('key in the filter to result painted, p95', 'ms', percentile(keys, 0.95), 60, {
      keys: keys.length,
      median: percentile(keys, 0.5),
    }),
    budgetCell('bytes per changed row on the wire', 'bytes', bytesPerRow, rowsAlone * 1.25, {
      'rows alone': rowsAlone,
      'rows a second': rowsPerSecond,
    }),
  ];
}

export const uiBench: Bench = {
  name: 'ui',
  about:
    'the page under 10,000 connections and 2,000 changes a second: frames, long tasks, script, heap, first row, filter',
  takesMinutes: true,
  async run({ minutes = 1 }) {
    await ensureBuilt();
    const executablePath = findBrowser();
    if (executablePath === null) {
      throw new Error('there is no Chromium here: set HOTPOOL_CHROMIUM to one');
    }
    await using feed = await startFeed(feedOptions);
    const browser = await chromium.launch({ executablePath });
    try {
      return await measure(feed, browser, minutes);
    } finally {
      await browser.close();
    }
  },
};
