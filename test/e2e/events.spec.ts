/** A journey: what happened is found by its words, held still, opened, taken along, and is still there after kill -9. */
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { ConsolePage } from './pages/console-page.ts';
import { askEngine } from './support/ask-engine.ts';
import { expect, test } from './support/console-test.ts';

const grid = (page: Page) => page.getByRole('treegrid', { name: /^Events/ });
const search = (page: Page) => page.getByRole('searchbox', { name: /^Search/ });

async function openEvents(page: Page): Promise<void> {
  await new ConsolePage(page).open('Events');
  await expect(
    grid(page)
      .getByRole('row', { name: /engine\.started/ })
      .first(),
  ).toBeVisible();
}

test('an entry of the black list is found in the log, opened, exported, and outlives the engine', {
  tag: '@page',
}, async ({ console, hostKind, page }) => {
  await openEvents(page);
  await askEngine(console.running, 'access.apply', { add: [{ list: 'black', value: '192.0.2.77', note: 'journey' }] });
  await test.step('it appears by itself, and is counted', async () => {
    await expect(grid(page).getByRole('row', { name: /192\.0\.2\.77/ })).toBeVisible();
    await expect(page.getByRole('definition').nth(1)).toHaveText('1', { timeout: 15_000 });
  });
  await test.step('a pattern leads to its events, and what is no IP is said to be none', async () => {
    await page.getByRole('button', { name: 'Added to the black list' }).click();
    await expect(grid(page).getByRole('row', { name: /192\.0\.2\.77/ })).toBeVisible();
    await expect(grid(page).getByRole('row', { name: /engine\.started/ })).toHaveCount(0);
    const before = await search(page).boundingBox();
    await page.getByRole('textbox', { name: 'IP', exact: true }).fill('127.20.2.300');
    await expect(page.getByText('“127.20.2.300” is no IP')).toBeVisible();
    const showAll = page.getByRole('button', { name: 'Show all' });
    await showAll.first().click();
    await expect(showAll).toHaveCount(0);
    expect(await search(page).boundingBox(), 'nothing moves under who types').toEqual(before);
  });
  await test.step('it is found by its words, and opened by keys', async () => {
    await search(page).fill('192.0.2.77');
    await expect(grid(page).getByRole('row')).toHaveCount(2);
    await grid(page).focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog', { name: 'access.changed' })).toContainText('192.0.2.77');
    await page.keyboard.press('Escape');
  });
  await test.step('exactly what is shown is exported', async () => {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'JSON lines' }).click();
    const lines = (await readFile(await (await download).path(), 'utf8')).trim().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ kind: 'access.changed', subject: '192.0.2.77' }]);
  });
  await test.step('paused, nothing moves; what has come is counted', async () => {
    await page.getByRole('button', { name: 'Show all' }).click();
    await expect(
      grid(page)
        .getByRole('row', { name: /engine\.started/ })
        .first(),
    ).toBeVisible();
    await page.getByRole('button', { name: 'Pause' }).click();
    await askEngine(console.running, 'access.apply', {
      remove: [{ list: 'black', value: '192.0.2.77', origin: 'operator' }],
    });
    await expect(page.getByText(/^Paused · [1-9]\d* new/)).toBeVisible();
    await expect(grid(page).getByRole('row', { name: /leaves the black list/ })).toHaveCount(0);
    await page.getByRole('button', { name: 'Resume' }).click();
    await expect(grid(page).getByRole('row', { name: /leaves the black list/ })).toBeVisible();
  });
  // What is told is on the disk within a second or two.
  await page.waitForTimeout(2_500);
  const { pid, ended } = console.running;
  process.kill(pid, 'SIGKILL');
  await ended;
  if (hostKind === 'headless') {
    await test.step('what was read stays while the engine is gone, with its age, and is searched', async () => {
      await expect(page.getByText(/^\d+ events.* old$/)).toBeVisible();
      await search(page).fill('leaves the black');
      await expect(grid(page).getByRole('row')).toHaveCount(2);
      await search(page).fill('no such word');
      await expect(page.getByText('Only what had been read before is searched')).toBeVisible();
    });
  }
  await test.step('it is remembered over a kill -9', async () => {
    const again = await console.start();
    await openEvents(again);
    await search(again).fill('192.0.2.77');
    await expect(grid(again).getByRole('row', { name: /leaves the black list/ })).toBeVisible();
  });
});
