/** The file's name on the disk, and what makes it useless. */
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { EventDataOf } from '../contract/event-kinds.ts';
import { NewerHistoryError } from './history-schema.ts';

export type PutAside = EventDataOf<'history.put-aside'>;

/** What SQLite keeps beside a file in WAL mode belongs to it. */
export const companions = ['', '-wal', '-shm'] as const;

/** Files that were put aside and are kept, the newest: each may be as large as a whole history. */
const keptAside = 3;
const asideName = /^\.(\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z)(?:-wal|-shm)?$/;

/** Gives the file another name, so that a new one can be begun; whoever else holds it keeps it. Of earlier ones a few are kept. */
export function putAside(file: string, error: unknown, nowMs: number): PutAside {
  const aside = `${file}.${new Date(nowMs).toISOString().replaceAll(':', '-')}`;
  for (const end of companions) {
    if (existsSync(file + end)) {
      renameSync(file + end, aside + end);
    }
  }
  forgetOldAside(file, aside);
  const why = isLocked(error) ? 'locked' : error instanceof NewerHistoryError ? 'newer' : 'damaged';
  return { why, aside, message: error instanceof Error ? error.message : String(error) };
}

function forgetOldAside(file: string, newest: string): void {
  const beginning = basename(file);
  const earlier = readdirSync(dirname(file)).flatMap((name) => {
    const time = name.startsWith(beginning) ? asideName.exec(name.slice(beginning.length))?.[1] : undefined;
    return time === undefined || `${file}.${time}` === newest ? [] : [{ name, time }];
  });
  const kept = [...new Set(earlier.map(({ time }) => time))].sort().slice(1 - keptAside);
  for (const { name, time } of earlier) {
    if (!kept.includes(time)) {
      try {
        rmSync(join(dirname(file), name), { force: true });
      } catch {
        // One that cannot be deleted stays where it is: that is no reason to record nothing.
      }
    }
  }
}

/** SQLite's primary result codes (sqlite.org/rescode.html). */
const damagedCodes: ReadonlySet<number> = new Set([11 /* corrupt */, 26 /* no database */]);
const lockedCodes: ReadonlySet<number> = new Set([5 /* busy */, 6 /* locked */]);

/** What is in the file is no history that this program can read. A full disk is no such fault. */
export function isDamaged(error: unknown): boolean {
  return error instanceof NewerHistoryError || damagedCodes.has(primaryCode(error) ?? 0);
}

/** Somebody else holds the file. */
export function isLocked(error: unknown): boolean {
  return lockedCodes.has(primaryCode(error) ?? 0);
}

function primaryCode(error: unknown): number | null {
  const code = error instanceof Error && 'errcode' in error ? error.errcode : null;
  return typeof code === 'number' ? code & 0xff : null;
}
