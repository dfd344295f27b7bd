/**
 * The key to a console whose address does not change: kept in the data folder, so that a page that is open, or a scraper that
 * knows it, goes on after a restart. Who can read the folder can already read everything that the key opens.
 */
import { randomBytes } from 'node:crypto';
import { closeSync, fstatSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMissing } from '../../core/base/system-fault.ts';

export const keyFile = 'headless-key';

const keyBytes = 32;
const keyText = /^[\w-]{43}$/;
const ownersAlone = 0o600;
const others = 0o077;

export function newKey(): string {
  return randomBytes(keyBytes).toString('base64url');
}

/**
 * null where there is none, what is there is no key of ours, or others could have put it there or read it: then a new one
 * is due. Windows has no such rights; there the user's own folder keeps others out.
 * @throws Error where the file cannot be read.
 */
export function readKey(dataFolder: string): string | null {
  let file: number;
  try {
    file = openSync(join(dataFolder, keyFile), 'r');
  } catch (error) {
    if (isMissing(error)) {
      return null;
    }
    throw error;
  }
  try {
    const { mode, uid } = fstatSync(file);
    const isOurs = process.getuid === undefined || (uid === process.getuid() && (mode & others) === 0);
    const text = readFileSync(file, 'utf8').trim();
    return isOurs && keyText.test(text) ? text : null;
  } finally {
    closeSync(file);
  }
}

/**
 * For the owner's eyes alone. What a kill has left is put aside first: a file that is there keeps its rights, and whoever
 * holds it open. @throws Error where it cannot be written.
 */
export function keepKey(dataFolder: string, key: string): void {
  const file = join(dataFolder, keyFile);
  const next = `${file}.new`;
  rmSync(next, { force: true });
  writeFileSync(next, `${key}\n`, { mode: ownersAlone, flag: 'wx' });
  renameSync(next, file);
}
