/** How often each log pattern came, in steps of ten seconds. Synchronous: it lives in a thread of its own. */
import type { z } from 'zod';
import {
  eventPatternSchema,
  noPatterns,
  type PatternCounts,
  type patternRequests,
} from '../contract/event-patterns.ts';
import type { Statements } from './statements.ts';

export type PatternsWish = z.output<(typeof patternRequests)['events.patterns']['input']>;

/** How often one pattern came within a second. */
export interface PatternCount {
  /** Seconds since 1970. */
  readonly atS: number;
  readonly pattern: keyof PatternCounts;
  count: number;
}

const stepS = 10;

export class PatternStore {
  readonly #statements: Statements;

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  /** Within the caller's transaction. */
  write(counted: readonly PatternCount[]): void {
    const insert = this.#statements.prepare(
      `INSERT INTO patterns (at, pattern, count) VALUES (?, ?, ?)
       ON CONFLICT (at, pattern) DO UPDATE SET count = count + excluded.count`,
    );
    for (const { atS, pattern, count } of counted) {
      insert.run(atS - (atS % stepS), pattern, count);
    }
  }

  /** Steps that lie in the range with a part of them are counted whole. */
  counts({ fromMs, toMs }: PatternsWish): { counts: PatternCounts } {
    const counts = noPatterns();
    const rows = this.#statements
      .prepare('SELECT pattern, sum(count) AS count FROM patterns WHERE at > ? AND at < ? GROUP BY pattern')
      .all(fromMs / 1_000 - stepS, toMs / 1_000);
    for (const { pattern, count } of rows) {
      const known = eventPatternSchema.safeParse(pattern);
      if (known.success) {
        counts[known.data] = Number(count);
      }
    }
    return { counts };
  }

  /** Deletes steps that are older, at most `rows`. Within the caller's transaction. */
  prune(olderThanMs: number, rows: number): void {
    this.#statements
      .prepare(
        'DELETE FROM patterns WHERE (at, pattern) IN (SELECT at, pattern FROM patterns WHERE at < ? ORDER BY at LIMIT ?)',
      )
      .run(olderThanMs / 1_000, rows);
  }
}
