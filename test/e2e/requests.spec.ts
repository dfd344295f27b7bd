/** Journeys: one request is seen in all its parts, sent again, taken along and given up; a load is run, stopped and compared. */
import { RequestsPage } from './pages/requests-page.ts';
import { askEngine } from './support/ask-engine.ts';
import { expect, test } from './support/console-test.ts';

test('a request is sent to an IP of its own, seen part by part, sent again, and given up', { tag: '@page' }, async ({
  console,
  page,
}) => {
  const requests = await RequestsPage.of(page);
  await test.step('the host’s own path, on whatever connection the pool has', async () => {
    await requests.send.click();
    await expect(requests.outcome).toHaveText(/^200in .* · counts as good/);
    await expect(requests.body).toHaveValue(/"status": "ok"/);
    await expect(requests.part('first byte')).toHaveText(/ms$/);
    await expect(requests.answer.getByRole('row', { name: /^content-type/ })).toContainText('application/json');
  });
  await test.step('the same IP again, from all that is known of it: the connection is used again', async () => {
    const place = await requests.fact('IP').innerText();
    await requests.fact('IP').getByRole('button').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Send a request…' }).first().click();
    await expect(requests.ip).toHaveValue(place.replace(/^\[?(.*?)\]?:\d+$/, '$1'));
    await requests.path.press('Enter');
    await expect(requests.sent).toHaveCount(2);
    await expect(requests.outcome).toHaveText(/^200/);
    await expect(requests.fact('IP')).toHaveText(place);
    await expect(requests.fact('Use')).toContainText('reused');
  });
  await test.step('what is wrong stands at its field, and nothing can be sent', async () => {
    await page.getByRole('textbox', { name: 'Headers' }).fill('Accept: text/plain\nHost: elsewhere');
    await expect(page.getByText(/^line 2: Host belongs to the connection/)).toBeVisible();
    await expect(requests.send).toBeDisabled();
    await page.getByRole('textbox', { name: 'Headers' }).fill('');
  });
  await test.step('a bad status is an answer like another', async () => {
    await requests.path.fill('/status/404');
    await requests.send.click();
    await expect(requests.outcome).toHaveText(/^404.*does not count as good/);
    await page.getByText('Hex', { exact: true }).click();
    await expect(requests.body).toHaveValue(/^00000000 {2}34 30 34 0a/);
    await page.getByRole('button', { name: 'Copy as curl' }).click();
    await expect(requests.toast('Copied as a curl command')).toBeVisible();
  });
  await test.step('an earlier one is shown, and sent again as it was', async () => {
    await requests.sent.last().getByRole('button').click();
    await expect(requests.outcome).toHaveText(/^200/);
    await page.getByRole('button', { name: 'Send again' }).click();
    await expect(requests.sent).toHaveCount(4);
    await expect(requests.sent.first()).toContainText('GET /health');
    await expect(requests.outcome).toHaveText(/^200/);
  });
  await test.step('one that hangs is given up', async () => {
    await askEngine(console.running, 'demo.setFault', { fault: 'hang', host: 'edge.demo.test' });
    await requests.ip.fill('');
    await requests.path.fill('/health');
    await requests.send.click();
    await expect(requests.answer).toContainText('in flight for');
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await expect(requests.outcome).toHaveText(/^No answer/);
    await expect(requests.sent.first()).toContainText('cancelled');
    await expect(requests.send).toBeEnabled();
  });
});

test('a load is watched while it runs, stopped, and laid beside another', { tag: '@page' }, async ({ page }) => {
  const requests = await RequestsPage.of(page);
  await requests.openLoad();
  await test.step('to its end', async () => {
    await page.getByRole('button', { name: 'Fill in all hosts' }).click();
    await requests.setDuration(2);
    await requests.startLoad.click();
    await expect(requests.run(1)).toContainText('left');
    await expect(requests.startLoad).toBeDisabled();
    await expect(requests.run(1).getByRole('status')).toContainText('finished');
    await expect(requests.run(1).getByRole('row', { name: /^free at once/ })).toContainText('%');
    await expect(requests.runs).toHaveCount(1);
  });
  await test.step('the next one is stopped', async () => {
    await requests.setDuration(60);
    await requests.startLoad.click();
    await page.getByRole('button', { name: 'Stop' }).click();
    await expect(requests.run(2).getByRole('status')).toContainText('stopped');
  });
  await test.step('and compared with the first', async () => {
    await page.getByRole('button', { name: 'Compare with run 1' }).click();
    await expect(requests.run(2)).toContainText('against run 1');
    await requests.runs.last().getByRole('button').first().click();
    await expect(requests.run(1)).not.toContainText('against run');
    await expect(page.getByRole('button', { name: 'Run again' })).toBeEnabled();
  });
});
