/** Nobody is kept out: axe finds nothing in any view, in either theme, and everything can be reached by keys. */
import { AccessPage } from './pages/access-page.ts';
import { ConnectionsPage } from './pages/connections-page.ts';
import { ConsolePage, viewTitles } from './pages/console-page.ts';
import { HealthPage } from './pages/health-page.ts';
import { RequestsPage } from './pages/requests-page.ts';
import { WarmUpPage } from './pages/warm-up-page.ts';
import { expect, test } from './support/console-test.ts';
import { violationsInBothThemes } from './support/violations.ts';

test('axe finds nothing, in the dark theme and in the light one', { tag: '@page' }, async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  const warmUp = await WarmUpPage.of(page);
  await warmUp.chooseTheme('System');
  await test.step('in each view, before and after there is something to see', async () => {
    expect(await violationsInBothThemes(page), 'Warm-up, empty').toEqual([]);
    await warmUp.choose({ host: 'api.demo.test' });
    await warmUp.start.click();
    await expect(warmUp.lead).toContainText('all ready');
    for (const title of viewTitles) {
      await warmUp.open(title);
      if (title === 'Requests') {
        await new RequestsPage(page).send.click();
      }
      await expect(page.getByRole('row').nth(1)).toBeVisible();
      expect(await violationsInBothThemes(page), title).toEqual([]);
    }
  });
  await test.step('with the checks behind a cell, reached by keys', async () => {
    const health = await HealthPage.of(page);
    await health.cells.focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await expect(health.checks).toBeVisible();
    expect(await violationsInBothThemes(page), 'checks').toEqual([]);
    await page.keyboard.press('Escape');
    await expect(health.checks).toHaveCount(0);
  });
  await test.step('with a load, before there is one and after', async () => {
    const requests = await RequestsPage.of(page);
    await requests.openLoad();
    await expect(page.getByText('No run yet').first()).toBeVisible();
    expect(await violationsInBothThemes(page), 'no load').toEqual([]);
    await requests.setDuration(1);
    await requests.startLoad.click();
    await expect(requests.run(1).getByRole('status')).toContainText('finished');
    expect(await violationsInBothThemes(page), 'load').toEqual([]);
  });
  await test.step('with lines chosen, a filter that is wrong, and a filter that nothing fits', async () => {
    const connections = await ConnectionsPage.of(page);
    await connections.lines.first().click();
    await connections.grid.focus();
    await page.keyboard.press('Enter');
    const life = page.getByRole('dialog', { name: /^Connection/ });
    await expect(life.getByRole('region', { name: 'How it was made' })).toBeVisible();
    expect(await violationsInBothThemes(page), 'the life of a connection').toEqual([]);
    await page.keyboard.press('Escape');
    await page
      .getByRole('toolbar', { name: /^Actions/ })
      .getByText('About this IP…')
      .click();
    await expect(page.getByRole('dialog').getByRole('region', { name: /demo\.test/ })).toBeVisible();
    expect(await violationsInBothThemes(page), 'all about an IP').toEqual([]);
    await page.keyboard.press('Escape');
    expect(await violationsInBothThemes(page), 'selection').toEqual([]);
    await connections.filter.fill('no:such');
    await expect(page.getByRole('toolbar', { name: /^Actions/ }), 'nothing is done to hidden rows').toHaveCount(0);
    await connections.filter.fill('err>1000');
    await expect(page.getByText('No connection fits the filter')).toBeVisible();
    expect(await violationsInBothThemes(page), 'nothing fits').toEqual([]);
  });
  await test.step('with a list of IPs to warm, and a plan that does not fit', async () => {
    await warmUp.open('Warm-up');
    await page.getByText('Listed IPs').click();
    await warmUp.list.getByRole('textbox', { name: 'IPs' }).fill('127.0.0.1\n127.0.0.300');
    await expect(warmUp.list.getByText('1 fault')).toBeVisible();
    expect(await violationsInBothThemes(page), 'listed IPs').toEqual([]);
    await warmUp.list.getByRole('button', { name: 'Cancel' }).click();
    await warmUp.choose({ host: 'edge.demo.test', connections: 20_000 });
    await expect(warmUp.plan).toContainText('fit now');
    expect(await violationsInBothThemes(page), 'clipped').toEqual([]);
  });
  await test.step('with a list that is being pasted, and changes that wait', async () => {
    const access = await AccessPage.of(page);
    await access.openBulk('black list', '192.0.2.1\n192.0.2.300');
    await expect(access.bulk.getByText('1 entry · faults on 1 line')).toBeVisible();
    expect(await violationsInBothThemes(page), 'paste').toEqual([]);
    await access.bulk.getByRole('button', { name: 'Add 1 entry' }).click();
    await access.bulk.getByRole('button', { name: 'Close' }).click();
    await expect(access.pending).toBeVisible();
    expect(await violationsInBothThemes(page), 'changes that wait').toEqual([]);
  });
});

test('views, filter and rows are reached without a pointer', { tag: '@page' }, async ({ page }) => {
  const shown = new ConsolePage(page);
  await expect(shown.statusBar).toContainText('live');
  for (const [key, title] of [
    ['3', 'Warm-up'],
    ['4', 'Health'],
    ['5', 'Access lists'],
    ['6', 'Requests'],
    ['7', 'Alerts'],
    ['8', 'Events'],
    ['1', 'Overview'],
    ['2', 'Connections'],
  ] as const) {
    await page.keyboard.press(key);
    await expect(shown.title).toHaveText(title);
  }
  await test.step('also while one of the theme buttons has the focus', async () => {
    await shown.chooseTheme('Light');
    await page.keyboard.press('1');
    await expect(shown.title).toHaveText('Overview');
    await page.keyboard.press('2');
    await expect(shown.title).toHaveText('Connections');
  });
  const connections = new ConnectionsPage(page);
  await expect(connections.lines).not.toHaveCount(0);
  await page.keyboard.press('/');
  await expect(connections.filter).toBeFocused();
  await page.keyboard.type('host:edge');
  await expect(connections.tally).toHaveText(/^\d+ of \d+ connections$/);
  await page.keyboard.press('Escape');
  await connections.grid.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(page.getByRole('toolbar', { name: /^Actions/ })).toContainText('2 selected');
  await page.keyboard.press('w');
  await expect(shown.title).toHaveText('Warm-up');
  await expect(page.getByRole('combobox', { name: 'Hosts' })).toBeFocused();
});
