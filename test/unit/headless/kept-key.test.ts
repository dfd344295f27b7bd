import {
  chmodSync,
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { keepKey, keyFile, newKey, readKey } from '../../../electron/headless/kept-key.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hotpool-key-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('is nothing before the first start, and what was kept afterwards', () => {
  expect(readKey(folder)).toBeNull();
  const key = newKey();
  keepKey(folder, key);
  expect(readKey(folder)).toBe(key);
  expect(readdirSync(folder), 'and nothing beside it').toEqual([keyFile]);
});

// Windows has no mode; there the folder of the user is what nobody else may read.
it.skipIf(process.platform === 'win32')('is for its owner alone, whatever rights the file had', () => {
  writeFileSync(join(folder, keyFile), 'x', { mode: 0o644 });
  writeFileSync(join(folder, `${keyFile}.new`), 'left by a kill', { mode: 0o644 });
  const heldOpen = openSync(join(folder, `${keyFile}.new`), 'r');
  keepKey(folder, newKey());
  expect(readFileSync(heldOpen, 'utf8'), 'by one who had it open before').toBe('left by a kill');
  closeSync(heldOpen);
  expect(statSync(join(folder, keyFile)).mode & 0o777).toBe(0o600);
});

// As above: Windows has no mode.
it.skipIf(process.platform === 'win32')('that others can read or write is none: they may have put it there', () => {
  for (const mode of [0o644, 0o620, 0o602]) {
    const file = join(folder, keyFile);
    writeFileSync(file, newKey());
    chmodSync(file, mode);
    expect(readKey(folder), mode.toString(8)).toBeNull();
  }
});

it('of a file that holds no key of ours is none: a guess would be one', () => {
  for (const text of ['', 'hotpool', 'a'.repeat(42), `${'a'.repeat(43)}\n${'b'.repeat(43)}`]) {
    writeFileSync(join(folder, keyFile), text);
    expect(readKey(folder), text).toBeNull();
  }
  expect(readFileSync(join(folder, keyFile), 'utf8'), 'and it is left alone').toContain('b');
});

it('that cannot be read is told', () => {
  rmSync(folder, { recursive: true });
  writeFileSync(folder, 'a file');
  expect(() => readKey(folder)).toThrow('ENOTDIR');
});
