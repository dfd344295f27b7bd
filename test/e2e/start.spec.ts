/** Journey 1: it starts, says where it is, and ends without a trace. */
import { readdirSync } from 'node:fs';
import { lastingPort } from '../support/free-port.ts';
import { keptFiles } from '../support/kept-files.ts';
import { ConnectionsPage } from './pages/connections-page.ts';
import { ConsolePage } from './pages/console-page.ts';
import { test as consoleTest, expect } from './support/console-test.ts';
import { failedStart } from './support/failed-start.ts';

/** What is the operator's to keep; a lock or the name of its holder is not among it. */
const kept = [...keptFiles, 'browser', 'window.json', 'language.json', 'preferences.json'];

const longestEndMs = 2_000;

/** An address that stays the same; a window has none and takes no notice. */
const test = consoleTest.extend({
  consoleArgs: async ({ hostKind: _ }, use) => use(['--port', String(await lastingPort())]),
});

test('survive an engine restart with the page open; a second start is refused, and Ctrl-C leaves nothing behind', async ({
  console,
  hostKind,
  dataFolder,
  browser,
}) => {
  const { page, pid, ended } = console.running;
  const shown = new ConsolePage(page);
  await expect(shown.title).toHaveText('Overview');
  await expect(shown.statusBar).toContainText('demo fleet · 3 hosts · 60 IPs');
  await expect(page).toHaveTitle('Overview · Hotpool Console');

  await test.step('a second start says who has the folder, and exits 1', async () => {
    const { code, stdout, stderr } = await failedStart(hostKind, browser, ['--data', dataFolder]);
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr.trim()).toMatch(
      /^Another Hotpool Console \(\w+, process \d+, since .+\) is using .+: close it first/m,
    );
    expect(stderr).toContain(`process ${pid}`);
    expect(stderr).toContain(dataFolder);
    await expect(shown.statusBar, 'the first one is not disturbed').toContainText('live');
  });

  await test.step('one line on stdout, where there is an address to be told', () => {
    expect(console.running.stdout).toMatch(
      hostKind === 'headless' ? /^Hotpool Console ready at http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}\n$/ : /^$/,
    );
  });

  const connections = await ConnectionsPage.of(page);
  await connections.filter.fill('host:edge');
  await connections.filter.press('Tab');
  await expect(connections.tally).toHaveText(/ of /);

  const toolbar = page.getByRole('toolbar', { name: 'Actions for the selected connections' });
  if (hostKind === 'headless') {
    await connections.lines.first().click();
    await expect(toolbar).toContainText('1 selected');
  }

  await test.step('Ctrl-C ends the process within 2 s, with the page open', async () => {
    const pressedMs = performance.now();
    process.kill(pid, 'SIGINT');
    expect(await ended).toEqual({ code: 0, signal: null });
    expect(performance.now() - pressedMs).toBeLessThan(longestEndMs);
    expect(() => process.kill(pid, 0), 'the process is gone').toThrow('ESRCH');
    expect(readdirSync(dataFolder).filter((name) => !kept.includes(name))).toEqual([]);
  });

  if (hostKind === 'headless') {
    await test.step('the page says at once that its engine is gone', async () => {
      await expect(page.getByRole('alert')).toContainText('The engine cannot be reached.');
      await expect(shown.verdict).toContainText(/Unknown.*last known/);
      await expect(shown.statusBar).toContainText('engine lost');
      const checkAll = page.getByRole('button', { name: 'Check all' });
      await expect(checkAll).toBeDisabled();
      await expect(checkAll).toHaveAccessibleDescription('Not possible now: the engine cannot be reached');
    });
  } else {
    expect(page.isClosed(), 'the window is gone').toBe(true);
  }

  await test.step('the next start has the folder, and the operator is where they were', async () => {
    const again = await console.start();
    await expect(new ConsolePage(again).statusBar).toContainText('demo fleet');
    // A browser's page comes back by itself; a window went with its engine, and a new one remembers.
    const back = new ConnectionsPage(hostKind === 'headless' ? page : again);
    if (hostKind !== 'headless') {
      await back.open('Connections');
    }
    await expect(back.title).toHaveText('Connections');
    await expect(back.statusBar).toContainText('live');
    await expect(back.verdict).not.toContainText('Unknown');
    await expect(back.filter).toHaveValue('host:edge');
    await expect(back.tally).toHaveText(/^[1-9]\d* of \d+ connections$/);
    await expect(back.page.getByText('The engine cannot be reached.')).toHaveCount(0);
    // The new engine counts its connections from one again: what was chosen were others.
    await expect(back.lines.first()).toBeVisible();
    await expect(back.page.getByRole('toolbar', { name: 'Actions for the selected connections' })).toHaveCount(0);
    await back.page.getByRole('button', { name: 'Check all' }).click();
    await expect(back.toast(/^Checked/)).toBeVisible();
  });
});
