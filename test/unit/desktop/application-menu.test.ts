import { expect, test, vi } from 'vitest';
import { applicationMenu } from '../../../electron/desktop/application-menu.ts';

test.each(['linux', 'win32', 'darwin'] as const)('every item on %s does something', (platform) => {
  const menu = applicationMenu(platform, { openDataFolder: () => undefined });
  for (const top of menu) {
    for (const item of Array.isArray(top.submenu) ? top.submenu : []) {
      const acts = item.role !== undefined || item.click !== undefined || item.type === 'separator';
      expect(acts, JSON.stringify(item)).toBe(true);
    }
    expect(top.role !== undefined || (Array.isArray(top.submenu) && top.submenu.length > 0)).toBe(true);
  }
});

test('the data folder opens', () => {
  const openDataFolder = vi.fn();
  const file = applicationMenu('linux', { openDataFolder }).find(({ label }) => label === 'File');
  const [item] = Array.isArray(file?.submenu) ? file.submenu : [];
  item?.click?.({} as never, undefined, {} as never);
  expect(openDataFolder).toHaveBeenCalledOnce();
});

test('there is one way to quit on every system', () => {
  const roles = (platform: NodeJS.Platform): unknown[] =>
    applicationMenu(platform, { openDataFolder: () => undefined }).flatMap((top) => [
      top.role,
      ...(Array.isArray(top.submenu) ? top.submenu.map((item) => item.role) : []),
    ]);
  expect(roles('linux').filter((role) => role === 'quit')).toHaveLength(1);
  // On macOS it is in the application's own menu.
  expect(roles('darwin')).toContain('appMenu');
  expect(roles('darwin')).not.toContain('quit');
});
