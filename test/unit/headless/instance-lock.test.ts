import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DataFolderInUseError, lockDataFolder } from '../../../electron/shared/instance-lock.ts';

let parent: string;
let folder: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'hotpool-lock-'));
  folder = join(parent, 'deep', 'data');
});

afterEach(() => rmSync(parent, { recursive: true, force: true }));

it('makes the folder for its owner alone, and leaves nothing in it', () => {
  const lock = lockDataFolder(folder, 'headless');
  expect(statSync(folder).mode & 0o077).toBe(0);
  lock.release();
  lock.release();
  expect(readdirSync(folder)).toEqual([]);
});

it('is held by one at a time; whoever comes second hears who that is', () => {
  const lock = lockDataFolder(folder, 'desktop', Date.UTC(2026, 0, 2, 3, 4, 5));
  expect(() => lockDataFolder(folder, 'headless')).toThrow(DataFolderInUseError);
  expect(() => lockDataFolder(folder, 'headless')).toThrow(
    `Another Hotpool Console (desktop, process ${process.pid}, since 2026-01-02T03:04:05.000Z) is using ${folder}`,
  );
  lock.release();
  lockDataFolder(folder, 'headless').release();
});

it('a refusal takes nothing away from the holder', () => {
  const lock = lockDataFolder(folder, 'headless');
  for (let attempt = 0; attempt < 5; attempt += 1) {
    expect(() => lockDataFolder(folder, 'headless')).toThrow(DataFolderInUseError);
  }
  expect(existsSync(join(folder, 'instance.json'))).toBe(true);
  lock.release();
  expect(readdirSync(folder)).toEqual([]);
});

it('what a killed process left is no obstacle, whatever it is', () => {
  lockDataFolder(folder, 'headless').release();
  writeFileSync(join(folder, 'instance.lock'), '');
  writeFileSync(join(folder, 'instance.json'), '{"pid":1,"host":"headless","sinceMs":0}');
  lockDataFolder(folder, 'headless').release();
  expect(readdirSync(folder)).toEqual([]);
});

it('of different folders are different locks', () => {
  const first = lockDataFolder(folder, 'headless');
  const second = lockDataFolder(join(parent, 'other'), 'headless');
  second.release();
  expect(() => lockDataFolder(folder, 'headless')).toThrow(DataFolderInUseError);
  first.release();
});

it('a file in the place of the folder, or of one above it, is named', () => {
  const file = join(parent, 'file');
  writeFileSync(file, 'mine');
  expect(() => lockDataFolder(file, 'headless')).toThrow(`the data folder ${file} is a file, not a folder`);
  expect(() => lockDataFolder(join(file, 'a', 'b'), 'headless')).toThrow(`${file} is a file, not a folder`);
  expect(readFileSync(file, 'utf8')).toBe('mine');
});

// Only Linux has /proc, where the system itself refuses a folder, to root as well.
it.skipIf(process.platform !== 'linux')('a place where no folder can be made is refused and does not hang', () => {
  expect(() => lockDataFolder('/proc/nope', 'headless')).toThrow('the data folder /proc/nope cannot be made');
  expect(() => lockDataFolder('/proc/nope/deep', 'headless')).toThrow('the data folder /proc/nope/deep cannot be made');
});

// Windows keeps rights in lists, which chmod does not change.
it.skipIf(process.platform === 'win32')('a folder that may not be written says so, and what to do', () => {
  mkdirSync(folder, { recursive: true });
  chmodSync(parent, 0o755);
  chmodSync(join(parent, 'deep'), 0o755);
  chmodSync(folder, 0o555);
  asNobody(() =>
    expect(() => lockDataFolder(folder, 'headless')).toThrow(
      new RegExp(`^the data folder ${folder} cannot be written: EACCES.*; mend its permissions, or choose another`),
    ),
  );
  expect(readdirSync(folder)).toEqual([]);
});

/** The system refuses nothing to root. */
function asNobody(act: () => void): void {
  if (process.geteuid?.() !== 0) {
    act();
    return;
  }
  process.seteuid?.(65_534);
  try {
    act();
  } finally {
    process.seteuid?.(0);
  }
}
