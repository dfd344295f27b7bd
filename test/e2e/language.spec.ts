/** Switch language and theme: every view is said in the other language, nothing that was begun is lost, the choice stays. */
import type { Page } from '@playwright/test';
import { ConnectionsPage } from './pages/connections-page.ts';
import { expect, test } from './support/console-test.ts';
import { violations } from './support/violations.ts';

const chineseViews = ['总览', '连接', '预热', '健康', '访问名单', '请求', '告警', '事件', '设置'];

/**
 * Texts with two English words in a row, as an operator reads or hears them. Code, what was typed, names of hosts and
 * units are no sentences.
 */
function englishOn(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found = new Set<string>();
    const looks = /(?<![.:\w])[A-Za-z]{2,}[,:]? (?!ms\b)[a-z]{2,}(?![.:\w])/;
    const skipped = 'code, pre, textarea, .cm-editor, noscript, script, style';
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const text = node.textContent?.trim() ?? '';
      if (looks.test(text) && !node.parentElement?.closest(skipped)) {
        found.add(text);
      }
    }
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder]')) {
      for (const name of ['aria-label', 'title', 'placeholder']) {
        const text = element.getAttribute(name) ?? '';
        if (looks.test(text) && !element.closest(skipped)) {
          found.add(`${name}: ${text}`);
        }
      }
    }
    return [...found];
  });
}

test('switch language and theme: no view has an English sentence left', { tag: '@page' }, async ({ page, restart }) => {
  const connections = await ConnectionsPage.of(page);
  await connections.filter.fill('host:edge');
  // Its list of completions is left, which holds the rest of the page back.
  await page.keyboard.press('Tab');
  await connections.open('Access lists');
  const entry = page.getByLabel('Add to the black list');
  await entry.fill('192.0.2.77 # 备注');
  await entry.press('Enter');
  await expect(page.getByText('1 change not applied')).toBeVisible();

  await page.getByRole('button', { name: '中文' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans');
  await expect(page.getByRole('button', { name: 'EN', exact: true }), 'the focus is where it was').toBeFocused();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('访问名单');
  await test.step('what was begun is still there', async () => {
    await expect(page.getByText('1 项修改未应用')).toBeVisible();
    await expect(page.getByRole('gridcell', { name: '将添加' })).toBeVisible();
    await page.getByRole('link', { name: '连接', exact: true }).click();
    await expect(page.getByRole('combobox', { name: '筛选连接' })).toHaveValue('host:edge');
  });
  await test.step('no view has an English sentence left, and axe finds nothing', async () => {
    for (const view of chineseViews) {
      await page.getByRole('navigation', { name: '视图' }).getByRole('link', { name: view, exact: true }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(view);
      await expect(
        page
          .getByRole('main')
          .getByText(/\p{Script=Han}/u)
          .first(),
      ).toBeVisible();
      expect(await englishOn(page), view).toEqual([]);
      expect(await violations(page, 'all but colours'), view).toEqual([]);
    }
  });
  await test.step('a reload keeps language and theme', async () => {
    await page.getByRole('group', { name: '主题' }).getByTitle('浅色', { exact: true }).click();
    await page.reload();
    await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans');
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
    await page.getByRole('button', { name: 'EN' }).click();
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  });
  await test.step('and so does the next start, at another address', async () => {
    const again = await restart({ kill: 'SIGTERM' });
    await expect(again.locator('html')).toHaveAttribute('data-theme', 'light');
    await again.getByRole('link', { name: 'Connections', exact: true }).click();
    await expect(again.getByRole('combobox', { name: 'Filter connections' })).toHaveValue('host:edge');
  });
});
