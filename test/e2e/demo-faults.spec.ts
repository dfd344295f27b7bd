/** Journey 9: faults of the demo, switched in the console, and what the console says of the hosts that have them. */
import type { RunningConsole } from '../support/hosts/running-console.ts';
import { ConnectionsPage } from './pages/connections-page.ts';
import { DemoFaultsDialog } from './pages/demo-faults-dialog.ts';
import { OverviewPage } from './pages/overview-page.ts';
import { askEngine } from './support/ask-engine.ts';
import { expect, test } from './support/console-test.ts';

/** Resolves when each of its IPs has been dialled. */
async function dialAll(running: RunningConsole, host: string): Promise<void> {
  const { runId } = await askEngine(running, 'warmUp.start', { hosts: [host], retries: 0, concurrency: 50 });
  await expect
    .poll(async () =>
      (await askEngine(running, 'health.ips', { host })).ips.some(({ lastError }) => lastError !== null),
    )
    .toBe(true);
  expect(runId).toBeGreaterThan(0);
}

test('a host that blocks us, a host in panic, and IPs that are ejected are said to be so, until they are well', {
  tag: '@page',
}, async ({ console, page }) => {
  const overview = new OverviewPage(page);
  const faults = new DemoFaultsDialog(page);
  const row = (host: string) => overview.hosts.getByRole('row').filter({ hasText: host });
  const limit = (changes: Record<string, number>) => askEngine(console.running, 'config.update', { changes });

  await test.step('a host that blocks us on every IP', async () => {
    await limit({ 'health.eject_base': 1 });
    await faults.open();
    await faults.switchOn('403, blocked', 'api.demo.test');
    await faults.close();
    await expect(page.getByText(/12 endpoints with a fault/)).toBeVisible();
    await dialAll(console.running, 'api.demo.test');
    await expect(row('api.demo.test')).toContainText('blocks us');
    await expect(overview.verdict).toContainText('api.demo.test blocks us');
    await expect(row('edge.demo.test')).toContainText('good');
  });

  await test.step('is well when its fault is switched off', async () => {
    await faults.open();
    await faults.allWell();
    await faults.close();
    await expect(row('api.demo.test')).toContainText('good', { timeout: 30_000 });
    await expect(overview.verdict).not.toContainText('blocks us');
  });

  await test.step('a host in panic uses IPs that are ejected, and their connections show it', async () => {
    await limit({ 'health.eject_base': 600, 'health.max_ejected_share': 1 });
    await faults.open();
    await faults.switchOn('403, blocked', 'edge.demo.test');
    await faults.close();
    await dialAll(console.running, 'edge.demo.test');
    await expect(row('edge.demo.test')).toContainText('panic');
    await faults.open();
    await faults.allWell();
    await faults.close();
    await askEngine(console.running, 'warmUp.start', { hosts: ['edge.demo.test'], retries: 0, concurrency: 50 });
    const connections = new ConnectionsPage(page);
    await connections.open('Connections');
    await connections.filter.fill('host:edge.demo.test');
    await expect(connections.grid.getByText('IP ejected').first()).toBeAttached();
  });
});
