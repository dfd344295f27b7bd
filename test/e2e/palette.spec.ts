/** Everything by the palette, with the keyboard alone. */
import { ConnectionsPage } from './pages/connections-page.ts';
import { ConsolePage, viewTitles } from './pages/console-page.ts';
import { Palette } from './pages/palette.ts';
import { expect, test } from './support/console-test.ts';
import { violations } from './support/violations.ts';

test('the palette finds actions, addresses, connections and settings, and the focus is back where it was', {
  tag: '@page',
}, async ({ page }) => {
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
    await expect(page.getByRole('dialog', { name: 'Connection 999999' })).toContainText('nothing is remembered of it');
    await page.keyboard.press('Escape');
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

test('an action gets other keys: shown everywhere, taken from who had them, kept, and given back', {
  tag: '@page',
}, async ({ page }) => {
  const shown = new ConsolePage(page);
  const palette = new Palette(page);
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  const bind = async (action: string, ...keys: string[]): Promise<void> => {
    await sheet.getByRole('button', { name: new RegExp(`bind.* keys to ${action}`, 'i') }).click();
    await expect(sheet.getByText('Press keys…')).toBeVisible();
    for (const key of keys) {
      await page.keyboard.press(key);
    }
  };
  await expect(shown.statusBar).toContainText('live');
  await page.keyboard.press('?');

  await test.step('keys of the browser are refused with the reason', async () => {
    await bind('Events', 'ControlOrMeta+t');
    await expect(sheet.getByRole('alert')).toContainText('kept by the browser');
  });

  await test.step('keys of another are named, and can be taken', async () => {
    await bind('Events', 'w');
    await expect(sheet.getByRole('alert')).toContainText('W would take the keys of Warm up…');
    await sheet.getByRole('button', { name: 'Leave it' }).click();
    await bind('Events', 'g', 'e');
    await expect(sheet.getByRole('button', { name: 'G E: bind other keys to Events' })).toBeVisible();
    await bind('Settings', 'w');
    await sheet.getByRole('button', { name: 'Take over' }).click();
    await sheet.getByRole('button', { name: 'Done' }).click();
  });

  await test.step('they work, and are shown in the frame and in the palette', async () => {
    await page.keyboard.press('g');
    await page.keyboard.press('e');
    await expect(shown.title).toHaveText('Events');
    await page.keyboard.press('8');
    await page.keyboard.press('w');
    await expect(shown.title).toHaveText('Settings');
    await expect(page.getByRole('navigation', { name: 'Views' })).toContainText('G E');
    await palette.open();
    await page.keyboard.type('events');
    await expect(palette.best).toContainText('G E');
    await page.keyboard.press('Escape');
  });

  await test.step('also after a reload, until they are reset', async () => {
    await page.reload();
    await page.keyboard.press('1');
    await page.keyboard.press('w');
    await expect(shown.title).toHaveText('Settings');
    await page.keyboard.press('?');
    await sheet.getByRole('button', { name: 'Reset all' }).click();
    await sheet.getByRole('button', { name: 'Done' }).click();
    await page.keyboard.press('8');
    await expect(shown.title).toHaveText('Events');
  });
});

test('switch language and theme: at once, kept, and axe finds nothing in high contrast or comfortable density', async ({
  page,
  hostKind,
}) => {
  const shown = new ConsolePage(page);
  const palette = new Palette(page);
  const html = page.locator('html');
  // The page is the same build in every host: once is enough for axe.
  const readByAxe = hostKind === 'headless';
  const rowHeight = async (): Promise<number> => (await page.getByRole('row').nth(1).boundingBox())?.height ?? 0;
  await expect(shown.statusBar).toContainText('live');
  await shown.open('Connections');
  await expect(page.getByRole('row').nth(1)).toBeVisible();
  const compact = await rowHeight();

  await test.step('the language, with what was being done left as it is', async () => {
    const connections = new ConnectionsPage(page);
    await connections.filter.fill('host:edge');
    await palette.take('简体', '切换到简体中文');
    await expect(shown.title).toHaveText('连接');
    await expect(html).toHaveAttribute('lang', 'zh-Hans');
    await expect(page).toHaveTitle(/^连接 · /);
    await expect(page.getByRole('combobox', { name: '筛选连接' })).toHaveValue('host:edge');
    await page.reload();
    await expect(shown.title, 'it is kept').toHaveText('连接');
    await palette.take('english', 'Switch to English');
    await expect(shown.title).toHaveText('Connections');
    await expect(html).toHaveAttribute('lang', 'en');
    await connections.filter.press('Escape');
  });

  await test.step('in the settings, apart from the engine’s keys', async () => {
    await palette.take('display settings', 'Display settings');
    await page.getByText('Comfortable', { exact: true }).click();
    await page.getByRole('group', { name: 'Theme' }).first().getByText('High contrast').click();
    await expect(html).toHaveAttribute('data-density', 'comfortable');
    await expect(html).toHaveAttribute('data-contrast', 'more');
    if (readByAxe) {
      expect(await violations(page), 'display settings').toEqual([]);
    }
  });

  await test.step('the desktop zooms, a browser does it by itself', async () => {
    if (hostKind === 'headless') {
      await expect(page.getByText('The browser zooms by its own keys')).toBeVisible();
      return;
    }
    const zoom = (): Promise<number | undefined> => page.evaluate(() => window.hotpool?.zoom());
    await page.getByText('125 %', { exact: true }).click();
    await expect.poll(zoom).toBe(1.25);
    await palette.take('zoom 100', 'Zoom to 100 %');
    await expect.poll(zoom).toBe(1);
  });

  await test.step('long lists have larger lines', async () => {
    await shown.open('Connections');
    await expect.poll(rowHeight).toBeGreaterThan(compact);
  });

  await test.step('in each view, dark as the system is', async () => {
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect(html).toHaveAttribute('data-theme', 'dark');
    for (const title of readByAxe ? viewTitles : []) {
      await shown.open(title);
      expect(await violations(page), title).toEqual([]);
    }
  });

  await test.step('light too, with the palette and the sheet of keys', async () => {
    await page.emulateMedia({ colorScheme: 'light' });
    await expect(html).toHaveAttribute('data-theme', 'light');
    await palette.open();
    if (readByAxe) {
      expect(await violations(page), 'palette').toEqual([]);
    }
    await page.keyboard.type('keyboard shortcuts');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
    if (readByAxe) {
      expect(await violations(page), 'sheet').toEqual([]);
    }
    await page.keyboard.press('Escape');
  });

  await test.step('and after a reload', async () => {
    await page.reload();
    await expect(html).toHaveAttribute('data-density', 'comfortable');
    await expect(html).toHaveAttribute('data-contrast', 'more');
  });
});
