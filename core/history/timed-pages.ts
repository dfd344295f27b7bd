/** Tables whose rows lie in the order of a time: read in pages, newest first, and shortened from their old end. */
import type { SqlRow, SqlValue } from './sample-row.ts';
import type { Statements } from './statements.ts';

export interface TimedTable {
  readonly name: string;
  /** Its column of epoch milliseconds, the first of an index that ends with `key`. */
  readonly time: string;
  /** An integer that rises with each row. */
  readonly key: string;
}

export interface Condition {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

export interface PageWish {
  /** null: from the beginning. */
  readonly fromMs: number | null;
  readonly toMs: number;
  readonly limit: number;
  /** The key of the last row of the page before; null: from the newest on. */
  readonly cursor: number | null;
}

export interface Page {
  readonly rows: SqlRow[];
  /** For the next page; null when nothing older is left. */
  readonly cursor: number | null;
}

/** A page ends after so many rows were looked at, so that a rare word costs no more time than a common one. */
const searchedInOneGo = 20_000;

/** `searched` are conditions that no index answers: a page may be short, or empty, while there is a cursor. */
export function readPage(
  statements: Statements,
  { name, time, key }: TimedTable,
  { fromMs, toMs, limit, cursor }: PageWish,
  indexed: readonly Condition[],
  searched: readonly Condition[],
): Page {
  let before: readonly [number, number] = [Math.ceil(toMs), 0];
  if (cursor !== null) {
    const at = statements.prepare(`SELECT ${time} AS at FROM ${name} WHERE ${key} = ?`).get(cursor)?.at;
    if (typeof at !== 'number') {
      // It has been deleted since, and everything older with it.
      return { rows: [], cursor: null };
    }
    before = [at, cursor];
  }
  const order = `ORDER BY ${time} DESC, ${key} DESC`;
  const found: Condition[] = [
    { sql: `(${time}, ${key}) < (?, ?)`, values: before },
    ...(fromMs === null ? [] : [{ sql: `${time} >= ?`, values: [Math.ceil(fromMs)] }]),
    ...indexed,
  ];
  // The last row that is looked at in one go; none when all that is left is fewer.
  const last =
    searched.length === 0
      ? undefined
      : statements
          .prepare(
            `SELECT ${time} AS at, ${key} AS key FROM ${name} WHERE ${sqlOf(found)} ${order} LIMIT 1 OFFSET ${searchedInOneGo - 1}`,
          )
          .get(...valuesOf(found));
  const looked = last ? [{ sql: `(${time}, ${key}) >= (?, ?)`, values: [last.at ?? 0, last.key ?? 0] }] : [];
  const all = [...found, ...looked, ...searched];
  const rows = statements
    .prepare(`SELECT * FROM ${name} WHERE ${sqlOf(all)} ${order} LIMIT ?`)
    .all(...valuesOf(all), limit + 1);
  if (rows.length > limit) {
    const shown = rows.slice(0, limit);
    return { rows: shown, cursor: Number(shown.at(-1)?.[key]) };
  }
  return { rows, cursor: last ? Number(last.key) : null };
}

/** Deletes what is older, at most `rows`. Within the caller's transaction. */
export function deleteOldest(
  statements: Statements,
  { name, time, key }: TimedTable,
  olderThanMs: number,
  rows: number,
): void {
  statements
    .prepare(
      `DELETE FROM ${name} WHERE ${key} IN (SELECT ${key} FROM ${name} WHERE ${time} < ? ORDER BY ${time} LIMIT ?)`,
    )
    .run(olderThanMs, rows);
}

export function equal(column: string, value: string | number | null): Condition[] {
  return value === null ? [] : [{ sql: `${column} = ?`, values: [value] }];
}

/** For LIKE: its own signs stand for themselves. */
export function literal(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

function sqlOf(conditions: readonly Condition[]): string {
  return conditions.map(({ sql }) => sql).join(' AND ');
}

function valuesOf(conditions: readonly Condition[]): SqlValue[] {
  return conditions.flatMap(({ values }) => values);
}
