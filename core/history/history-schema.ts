/** The tables of `history.sqlite`, and the steps from each older version to the present one. */
import type { DatabaseSync } from 'node:sqlite';
import { historyDistributions, historyQuantities } from '../contract/history.ts';
import { historyTiers } from './history-tiers.ts';

/** `reusing-leases` as a column's name. */
export function columnOf(metric: string): string {
  return metric.replaceAll('-', '_');
}

/**
 * Of a quantity the sum, the least and the most of the single seconds, null where it is not known of this scope; of a
 * distribution its histogram. A row of seconds has the same shape as one of ten minutes, so that one is made of others
 * in one way.
 */
const sampleColumns = [
  ...historyQuantities.flatMap((name) => ['sum', 'min', 'max'].map((part) => `${columnOf(name)}_${part} REAL`)),
  ...historyDistributions.map((name) => `${columnOf(name)} BLOB`),
].join(',\n    ');

const samplesTable = (table: string): string => `
  CREATE TABLE ${table} (
    scope INTEGER NOT NULL,
    at INTEGER NOT NULL,
    seconds INTEGER NOT NULL,
    ${sampleColumns},
    PRIMARY KEY (scope, at)
  ) WITHOUT ROWID;
  CREATE INDEX ${table}_at ON ${table} (at);`;

/** Index 0 leads from an empty file to version 1, and so on. A step that has been published is never changed. */
const steps: readonly string[] = [
  `
  CREATE TABLE scopes (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
  CREATE TABLE rolled_up (tier TEXT PRIMARY KEY, until_s INTEGER NOT NULL) WITHOUT ROWID;
  ${historyTiers.map(({ table }) => samplesTable(table)).join('')}
  CREATE TABLE events (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    level TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    data TEXT NOT NULL,
    host TEXT,
    ip TEXT
  );
  CREATE INDEX events_at ON events (at, id);
  CREATE INDEX events_ip ON events (ip, at, id) WHERE ip IS NOT NULL;
  CREATE INDEX events_host ON events (host, at, id) WHERE host IS NOT NULL;
  CREATE TABLE lives (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    engine_started_at INTEGER NOT NULL,
    id INTEGER NOT NULL,
    host TEXT NOT NULL,
    ip TEXT NOT NULL,
    port INTEGER NOT NULL,
    profile TEXT NOT NULL,
    protocol TEXT,
    resumed INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    closed_at INTEGER NOT NULL,
    reason TEXT NOT NULL,
    tcp_ms REAL,
    tls_ms REAL,
    last_response_ms REAL,
    leases INTEGER NOT NULL,
    requests INTEGER NOT NULL,
    errors INTEGER NOT NULL
  );
  CREATE INDEX lives_closed_at ON lives (closed_at, row);
  CREATE INDEX lives_ip ON lives (ip, closed_at, row);
  CREATE INDEX lives_host ON lives (host, closed_at, row);`,
];

export const historyVersion = steps.length;

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
    for (const step of steps.slice(version)) {
      database.exec(step);
    }
    database.exec(`PRAGMA user_version = ${historyVersion}; COMMIT`);
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}
