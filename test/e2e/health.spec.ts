/** What is found wrong can be mended where it is found, and the mending be taken back. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HealthPage } from './pages/health-page.ts';
import { askEngine } from './support/ask-engine.ts';
import { test as consoleTest, expect } from './support/console-test.ts';

const test = consoleTest.extend<{ file: string }>({
  file: async ({ hostKind: _ }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'hotpool-health-'));
    const file = join(folder, 'mine.toml');
    writeFileSync(
      file,
      '[pool]\nmax_connections = 40 # a small machine\n\n[[targets]]\nhost = "own.test"\nips = ["127.0.0.1"]\n',
    );
    await use(file);
    rmSync(folder, { recursive: true, force: true });
  },
  consoleArgs: async ({ file }, use) => use(['--config', file]),
});

test('a remedy is looked at, applied, seen to help, and taken back', async ({ console, page, file }) => {
  const limit = async () =>
    (await askEngine(console.running, 'config.get', {})).keys.find(({ path }) => path === 'pool.max_connections')
      ?.value;
  const health = await HealthPage.of(page);
  const finding = health.finding('Settings outside what is recommended');
  await test.step('the finding says the figure, and opened why and what to do', async () => {
    await expect(finding).toContainText('pool.max_connections');
    await finding.getByRole('button', { name: 'Settings outside' }).press('Enter');
    await expect(finding).toContainText('pool.max_connections = 40');
    await expect(finding).toContainText('What to do');
  });

  await test.step('its remedy is shown as a diff before anything changes', async () => {
    await finding.getByRole('button', { name: 'Set max_connections to 50…' }).click();
    await expect(health.remedy).toContainText(/pool\.max_connections40\s*→\s*50/);
    expect(await limit()).toBe(40);
  });

  await test.step('applied it holds, stands in the file, and the finding is gone', async () => {
    await health.remedy.getByRole('button', { name: 'Apply 1 change' }).click();
    await expect(health.toast('1 setting changed')).toBeVisible();
    await expect(finding).toHaveCount(0);
    expect(await limit()).toBe(50);
    expect(readFileSync(file, 'utf8')).toContain('max_connections = 50 # a small machine');
  });

  await test.step('the message takes it back', async () => {
    await health.toast('1 setting changed').getByRole('button', { name: 'Undo' }).click();
    await expect(health.toast('1 setting as before')).toBeVisible();
    expect(await limit()).toBe(40);
    await expect(finding, 'and it is found again').toBeVisible();
  });
});
