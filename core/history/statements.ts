/** Prepared statements by their text, each made once. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';

export class Statements {
  readonly database: DatabaseSync;
  readonly #known = new Map<string, StatementSync>();

  constructor(database: DatabaseSync) {
    this.database = database;
  }

  prepare(sql: string): StatementSync {
    const statement = this.#known.get(sql) ?? this.database.prepare(sql);
    this.#known.set(sql, statement);
    return statement;
  }
}
