/**
 * The fleet that the reference measured: 1,631 connections are warmed without an error, and the page stays quick: no task
 * of it over 100 ms, a click answered within 200 ms.
 *
 * A task is judged by the processor's time that it took. That is what the page itself does: on a machine with a core to
 * spare it is the clock's time, and on one without it leaves out what the page only waited for. (Four cores, all of them
 * busy, measured 20 to 35 ms, so there is room for a slower processor.) A click is judged by the clock, from the
 * press to the paint after it, for that is what a person waits; there the engine, the origins and the browser's other
 * processes count as well, so one of three attempts has to keep the limit.
 */
import type { Page } from '@playwright/test';
import { ConnectionsPage } from './pages/connections-page.ts';
import { readFigure } from './pages/read-figure.ts';
import { WarmUpPage } from './pages/warm-up-page.ts';
import { askEngine } from './support/ask-engine.ts';
import { expect, test } from './support/console-test.ts';
import { type PagePace, readPace, watchPace } from './support/page-pace.ts';

const hosts = { 'edge.demo.test': 489, 'tiles.demo.test': 816, 'api.demo.test': 326 } as const;
const all = 1_631;
const longestTaskMs = 100;
const slowestClickMs = 200;
/** A page that is slow is slow each time; a machine that does something else meanwhile is not always. */
const attempts = 3;

// What is measured is the page's and not another test's: `@alone` runs with nothing beside it.
// A recorded trace takes snapshots of the page at each step, which would be measured as well.
// Transitions are part of what has to be quick.
test.use({ consoleArgs: [`--demo=${all}`], motion: 'full', trace: 'off' });

test(
  '1,631 connections are warmed without an error, and every click is answered meanwhile',
  { tag: ['@alone', '@page'] },
  async ({ console, browser, page, restart }, testInfo) => {
    // For all attempts, on a machine that is busy with something else.
    test.setTimeout(300_000);
    const paces: PagePace[] = [await warmAll(page)];
    while (!paces.some(isQuick) && paces.length < attempts) {
      paces.push(await warmAll(await restart({ kill: 'SIGKILL' })));
    }
    testInfo.annotations.push({ type: 'pace', description: JSON.stringify(paces) });
    expect(paces.filter(isQuick), `tasks and clicks, ms: ${JSON.stringify(paces)}`).toHaveLength(1);

    async function warmAll(shown: Page): Promise<PagePace> {
      const warmUp = await WarmUpPage.of(shown);
      await watchPace(shown, browser);
      for (const host of Object.keys(hosts)) {
        await warmUp.choose({ host });
        await warmUp.start.click();
        await expect(warmUp.shownRun(host)).toContainText(/running|all ready/);
      }
      const connections = new ConnectionsPage(shown);
      await test.step('whoever looks elsewhere meanwhile waits for nothing', async () => {
        for (const column of ['IP', 'Age', 'TLS ms', 'Host'] as const) {
          await connections.open('Overview');
          await connections.open('Connections');
          await connections.sortBy(column);
          await connections.open('Warm-up');
        }
      });
      await test.step('all are ready, none has failed', async () => {
        for (const [host, ips] of Object.entries(hosts)) {
          await expect(warmUp.run(host)).toContainText(`all ready${ips} / ${ips}`, { timeout: 90_000 });
        }
        const { sinceStart, totalConnections, idleConnections } = await askEngine(
          console.running,
          'statistics.get',
          {},
        );
        expect(sinceStart.dialFailures).toBe(0);
        expect(totalConnections).toBeGreaterThanOrEqual(all);
        // The demo's own traffic borrows some.
        expect(idleConnections).toBeGreaterThan(all - 20);
        await connections.open('Connections');
        await expect.poll(async () => readFigure(await connections.tally.innerText())).toBeGreaterThanOrEqual(all);
      });
      const pace = await readPace(shown, browser);
      expect(pace.busyTasks, 'tasks were measured').not.toEqual([]);
      expect(pace.clicks.length, 'clicks were measured').toBeGreaterThan(5);
      return pace;
    }
  },
);

function isQuick({ busyTasks, clicks }: PagePace): boolean {
  return busyTasks.every((ms) => ms <= longestTaskMs) && clicks.every((ms) => ms <= slowestClickMs);
}
