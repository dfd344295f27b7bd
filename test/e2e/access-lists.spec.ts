/** Journey 5: who may be dialled is in the operator's hands, and stays as it was said. */
import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AccessPage } from './pages/access-page.ts';
import { ConnectionsPage } from './pages/connections-page.ts';
import { Palette } from './pages/palette.ts';
import { readFigure } from './pages/read-figure.ts';
import { WarmUpPage } from './pages/warm-up-page.ts';
import { askEngine } from './support/ask-engine.ts';
import { expect, test } from './support/console-test.ts';

const host = 'api.demo.test';
const ips = 12;

test('find the slowest IP and block it: it loses its connections and is dialled no more', async ({ console, page }) => {
  const { ips: known } = await askEngine(console.running, 'health.ips', { host });
  const ip = known.find((one) => one.ip.startsWith('127.'))?.ip ?? '';
  await askEngine(console.running, 'demo.setFault', { host, ips: [ip], fault: 'slow' });
  const warmUp = await WarmUpPage.of(page);
  await warmUp.choose({ host });
  await warmUp.start.click();
  await expect(warmUp.lead).toHaveText(`${ips} of ${ips} ready · all ready`);

  const connections = await ConnectionsPage.of(page);
  await test.step('in the table, by the time of the last answer', async () => {
    await connections.filter.fill(`host:${host}`);
    await connections.filter.press('Tab');
    await connections.sortBy('Last ms');
    await expect.poll(async () => (await connections.column('IP'))[0]).toBe(ip);
    expect(readFigure((await connections.column('Last ms'))[0] ?? '')).toBeGreaterThan(3_000);
  });
  const open = await connectionsTo(ip);
  expect(open).toBeGreaterThan(0);

  const access = new AccessPage(page);
  await test.step('what it would close is said before it does', async () => {
    await connections.linesOf(ip).first().click();
    await page
      .getByRole('toolbar', { name: /^Actions/ })
      .getByText('Block IP…')
      .click();
    await expect(access.title).toHaveText('Access lists');
    await access.reason.fill('seen to answer slowly');
    await expect(access.entry('black list', ip)).toContainText('will be added');
    await expect(access.pending).toContainText(`1 change not applied`);
    await expect(access.pending).toContainText(/closes \d+ connections?/i);
    expect(await connectionsTo(ip), 'nothing is closed yet').toBeGreaterThanOrEqual(open);
  });

  await test.step('applied: the connections are gone, from the engine and from the table', async () => {
    await access.apply();
    await expect(access.toast('Lists saved: 1 added')).toBeVisible();
    await expect(access.entry('black list', ip)).toContainText('operator');
    await expect(access.changes.getByRole('row', { name: `blocked ${ip}` })).toContainText('seen to answer slowly');
    await expect.poll(() => connectionsTo(ip)).toBe(0);
    await connections.open('Connections');
    await expect(connections.lines).not.toHaveCount(0);
    await expect(connections.linesOf(ip)).toHaveCount(0);
  });

  await test.step('a warm-up of every IP leaves it out', async () => {
    const { dials } = (await askEngine(console.running, 'statistics.get', {})).sinceStart;
    await warmUp.open('Warm-up');
    await expect(warmUp.plan).toContainText(`${ips - 1} `);
    await warmUp.start.click();
    await expect(warmUp.lead).toHaveText(`${ips - 1} of ${ips - 1} ready · 1 IP left out`);
    // Counted by the second: the last ones come a moment later.
    const since = async () => (await askEngine(console.running, 'statistics.get', {})).sinceStart;
    await expect.poll(async () => (await since()).dials).toBeGreaterThanOrEqual(dials + ips - 1);
    expect((await since()).dialFailures).toBe(0);
    expect(await connectionsTo(ip)).toBe(0);
  });

  await test.step('taken off the list again, it is dialled again', async () => {
    await askEngine(console.running, 'demo.setFault', { fault: null });
    await access.open('Access lists');
    await access
      .entry('black list', ip)
      .getByRole('button', { name: `Remove ${ip}` })
      .click();
    await expect(access.entry('black list', ip)).toContainText('will be removed');
    await access.apply();
    await expect(access.toast('Lists saved: 1 removed')).toBeVisible();
    await expect(access.entry('black list', ip)).toHaveCount(0);
    await warmUp.open('Warm-up');
    await warmUp.start.click();
    await expect(warmUp.lead).toHaveText(`${ips} of ${ips} ready · all ready`);
    await expect.poll(() => connectionsTo(ip)).toBeGreaterThan(0);
  });

  /** As the table counts them, whatever else is on the screen. */
  async function connectionsTo(address: string): Promise<number> {
    const impact = await askEngine(console.running, 'access.preview', {
      add: [{ list: 'black', value: `${address}/32` }],
    });
    return impact.closesConnections;
  }
});

test('a pasted list is read line by line, and what was saved outlives a restart and kill -9', { tag: '@page' }, async ({
  page,
  restart,
}) => {
  const access = await AccessPage.of(page);
  const good = ['192.0.2.7', '198.51.100.0/24', '2001:db8::/48', '2001:db8:1::7'];

  await test.step('each fault is named on its line, the good ones are taken', async () => {
    await access.openBulk(
      'black list',
      [
        '192.0.2.7, 198.51.100.0/24  # partner',
        '192.0.2.300',
        '2001:DB8:0:0::/48',
        '10.0.0.0/33',
        '2001:db8:1::7',
      ].join('\n'),
    );
    await expect(access.bulk.getByText('4 entries · faults on 2 lines')).toBeVisible();
    await expect(access.bulk.getByText('line 2: 300 is not 0 to 255')).toBeVisible();
    await expect(access.bulk.getByText('line 4: /33 in 10.0.0.0/33 is not /0 to /32')).toBeVisible();
    await access.bulk.getByRole('button', { name: 'Add 4 entries' }).click();
    await expect(access.bulk.getByRole('textbox', { name: 'Entries' })).toHaveValue('192.0.2.300\n10.0.0.0/33');
    await access.bulk.getByRole('button', { name: 'Close' }).click();
  });

  await test.step('canonical, with their note, and saved together', async () => {
    await access.add('white list', '203.0.113.5');
    await expect(access.pending).toContainText('5 changes not applied');
    await access.apply();
    await expect(access.toast('Lists saved: 5 added')).toBeVisible();
    for (const value of good) {
      await expect(access.entry('black list', value)).toContainText('operator');
    }
    await expect(access.entry('black list', '198.51.100.0/24')).toContainText('partner');
  });

  const afterRestart = await test.step('they are there after a restart', async () => {
    const again = await AccessPage.of(await restart({ kill: 'SIGTERM' }));
    for (const value of good) {
      await expect(again.entry('black list', value)).toContainText('operator');
    }
    await expect(again.entry('white list', '203.0.113.5')).toBeVisible();
    return again;
  });

  await test.step('and what was confirmed a moment before is there after kill -9', async () => {
    await afterRestart.add('black list', '192.0.2.99');
    await afterRestart.apply();
    const again = await AccessPage.of(await restart({ kill: 'SIGKILL' }));
    for (const value of [...good, '192.0.2.99']) {
      await expect(again.entry('black list', value)).toContainText('operator');
    }
  });
});

test('undo a list change: a message takes it back, the log a hand edit, and of two hands nothing is lost', async ({
  console,
  page,
  dataFolder,
}) => {
  const access = await AccessPage.of(page);

  await test.step('what somebody else changed meanwhile is said, and merged by choice', async () => {
    await access.add('black list', '192.0.2.7 # mine');
    await expect(access.entry('black list', '192.0.2.7')).toContainText('will be added');
    await askEngine(console.running, 'access.apply', { add: [{ list: 'black', value: '192.0.2.7', note: 'theirs' }] });
    await expect(access.pending).toContainText('1 entry of this change was changed meanwhile');
    await access.pending.getByRole('button', { name: 'Resolve…' }).click();
    const dialog = page.getByRole('dialog', { name: '1 entry changed meanwhile' });
    await dialog.getByRole('radio', { name: 'Merge' }).check();
    await dialog.getByRole('button', { name: 'Go on' }).click();
    await access.apply();
    await expect(access.entry('black list', '192.0.2.7')).toContainText('theirs; mine');
  });

  await test.step('the message that says so takes it back', async () => {
    await page.getByRole('button', { name: 'Undo', exact: true }).first().click();
    await expect(access.toast('Taken back: 1 added')).toBeVisible();
    await expect(access.entry('black list', '192.0.2.7')).toContainText(/operatortheirs/);
  });

  await test.step('a hand edit appears by itself, and is taken back from the last changes', async () => {
    const file = join(dataFolder, 'access-lists.toml');
    await appendFile(file, '\n[[white]]\nip = "203.0.113.0/24" # by hand\n');
    await expect(access.entry('white list', '203.0.113.0/24')).toContainText(/file.*by hand/);
    await page.getByRole('button', { name: 'Undo: allowed 203.0.113.0/24' }).click();
    const dialog = page.getByRole('dialog', { name: /^Take back “allowed 203/ });
    await dialog.getByRole('button', { name: 'Undo' }).click();
    // Behind a dialog nothing has a role, and there would be no entry in any case.
    await expect(dialog).toBeHidden();
    await expect(access.entry('white list', '203.0.113.0/24')).toHaveCount(0);
    // The page hears of a change while it is being written.
    await expect.poll(() => readFile(file, 'utf8')).not.toContain('203.0.113.0/24');
  });

  await test.step('an undo of the last change that has something in its way shows it, and does the rest', async () => {
    const palette = new Palette(page);
    await askEngine(console.running, 'access.apply', {
      add: [
        { list: 'black', value: '198.51.100.7' },
        { list: 'black', value: '198.51.100.8', expiresAtMs: Date.now() + 1_000 },
      ],
    });
    // Both come with one picture, and one of them goes.
    await expect(access.entry('black list', '198.51.100.7')).toBeVisible();
    await expect(access.entry('black list', '198.51.100.8')).toHaveCount(0);
    await palette.take('undo the last', 'Undo: blocked 2 entries');
    const dialog = page.getByRole('dialog', { name: /^Take back “blocked 2 entries”/ });
    await expect(dialog).toContainText('198.51.100.8');
    await dialog.getByRole('button', { name: 'Undo the other 1' }).click();
    await expect(dialog).toBeHidden();
    await expect(access.entry('black list', '198.51.100.7')).toHaveCount(0);
  });

  await test.step('which rule decides about an IP is told', async () => {
    await page.getByRole('button', { name: 'Test an IP' }).click();
    await page.getByRole('textbox', { name: 'IP or CIDR to test' }).fill('192.0.2.7');
    await expect(page.getByText('Is blocked: 192.0.2.7 on the black list (operator) decides.')).toBeVisible();
  });

  await test.step('an entry is edited from the keyboard, and the list as text', async () => {
    await access.table('black list').focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: '192.0.2.7 on the black list' });
    await dialog.getByRole('textbox', { name: 'Note' }).fill('ours');
    await page.keyboard.press('Enter');
    await expect(access.entry('black list', '192.0.2.7')).toContainText(/will be changed.*ours/);
    await page.getByRole('group', { name: 'Show the black list as' }).getByText('Text').click();
    const text = page.getByRole('textbox', { name: 'Text of the black list' });
    await expect(text).toHaveValue('192.0.2.7  # ours\n');
    await text.fill('192.0.2.7 # ours now\n198.51.100.0/24');
    await page.getByRole('button', { name: 'Put among the changes' }).click();
    await expect(access.pending).toContainText('2 changes not applied');
    // What is not applied yet outlives a reload.
    await page.reload();
    await expect(access.pending).toContainText('2 changes not applied');
    await access.apply();
    await expect(access.entry('black list', '192.0.2.7')).toContainText('ours now');
    await expect(access.entry('black list', '198.51.100.0/24')).toContainText('operator');
  });

  await test.step('in a log that is scrolled, the first press of an undo is that of the line it is pressed on', async () => {
    for (let index = 10; index < 35; index += 1) {
      await askEngine(console.running, 'access.apply', { add: [{ list: 'black', value: `192.0.2.${index}` }] });
    }
    await page.reload();
    await page.getByRole('button', { name: 'Undo: blocked 192.0.2.11', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: /^Take back “blocked 192\.0\.2\.11”/ });
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(dialog).toBeHidden();
  });

  await test.step('what the head’s tick chose goes by the key that removes', async () => {
    await page.getByRole('checkbox', { name: 'Choose all shown on the black list' }).click();
    await page.keyboard.press('Delete');
    await expect(access.pending).toContainText('27 changes not applied');
  });
});
