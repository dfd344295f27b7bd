/**
 * Pictures of every part and every view, compared with those that were looked at and found good. The gallery brings its
 * own fonts, data and time, so that they are the same on every machine. `npm run gallery:pictures` takes them anew.
 */
import { expect, type Page, test } from '@playwright/test';
import { openingNames } from '../../renderer/gallery/opening-names.ts';
import type { Preferences } from '../../renderer/store/preferences.ts';
import { type GalleryServer, serveGallery } from './gallery-server.ts';

type Display = Pick<Preferences, 'theme' | 'language' | 'density'>;

const dark: Display = { theme: 'dark', language: 'en', density: 'compact' };
const light: Display = { ...dark, theme: 'light' };

let gallery: GalleryServer;

test.describe.configure({ mode: 'default' });
test.skip(process.platform !== 'linux', 'the pictures are of Linux, whose fonts are drawn in their own way');
test.beforeAll(async () => {
  gallery = await serveGallery();
});
test.afterAll(async () => {
  await gallery.close();
});

test.use({ reducedMotion: 'reduce', timezoneId: 'UTC', locale: 'en-GB' });

/** One page for all pictures of a display: a page of its own for each would take longer to open than to look at. */
async function dress(page: Page, display: Display): Promise<void> {
  await page.clock.setFixedTime(new Date('2026-03-14T14:09:26Z'));
  await page.addInitScript(
    (state) => localStorage.setItem('hotpool.preferences', JSON.stringify({ state, version: 1 })),
    display,
  );
}

async function open(page: Page, query: string, hash = ''): Promise<void> {
  // From a page with the same query the fragment alone would lead on within it.
  await page.goto('about:blank');
  await page.goto(`${gallery.url}?${query}&still&fonts${hash}`);
  await expect(page.locator('#root > *').first()).toBeVisible();
  await page.evaluate(() => document.fonts.ready);
}

test.describe('every part in every state', () => {
  test.use({ viewport: { width: 1_000, height: 3_400 } });
  for (const [name, display] of Object.entries({
    dark,
    light,
    contrast: { ...dark, theme: 'contrast' } satisfies Display,
    comfortable: { ...light, density: 'comfortable' } satisfies Display,
  })) {
    test(name, async ({ page }) => {
      await dress(page, display);
      await open(page, 'parts');
      for (const part of await page.locator('[data-part]').all()) {
        // Where in the code a view broke is another place in each build.
        const mask = [part.locator('pre')];
        await expect.soft(part).toHaveScreenshot(`${await part.getAttribute('data-part')}-${name}.png`, { mask });
      }
    });
  }
});

test.describe('every view', () => {
  test.use({ viewport: { width: 1_024, height: 700 } });
  const chinese: Display = { ...light, language: 'zh' };
  const views = [
    ['overview', 'busy'],
    ['connections', 'busy'],
    ['warm-up', 'warming'],
    ['health', 'broken'],
    ['access', 'broken'],
    ['requests/load', 'load'],
    ['alerts', 'broken'],
    ['events', 'broken'],
    ['settings', 'calm'],
    ['overview', 'empty'],
    ['overview', 'hostless'],
    ['overview', 'refused'],
    ['health', 'busy&past=70'],
  ] as const;
  for (const [name, display] of Object.entries({ dark, chinese })) {
    test(name, async ({ page }) => {
      await dress(page, display);
      for (const [view, scene] of views) {
        await open(page, `scene=${scene}`, `#/${view}`);
        const shown = `${view.replace('/', '-')}-${scene.replace(/&past=.*/, '-past')}`;
        await expect.soft(page).toHaveScreenshot(`${shown}-${name}.png`, { timeout: 15_000 });
      }
    });
  }
});

test('every opening', async ({ page }) => {
  await page.setViewportSize({ width: 1_024, height: 700 });
  await dress(page, light);
  for (const name of openingNames) {
    await open(page, `open=${name}`);
    await expect.soft(page).toHaveScreenshot(`open-${name}.png`, { timeout: 15_000 });
  }
  for (const scene of ['load-finished', 'load-failed']) {
    await open(page, `scene=${scene}`, '#/requests/load');
    await expect.soft(page).toHaveScreenshot(`requests-${scene}.png`, { timeout: 15_000 });
  }
});
