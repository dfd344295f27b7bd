/**
 * The key to a console whose address does not change: kept in the data folder, so that a page that is open, or a scraper that
 * knows it, goes on after a restart. Who can read the folder can already read everything that the key opens.
 */
import { randomBytes } from 'node:crypto';
import { chmodSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const keyFile = 'headless-key';

const keyBytes = 32;
const keyText = /^[\w-]{43}$/;
const ownersAlone = 0o600;

export function newKey(): string {
  return randomBytes(keyBytes).toString('base64url');
}

/** null where there is none, or what is there is no key of ours. @throws Error where the file cannot be read. */
export function readKey(dataFolder: string): string | null {
  const file = join(dataFolder, keyFile);
  let text: string;
  try {
    text = readFileSync(file, 'utf8').trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return null;
    }
    throw error;
  }
  return keyText.test(text) ? text : null;
}

/** For the owner's eyes alone, also where the file was there with other rights. @throws Error where it cannot be written. */
export function keepKey(dataFolder: string, key: string): void {
  const file = join(dataFolder, keyFile);
  writeFileSync(`${file}.new`, `${key}\n`, { mode: ownersAlone });
  chmodSync(`${file}.new`, ownersAlone);
  renameSync(`${file}.new`, file);
}
