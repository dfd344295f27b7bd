/**
 * The pictures in the README are of the console itself. `HOTPOOL_PICTURES=1 npx playwright test --project=headless
 * readme-picture` takes them anew: a warm-up half done, and the overview after two minutes of traffic.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/hosts/running-console.ts';
import { OverviewPage } from './pages/overview-page.ts';
import { WarmUpPage } from './pages/warm-up-page.ts';
import { askEngine } from './support/ask-engine.ts';
import { expect, test } from './support/console-test.ts';

const pictures = {
  overview: 'test/e2e/screenshots/overview-dark.png',
  warmUp: 'test/e2e/screenshots/warm-up-dark.png',
} as const;
const size = { width: 1440, height: 900 };
const scale = 2;

if (process.env.HOTPOOL_PICTURES) {
  test.use({ consoleArgs: ['--demo=600'], viewport: size, deviceScaleFactor: scale, trace: 'off' });

  test('the pictures are taken', async ({ console, page }) => {
    test.setTimeout(300_000);
    const warmUp = await WarmUpPage.of(page);
    for (const host of ['edge.demo.test', 'api.demo.test']) {
      await warmUp.choose({ host });
      await warmUp.start.click();
      await expect(warmUp.run(host)).toContainText('all ready', { timeout: 60_000 });
    }
    await warmUp.choose({ host: 'tiles.demo.test', concurrency: 10 });
    await warmUp.start.click();
    await expect(warmUp.lead).toHaveText(/^1[5-9]\d of 300 ready/, { timeout: 60_000 });
    await page.screenshot({ path: join(root, pictures.warmUp), animations: 'disabled' });
    await expect(warmUp.run('tiles.demo.test')).toContainText('all ready', { timeout: 60_000 });

    const urls = ['edge', 'tiles', 'api'].map((name) => `https://${name}.demo.test/health`);
    await askEngine(console.running, 'load.start', { urls, concurrency: 6, durationMs: 240_000 });
    await warmUp.open('Overview');
    await expect(warmUp.statusBar).toContainText(/up\s*2:[1-5]\d/, { timeout: 200_000 });
    await expect(new OverviewPage(page).busiest).toBeVisible();
    await page.screenshot({ path: join(root, pictures.overview), animations: 'disabled' });
  });
}

test('the README shows pictures that are there', { tag: '@page' }, () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  for (const picture of Object.values(pictures)) {
    expect(readme).toContain(`](${picture})`);
    const png = readFileSync(join(root, picture));
    // The signature, then the header's chunk with both sides.
    expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([size.width * scale, size.height * scale]);
  }
});
