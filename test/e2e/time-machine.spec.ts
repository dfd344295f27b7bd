/** "What happened at 14:09, to which IPs?": the pool as it was, and back. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ejectedAfterMs, ejectedIp, leasedIp, pastConnections, pastHost, writePast } from '../support/made-past.ts';
import { ConnectionsPage } from './pages/connections-page.ts';
import { ConsolePage } from './pages/console-page.ts';
import { TimeBar } from './pages/time-bar.ts';
import { test as consoleTest, expect } from './support/console-test.ts';
import { violations } from './support/violations.ts';

/** Within the time of single seconds, whatever time of day it is. */
const agoMs = 20 * 3_600_000;

const test = consoleTest.extend<{ beganMs: number }>({
  beganMs: async ({ dataFolder }, use) => {
    const beganMs = Math.floor((Date.now() - agoMs) / 1_000) * 1_000;
    writePast(dataFolder, beganMs);
    await use(beganMs);
  },
  consoleArgs: async ({ beganMs: _, dataFolder }, use) => {
    const file = join(dataFolder, 'mine.toml');
    writeFileSync(file, `[[targets]]\nhost = "${pastHost}"\nips = ["127.0.0.1"]\n`);
    await use(['--config', file]);
  },
});

const pad = (value: number): string => String(value).padStart(2, '0');

/** As the operator writes it. */
function written(atMs: number): string {
  const date = new Date(atMs);
  const day = `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
  return `${day} ${clock(atMs)}`;
}

function clock(atMs: number): string {
  const date = new Date(atMs);
  return `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`;
}

test('a past moment is looked at in every view, played on, reloaded, and left again', async ({ page, beganMs }) => {
  const frame = new ConsolePage(page);
  const time = new TimeBar(page);
  const tile = page
    .getByRole('definition')
    .filter({ hasText: /^\d+\s*\/ / })
    .first();
  await expect(tile, 'nobody has made a connection since the start').toHaveText(/^0\s*\//);

  await test.step('a time is written, and the overview is of that time', async () => {
    await time.goTo(written(beganMs + 40_000));
    await expect(time.says).toContainText(clock(beganMs + 40_000));
    await expect(time.says).toContainText('actions off');
    await expect(tile).toHaveText(new RegExp(`^${pastConnections}\\s*/`));
    await expect(page).toHaveTitle(new RegExp(`^Past .*${clock(beganMs + 40_000)} · Overview`));
    await expect(page).toHaveURL(/#\/overview\?at=\d{4}-\d{2}-\d{2}T/);
  });

  await test.step('so are the connections, and nothing can be done to them', async () => {
    const connections = await ConnectionsPage.of(page);
    await expect(connections.lines).toHaveCount(pastConnections);
    const row = connections.lines.filter({ hasText: leasedIp });
    await expect(row).toContainText('leased');
    await expect(row.getByRole('gridcell', { name: '44', exact: true })).toBeVisible();
    const check = page.getByRole('button', { name: 'Check all' });
    await expect(check).toHaveAttribute('aria-disabled', 'true');
    await expect(check).toHaveAttribute('aria-description', /the past is shown/);
  });

  await test.step('what happened next is a key away: the ejection', async () => {
    await frame.open('Health');
    await page.keyboard.press('a');
    await expect(time.says).toContainText(clock(beganMs + ejectedAfterMs + 1_000));
    await expect(page.getByRole('region', { name: 'Ejections' })).toContainText(ejectedIp);
    expect(await violations(page), 'axe, in the past').toEqual([]);
    await page.keyboard.press('b');
    await expect(time.says, 'nothing is before it').toContainText(clock(beganMs + ejectedAfterMs + 1_000));
  });

  await test.step('the past is played, and held still', async () => {
    await time.bar.getByText('10×').click();
    await time.button('Play').click();
    await expect(time.says).not.toContainText(clock(beganMs + ejectedAfterMs + 1_000));
    await time.button('Pause').click();
    await time.slider.focus();
    const [shown = ''] = /\d\d:\d\d:\d\d/.exec((await time.says.textContent()) ?? '') ?? [];
    await page.keyboard.press('ArrowLeft');
    await expect(time.says).not.toContainText(shown);
  });

  await test.step('a view that only knows the present says so', async () => {
    await frame.open('Access lists');
    await expect(page.getByText('This view shows the present')).toBeVisible();
    await frame.chooseTheme('Light');
    expect(await violations(page), 'axe, in the past, by light').toEqual([]);
  });

  await test.step('the address brings it back, and Escape the present', async () => {
    await page.goto(page.url().replace(/#.*/, `#/connections?at=${new Date(beganMs + 10_000).toISOString()}`));
    await page.reload();
    await expect(time.says).toContainText(clock(beganMs + 10_000));
    await page.keyboard.press('Escape');
    await expect(page).toHaveTitle('Connections · Hotpool Console');
    await expect(page.getByText('No connection is open')).toBeVisible();
    await expect(page).toHaveURL(/#\/connections$/);
  });
});
