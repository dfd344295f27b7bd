/** What is found wrong can be mended where it is found, and the mending be taken back. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTlsOrigin, type TlsOrigin } from '../support/tls-origin.ts';
import { HealthPage } from './pages/health-page.ts';
import { OverviewPage } from './pages/overview-page.ts';
import { readFigure } from './pages/read-figure.ts';
import { askEngine } from './support/ask-engine.ts';
import { test as consoleTest, expect } from './support/console-test.ts';

/** More callers than the host may have connections; the remedy raises the limit by half, which is enough for all. */
const limit = 8;
const callers = 12;

const test = consoleTest.extend<{ origin: TlsOrigin; file: string }>({
  origin: async ({ hostKind: _ }, use) => {
    await using origin = await startTlsOrigin({ hostname: 'own.test' });
    // A connection is looked at before it may serve; what it is then asked for is not answered soon.
    origin.holding = ({ url }) => url === '/work';
    await use(origin);
  },
  file: async ({ origin }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'hotpool-health-'));
    const file = join(folder, 'mine.toml');
    writeFileSync(join(folder, 'ca.pem'), origin.authority.certificatePem);
    writeFileSync(
      file,
      `[pool]
max_conns_per_host = ${limit} # a small machine

[[targets]]
host = "own.test:${origin.port}"
ips = ["127.0.0.1"]
ca_file = "ca.pem"
`,
    );
    await use(file);
    rmSync(folder, { recursive: true, force: true });
  },
  consoleArgs: async ({ file }, use) => use(['--config', file]),
});

test('apply a diagnosis remedy and see the figure recover: looked at first, kept in the file, and taken back', async ({
  console,
  page,
  origin,
  file,
}) => {
  const running = async () =>
    (await askEngine(console.running, 'config.get', {})).keys.find(({ path }) => path === 'pool.max_conns_per_host')
      ?.value;
  const overview = new OverviewPage(page);
  const waiting = async () => readFigure((await overview.figures())['Waiting for a lease']?.[0] ?? '');

  await test.step('callers wait, and the overview says how many', async () => {
    const urls = [`https://own.test:${origin.port}/work`];
    await askEngine(console.running, 'load.start', {
      urls,
      concurrency: callers,
      durationMs: 120_000,
      timeoutMs: 60_000,
    });
    await expect.poll(waiting).toBe(callers - limit);
  });

  const health = await HealthPage.of(page);
  const finding = health.finding('A host has as many connections as it may');
  await test.step('the finding says the figure, and opened why and what to do', async () => {
    await expect(finding).toContainText(`${callers - limit} callers wait while the host has ${limit} connections`);
    await finding.getByRole('button', { name: 'A host has' }).press('Enter');
    await expect(finding).toContainText(`pool.max_conns_per_host = ${limit}`);
    await expect(finding).toContainText('What to do');
  });

  await test.step('its remedy is shown as a diff before anything changes', async () => {
    await finding.getByRole('button', { name: `Set max_conns_per_host to ${callers}…` }).click();
    await expect(health.remedy).toContainText(/pool\.max_conns_per_host8\s*→\s*12/);
    expect(await running()).toBe(limit);
  });

  await test.step('applied it holds, stands in the file, the finding is gone, and nobody waits', async () => {
    await health.remedy.getByRole('button', { name: 'Apply 1 change' }).click();
    // Under the pointer a message stays.
    await health.toast('1 setting changed').hover();
    await expect(finding).toHaveCount(0);
    expect(await running()).toBe(callers);
    expect(readFileSync(file, 'utf8')).toContain(`max_conns_per_host = ${callers} # a small machine`);
    await page.keyboard.press('1');
    await expect.poll(waiting).toBe(0);
    const { activeConnections } = await askEngine(console.running, 'statistics.get', {});
    expect(activeConnections, 'and everybody has a connection').toBe(callers);
  });

  await test.step('the message takes it back', async () => {
    await health.toast('1 setting changed').getByRole('button', { name: 'Undo' }).click();
    await expect(health.toast('1 setting as before')).toBeVisible();
    expect(await running()).toBe(limit);
    origin.letGo();
  });
});
