/** Seven journeys without a pointer: in one world, whose origins answer, hold back and fail as the test tells them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTlsOrigin, type TlsOrigin } from '../support/tls-origin.ts';
import { AccessPage } from './pages/access-page.ts';
import { AlertsPage } from './pages/alerts-page.ts';
import { ConnectionsPage } from './pages/connections-page.ts';
import { HealthPage } from './pages/health-page.ts';
import { OverviewPage } from './pages/overview-page.ts';
import { Palette } from './pages/palette.ts';
import { readFigure } from './pages/read-figure.ts';
import { SettingsPage } from './pages/settings-page.ts';
import { WarmUpPage } from './pages/warm-up-page.ts';
import { askEngine } from './support/ask-engine.ts';
import { enterOn, tabTo, writeInto } from './support/by-keys.ts';
import { test as consoleTest, expect } from './support/console-test.ts';

const hostname = 'own.test';
const slowIp = '127.0.0.13';
const watchedIps = ['127.0.0.11', '127.0.0.12', slowIp];
/** Known to nobody before it is pasted. */
const pastedIp = '127.0.0.14';
const limit = 8;
const callers = 12;

type World = ReadonlyMap<string, TlsOrigin>;

const test = consoleTest.extend<{ world: World }>({
  world: async ({ hostKind: _ }, use) => {
    await using open = new AsyncDisposableStack();
    const first = open.use(await startTlsOrigin({ hostname, ip: watchedIps[0] ?? '' }));
    const world = new Map([[first.endpoint.ip, first]]);
    for (const ip of [...watchedIps.slice(1), pastedIp]) {
      const { authority, port } = first;
      world.set(ip, open.use(await startTlsOrigin({ hostname, ip, port, authority })));
    }
    for (const origin of world.values()) {
      origin.answer = ({ url }) => ({ status: url === '/missing' ? 404 : 200 });
    }
    await use(world);
  },
  consoleArgs: async ({ world }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'hotpool-keys-'));
    const { authority, port } = originOf(world, slowIp);
    writeFileSync(join(folder, 'ca.pem'), authority.certificatePem);
    const file = join(folder, 'mine.toml');
    writeFileSync(
      file,
      `[pool]
max_conns_per_host = ${limit}

[alerts]
hold = 1

[[targets]]
host = "${hostname}:${port}"
ips = ${JSON.stringify(watchedIps)}
ca_file = "ca.pem"
`,
    );
    await use(['--config', file]);
    rmSync(folder, { recursive: true, force: true });
  },
});

function originOf(world: World, ip: string): TlsOrigin {
  const origin = world.get(ip);
  if (!origin) {
    throw new Error(`No origin at ${ip}`);
  }
  return origin;
}

test('do the first seven with the keyboard alone', async ({ console, page, world }) => {
  const warmUp = new WarmUpPage(page);
  const connections = new ConnectionsPage(page);
  const access = new AccessPage(page);
  const health = new HealthPage(page);
  const overview = new OverviewPage(page);
  const alerts = new AlertsPage(page);
  const palette = new Palette(page);
  const slow = originOf(world, slowIp);
  const { port } = slow;
  const load = (path: string, concurrency: number) =>
    askEngine(console.running, 'load.start', {
      urls: [`https://${hostname}:${port}${path}`],
      concurrency,
      durationMs: 120_000,
      timeoutMs: 60_000,
    });
  await expect(warmUp.statusBar).toContainText('live');

  await test.step('find the slowest IP and block it', async () => {
    slow.holding = true;
    await page.keyboard.press('w');
    await tabTo(page, warmUp.start);
    const startedMs = performance.now();
    await enterOn(page, warmUp.start);
    await expect(warmUp.lead).toContainText('2 of 3 ready');
    await expect.poll(() => slow.requests).toBeGreaterThan(0);
    // From its question on it takes longer than the others can have taken, however busy the machine was with them.
    await page.waitForTimeout(performance.now() - startedMs);
    slow.letGo();
    await expect(warmUp.lead).toHaveText('3 of 3 ready · all ready');
    await page.keyboard.press('2');
    await enterOn(page, connections.head('Last ms').getByRole('button'));
    await expect(connections.head('Last ms')).toHaveAttribute('aria-sort', 'descending');
    await tabTo(page, connections.grid);
    await page.keyboard.press('Home');
    await expect(connections.lines.and(page.locator('[aria-selected="true"]'))).toContainText(slowIp);
    await palette.take('block', `Block ${slowIp}…`);
    await expect(access.pending).toContainText(/closes 1 connection/i);
    await tabTo(page, access.reason);
    await page.keyboard.press('ControlOrMeta+Enter');
    await expect(access.pending).toHaveCount(0);
    await expect(access.entry('black list', slowIp)).toContainText('operator');
    await expect.poll(() => slow.open).toBe(0);
  });

  await test.step('undo a list change', async () => {
    await page.locator('body').press(']');
    await expect(page.locator('[data-panel]:focus'), 'one key from part to part').toHaveCount(1);
    await palette.take('undo', `Undo: blocked ${slowIp}`);
    await expect(access.toast(`Undone: blocked ${slowIp}`)).toBeVisible();
    await expect(access.entry('black list', slowIp)).toHaveCount(0);
  });

  await test.step('change a setting, and apply it from its field', async () => {
    const settings = new SettingsPage(page);
    await page.keyboard.press(',');
    await writeInto(page, settings.field('pool.conn_timeout'), '31');
    await page.keyboard.press('F6');
    await expect(settings.changes, 'a field keeps no one').toBeFocused();
    await page.keyboard.press('Shift+F6');
    await tabTo(page, settings.field('pool.conn_timeout'));
    await page.keyboard.press('ControlOrMeta+Enter');
    await expect(settings.toast('1 setting changed')).toBeVisible();
    await expect(settings.field('pool.conn_timeout')).toBeFocused();
    await page.keyboard.press('F6');
  });

  await test.step('warm a pasted list', async () => {
    originOf(world, pastedIp).stopListening();
    await page.keyboard.press('w');
    await tabTo(page, page.getByRole('radio', { name: 'One per IP' }));
    await page.keyboard.press('ArrowLeft');
    await tabTo(page, warmUp.list.getByRole('textbox', { name: 'IPs' }));
    await page.keyboard.insertText(`${watchedIps[0]}\n${pastedIp}`);
    await enterOn(page, warmUp.list.getByRole('button', { name: 'Use 2 IPs' }));
    await writeInto(page, page.getByRole('textbox', { name: 'Retries' }), '0');
    await page.keyboard.press('Tab');
    await enterOn(page, warmUp.start);
    await expect(warmUp.lead).toHaveText('1 of 2 ready · 1 failed');
  });

  await test.step('see why an IP is cold', async () => {
    await palette.take(pastedIp, pastedIp);
    const drawer = page.getByRole('dialog', { name: pastedIp });
    await expect(drawer).toContainText(
      `Nothing is connected to ${pastedIp} of ${hostname}:${port}: 1 dial in a row failed`,
    );
    await expect(drawer).toContainText('refused');
    await page.keyboard.press('Escape');
    await expect(drawer).toHaveCount(0);
  });

  await test.step('and retry its failures', async () => {
    await originOf(world, pastedIp).listenAgain();
    await enterOn(page, warmUp.action('Retry 1 failed'));
    await expect(warmUp.lead).toHaveText('1 of 1 ready · all ready');
    await expect(warmUp.run('retry: all ready')).toContainText('1 / 1');
  });

  await test.step('apply a diagnosis remedy and see the figure recover', async () => {
    for (const origin of world.values()) {
      origin.holding = ({ url }) => url === '/work';
    }
    const { runId } = await load('/work', callers);
    const waiting = async () => readFigure((await overview.figures())['Waiting for a lease']?.[0] ?? '');
    await page.keyboard.press('1');
    await expect.poll(waiting).toBe(callers - limit);
    await page.keyboard.press('4');
    const finding = health.finding('A host has as many connections as it may');
    await enterOn(page, finding.getByRole('button', { name: `Set max_conns_per_host to ${callers}…` }));
    await enterOn(page, health.remedy.getByRole('button', { name: 'Apply 1 change' }));
    // It keeps the focus, and with it the keys, until the change is made.
    await expect(health.remedy).toHaveCount(0);
    await expect(finding).toHaveCount(0);
    await page.keyboard.press('1');
    await expect.poll(waiting).toBe(0);
    await askEngine(console.running, 'load.cancel', { runId });
    for (const origin of world.values()) {
      origin.letGo();
    }
  });

  await test.step('follow an alert to its cause and acknowledge it', async () => {
    await expect.poll(async () => (await askEngine(console.running, 'load.runs', {})).runs[0]?.state).toBe('cancelled');
    await load('/missing', 2);
    const sentence = /success rate .* < 80/;
    await expect(alerts.announced(sentence)).toContainText('Critical alert', { timeout: 30_000 });
    await palette.take('success rate', sentence);
    await expect(alerts.alert(sentence)).toBeFocused();
    await enterOn(page, alerts.alert(sentence).getByRole('button', { name: 'Connections with errors' }));
    await expect(connections.filter).toHaveValue('err>0');
    await expect(connections.lines).not.toHaveCount(0);
    await page.keyboard.press('7');
    await enterOn(page, alerts.alert(sentence).getByRole('button', { name: /^Acknowledge/ }));
    const dialog = page.getByRole('dialog', { name: 'Acknowledge', exact: true });
    await writeInto(page, dialog.getByLabel('Reason'), 'the page was moved');
    await writeInto(page, dialog.getByLabel('Your name'), 'Ada');
    await enterOn(page, dialog.getByRole('button', { name: 'Acknowledge', exact: true }));
    await expect(alerts.alert(sentence)).toContainText(/acknowledged.*Ada, .*the page was moved/);
  });
});
