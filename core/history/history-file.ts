/** The file's name on the disk, and what makes it useless. */
import { existsSync, renameSync } from 'node:fs';
import type { EventDataOf } from '../contract/event-kinds.ts';
import { NewerHistoryError } from './history-schema.ts';

export type PutAside = EventDataOf<'history.put-aside'>;

/** What SQLite keeps beside a file in WAL mode belongs to it. */
export const companions = ['', '-wal', '-shm'] as const;

/** Gives the file another name, so that a new one can be begun; whoever else holds it keeps it. */
export function putAside(file: string, error: unknown, nowMs: number): PutAside {
  const aside = `${file}.${new Date(nowMs).toISOString().replaceAll(':', '-')}`;
  for (const end of companions) {
    if (existsSync(file + end)) {
      renameSync(file + end, aside + end);
    }
  }
  const why = isLocked(error) ? 'locked' : error instanceof NewerHistoryError ? 'newer' : 'damaged';
  return { why, aside, message: error instanceof Error ? error.message : String(error) };
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
