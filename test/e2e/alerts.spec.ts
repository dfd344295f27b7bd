/** Something goes wrong: it is told, followed to its cause, acknowledged with a reason, and not forgotten. */
import { AlertsPage } from './pages/alerts-page.ts';
import { ConnectionsPage } from './pages/connections-page.ts';
import { askEngine } from './support/ask-engine.ts';
import { expect, test } from './support/console-test.ts';

const host = 'tiles.demo.test';
const sentence = /success rate .*< 99/;

test('follow an alert to its cause and acknowledge it: with a reason, which outlives the page and the engine', async ({
  console,
  page,
  restart,
}) => {
  const alerts = await AlertsPage.of(page);

  await test.step('what is watched is seen with its figures, and thresholds are changed as a diff', async () => {
    await expect(alerts.page.getByText('No alert is active.')).toBeVisible();
    await expect(alerts.watched('Success rate')).toContainText(/100\s%.*OK/);
    await alerts.field('alerts.success_rate').fill('150');
    await expect(alerts.field('alerts.success_rate')).toHaveAttribute('aria-invalid', 'true');
    await expect(alerts.changes).toContainText(/150\s% is out of range; allowed: 0 to 100\s%/);
    await alerts.field('alerts.success_rate').fill('99');
    await alerts.field('alerts.hold').fill('1');
    // How late a busy machine is has nothing to do with it.
    await alerts.field('alerts.loop_delay').fill('10000');
    await expect(alerts.changes).toContainText(/alerts\.success_rate80\s%\s*→\s*99\s%/);
    await expect(alerts.changes).toContainText(/alerts\.loop_delay50\sms\s*→\s*10\ss/);
    await alerts.pending.getByRole('button', { name: 'Apply 3 changes' }).click();
    await expect(alerts.toast('3 settings changed')).toBeVisible();
  });

  await test.step('a host that answers 503 makes it fire: a message, the badge and the verdict say so', async () => {
    await alerts.open('Overview');
    await askEngine(console.running, 'demo.setFault', { host, fault: '503' });
    // The demo's own traffic comes by this host when it comes.
    await askEngine(console.running, 'load.start', {
      urls: [`https://${host}/status`],
      concurrency: 2,
      durationMs: 2_000,
    });
    await expect(alerts.announced(sentence)).toContainText('Critical alert', { timeout: 30_000 });
    await expect(alerts.badge).toContainText(/Alerts\s*[1-9]/);
    await alerts.verdict.getByRole('link', { name: sentence }).click();
    await expect(alerts.title).toHaveText('Alerts');
    await expect(alerts.alert(sentence)).toBeFocused();
    await expect(alerts.alert(sentence)).toContainText(/critical.*firing/);
  });

  await test.step('it leads to the connections that have the errors', async () => {
    await alerts.alert(sentence).getByRole('button', { name: 'Connections with errors' }).click();
    const connections = new ConnectionsPage(page);
    await expect(connections.filter).toHaveValue('err>0');
    await expect(connections.lines.first()).toContainText(host);
    await page.getByText('A link’s filter').getByRole('button', { name: 'Clear filter' }).click();
    await expect(connections.filter).toHaveValue('');
  });

  await test.step('and to the events that led to it', async () => {
    await alerts.open('Alerts');
    await alerts.alert(sentence).getByRole('button', { name: 'Its events' }).click();
    await expect(alerts.title).toHaveText('Events');
    await expect(page.getByRole('button', { name: 'Warning', exact: true })).toHaveAttribute('aria-pressed', 'true');
  });

  await test.step('acknowledged with a reason it stays, after a reload as well', async () => {
    await alerts.open('Alerts');
    await alerts.acknowledge(alerts.alert(sentence), 'Ada', 'the origin is being moved');
    await expect(alerts.alert(sentence)).toContainText(/acknowledged.*Ada, .*the origin is being moved/);
    await page.reload();
    await expect(alerts.alert(sentence)).toContainText(/acknowledged.*Ada, .*the origin is being moved/);
    // Callers wait for a host in trouble, which is an alert of its own.
    await expect(alerts.history.getByRole('row', { name: /still active.*Success rate.*the origin/ })).toBeVisible();
  });

  await test.step('and after a restart of the engine, which has not seen it end', async () => {
    const again = await AlertsPage.of(await restart({ kill: 'SIGTERM' }));
    await expect(again.active.filter({ hasText: /success rate/ })).toContainText(
      /acknowledged.*Ada, .*the origin is being moved/,
    );
  });
});
