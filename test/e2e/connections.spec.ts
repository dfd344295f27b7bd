/** Journey 3: every live connection, changing as it happens. */
import { readFile } from 'node:fs/promises';
import { type ColumnName, ConnectionsPage, columnNames } from './pages/connections-page.ts';
import { readFigure } from './pages/read-figure.ts';
import { askEngine } from './support/ask-engine.ts';
import { expect, test } from './support/console-test.ts';

const none = '–';
const clock = /^\d+:\d\d$/;
const figure = /^(<0\.01|[\d,]+(\.\d+)?)$/;

/** What a cell of an established connection may say. */
const cells: Readonly<Record<ColumnName, RegExp>> = {
  State: /^(idle|leased|checking|validating)$/,
  IP: /^(127\.\d+\.\d+\.\d+|::1)$/,
  Host: /^(edge|tiles|api)\.demo\.test$/,
  Proto: /^(h2|http\/1\.1)$/,
  'TLS profile': /^modern-h2$/,
  Age: clock,
  Idle: new RegExp(`${clock.source}|^${none}$`),
  Requests: new RegExp(`^[\\d,]+$|^${none}$`),
  Errors: new RegExp(`^${none}$`),
  'TCP ms': figure,
  // "r" marks a resumed handshake.
  'TLS ms': /^r?(<0\.01|[\d,]+(\.\d+)?)$/,
  'Last ms': figure,
};

/** IPv4 before IPv6, each by its numbers. */
function byAddress(a: string, b: string): number {
  const key = (ip: string): string =>
    ip.includes(':')
      ? `6${ip}`
      : `4${ip
          .split('.')
          .map((octet) => octet.padStart(3, '0'))
          .join('.')}`;
  return key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0;
}

test('every column of every connection, changing as it happens', { tag: '@page' }, async ({ console, page }) => {
  const connections = await ConnectionsPage.of(page);

  await test.step('twelve columns, each with a figure that fits its name', async () => {
    for (const column of columnNames) {
      await expect(connections.head(column)).toBeVisible();
      // Read again while a connection is still being made.
      await expect
        .poll(async () => (await connections.column(column)).filter((cell) => !cells[column].test(cell)), column)
        .toEqual([]);
    }
  });

  await test.step('as many lines as the engine has connections', async () => {
    await expect(async () => {
      const { totalConnections } = await askEngine(console.running, 'statistics.get', {});
      expect(totalConnections).toBeGreaterThan(0);
      await expect(connections.tally).toHaveText(`${totalConnections} connections`, { timeout: 1_000 });
      await expect(connections.grid).toHaveAttribute('aria-rowcount', String(totalConnections + 1), { timeout: 1_000 });
    }).toPass();
  });

  await test.step('requests are counted and ages run while one looks', async () => {
    await connections.sortBy('Requests');
    await expect(connections.head('Requests')).toHaveAttribute('aria-sort', 'descending');
    const counted = async (): Promise<number> =>
      (await connections.column('Requests')).reduce((sum, cell) => sum + (readFigure(cell) ?? 0), 0);
    const before = await counted();
    const [age = ''] = await connections.column('Age');
    await expect.poll(counted).toBeGreaterThan(before);
    await expect.poll(async () => (await connections.column('Age'))[0]).not.toBe(age);
    // The demo's visits are short: who looks seldom may miss them.
    await expect
      .poll(() => connections.column('State'), { message: 'one is seen at work', intervals: [50] })
      .toContain('leased');
  });

  await test.step('a connection that is closed says why, and goes', async () => {
    // Frozen, so that the line stays where the pointer goes, and its reason until it was read.
    await connections.freeze.click();
    const line = connections.lines.first();
    const id = await line.getAttribute('data-row');
    const same = connections.grid.locator(`[data-row="${id}"]`);
    await line.click();
    await expect(same).toHaveAttribute('aria-selected', 'true');
    await page.getByRole('toolbar', { name: 'Actions for the selected connections' }).getByText('Close').click();
    await expect(same).toContainText('by operator');
    await connections.freeze.click();
    await expect(same).toHaveCount(0);
  });
});

test('sorted by any column, filtered by words and tokens', { tag: '@page' }, async ({ page }) => {
  const connections = await ConnectionsPage.of(page);
  // Without traffic's haste: values go on changing, places do not.
  const inOrder = async (column: ColumnName, compare: (a: string, b: string) => number): Promise<void> => {
    await expect(async () => {
      const shown = await connections.column(column);
      expect(shown.length).toBeGreaterThan(3);
      expect(shown).toEqual([...shown].sort(compare));
    }).toPass();
  };
  const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  const byNumber = (a: string, b: string): number => (readFigure(a) ?? 0) - (readFigure(b) ?? 0);

  await test.step('sort: up, down, and by another', async () => {
    await expect(connections.head('IP')).toHaveAttribute('aria-sort', 'ascending');
    await inOrder('IP', byAddress);
    await connections.sortBy('IP');
    await expect(connections.head('IP')).toHaveAttribute('aria-sort', 'descending');
    await inOrder('IP', (a, b) => byAddress(b, a));
    await connections.sortBy('Host');
    await inOrder('Host', byText);
    await connections.sortBy('TCP ms');
    await inOrder('TCP ms', (a, b) => byNumber(b, a));
    await expect(connections.head('Host')).toHaveAttribute('aria-sort', 'none');
  });

  await test.step('filter: what fits is shown, and how many of how many', async () => {
    const fits = async (filter: string, column: ColumnName, pattern: RegExp): Promise<void> => {
      await connections.filter.fill(filter);
      // What the filter could go on with would stand before the table.
      await connections.filter.press('Tab');
      await expect(connections.tally).toHaveText(/^\d+ of \d+ connections$/);
      await expect
        .poll(async () => {
          const shown = await connections.column(column);
          return shown.length > 0 && shown.every((cell) => pattern.test(cell));
        })
        .toBe(true);
    };
    await fits('host:tiles', 'Host', /^tiles\.demo\.test$/);
    await fits('ip:127.10.0.0/16', 'IP', /^127\.10\./);
    await fits('proto:http/1.1', 'Proto', /^http\/1\.1$/);
    await fits('edge state:idle', 'State', /^idle$/);
    await fits('-host:api', 'Host', /^(edge|tiles)/);
  });

  await test.step('one that nothing fits says so; one that cannot be understood is named', async () => {
    await connections.filter.fill('err>1000');
    await expect(page.getByText('No connection fits the filter')).toBeVisible();
    await connections.filter.fill('ip:10.0.0.0/99');
    await expect(page.getByRole('status').filter({ hasText: 'ip:10.0.0.0/99' })).toContainText('is no CIDR');
    await connections.filter.press('Escape');
    await expect(connections.tally).toHaveText(/^\d+ connections$/);
  });

  await test.step('what can be done is a key away: the menu at the line, and each entry with its own', async () => {
    await connections.grid.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Shift+F10');
    const menu = page.getByRole('menu', { name: 'Actions for the selected connections' });
    await expect(menu.getByRole('menuitem', { name: /^Drain.*end first.*Del$/ })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(connections.grid).toBeFocused();
    await page.keyboard.press('c');
    await expect(page.getByText('Checked 1 connection').first()).toBeVisible();
  });
});

test('export the filtered table: completed, grouped, followed into one connection, and written just as it is shown', async ({
  page,
}) => {
  const connections = await ConnectionsPage.of(page);
  const groups = page.getByRole('treegrid', { name: 'Connections' });

  await test.step('the filter completes what is typed', async () => {
    await connections.filter.pressSequentially('ho');
    await page.getByRole('option', { name: /^host:/ }).click();
    await page.getByRole('option', { name: 'tiles.demo.test' }).click();
    await expect(connections.filter).toHaveValue('host:tiles.demo.test ');
    await expect(connections.tally).toHaveText(/ of /);
  });

  await test.step('a group folds by the keyboard and keeps its count', async () => {
    await page.getByRole('button', { name: 'Group' }).click();
    await page.getByRole('menuitemradio', { name: 'By host' }).click();
    const line = groups.getByRole('row', { name: /tiles\.demo\.test \d+ connections?/ });
    await expect(line).toHaveAttribute('aria-expanded', 'true');
    await groups.press('ArrowDown');
    await groups.press('ArrowLeft');
    await expect(line).toHaveAttribute('aria-expanded', 'false');
    await expect(groups).toHaveAttribute('aria-rowcount', '2');
    await groups.press('ArrowRight');
  });

  await test.step('Enter on a row opens its life', async () => {
    await groups.press('ArrowDown');
    await groups.press('Enter');
    const drawer = page.getByRole('dialog', { name: /^Connection \d+$/ });
    await expect(drawer.getByRole('region', { name: 'How it was made' })).toContainText('TLS handshake');
    await expect(drawer).toContainText('tiles.demo.test');
    await page.keyboard.press('Escape');
  });

  await test.step('the file has the rows, columns and order of the table', async () => {
    await connections.freeze.click();
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'TLS profile' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Export' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: /CSV/ }).click();
    const [head = '', ...lines] = (await readFile(await (await download).path(), 'utf8')).trimEnd().split('\r\n');
    expect(head.split(',').slice(0, 4)).toEqual(['id', 'state', 'ip', 'host']);
    expect(head).not.toContain('profile');
    const shown = await groups
      .locator('[data-row]')
      .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-row')));
    expect(lines.map((line) => line.split(',')[0])).toEqual(shown);
    expect(lines.every((line) => line.includes(',tiles.demo.test,'))).toBe(true);
  });

  await test.step('the view is kept by a name', async () => {
    await page.getByRole('button', { name: 'Views', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Save this view…' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Tiles');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('button', { name: 'Views', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Plain table' }).click();
    await expect(connections.filter).toHaveValue('');
    await page.reload();
    await page.getByRole('button', { name: 'Views', exact: true }).click();
    await page.getByRole('menuitem', { name: /^Tiles/ }).click();
    await expect(connections.filter).toHaveValue('host:tiles.demo.test ');
    await expect(groups.getByRole('row', { name: /tiles\.demo\.test \d+ connections?/ })).toBeVisible();
  });
});
