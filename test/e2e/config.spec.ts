/** The operator's own hosts: watched as the file says, shown honestly, and refused when the file is wrong. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTlsOrigin, type TlsOrigin } from '../support/tls-origin.ts';
import { AccessPage } from './pages/access-page.ts';
import { SettingsPage } from './pages/settings-page.ts';
import { WarmUpPage } from './pages/warm-up-page.ts';
import { askEngine } from './support/ask-engine.ts';
import { test as consoleTest, expect } from './support/console-test.ts';
import { failedStart } from './support/failed-start.ts';
import { LateAnswers } from './support/late-answers.ts';
import { violations } from './support/violations.ts';

interface OwnHost {
  /** Outside of the data folder, which a wrong file must not even make. */
  folder: string;
  /** Real TLS, by an authority that nobody here trusts. */
  origin: TlsOrigin;
}

const test = consoleTest.extend<OwnHost>({
  folder: async ({ hostKind: _ }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'hotpool-config-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
  origin: async ({ hostKind: _ }, use) => {
    await using origin = await startTlsOrigin({ hostname: 'own.test' });
    await use(origin);
  },
  consoleArgs: async ({ folder, origin }, use) => {
    const file = join(folder, 'mine.toml');
    writeFileSync(
      file,
      `[pool]
max_connections = 40 # as much as this machine bears

[[targets]]
host = "own.test:${origin.port}"
ips = ["127.0.0.1"]

[blacklist]
ips = ["192.0.2.0/24"]
`,
    );
    await use(['--config', file]);
  },
});

test('with --config it watches those hosts and no demo, and a certificate that nobody vouches for is no connection', {
  tag: '@page',
}, async ({ console, page, origin }) => {
  const host = `own.test:${origin.port}`;
  const warmUp = await WarmUpPage.of(page);
  await test.step('the file is what is watched, and it is heard out', async () => {
    await expect(warmUp.statusBar).toContainText('mine.toml · 1 host · 1 IP');
    await expect(warmUp.statusBar).not.toContainText('demo');
    const { mode, hosts } = await askEngine(console.running, 'session.describe', {});
    expect([mode, hosts.map((entry) => entry.host)]).toEqual(['config', [host]]);
    await expect(warmUp.statusBar, '40 is outside of what is recommended').toContainText('1 configuration warning');
    await warmUp.statusBar.getByRole('link', { name: '1 configuration warning' }).click();
    await page.getByRole('region', { name: '1 warning' }).getByRole('button', { name: 'Show the key' }).click();
    await expect(page.getByRole('textbox', { name: 'pool.max_connections' })).toBeFocused();
    await warmUp.open('Warm-up');
  });

  await test.step('a warm-up fails by the certificate, and says so in that word', async () => {
    await warmUp.choose({ host, connections: 3, retries: 0 });
    await warmUp.start.click();
    await expect(warmUp.lead).toHaveText('0 of 3 ready · 3 failed');
    await expect(warmUp.failure('bad certificate')).toContainText(
      /3\s*for example: .+ certificate of .+ nobody here trusts/,
    );
    await expect(warmUp.lead.locator('..'), 'all failed is not "100 %"').toHaveText(/^0% ready/);
    await expect(warmUp.fact('success')).toHaveText(/^0\s%$/);
    await expect(warmUp.run(host)).toContainText('failed');
    expect(origin.accepted, 'it was really dialled').toBeGreaterThanOrEqual(3);
    expect(origin.requests, 'and nothing was asked of it').toBe(0);
    await expect.poll(() => origin.open).toBe(0);
    await expect(warmUp.verdict).toHaveText(/^Unhealthy\s*no connection: all 3 dials of the last minute failed/);
  });

  await test.step('a click on a cell tells its story, and all about its IP', async () => {
    await warmUp.cells.click({ position: { x: 8, y: 8 } });
    await page.getByRole('region', { name: 'Connection to 127.0.0.1' }).getByText('About this IP…').click();
    const drawer = page.getByRole('dialog', { name: '127.0.0.1' });
    await expect(drawer.getByRole('region', { name: host })).toContainText(/Connectionsnone.*bad certificate \d/);
    await page.keyboard.press('Escape');
    await expect(drawer).toHaveCount(0);
  });

  await test.step("the file's lists are there, and are the file's", async () => {
    const access = await AccessPage.of(page);
    const entry = access.entry('black list', '192.0.2.0/24');
    await expect(entry).toContainText('config');
    await expect(entry.getByRole('button', { name: /^Remove/ })).toHaveCount(0);
    await expect(entry.getByRole('button', { name: /^Override/ })).toBeVisible();
  });
});

test('change a limit in raw TOML with an error first; by the form and by hand too, and the file keeps its comments', async ({
  console,
  hostKind,
  page,
  folder,
}) => {
  const file = join(folder, 'mine.toml');
  const settings = await SettingsPage.of(page);
  const running = async (path: string) =>
    (await askEngine(console.running, 'config.get', {})).keys.find((key) => key.path === path)?.value;

  let late: LateAnswers | null = null;

  await test.step('a value that is not allowed says so beside its field, and cannot be applied', async () => {
    await settings.field('pool.max_connections').fill('0');
    await expect(settings.row('max_connections')).toContainText(/1 to 20,000|1–20,000/);
    await expect(settings.field('pool.max_connections')).toHaveAttribute('aria-invalid', 'true');
    await expect(settings.apply).toBeDisabled();
    expect(await violations(page), 'axe, with a fault told').toEqual([]);
  });

  await test.step('a good one is shown as a diff, then runs at once and stands in the file', async () => {
    await settings.field('pool.max_connections').fill('60');
    await settings.choose('pool.log_level', 'debug');
    await expect(settings.changes).toContainText(/pool\.max_connections40\s*→\s*60/);
    expect(await running('pool.max_connections'), 'nothing is applied yet').toBe(40);
    await settings.apply.click();
    await expect(settings.toast('2 settings changed')).toBeVisible();
    await expect(page.locator('#view'), 'the button is gone, the focus is not').toBeFocused();
    expect([await running('pool.max_connections'), await running('pool.log_level')]).toEqual([60, 'debug']);
    expect(readFileSync(file, 'utf8')).toContain('max_connections = 60 # as much as this machine bears');
  });

  await test.step('form and text are one draft: what the one changes stands in the other, also after a reload', async () => {
    await settings.field('pool.max_connections').fill('65');
    await settings.tab('File').click();
    await expect(settings.text).toContainText('max_connections = 65 # as much as this machine bears');
    await settings.write(readFileSync(file, 'utf8').replace('max_connections = 60', 'max_connections = 66'));
    await settings.tab('Form').click();
    await expect(settings.field('pool.max_connections')).toHaveValue('66');
    await expect(settings.changes).toContainText(/pool\.max_connections60\s*→\s*66/);
    // From here on an answer can be held back, where there is a socket to come between.
    late = hostKind === 'headless' ? await LateAnswers.on(page) : null;
    if (late === null) {
      await page.reload();
    }
    await expect(settings.field('pool.max_connections')).toHaveValue('66');
    await settings.tab('File').click();
    await settings.write('[pool\n');
    await settings.tab('Form').click();
    await expect(page.getByText('no TOML just now')).toBeVisible();
    await expect(settings.field('pool.max_connections')).toBeDisabled();
    await settings.pending.getByRole('button', { name: 'Discard' }).click();
    await expect(settings.field('pool.max_connections')).toHaveValue('60');
    await expect(settings.pending).toHaveCount(0);
  });

  await test.step('the file’s text: a fault on its line, then saved', async () => {
    await settings.tab('File').click();
    const text = readFileSync(file, 'utf8');
    await settings.write(text.replace('max_connections = 60', 'max_connections = "many"'));
    await expect(settings.changes).toContainText(/line 2:\d+ pool\.max_connections/);
    await expect(settings.text.getByText(/needs a|must be|whole number/), 'behind its line').toBeVisible();
    await expect(settings.apply).toBeDisabled();
    await settings.write(text.replace('max_connections = 60', 'max_connections = 70'));
    await expect(settings.changes).toContainText(/pool\.max_connections60\s*→\s*70/);
    const saving = late?.hold('config.saveText');
    await settings.apply.click();
    await expect.poll(() => running('pool.max_connections')).toBe(70);
    if (saving) {
      // Saved, but the page has not heard of it yet: what is typed now is the next draft.
      await saving.asked;
      await settings.write(text.replace('max_connections = 60', 'max_connections = 72'));
      saving.letGo();
      await expect(settings.changes).toContainText(/pool\.max_connections70\s*→\s*72/);
      await expect(settings.text).toContainText('max_connections = 72');
      await settings.pending.getByRole('button', { name: 'Discard' }).click();
    }
    await expect(settings.text).toContainText('max_connections = 70');
  });

  await test.step('changed by hand while it is edited here: both are in the text, a contradiction is a choice', async () => {
    const byHand = (from: string, to: string) => writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
    await settings.tab('File').click();
    const begun = readFileSync(file, 'utf8');
    await settings.write(`${begun}# mine\n`);
    byHand('max_connections = 70', 'max_connections = 75');
    await page.getByRole('button', { name: 'Put both together' }).click();
    await expect(settings.text).toContainText(/max_connections = 75[\s\S]*# mine/);
    await settings.write(`${begun.replace('= 70', '= 71')}# mine\n`);
    byHand('max_connections = 75', 'max_connections = 72');
    await page.getByRole('button', { name: 'Choose line by line…' }).click();
    const dialog = page.getByRole('dialog', { name: '1 place changed here and in the file' });
    await expect(dialog).toContainText(/max_connections = 71[\s\S]*max_connections = 72/);
    await dialog.getByRole('radio', { name: 'Keep mine' }).check();
    await dialog.getByRole('button', { name: 'Take this into the text' }).click();
    await settings.apply.click();
    await expect.poll(() => running('pool.max_connections')).toBe(71);
    expect(readFileSync(file, 'utf8')).toMatch(/max_connections = 71[\s\S]*# mine/);
  });

  await test.step('an edit by hand is taken up, one with a fault is told and changes nothing', async () => {
    const good = readFileSync(file, 'utf8');
    writeFileSync(file, good.replace('max_connections = 71', 'max_connections = 80'));
    await settings.tab('Form').click();
    await expect(settings.field('pool.max_connections')).toHaveValue('80');
    writeFileSync(file, good.replace('max_connections = 71', 'max_connections = -1'));
    await expect(page.getByText('The file on the disk has 1 fault; what ran before goes on:')).toBeVisible();
    expect(await running('pool.max_connections')).toBe(80);
  });

  await test.step('a version of before is gone back to, and a file that is taken away is told', async () => {
    writeFileSync(file, readFileSync(file, 'utf8').replace('max_connections = -1', 'max_connections = 80'));
    // A version that is chosen against a text of before is told as changed elsewhere.
    await expect(page.getByText('The file on the disk has 1 fault; what ran before goes on:')).toHaveCount(0);
    await page
      .getByRole('button', { name: /^Go back to the version/ })
      .last()
      .click();
    await expect(settings.changes).toContainText(/pool\.max_connections80\s*→\s*40/);
    await settings.apply.click();
    await expect.poll(() => running('pool.max_connections')).toBe(40);
    rmSync(file);
    await expect(page.getByText('mine.toml is not on the disk any more.')).toBeVisible();
  });
});

test('a file that is wrong stops the start before anything is opened, with its place', async ({
  hostKind,
  browser,
  folder,
}) => {
  test.skip(hostKind === 'electron', 'the same main in the desktop project');
  const file = join(folder, 'wrong.toml');
  const data = join(folder, 'data');
  writeFileSync(file, '[pool]\nmax_connections = 60\nidle_timeout = "long"\nmax_conections = 5\n');
  const { code, stdout, stderr } = await failedStart(hostKind, browser, ['--data', data, '--config', file]);
  expect(code).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toContain(`${file}:3:1: pool.idle_timeout = "long"`);
  expect(stderr).toMatch(/wrong\.toml:4:1: .*max_conections.*max_connections/);
  expect(stderr, 'a sentence, not a stack').not.toMatch(/^\s+at /m);
  expect(existsSync(data), 'no folder, no lock').toBe(false);
});
