import { defineConfig } from '@playwright/test';
import type { ConsoleOptions } from './test/e2e/support/console-test.ts';
import { findBrowser } from './test/support/ensure-browser.mjs';

const executablePath = findBrowser();

/** What the page does by itself, whatever host is behind it, is looked at once: it is the same build in each. */
const ofThePage = /@page/;

/**
 * Every journey three times: the headless host; the desktop's real main, preload and console on a stand-in for Electron;
 * and Electron itself, where it can be run. `npm run build` first. Beside them the pictures of the gallery.
 */
export default defineConfig<ConsoleOptions>({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  // Each console runs an engine, a demo fleet and a browser, and waits for them half of its time. What measures the page
  // itself is marked `@alone`, and `npm test` runs it with nothing beside it.
  workers: 3,
  forbidOnly: Boolean(process.env.CI),
  // A real browser on a busy machine may lose a race; what needs its second try is named at the end of `npm test`.
  retries: 1,
  // The longest journeys take twenty seconds by themselves, and six times that on a machine that does as much beside them.
  timeout: 120_000,
  expect: {
    timeout: 10_000,
    toHaveScreenshot: { animations: 'disabled', caret: 'hide' },
  },
  snapshotPathTemplate: 'test/gallery/pictures/{arg}{ext}',
  reporter: 'line',
  use: {
    viewport: { width: 1440, height: 900 },
    screenshot: 'only-on-failure',
    // Recording takes time from every test; one that fails is run again, and recorded then.
    trace: 'on-first-retry',
    launchOptions: executablePath === null ? {} : { executablePath },
  },
  projects: [
    // In one worker, one picture after the other: begun last it would leave the others with nothing to do.
    { name: 'gallery', testDir: 'test/gallery' },
    { name: 'headless', use: { hostKind: 'headless' } },
    { name: 'desktop', use: { hostKind: 'desktop' }, grepInvert: ofThePage },
    { name: 'electron', use: { hostKind: 'electron' }, grepInvert: ofThePage },
  ],
});
