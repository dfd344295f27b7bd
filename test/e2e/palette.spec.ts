/** Everything by the palette, with the keyboard alone. */
import { ConnectionsPage } from './pages/connections-page.ts';
import { Palette } from './pages/palette.ts';
import { expect, test } from './support/console-test.ts';

test('the palette finds actions, addresses, connections and settings, and the focus is back where it was', async ({
  page,
}) => {
  const palette = new Palette(page);
  const connections = new ConnectionsPage(page);
  await expect(connections.statusBar).toContainText('live');

  await test.step('a view by its name, in the other language too', async () => {
    await palette.take('连接', 'Connections');
    await expect(connections.title).toHaveText('Connections');
  });

  await test.step('an action, and the focus is in the table again', async () => {
    await connections.grid.focus();
    await palette.take('frz', 'Freeze');
    await expect(connections.freeze).toHaveAttribute('aria-pressed', 'true');
    await expect(connections.grid).toBeFocused();
  });

  await test.step('what cannot be done now says why, and Enter does nothing', async () => {
    await page.keyboard.press('4');
    await expect(connections.title).toHaveText('Health');
    await palette.open();
    await page.keyboard.type('freeze');
    await expect(palette.option(/^Freeze Only in Connections/)).toHaveAttribute('aria-disabled', 'true');
    await page.keyboard.press('Enter');
    await expect(palette.dialog).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(palette.dialog).toBeHidden();
  });

  await test.step('an IP by a part of it: its drawer opens, and from there the palette knows which IP is meant', async () => {
    await palette.open();
    await page.keyboard.type('127.');
    await expect(palette.best).toContainText('demo.test');
    const ip = (await palette.best.textContent())?.match(/^[\d.]+/)?.[0] ?? '';
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog', { name: ip })).toContainText('Access: may be dialled');
    await palette.open();
    await expect(palette.best).toContainText(`Connections of ${ip}`);
    await page.keyboard.press('Enter');
    await expect(connections.title).toHaveText('Connections');
    await expect(connections.filter).toHaveValue(`ip:${ip}`);
    await expect(page.getByRole('dialog')).toHaveCount(0);
  });

  await test.step('a number that is no connection’s is said to be none', async () => {
    await palette.take('#999999', 'Connection #999999');
    await expect(page.getByRole('alert').filter({ hasText: 'nothing is remembered of it' })).toBeVisible();
  });

  await test.step('a key of the configuration, with the focus in its field', async () => {
    await palette.take('idle timeout', 'pool.idle_timeout');
    await expect(page.getByRole('textbox', { name: 'pool.idle_timeout' })).toBeFocused();
  });

  await test.step('what was taken lately stands first, also by the pointer', async () => {
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await expect(
      palette.dialog.getByRole('group', { name: 'Chosen lately' }).getByRole('option').first(),
    ).toContainText('pool.idle_timeout');
  });
});
