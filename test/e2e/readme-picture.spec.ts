/**
 * The picture in the README is one of the console itself. `HOTPOOL_PICTURES=1 npx playwright test --project=headless
 * readme-picture` takes it anew, after two minutes of the demo's traffic.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/hosts/running-console.ts';
import { OverviewPage } from './pages/overview-page.ts';
import { WarmUpPage } from './pages/warm-up-page.ts';
import { expect, test } from './support/console-test.ts';

const picture = 'test/e2e/screenshots/overview-dark.png';
const size = { width: 1440, height: 900 };
const scale = 2;

if (process.env.HOTPOOL_PICTURES) {
  test.use({ consoleArgs: ['--demo=600'], viewport: size, deviceScaleFactor: scale, trace: 'off' });

  test('the picture is taken', async ({ page }) => {
    test.setTimeout(300_000);
    const warmUp = await WarmUpPage.of(page);
    for (const host of ['edge.demo.test', 'tiles.demo.test', 'api.demo.test']) {
      await warmUp.choose({ host });
      await warmUp.start.click();
      await expect(warmUp.run(host)).toContainText('all ready');
    }
    await warmUp.open('Overview');
    await expect(warmUp.statusBar).toContainText(/up\s*2:\d\d/, { timeout: 200_000 });
    await expect(new OverviewPage(page).busiest).toBeVisible();
    await page.screenshot({ path: join(root, picture), animations: 'disabled' });
  });
}

test('the README shows a picture that is there', { tag: '@page' }, () => {
  expect(readFileSync(join(root, 'README.md'), 'utf8')).toContain(`](${picture})`);
  const png = readFileSync(join(root, picture));
  // The signature, then the header's chunk with both sides.
  expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([size.width * scale, size.height * scale]);
});
