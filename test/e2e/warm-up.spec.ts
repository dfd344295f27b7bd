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

test('a warm-up is chosen, watched, cancelled, and what is warm waits in the pool', { tag: '@page' }, async ({
  console,
  page,
}) => {
  const connectionsOf = async (name: string): Promise<number> => {
    const { hosts } = await askEngine(console.running, 'statistics.get', {});
    return hosts.find(({ host }) => host === name)?.total ?? 0;
  };
  const warmUp = await WarmUpPage.of(page);

  await test.step('the console says what would happen before it does', async () => {
    await warmUp.choose({ host: 'edge.demo.test', connections: 20_000 });
    await expect(warmUp.plan).toContainText(
      /^Only [\d,]+ of the 20,000 connections wanted fit now: max_\w+ is [\d,]+ and [\d,]+ of it are taken\./,
    );
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
    // With rests of 12 s in all it is long on a quick machine too.
    await askEngine(console.running, 'config.update', { changes: { 'warmup.rest_ms': 200, 'warmup.rest_every': 5 } });
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
    await warmUp.action('Pause').click();
    await expect(warmUp.lead).toHaveText(/ · paused$/);
    const { ready: resting } = await warmUp.ready();
    await expect(warmUp.run('tiles.demo.test')).toContainText('paused');
    await warmUp.action('Resume').click();
    await expect.poll(async () => (await warmUp.ready()).ready, 'it goes on').toBeGreaterThan(resting);
    await warmUp.cancel.click();
    await expect(warmUp.lead).toContainText('cancelled');
    await expect(warmUp.cancel).toHaveCount(0);
    const { ready, total } = await warmUp.ready();
    expect(ready).toBeGreaterThan(0);
    expect(ready).toBeLessThan(total);
    await expect(warmUp.run('tiles.demo.test')).toContainText(`cancelled${ready} / 300`);
    await page.getByRole('button', { name: /^Compare with the run of api\.demo\.test/ }).click();
    await expect(page.getByText(/^Compared with the run of .*: api\.demo\.test, 120 of 120 ready in /)).toBeVisible();
    await page.getByRole('button', { name: 'No longer' }).click();
    await expect(page.getByText(/^Compared with the run of /)).toHaveCount(0);
    const connections = await ConnectionsPage.of(page);
    await expect
      .poll(() => connections.count('host:tiles.demo.test state:idle'))
      .toBeGreaterThanOrEqual(before + ready - borrowed);
  });
});

test('warm a pasted list and retry its failures; see why an IP is cold; change limits that are in the way', async ({
  console,
  page,
}) => {
  const warmUp = await WarmUpPage.of(page);
  const list = warmUp.list;

  await test.step('a list is read line by line; what is good of it is used', async () => {
    await warmUp.chooseHosts(['edge.demo.test', 'api.demo.test']);
    await page.getByText('Listed IPs').click();
    await list.getByRole('textbox', { name: 'IPs' }).fill('::1 # loopback\n127.0.0.300\n::1');
    await expect(list.getByText('line 2: 300 is not 0 to 255')).toBeAttached();
    await expect(list.getByRole('status').filter({ hasText: '1 duplicate' })).toContainText(
      'Text · 1 IP · 1 duplicate',
    );
    // What is imported takes the place of what was pasted. TEST-NET-1 goes nowhere, and 1.1 s is soon over.
    await list.getByLabel('Open a file…').setInputFiles({
      name: 'ips.json',
      mimeType: 'application/json',
      buffer: Buffer.from('{"ipv4": ["127.0.0.77"], "ipv6": ["::1", 7]}'),
    });
    await expect(list.getByText('ipv6, entry 2: 7 is not an IP in quotes')).toBeVisible();
    await list.getByRole('button', { name: 'Use 2 IPs' }).click();
    await expect(warmUp.plan).toContainText(
      '2 IPs for each of 2 hosts: 4 connections will be dialled; all fit the limits.',
    );
    await expect(warmUp.plan).toContainText('1 of the listed IPs is not among the addresses of edge.demo.test');
  });

  await test.step('each host has its own result: one IP of each answers, the other does not', async () => {
    const retries = page.getByRole('textbox', { name: 'Retries' });
    await retries.fill('99');
    await expect(page.getByRole('alert')).toHaveText('99 was not taken: a whole number from 0 to 10');
    await retries.press('Tab');
    await expect(retries, 'what holds is shown again').toHaveValue('3');
    await warmUp.setRetries(0);
    await expect(page.getByRole('alert')).toHaveCount(0);
    await warmUp.start.click();
    await expect(warmUp.lead).toHaveText('2 of 4 ready · 2 failed');
    await expect(warmUp.report).toContainText(/Health report 2 healthy.+1 class of error.+mean response/);
    for (const host of ['edge.demo.test', 'api.demo.test']) {
      await expect(warmUp.hostResult(host)).toContainText('1 / 2');
    }
    await page.getByText('refused', { exact: true }).click();
    await expect(page.getByRole('listitem').filter({ hasText: /^127\.0\.0\.77 / })).toHaveCount(2);
  });

  await test.step('the keyboard walks the cells, opens the story of one and comes back', async () => {
    const cells = page.getByRole('button', { name: 'Cells: arrows move, Enter opens' });
    await cells.focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    const story = page.getByRole('region', { name: /^Connection to / });
    await expect(story).toContainText(/api\.demo\.test/);
    await story.getByRole('button', { name: 'Close this line' }).press('Enter');
    await expect(story).toHaveCount(0);
    await expect(cells).toBeFocused();
  });

  await test.step('why it is cold is a click away', async () => {
    await page.getByRole('button', { name: '127.0.0.77', exact: true }).first().click();
    const drawer = page.getByRole('dialog', { name: '127.0.0.77' });
    await expect(drawer).toContainText('Nothing is connected to 127.0.0.77 of edge.demo.test: 1 dial in a row failed');
    await expect(drawer.getByRole('region', { name: 'api.demo.test' })).toContainText(/Connectionsnone.*refused/);
    await page.keyboard.press('Escape');
    await expect(drawer).toHaveCount(0);
  });

  await test.step('what failed is tried again as a run of its own', async () => {
    await warmUp.action('Retry 2 failed').click();
    await expect(warmUp.run('retry: failed')).toContainText('0 / 2');
    await expect(warmUp.lead).toHaveText('0 of 2 ready · 2 failed');
    await expect(warmUp.run('partly failed'), 'the first one stays what it was').toContainText('2 / 4');
  });

  await test.step('one click changes the limits that are in the way', async () => {
    const limits = async () => {
      const { keys } = await askEngine(console.running, 'config.get', {});
      return Object.fromEntries(keys.map(({ path, value }) => [path, value]));
    };
    await warmUp.choose({ host: 'edge.demo.test', connections: 2_000 });
    await expect(warmUp.plan).toContainText(/^Only [\d,]+ of the 2,000 connections wanted fit now/);
    const changes = page.getByRole('list', { name: 'Change of limits that lets them fit' });
    await expect(changes.getByRole('listitem')).not.toHaveCount(0);
    const shown = readFigure((await changes.locator('ins').first().innerText()) ?? '');
    await page.getByRole('button', { name: 'Change limits' }).click();
    // The demo's own traffic may have opened one more since the change was offered.
    await expect(warmUp.plan).toHaveText(
      /^2,000 connections will be dialled|^Only 1,9\d\d of the 2,000 connections wanted fit now/,
    );
    expect((await limits())['pool.max_connections']).toBeGreaterThanOrEqual(2_000);
    expect(shown).toBeGreaterThanOrEqual(2_000);
  });
});
