/** Changes of the lists and of the configuration. Synchronous: it lives in a thread of its own. */
import type { z } from 'zod';
import {
  type HistoryChanges,
  type historyChangesInputSchema,
  type RememberedChange,
  rememberedChangeSchema,
} from '../contract/history-changes.ts';
import type { SqlRow } from './sample-row.ts';
import type { Statements } from './statements.ts';
import { deleteOldest, equal, literal, readPage, type TimedTable } from './timed-pages.ts';

export type ChangesWish = z.output<typeof historyChangesInputSchema>;

const changesTable: TimedTable = { name: 'changes', time: 'at', key: 'row' };

export class ChangeStore {
  readonly #statements: Statements;

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  /** Within the caller's transaction. */
  write(changes: readonly RememberedChange[]): void {
    const insert = this.#statements.prepare('INSERT INTO changes (at, kind, who, data) VALUES (?, ?, ?, ?)');
    for (const change of changes) {
      insert.run(Math.floor(change.atMs), change.kind, change.who, JSON.stringify(change));
    }
  }

  changes({ kind, text, byPeople, ...page }: ChangesWish): HistoryChanges {
    const like = { sql: "data LIKE ? ESCAPE '\\'", values: [`%${literal(JSON.stringify(text).slice(1, -1))}%`] };
    const { rows, cursor } = readPage(
      this.#statements,
      changesTable,
      page,
      [],
      [
        ...equal('kind', kind),
        ...(byPeople ? [{ sql: "who NOT IN ('automaton', 'clock')", values: [] }] : []),
        ...(text === '' ? [] : [like]),
      ],
    );
    return { changes: rows.flatMap(toChange), cursor };
  }

  oldestMs(): number | null {
    const oldest = this.#statements.prepare('SELECT min(at) AS at FROM changes').get()?.at;
    return typeof oldest === 'number' ? oldest : null;
  }

  /** Deletes changes that are older, at most `rows`. Within the caller's transaction. */
  prune(olderThanMs: number, rows: number): void {
    deleteOldest(this.#statements, changesTable, olderThanMs, rows);
  }
}

/** None for one that an older program wrote in another shape. */
function toChange({ data }: SqlRow): RememberedChange[] {
  const read = rememberedChangeSchema.safeParse(JSON.parse(String(data)));
  return read.success ? [read.data] : [];
}
