import { describe, expect, test, vi } from 'vitest';
import { languages } from '../../../core/contract/language.ts';
import { applicationMenu } from '../../../electron/desktop/application-menu.ts';

const platforms = ['linux', 'win32', 'darwin'] as const;
const actions = { openDataFolder: () => undefined };

function itemsOf(...menu: Parameters<typeof applicationMenu>) {
  return applicationMenu(...menu).flatMap((top) => (Array.isArray(top.submenu) ? top.submenu : []));
}

describe.each(platforms)('the menu on %s', (platform) => {
  test('has no item that does nothing', () => {
    for (const item of itemsOf(platform, 'en', actions)) {
      const acts = item.role !== undefined || item.click !== undefined || item.type === 'separator';
      expect(acts, JSON.stringify(item)).toBe(true);
    }
    for (const { submenu } of applicationMenu(platform, 'en', actions)) {
      expect(Array.isArray(submenu) && submenu.length > 0).toBe(true);
    }
  });

  test.each(languages)('has words of its own for everything in %s', (language) => {
    // macOS names the first menu after the application.
    const named = applicationMenu(platform, language, actions).filter(({ label }) => label !== 'Hotpool Console');
    const labels = [
      ...named.map(({ label }) => label),
      ...itemsOf(platform, language, actions)
        .filter(({ type }) => type !== 'separator')
        .map(({ label }) => label),
    ];
    for (const label of labels) {
      expect(label).toMatch(language === 'zh' ? /\p{Script=Han}/u : /^[A-Z]/);
    }
  });

  test('has one way to quit', () => {
    const roles = itemsOf(platform, 'en', actions).map(({ role }) => role);
    expect(roles.filter((role) => role === 'quit')).toHaveLength(1);
  });
});

test('the data folder opens', () => {
  const openDataFolder = vi.fn();
  const file = applicationMenu('linux', 'en', { openDataFolder }).find(({ label }) => label === 'File');
  const [item] = Array.isArray(file?.submenu) ? file.submenu : [];
  item?.click?.({} as never, undefined, {} as never);
  expect(openDataFolder).toHaveBeenCalledOnce();
});
