import { join } from 'node:path';
import { expect, it } from 'vitest';
import { defaultDataFolder } from '../../../electron/shared/data-folder.ts';

const home = '/home/ada';

it.each([
  ['linux', {}, '/home/ada/.local/share/hotpool-console'],
  ['linux', { XDG_DATA_HOME: '/srv/data' }, '/srv/data/hotpool-console'],
  ['linux', { XDG_DATA_HOME: '' }, '/home/ada/.local/share/hotpool-console'],
  ['linux', { XDG_DATA_HOME: 'relative' }, '/home/ada/.local/share/hotpool-console'],
  ['freebsd', {}, '/home/ada/.local/share/hotpool-console'],
  ['darwin', { XDG_DATA_HOME: '/srv/data' }, '/home/ada/Library/Application Support/hotpool-console'],
  ['win32', { APPDATA: join('C:', 'Roaming') }, join('C:', 'Roaming', 'hotpool-console')],
  ['win32', {}, join('/home/ada', 'AppData', 'Roaming', 'hotpool-console')],
] as const)('on %s with %j: %s', (platform, env, folder) => {
  expect(defaultDataFolder({ platform, env, home })).toBe(folder);
});
