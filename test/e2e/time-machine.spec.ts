/** "What happened at 14:09, to which IPs?": the pool as it was, and back. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ejectedAfterMs, ejectedIp, leasedIp, pastConnections, pastHost, writePast } from '../support/made-past.ts';
import { ConnectionsPage } from './pages/connections-page.ts';
import { ConsolePage } from './pages/console-page.ts';
import { OverviewPage } from './pages/overview-page.ts';
import { TimeBar } from './pages/time-bar.ts';
import { test as consoleTest, expect } from './support/console-test.ts';
import { violations } from './support/violations.ts';

/** The moment that is looked at, after the beginning of what is remembered. */
const shownAfterMs = 40_000;
const dayMs = 86_400_000;

/**
 * The operator's hours east of Greenwich: there it is between ten and eleven now, so that 14:09 of yesterday lies within the
 * day that is remembered second by second, whatever time it is here.
 */
const eastHours = ((10 - new Date().getUTCHours() + 36) % 24) - 12;
const timezoneId = eastHours === 0 ? 'Etc/GMT' : `Etc/GMT${eastHours > 0 ? '-' : '+'}${Math.abs(eastHours)}`;

/** As an operator of that zone reads it from a clock. */
const local = (atMs: number): Date => new Date(atMs + eastHours * 3_600_000);
const clock = (atMs: number): string => local(atMs).toISOString().slice(11, 19);

function yesterdayAt(hour: number, minute: number): number {
  return local(Date.now() - dayMs).setUTCHours(hour, minute, 0, 0) - eastHours * 3_600_000;
}

const test = consoleTest.extend<{ beganMs: number }>({
  beganMs: async ({ dataFolder }, use) => {
    const beganMs = yesterdayAt(14, 9) - shownAfterMs;
    writePast(dataFolder, beganMs);
    await use(beganMs);
  },
  consoleArgs: async ({ beganMs: _, dataFolder }, use) => {
    const file = join(dataFolder, 'mine.toml');
    writeFileSync(file, `[[targets]]\nhost = "${pastHost}"\nips = ["127.0.0.1"]\n`);
    await use(['--config', file]);
  },
});

test.use({ timezoneId });

test('look at 14:09 yesterday and come back: in every view, played on, and by its address', async ({
  page,
  beganMs,
}) => {
  const frame = new ConsolePage(page);
  const time = new TimeBar(page);
  const tile = page
    .getByRole('definition')
    .filter({ hasText: /^\d+\s*\/ / })
    .first();
  await expect(tile, 'nobody has made a connection since the start').toHaveText(/^0\s*\//);

  await test.step('a time is written, and the overview is of that time', async () => {
    await page.keyboard.press('t');
    await expect(time.moment).toBeFocused();
    // What stands there is chosen, and stays so while the present goes on: typing takes its place.
    await new OverviewPage(page).nextFrame();
    await page.keyboard.type('yesterday 14:09');
    await page.keyboard.press('Enter');
    await expect(time.says).toContainText('14:09:00');
    await expect(time.says).toContainText('actions off');
    await expect(tile).toHaveText(new RegExp(`^${pastConnections}\\s*/`));
    await expect(page).toHaveTitle(/^Past .*14:09:00 · Overview/);
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
    // A letter means nothing to the slider, so it is a key there as anywhere.
    await time.slider.focus();
    await page.keyboard.press('p');
    await expect(time.says).not.toContainText(clock(beganMs + ejectedAfterMs + 1_000));
    await time.button('Pause').click();
    // Pictures that were played may still be on their way.
    const asked = async () => (await time.slider.getAttribute('aria-valuetext')) ?? '';
    await expect.poll(async () => (await time.says.innerText()).includes(await asked())).toBe(true);
    const held = await asked();
    await time.slider.focus();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(asked).not.toBe(held);
    await expect(time.says).toContainText(await asked());
  });

  await test.step('what was refused goes when another moment is asked for elsewhere', async () => {
    await time.moment.fill('nonsense');
    await time.moment.press('Enter');
    await expect(time.bar.getByRole('alert')).toContainText('No moment');
    await time.slider.focus();
    await page.keyboard.press('ArrowLeft');
    await expect(time.bar.getByRole('alert')).toBeHidden();
    await expect(time.moment).toHaveAttribute('aria-invalid', 'false');
    await expect(time.moment).not.toHaveValue('nonsense');
  });

  await test.step('a view that only knows the present says so', async () => {
    await frame.open('Access lists');
    await expect(page.getByText('This view shows the present')).toBeVisible();
    await expect(page.getByRole('textbox', { name: 'Add to the black list' })).toBeDisabled();
    const paste = page.getByRole('button', { name: 'Paste many into the black list' });
    await expect(paste).toHaveAccessibleDescription(/the past is shown/);
    await paste.press('Enter');
    await expect(page.getByRole('dialog', { name: /^Paste into/ })).toBeHidden();
    await frame.chooseTheme('Light');
    expect(await violations(page, 'colours'), 'axe, in the past, by light').toEqual([]);
  });

  await test.step('the address brings it back, and Escape the present', async () => {
    await page.goto(page.url().replace(/#.*/, `#/connections?at=${new Date(beganMs + 10_000).toISOString()}`));
    await page.reload();
    await expect(time.says).toContainText(clock(beganMs + 10_000));
    await page.keyboard.press('Escape');
    await expect(page).toHaveTitle('Connections · Hotpool Console');
    await expect(page.getByText('No connection is open', { exact: true })).toBeVisible();
    await expect(page).toHaveURL(/#\/connections$/);
  });
});
