/** Journey 4: connections are made before they are needed, and it is watched. */
import { ConnectionsPage } from './pages/connections-page.ts';
import { readFigure } from './pages/read-figure.ts';
import { WarmUpPage } from './pages/warm-up-page.ts';
import { askEngine } from './support/ask-engine.ts';
import { expect, test } from './support/console-test.ts';

// 180, 300 and 120 IPs: enough that a slow run can be watched and cancelled.
test.use({ consoleArgs: ['--demo=600'] });

/** As many visits as the demo’s own traffic makes at a time; each borrows a connection. */
const borrowed = 16;

test('a warm-up is chosen, watched, cancelled, and what is warm waits in the pool', async ({ console, page }) => {
  const connectionsOf = async (name: string): Promise<number> => {
    const { hosts } = await askEngine(console.running, 'statistics.get', {});
    return hosts.find(({ host }) => host === name)?.total ?? 0;
  };
  const warmUp = await WarmUpPage.of(page);

  await test.step('the console says what would happen before it does', async () => {
    await warmUp.choose({ host: 'edge.demo.test', connections: 20_000 });
    await expect(warmUp.plan).toContainText(/^Only [\d,]+ of 20,000 fit now: max_\w+ is [\d,]+ and [\d,]+ are open\./);
    await warmUp.choose({ host: 'edge.demo.test', connections: 5 });
    await expect(warmUp.plan).toHaveText('5 connections will be dialled; all fit the limits.');
  });

  await test.step('one per IP: all ready, with the times of their parts, and idle in the pool', async () => {
    const before = await connectionsOf('api.demo.test');
    await warmUp.choose({ host: 'api.demo.test', concurrency: 20 });
    await warmUp.start.click();
    await expect(warmUp.lead).toHaveText('120 of 120 ready · all ready');
    await expect(warmUp.fact('success')).toHaveText(/^100\s%$/);
    await expect(warmUp.fact('results / s')).toHaveText(/^[\d,.]*[1-9][\d,.]*$/);
    for (const part of ['TCP p50', 'TLS p50', 'first byte p50']) {
      await expect(warmUp.fact(part)).toHaveText(/^<?[\d,.]+\sms$/);
    }
    await expect(warmUp.run('api.demo.test')).toContainText('all ready');
    await page.getByRole('button', { name: 'Show in Connections' }).click();
    const connections = new ConnectionsPage(page);
    await expect(connections.filter).toHaveValue('host:api.demo.test');
    // The demo's own traffic borrows one now and then, and may open one more.
    await expect
      .poll(() => connections.count('host:api.demo.test state:idle'))
      .toBeGreaterThanOrEqual(before + 120 - borrowed);
  });

  await test.step('a long one moves before the eyes until it is cancelled; what is warm by then stays', async () => {
    const before = await connectionsOf('tiles.demo.test');
    await warmUp.open('Warm-up');
    await warmUp.choose({ host: 'tiles.demo.test', concurrency: 1 });
    await warmUp.start.click();
    const seen = { done: new Set<string>(), ready: new Set<number>(), left: new Set<number | null>() };
    await expect
      .poll(async () => {
        const [, left = ''] = (await warmUp.lead.innerText()).split(' · ');
        seen.done.add((await warmUp.progress.getAttribute('value')) ?? '');
        seen.ready.add((await warmUp.ready()).ready);
        seen.left.add(readFigure(left));
        return Math.min(seen.done.size, seen.ready.size, seen.left.size);
      }, 'the bar, the success and the time left move')
      .toBeGreaterThanOrEqual(2);
    await expect(warmUp.fact('results / s')).toHaveText(/^[\d,.]*[1-9][\d,.]*$/);
    await expect(page.getByRole('img', { name: /^One cell for each of 300 connections/ })).toBeVisible();
    await warmUp.cancel.click();
    await expect(warmUp.lead).toContainText('cancelled');
    await expect(warmUp.cancel).toHaveCount(0);
    const { ready, total } = await warmUp.ready();
    expect(ready).toBeGreaterThan(0);
    expect(ready).toBeLessThan(total);
    await expect(warmUp.run('tiles.demo.test')).toContainText(`cancelled${ready} / 300`);
    const connections = await ConnectionsPage.of(page);
    await expect
      .poll(() => connections.count('host:tiles.demo.test state:idle'))
      .toBeGreaterThanOrEqual(before + ready - borrowed);
  });
});
