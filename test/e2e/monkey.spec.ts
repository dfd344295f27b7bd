/**
 * A monkey at the console: 20 seconds here, `npm run monkey -- --minutes 5 --seed N` for longer. Whatever it presses, nothing
 * breaks, and there is a way back to every view, whose figures are the engine's.
 */
import type { Page } from '@playwright/test';
import { viewNames } from '../../renderer/store/view-route.ts';
import { keepFromHarm, Monkey } from '../support/monkey/monkey.ts';
import { askEngine } from './support/ask-engine.ts';
import { expect, test } from './support/console-test.ts';

const seed = Number(process.env.HOTPOOL_MONKEY_SEED ?? 1);
const playMs = Number(process.env.HOTPOOL_MONKEY_MS ?? 20_000);
const lastSteps = 25;
/** Of the engine, ten in a second: as far as a page may be behind. */
const lastAnswers = 15;

/** Out of whatever is open, in as many steps as there may be layers. */
async function leaveDialogs(page: Page): Promise<void> {
  await expect(async () => {
    await page.keyboard.press('Escape');
    await page.locator('nav a[href="#/overview"]').click({ timeout: 500 });
  }, 'Escape leads out of what is open').toPass({ timeout: 10_000 });
}

// This wire keeps the monkey from harm as well.
test('whatever a monkey presses, nothing breaks and every view still lives', { tag: '@page' }, async ({
  console,
  page,
}) => {
  test.setTimeout(playMs + 60_000);
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') {
      errors.push(message.text());
    }
  });
  const monkey = new Monkey(page, seed);
  const report = (): string =>
    `seed ${seed}, the last of ${monkey.steps.length} steps:\n${monkey.steps.slice(-lastSteps).join('\n')}`;
  await keepFromHarm(page);
  await page.reload();

  await test.step(`plays, seed ${seed}`, async () => {
    const endMs = Date.now() + playMs;
    while (Date.now() < endMs) {
      await monkey.step();
      expect([...errors, ...console.faults], report()).toEqual([]);
    }
  });
  process.stdout.write(`monkey: seed ${seed}, ${monkey.steps.length} steps\n`);

  await test.step('leads back to every view, and time goes on in each', async () => {
    await leaveDialogs(page);
    for (const view of viewNames) {
      await page.locator(`nav a[href="#/${view}"]`).click();
      await expect(page.locator('#view > *').first(), report()).toBeVisible();
      await expect(page.locator('#view [role=alert] pre'), report()).toHaveCount(0);
      // The engine's uptime among them, which moves by the second.
      const figures = await page.locator('footer').textContent();
      await expect
        .poll(() => page.locator('footer').textContent(), { message: report(), intervals: [50] })
        .not.toBe(figures);
    }
  });

  await test.step('with the figures of the engine', async () => {
    // What it has typed into the filter is kept by the engine: seen are to be all of them, in words that are known here.
    const change = { connectionFilter: '', connectionGrouping: 'none', language: 'en' } as const;
    await askEngine(console.running, 'preferences.change', { change });
    await page.evaluate(() => {
      localStorage.clear();
      // Not all of it: the key to the console is there too.
      sessionStorage.removeItem('hotpool.unsent-preferences');
    });
    await page.reload();
    await page.locator('nav a[href="#/connections"]').click();
    // It may have left hosts in trouble, whose connections come and go: what the page shows, the engine had just before.
    const said: number[] = [];
    await expect(async () => {
      const { totalConnections } = await askEngine(console.running, 'statistics.get', {});
      said.push(totalConnections);
      const rows = page.getByRole('grid');
      const shown = (await rows.isVisible())
        ? Number(await rows.getAttribute('aria-rowcount')) - 1
        : (await page.getByText('No connection is open', { exact: true }).isVisible()) && 0;
      expect(said.slice(-lastAnswers)).toContain(shown);
    }, report()).toPass({ intervals: [100] });
  });
  expect(console.running.stderr, report()).not.toContain('console.internal-error');
  expect(errors, report()).toEqual([]);
});
