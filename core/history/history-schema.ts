/** Brings a `history.sqlite` of any older version to the present one. */
import type { DatabaseSync } from 'node:sqlite';
import { historySteps } from './history-steps.ts';

export const historyVersion = historySteps.length;

/** A file of a newer program: it is left alone. */
export class NewerHistoryError extends Error {
  override readonly name = 'NewerHistoryError';
}

/** @throws NewerHistoryError; SQLite's own error. Afterwards the file is of the present version, whole. */
export function migrate(database: DatabaseSync): void {
  const found = database.prepare('PRAGMA user_version').get()?.user_version;
  const version = typeof found === 'number' ? found : 0;
  if (version > historyVersion) {
    throw new NewerHistoryError(`it is of version ${version}, and this program knows version ${historyVersion}`);
  }
  if (version === historyVersion) {
    return;
  }
  database.exec('BEGIN IMMEDIATE');
  try {
    for (const step of historySteps.slice(version)) {
      database.exec(step);
    }
    database.exec(`PRAGMA user_version = ${historyVersion}; COMMIT`);
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}
