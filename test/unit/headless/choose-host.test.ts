import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { browserOpener } from '../../../electron/headless/open-browser.ts';
import { electronPath, windowObstacle } from '../../../electron/launch/choose-host.mjs';

describe('a window', () => {
  it.each([
    ['linux', {}, false, /no display/],
    ['linux', { DISPLAY: '' }, false, /no display/],
    ['linux', { DISPLAY: ':0' }, true, /root/],
    ['linux', { DISPLAY: ':0' }, false, null],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, false, null],
    ['darwin', {}, false, null],
    ['win32', {}, false, null],
  ] as const)('on %s with %j, as root %s: %s', (platform, env, isRoot, reason) => {
    const obstacle = windowObstacle({ platform, env, isRoot });
    if (reason === null) {
      expect(obstacle).toBeNull();
    } else {
      expect(obstacle).toMatch(reason);
      expect(obstacle).not.toContain('\n');
    }
  });
});

describe("Electron's binary", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hotpool-electron-'));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is where path.txt says, when it is there', () => {
    expect(electronPath({}, folder)).toBeNull();
    writeFileSync(join(folder, 'path.txt'), 'Electron.app/Electron');
    expect(electronPath({}, folder)).toBeNull();
    mkdirSync(join(folder, 'dist', 'Electron.app'), { recursive: true });
    writeFileSync(join(folder, 'dist', 'Electron.app', 'Electron'), '');
    expect(electronPath({}, folder)).toBe(join(folder, 'dist', 'Electron.app', 'Electron'));
  });

  it('may be elsewhere', () => {
    const elsewhere = join(folder, 'elsewhere');
    mkdirSync(elsewhere);
    const env = { ELECTRON_OVERRIDE_DIST_PATH: elsewhere };
    expect(electronPath(env, folder)).toBeNull();
    writeFileSync(join(elsewhere, 'electron'), '');
    expect(electronPath(env, folder)).toBe(join(elsewhere, 'electron'));
  });
});

it.each([
  ['linux', {}, null],
  ['linux', { DISPLAY: ':0' }, 'xdg-open'],
  ['darwin', {}, 'open'],
  ['win32', {}, 'rundll32'],
] as const)('a browser on %s with %j is opened by %s', (platform, env, program) => {
  expect(browserOpener(platform, env)?.program ?? null).toBe(program);
});
