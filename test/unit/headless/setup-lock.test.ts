import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withSetupLock } from '../../../electron/launch/setup-lock.mjs';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hotpool-setup-'));
  file = join(folder, 'setup.lock');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Looks again as soon as everything that was under way has had its turn. */
const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('two setups in one folder', () => {
  it('take turns, and the second says once that it waits', async () => {
    const seen: string[] = [];
    const first = Promise.withResolvers<void>();
    const one = withSetupLock(file, async () => {
      seen.push('one begins');
      await first.promise;
      seen.push('one ends');
    });
    const waiting = Promise.withResolvers<void>();
    const two = withSetupLock(
      file,
      async () => {
        seen.push('two');
      },
      () => {
        seen.push('two waits');
        waiting.resolve();
      },
      pause,
    );
    await waiting.promise;
    first.resolve();
    await Promise.all([one, two]);
    expect(seen).toEqual(['one begins', 'two waits', 'one ends', 'two']);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('leave nothing behind when the work fails', async () => {
    await expect(withSetupLock(file, () => Promise.reject(new Error('no network')))).rejects.toThrow('no network');
    expect(existsSync(file)).toBe(false);
  });
});

describe('a lock whose holder is gone', () => {
  const gone = (): number => spawnSync(process.execPath, ['--version']).pid;

  it.each([
    ['was killed', () => writeFileSync(file, String(gone()))],
    [
      'had a number that another program has now',
      () => {
        writeFileSync(file, String(process.ppid));
        utimesSync(file, 0, 0);
      },
    ],
  ])('because it %s is taken over', async (_why, leave) => {
    leave();
    const held = await withSetupLock(file, async () => readFileSync(file, 'utf8'), undefined, pause);
    expect(held).toBe(String(process.pid));
    expect(readdirSync(folder)).toEqual([]);
  });
});
