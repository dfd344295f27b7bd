/** Journey 2: without any configuration it watches the demo fleet, and the fleet lives. */
import { OverviewPage } from './pages/overview-page.ts';
import { readFigure } from './pages/read-figure.ts';
import { askEngine } from './support/ask-engine.ts';
import { expect, test } from './support/console-test.ts';

test('three hosts over sixty endpoints, with traffic that moves the figures', { tag: '@page' }, async ({
  console,
  page,
}) => {
  const overview = new OverviewPage(page);
  await expect(overview.hosts.getByRole('row')).toHaveText([
    /^Host/,
    /^edge\.demo\.test18/,
    /^tiles\.demo\.test30/,
    /^api\.demo\.test12/,
  ]);
  const { hosts, mode } = await askEngine(console.running, 'session.describe', {});
  expect(mode).toBe('demo');
  expect(hosts.map(({ host, ips }) => [host, ips])).toEqual([
    ['edge.demo.test', 18],
    ['tiles.demo.test', 30],
    ['api.demo.test', 12],
  ]);
  expect(
    hosts.every(({ ipv6 }) => ipv6 > 0),
    'IPv6 too',
  ).toBe(true);

  await test.step('requests are made, and none fails', async () => {
    const requests = async (): Promise<number> => readFigure((await overview.figure('Requests')).sinceStart) ?? 0;
    await expect.poll(requests).toBeGreaterThan(0);
    const before = await requests();
    await expect.poll(requests).toBeGreaterThan(before);
    expect(await overview.figure('Failed')).toEqual({ last60s: '0', sinceStart: '0' });
    await expect(overview.tile('Success rate')).toContainText('100%');
  });

  await test.step('the curves, the field of cells and the busiest lines follow', async () => {
    await expect(page.getByRole('img', { name: /^Requests per second\. Now [\d.]+/ })).toBeVisible();
    await expect(page.getByRole('img', { name: /^Response time\. Now p50/ })).toBeVisible();
    await expect(page.getByRole('img', { name: /^\d+ connections, one cell each/ })).toBeVisible();
    await expect(overview.busiest.getByRole('row').nth(1)).toContainText(/\.demo\.test/);
  });

  await test.step('on real TLS connections that speak both protocols', async () => {
    const { totalConnections, h2Connections } = await askEngine(console.running, 'statistics.get', {});
    expect(h2Connections).toBeGreaterThan(0);
    expect(h2Connections).toBeLessThan(totalConnections);
  });
});
