/**
 * Pictures of every part and every view, compared with those that were looked at and found good. The gallery brings its
 * own fonts, data and time, so that they are the same on every machine. `npm run gallery:pictures` takes them anew.
 */
import { expect, type Page, test } from '@playwright/test';
import type { Preferences } from '../../renderer/store/preferences.ts';
import type { ViewName } from '../../renderer/store/view-route.ts';
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

async function open(page: Page, query: string, display: Display, hash = ''): Promise<void> {
  await page.clock.setFixedTime(new Date('2026-03-14T14:09:26Z'));
  await page.addInitScript(
    (state) => localStorage.setItem('hotpool.preferences', JSON.stringify({ state, version: 1 })),
    display,
  );
  await page.goto(`${gallery.url}?${query}&still&fonts${hash}`);
  await expect(page.locator('#root > *').first()).toBeVisible();
  await page.evaluate(() => document.fonts.ready);
}

test.use({ reducedMotion: 'reduce', timezoneId: 'UTC', locale: 'en-GB' });

test.describe('every part in every state', () => {
  test.use({ viewport: { width: 1_000, height: 3_000 } });
  for (const [name, display] of Object.entries({
    dark,
    light,
    contrast: { ...dark, theme: 'contrast' } satisfies Display,
    comfortable: { ...light, density: 'comfortable' } satisfies Display,
  })) {
    test(name, async ({ page }) => {
      await open(page, 'parts', display);
      for (const part of await page.locator('[data-part]').all()) {
        await expect.soft(part).toHaveScreenshot(`${await part.getAttribute('data-part')}-${name}.png`);
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
    ['requests', 'load'],
    ['alerts', 'broken'],
    ['events', 'broken'],
    ['settings', 'calm'],
    ['overview', 'empty'],
    ['overview', 'refused'],
    ['health', 'busy&past=70'],
  ] as const satisfies readonly (readonly [ViewName, string])[];
  for (const [name, display] of Object.entries({ dark, chinese })) {
    for (const [view, scene] of views) {
      test(`${view}, ${scene}, ${name}`, async ({ page }) => {
        await open(page, `scene=${scene}`, display, `#/${view}`);
        await expect(page).toHaveScreenshot(`${view}-${scene.replace(/&past=.*/, '-past')}-${name}.png`, {
          timeout: 15_000,
        });
      });
    }
  }
});
