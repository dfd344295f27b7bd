import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readWindowState, saveWindowState } from '../../../electron/desktop/window-state.ts';

const screens = [{ x: 0, y: 0, width: 1920, height: 1080 }];
const firstStart = { width: 1440, height: 900, maximised: false };
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hotpool-window-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function save(bounds: { x: number; y: number; width: number; height: number }, maximised = false): void {
  saveWindowState(folder, { getNormalBounds: () => bounds, isMaximized: () => maximised });
}

test('the first start has a size and lets the system place the window', () => {
  expect(readWindowState(folder, screens)).toEqual(firstStart);
});

test('the window comes back where it was', () => {
  save({ x: 40, y: 50, width: 1200, height: 800 }, true);
  expect(readWindowState(folder, screens)).toEqual({ x: 40, y: 50, width: 1200, height: 800, maximised: true });
  expect(readdirSync(folder)).toEqual(['window.json']);
});

test.each([
  ['right of every screen', { x: 1900, y: 50, width: 1200, height: 800 }],
  ['left of every screen', { x: -1150, y: 50, width: 1200, height: 800 }],
  ['with its title bar above the screen', { x: 40, y: -30, width: 1200, height: 800 }],
  ['below every screen', { x: 40, y: 1070, width: 1200, height: 800 }],
])('a place %s is given up, the size is kept', (_name, bounds) => {
  save(bounds);
  expect(readWindowState(folder, screens)).toEqual({ width: 1200, height: 800, maximised: false });
});

test('a place on the second screen is kept while that screen is there', () => {
  save({ x: 2000, y: 50, width: 1200, height: 800 });
  expect(readWindowState(folder, [...screens, { x: 1920, y: 0, width: 1920, height: 1080 }])).toMatchObject({
    x: 2000,
  });
});

test.each(['{', '[]', '{"x":1}', '{"x":"1","y":2,"width":3,"height":4,"maximised":false}'])(
  'a spoilt file %s is a first start',
  (text) => {
    writeFileSync(join(folder, 'window.json'), text);
    expect(readWindowState(folder, screens)).toEqual(firstStart);
  },
);

test('a folder that cannot be written does not hold the window open', () => {
  rmSync(folder, { recursive: true });
  expect(() => save({ x: 0, y: 0, width: 1200, height: 800 })).not.toThrow();
});
