/**
 * One console per data folder. The lock is the operating system's own lock on a file (taken through SQLite, which does it
 * soundly on every platform): it ends with the process that holds it, however that ends, so nothing can be stale and a
 * `kill -9` never makes the next start fail. A lock by process id or by age of a file can promise neither.
 */
import { closeSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { makeDataFolder } from './make-data-folder.ts';

/** Said to whoever comes second; a help for people, the lock itself does not depend on it. */
const holderSchema = z.object({ pid: z.int(), host: z.enum(['desktop', 'headless']), sinceMs: z.number() });
type Holder = z.infer<typeof holderSchema>;

export interface InstanceLock {
  /** Gives the folder back and leaves nothing in it. Twice is fine. */
  release(): void;
}

export class DataFolderInUseError extends Error {
  override readonly name = 'DataFolderInUseError';
}

/** SQLITE_BUSY: somebody else holds the file. */
const busy = 5;

/**
 * Makes the folder when it is not there.
 * @throws DataFolderInUseError when another console uses the folder; it says which.
 * @throws Error when the folder cannot be made or written.
 */
export function lockDataFolder(folder: string, host: Holder['host'], nowMs = Date.now()): InstanceLock {
  makeDataFolder(folder);
  const file = join(folder, 'instance.lock');
  const holderFile = join(folder, 'instance.json');
  const database = takeLock(folder, file);
  if (!database) {
    throw new DataFolderInUseError(
      `Another Hotpool Console${describeHolder(holderFile)} is using ${folder}: close it first, or choose another folder with --data.`,
    );
  }
  writeFileSync(holderFile, JSON.stringify({ pid: process.pid, host, sinceMs: nowMs } satisfies Holder));
  let held = true;
  return {
    release() {
      if (!held) {
        return;
      }
      held = false;
      rmSync(holderFile, { force: true });
      // Removed while it is still locked: nobody can take the lock of a file that is about to vanish (see takeLock).
      removeQuietly(file);
      database.close();
      // Windows removes no file that is open.
      removeQuietly(file);
      removeQuietly(`${file}-journal`);
    },
  };
}

/** @throws Error in the operator's words when the folder cannot be written. */
function takeLock(folder: string, file: string): DatabaseSync | null {
  try {
    return lockFile(file);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `the data folder ${folder} cannot be written: ${reason}; mend its permissions, or choose another one with --data.`,
      { cause: error },
    );
  }
}

/** null when somebody else has it. */
function lockFile(file: string): DatabaseSync | null {
  for (;;) {
    const before = fileIdentity(file);
    const database = new DatabaseSync(file, { timeout: 0 });
    try {
      // Never committed and nothing written: the file stays empty, so no crash can spoil it.
      database.exec('BEGIN EXCLUSIVE');
    } catch (error) {
      database.close();
      if (error instanceof Error && 'errcode' in error && error.errcode === busy) {
        return null;
      }
      throw error;
    }
    // Between opening and locking, its last holder may have removed the file: then the lock is one on nothing.
    if (fileIdentity(file) === before) {
      return database;
    }
    database.close();
  }
}

/**
 * Makes the file when it is not there, and never opens one that is: closing any descriptor of a locked file would drop
 * this process's own lock on it.
 */
function fileIdentity(file: string): bigint {
  for (;;) {
    try {
      closeSync(openSync(file, 'wx', 0o600));
    } catch (error) {
      if (!isCode(error, 'EEXIST')) {
        throw error;
      }
    }
    const found = statSync(file, { bigint: true, throwIfNoEntry: false });
    if (found) {
      return found.ino;
    }
  }
}

function describeHolder(file: string): string {
  try {
    const { pid, host, sinceMs } = holderSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    return ` (${host}, process ${pid}, since ${new Date(sinceMs).toISOString()})`;
  } catch {
    // It has only just begun, or is about to end.
    return '';
  }
}

function removeQuietly(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch (error) {
    if (!isCode(error, 'EBUSY') && !isCode(error, 'EPERM')) {
      throw error;
    }
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
