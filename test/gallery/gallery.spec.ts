/**
 * Pictures of every part and every view, compared with those that were looked at and found good. The gallery brings its
 * own fonts, data and time, so that they are the same on every machine. `npm run gallery:pictures` takes them anew.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { openingNames } from '../../renderer/gallery/opening-names.ts';
import type { Preferences } from '../../renderer/store/preferences.ts';
import { type GalleryServer, serveGallery } from './gallery-server.ts';

type Display = Pick<Preferences, 'theme' | 'language' | 'density'>;

const dark: Display = { theme: 'dark', language: 'en', density: 'compact' };
const light: Display = { ...dark, theme: 'light' };

/** The Chromium that took the pictures. */
const takenWith = new URL('pictures/chromium-version.txt', import.meta.url);

/** Longer than any part waits before it asks for what it shows. */
const quietMs = 400;

let gallery: GalleryServer;
let comparison: { readonly timeout: number; readonly maxDiffPixels?: number; readonly maxDiffPixelRatio?: number };

test.describe.configure({ mode: 'default' });
test.skip(process.platform !== 'linux', 'the pictures are of Linux, whose fonts are drawn in their own way');
test.beforeAll(async ({ browser }, { config }) => {
  const version = browser.version();
  if (config.updateSnapshots === 'all') {
    writeFileSync(takenWith, `${version}\n`);
  }
  const isSame = existsSync(takenWith) && readFileSync(takenWith, 'utf8').trim() === version;
  // The same Chromium draws the same pixels, so that the smallest icon that is gone is seen. Another version draws an edge
  // here and there by a hair; a part that is gone or moved is far more.
  comparison = { timeout: 15_000, ...(isSame ? { maxDiffPixels: 400 } : { maxDiffPixelRatio: 0.01 }) };
  gallery = await serveGallery();
});
test.afterAll(async () => {
  await gallery.close();
});

test.use({ reducedMotion: 'reduce', timezoneId: 'UTC', locale: 'en-GB' });

/** One page for all pictures of a display: a page of its own for each would take longer to open than to look at. */
async function dress(page: Page, display: Display): Promise<void> {
  await page.clock.setFixedTime(new Date('2026-03-14T14:09:26Z'));
  // The clock that ages are counted by goes on by itself: what took longer to draw would be shown as older.
  await page.addInitScript(() => Object.defineProperty(performance, 'now', { value: () => 1_000 }));
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
  await page.evaluate(untilQuiet, quietMs);
}

/** In the page: until nothing has been drawn anew for so long. Timers of one thread keep their order, however busy it is. */
function untilQuiet(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      observer.disconnect();
      resolve();
    };
    let timer = setTimeout(finish, ms);
    const observer = new MutationObserver(() => {
      clearTimeout(timer);
      timer = setTimeout(finish, ms);
    });
    observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  });
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
        const options = { ...comparison, mask };
        await expect.soft(part).toHaveScreenshot(`${await part.getAttribute('data-part')}-${name}.png`, options);
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
        await expect.soft(page).toHaveScreenshot(`${shown}-${name}.png`, comparison);
      }
    });
  }
});

test('every opening', async ({ page }) => {
  await page.setViewportSize({ width: 1_024, height: 700 });
  await dress(page, light);
  for (const name of openingNames) {
    await open(page, `open=${name}`);
    await expect.soft(page).toHaveScreenshot(`open-${name}.png`, comparison);
  }
  for (const scene of ['load-finished', 'load-failed']) {
    await open(page, `scene=${scene}`, '#/requests/load');
    await expect.soft(page).toHaveScreenshot(`requests-${scene}.png`, comparison);
  }
});
