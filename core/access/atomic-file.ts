/** Files that are there whole or not at all, whatever kills the process. */
import { type BigIntStats, constants } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

const ownerOnly = 0o600;

/** Tells two versions of a file apart without reading them. */
export function fingerprintOf(stats: BigIntStats): string {
  return `${stats.ino} ${stats.size} ${stats.mtimeNs}`;
}

export interface FileVersion {
  readonly text: string;
  readonly fingerprint: string;
  readonly modifiedAtMs: number;
}

/** @throws the system's error; `ENOENT` when there is no file. */
export async function readVersion(file: string): Promise<FileVersion> {
  const handle = await open(file, 'r');
  try {
    const stats = await handle.stat({ bigint: true });
    const text = await handle.readFile('utf8');
    return { text, fingerprint: fingerprintOf(stats), modifiedAtMs: Number(stats.mtimeMs) };
  } finally {
    await handle.close();
  }
}

/**
 * Writes a file through a temporary one beside it: the text is on the disk before the name points to it, and the name
 * before this resolves. Returns the new version's fingerprint. Only one write of a file may be under way. `mode` is what
 * the file's permissions become, the umask notwithstanding.
 * @throws the system's error; the file is then what it was before.
 */
export async function writeAtomically(file: string, text: string, mode = ownerOnly): Promise<string> {
  return (await replaceAtomically(file, text, async () => true, mode)) ?? '';
}

/**
 * The same, when `mayReplace`, asked last of all, says yes. If not the file is left as it is and the answer is null: for a
 * file that somebody else may save as well.
 * @throws the system's error; the file is then what it was before.
 */
export async function replaceAtomically(
  file: string,
  text: string,
  mayReplace: () => Promise<boolean>,
  mode = ownerOnly,
): Promise<string | null> {
  const temporary = `${file}.tmp`;
  const { O_CREAT, O_TRUNC, O_WRONLY } = constants;
  try {
    const handle = await open(temporary, O_CREAT | O_TRUNC | O_WRONLY, ownerOnly);
    let fingerprint: string;
    try {
      if (mode !== ownerOnly) {
        await handle.chmod(mode);
      }
      await handle.writeFile(text);
      await handle.sync();
      fingerprint = fingerprintOf(await handle.stat({ bigint: true }));
    } finally {
      await handle.close();
    }
    if (!(await mayReplace())) {
      await rm(temporary, { force: true });
      return null;
    }
    await rename(temporary, file);
    await syncFolder(dirname(file));
    return fingerprint;
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Windows cannot open folders, and keeps its directory entries by a journal of its own. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') {
    return;
  }
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
