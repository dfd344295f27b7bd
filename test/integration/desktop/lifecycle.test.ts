/** The desktop from its start to its end, as an operating system and an operator see it. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readVersion } from '../../../electron/shared/console-host.ts';
import type { DesktopProcess } from '../../support/electron-stand-in/test-side/desktop-process.ts';
import { startHeadlessProcess } from '../../support/hosts/headless-host.ts';
import { root } from '../../support/hosts/running-console.ts';
import { keptFiles } from '../../support/kept-files.ts';
import { quickestMs, timed } from '../../support/quickest.ts';
import { desktopLab } from './desktop-under-test.ts';

const lab = desktopLab();

/** What another start on this folder would stumble over. */
function locksIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /lock|singleton|\.json$/i.test(file) && ![...keptFiles, 'language.json'].includes(file),
  );
}

async function failedStart(desktop: DesktopProcess): Promise<{ code: number | null; stderr: string }> {
  const { code } = await desktop.ended;
  return { code, stderr: desktop.stderr };
}

describe('the end', () => {
  const ways: Record<string, (desktop: DesktopProcess) => Promise<unknown>> = {
    'by Ctrl-C': (desktop) => desktop.kill('SIGINT'),
    'by SIGTERM': (desktop) => desktop.kill('SIGTERM'),
    'by the menu': (desktop) => desktop.quit(),
    'by closing its window': (desktop) => desktop.closeWindow(),
  };
  for (const [name, end] of Object.entries(ways)) {
    test(`${name} leaves nothing behind`, async () => {
      const dataFolder = lab.dataFolder();
      const tookMs = await quickestMs(2_000, async () => {
        const { desktop } = await lab.start({ dataFolder });
        await desktop.firstPage();
        const ms = await timed(async () => {
          await end(desktop);
          expect(await desktop.ended).toEqual({ code: 0, signal: null });
        });
        expect(desktop.pages()).toEqual([]);
        expect(locksIn(dataFolder)).toEqual(['window.json']);
        return ms;
      });
      expect(tookMs).toBeLessThan(2_000);
    });
  }

  test('by kill -9 does not hinder the next start', async () => {
    const dataFolder = lab.dataFolder();
    const first = await lab.start({ dataFolder });
    await first.desktop.firstPage();
    expect(await first.desktop.kill('SIGKILL')).toEqual({ code: null, signal: 'SIGKILL' });
    const second = await lab.start({ dataFolder });
    expect(await (await second.desktop.firstPage()).title()).toContain('Hotpool Console');
  });

  test('keeps the window’s place for the next start', async () => {
    const dataFolder = lab.dataFolder();
    writeFileSync(
      join(dataFolder, 'window.json'),
      JSON.stringify({ x: 30, y: 40, width: 1100, height: 700, maximised: false }),
    );
    const { desktop } = await lab.start({ dataFolder });
    const page = await desktop.firstPage();
    expect(desktop.recorded('BrowserWindow')[0]?.args[0]).toMatchObject({ x: 30, y: 40, width: 1100, height: 700 });
    expect(page.viewportSize()).toEqual({ width: 1100, height: 700 });
  });
});

describe('an alert', () => {
  test('is a notification, and a click on it shows the window at the alert', async () => {
    const dataFolder = lab.dataFolder();
    // A fault of the lists fires at once.
    writeFileSync(
      join(dataFolder, 'access-lists.toml'),
      '[[white]]\nip = "127.0.0.300"\n[[white]]\nip = "127.0.0.9"\n',
    );
    const { desktop } = await lab.start({ dataFolder });
    const page = await desktop.firstPage();
    await expect.poll(() => desktop.recorded('notification.show')).toHaveLength(1);
    expect(desktop.recorded('notification.show')[0]?.args[0]).toMatchObject({
      title: 'Hotpool: critical alert',
      body: expect.stringContaining('line 2: 300 is not 0 to 255'),
    });
    expect(await desktop.clickNotification()).toBe(true);
    await expect.poll(() => page.url()).toMatch(/#\/alerts\/\d+$/);
    await expect.poll(() => page.locator('h1').textContent()).toBe('Alerts');
    expect(desktop.recorded('window.focus')).toHaveLength(1);
    expect(await page.evaluate(() => performance.getEntriesByType('navigation').length)).toBe(1);

    // Now the window is looked at: the page tells of the next alert, and nothing else does.
    const host = 'api.demo.test';
    await page.evaluate(async (sick) => {
      const fault = { fault: 'refuse', host: sick, count: null, ips: null };
      await window.hotpool?.request({ type: 'request', id: 9_001, name: 'demo.setFault', input: fault });
      const job = { hosts: [sick], retries: 0 };
      await window.hotpool?.request({ type: 'request', id: 9_002, name: 'warmUp.start', input: job });
    }, host);
    await page
      .getByRole('listitem')
      .filter({ hasText: `warm-up of ${host}` })
      .waitFor();
    expect(desktop.recorded('notification.show')).toHaveLength(1);
  });
});

describe('the language of the console', () => {
  test('is that of the menu at once, and kept', async () => {
    const dataFolder = lab.dataFolder();
    const topLabels = ({ menu }: DesktopProcess): string[] => menu.map(({ label }) => label);
    const { desktop } = await lab.start({ dataFolder });
    const page = await desktop.firstPage();
    expect(topLabels(desktop)).toContain('File');
    await page.getByRole('button', { name: '中文' }).click();
    await expect.poll(() => topLabels(desktop)).toContain('文件');
    expect(readFileSync(join(dataFolder, 'language.json'), 'utf8')).toBe('{"language":"zh"}');
  });
});

describe('a second start on the same data folder', () => {
  test('says so, exits 1, and brings the first window to the front', async () => {
    const dataFolder = lab.dataFolder();
    const first = await lab.start({ dataFolder });
    await first.desktop.firstPage();
    const second = await lab.start({ dataFolder });
    const { code, stderr } = await failedStart(second.desktop);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Another Hotpool Console \(desktop, process \d+, .*\) is using .*\n$/);
    await expect.poll(() => first.desktop.recorded('window.focus')).toHaveLength(1);
    expect(first.desktop.pages()).toHaveLength(1);
  });

  test('is refused as well while the headless host has it', async () => {
    const dataFolder = lab.dataFolder();
    const headless = await startHeadlessProcess(['--data', dataFolder, '--demo=3']);
    try {
      const { code, stderr } = await failedStart((await lab.start({ dataFolder })).desktop);
      expect(code).toBe(1);
      expect(stderr).toContain('headless');
    } finally {
      await headless.kill('SIGKILL');
    }
  });
});

describe('a start that cannot be', () => {
  test('a configuration that is wrong: exit 1, file and key named, before anything is opened', async () => {
    const configFile = join(lab.dataFolder(), 'wrong.toml');
    const dataFolder = join(lab.dataFolder(), 'not-made');
    writeFileSync(configFile, '[pool]\nmax_connections = 0\n');
    const { desktop } = await lab.start({ dataFolder, args: ['--config', configFile] });
    const { code, stderr } = await failedStart(desktop);
    expect(code).toBe(1);
    expect(stderr).toContain('wrong.toml');
    expect(stderr).toContain('max_connections');
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(desktop.recorded('BrowserWindow')).toEqual([]);
    expect(existsSync(dataFolder)).toBe(false);
  });

  test('a data folder that Chromium cannot use: exit 1 with a sentence, and no lock is left', async () => {
    const dataFolder = lab.dataFolder();
    writeFileSync(join(dataFolder, 'browser'), 'a file where the folder would be');
    const { desktop } = await lab.start({ dataFolder });
    const { code, stderr } = await failedStart(desktop);
    expect(code).toBe(1);
    expect(stderr).toContain(join(dataFolder, 'browser'));
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(locksIn(dataFolder)).toEqual([]);
  });

  test('an argument that is unknown: exit 2', async () => {
    const { desktop } = await lab.start({ args: ['--confg', 'a.toml'] });
    const { code, stderr } = await failedStart(desktop);
    expect(code).toBe(2);
    expect(stderr).toContain('--confg');
  });

  test('--version and --help answer and end', async () => {
    const version = await lab.start({ args: ['--version'] });
    expect(await version.desktop.ended).toEqual({ code: 0, signal: null });
    expect(version.desktop.stdout).toBe(`${readVersion(root)}\n`);
    const help = await lab.start({ args: ['--help'] });
    expect(await help.desktop.ended).toEqual({ code: 0, signal: null });
    expect(help.desktop.stdout).toContain('--data DIR');
  });
});

describe('the window', () => {
  test('a reload begins new subscriptions and ends the old', async () => {
    const { page } = await lab.sharedPage();
    const firstFrame = (): Promise<unknown> =>
      page.evaluate(
        () =>
          new Promise((resolve) => {
            window.hotpool?.subscribe('statistics', (message) => resolve(message));
          }),
      );
    expect(await firstFrame()).toMatchObject({ type: 'frame' });
    await page.reload();
    expect(await firstFrame()).toMatchObject({ type: 'frame' });
  });

  test('the menu opens the data folder', async () => {
    const { desktop } = await lab.shared();
    expect(await desktop.clickMenu('File', 'Open Data Folder')).toBe(true);
    await expect.poll(() => desktop.recorded('shell.openPath')).toHaveLength(1);
  });
});
