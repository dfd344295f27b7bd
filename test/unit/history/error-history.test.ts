/** What failed checks failed of: counted in tiers, the same as by looking at every check. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type HistoryErrors, historyErrorsInputSchema } from '../../../core/contract/history-errors.ts';
import type { RememberedCheck } from '../../../core/contract/history-health.ts';
import { emptyBatch } from '../../../core/history/history-batch.ts';
import { HistoryDatabase } from '../../../core/history/history-database.ts';

/** A whole half hour, so that steps begin with it. */
const beganMs = 1_800_000_000_000;

let folder: string;
let file: string;
let database: HistoryDatabase;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hotpool-history-'));
  file = join(folder, 'history.sqlite');
  database = new HistoryDatabase(file);
});

afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

function failed(given: Partial<RememberedCheck>): RememberedCheck {
  return {
    host: 'a.test',
    ip: '10.0.0.1',
    port: 443,
    atMs: beganMs,
    kind: 'check',
    outcome: 'broken',
    errorClass: 'reset',
    status: null,
    ms: 3,
    ...given,
  };
}

/** With a second of the pool, which is what lets time go on. */
function write(atMs: number, checks: readonly RememberedCheck[] = []): void {
  const samples = [{ scope: '', atS: Math.floor(atMs / 1_000), quantities: { total: 1 }, distributions: {} }];
  database.write({ ...emptyBatch(), samples, checks });
}

function ask(nowMs: number, wish: object): HistoryErrors {
  return database.errors.errors(historyErrorsInputSchema.parse(wish), nowMs);
}

describe('error classes over time', () => {
  it('count what failed by its class, tell where it happened last, and leave out what went well', () => {
    const checks = [
      failed({ atMs: beganMs }),
      failed({ atMs: beganMs + 4_000, outcome: 'good', errorClass: null, status: 200 }),
      failed({ atMs: beganMs + 20_000, errorClass: 'dns', ip: '10.0.0.2' }),
      failed({ atMs: beganMs + 21_000, host: 'b.test', ip: '10.0.0.3' }),
    ];
    write(beganMs + 21_000, checks);
    const range = { fromMs: beganMs, toMs: beganMs + 30_000, columns: 3 };
    expect(ask(beganMs + 25_000, range)).toEqual({
      fromMs: beganMs,
      stepMs: 10_000,
      columns: 3,
      classes: [
        {
          errorClass: 'reset',
          count: 2,
          counts: [1, 0, 1],
          last: { host: 'b.test', ip: '10.0.0.3', port: 443, atMs: beganMs + 21_000 },
        },
        {
          errorClass: 'dns',
          count: 1,
          counts: [0, 0, 1],
          last: { host: 'a.test', ip: '10.0.0.2', port: 443, atMs: beganMs + 20_000 },
        },
      ],
    });
    const ofHost = ask(beganMs + 25_000, { ...range, host: 'a.test' });
    expect(ofHost.classes.map(({ errorClass, count }) => [errorClass, count])).toEqual([
      ['reset', 1],
      ['dns', 1],
    ]);
  });

  it('are the same as by looking at every check, whatever the range, the columns and the tier', () => {
    const happening = fc.record({
      ip: fc.constantFrom('10.0.0.1', '10.0.0.2'),
      errorClass: fc.constantFrom('reset' as const, 'timeout-tcp' as const, null),
      afterMs: fc.integer({ min: 1, max: 200_000 }),
    });
    fc.assert(
      fc.property(
        fc.array(happening, { minLength: 1, maxLength: 60 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 1, max: 300 }),
        (given, one, other, columns) => {
          database.close();
          rmSync(folder, { recursive: true });
          folder = mkdtempSync(join(tmpdir(), 'hotpool-history-'));
          database = new HistoryDatabase(join(folder, 'history.sqlite'));
          let nowMs = beganMs;
          const checks = given.map(({ ip, errorClass, afterMs }) => {
            nowMs += afterMs;
            const check = failed({ ip, errorClass, outcome: errorClass === null ? 'good' : 'broken', atMs: nowMs });
            write(nowMs, [check]);
            return check;
          });
          const lengthMs = nowMs - beganMs + 1;
          const fromMs = Math.floor(beganMs + lengthMs * Math.min(one, other));
          const toMs = Math.max(fromMs + 1, Math.floor(beganMs + lengthMs * Math.max(one, other)));
          const answer = ask(nowMs, { fromMs, toMs, columns });
          expect(answer.columns).toBeLessThanOrEqual(columns);
          const endMs = answer.fromMs + answer.columns * answer.stepMs;
          expect(answer.fromMs <= fromMs && endMs >= toMs).toBe(true);
          for (const errorClass of ['reset', 'timeout-tcp'] as const) {
            const own = checks.filter(
              (check) => check.errorClass === errorClass && check.atMs >= answer.fromMs && check.atMs < endMs,
            );
            const counts = new Array<number>(answer.columns).fill(0);
            for (const { atMs } of own) {
              const column = Math.floor((atMs - answer.fromMs) / answer.stepMs);
              counts[column] = (counts[column] ?? 0) + 1;
            }
            const found = answer.classes.find((series) => series.errorClass === errorClass);
            expect(found?.counts ?? new Array<number>(answer.columns).fill(0)).toEqual(counts);
            const lastMs = own.at(-1)?.atMs ?? null;
            // Long ago it is known to the second.
            expect(found === undefined || Math.abs(found.last.atMs - (lastMs ?? 0)) < 1_000).toBe(true);
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it('outlive the checks that they were counted from', () => {
    write(beganMs, [failed({}), failed({ atMs: beganMs + 1, errorClass: 'busy', outcome: 'busy', status: 503 })]);
    const laterMs = beganMs + 8 * 86_400_000;
    write(laterMs);
    database.tidy(laterMs);
    const { classes } = ask(laterMs, { fromMs: beganMs, toMs: laterMs });
    expect(classes.map(({ errorClass, count }) => [errorClass, count])).toEqual([
      ['reset', 1],
      ['busy', 1],
    ]);
  });

  it('of a file that has checks and no counts yet are caught up on bit by bit, and right meanwhile', () => {
    for (let minute = 0; minute < 150; minute += 1) {
      write(beganMs + minute * 60_000, [failed({ atMs: beganMs + minute * 60_000 })]);
    }
    database.close();
    const raw = new DatabaseSync(file);
    raw.exec(
      "DELETE FROM errors_1min; DELETE FROM errors_5min; DELETE FROM errors_30min; DELETE FROM rolled_up WHERE tier LIKE 'errors%'",
    );
    raw.close();
    database = new HistoryDatabase(file);
    const nowMs = beganMs + 150 * 60_000;
    const range = { fromMs: beganMs, toMs: nowMs, columns: 5 };
    const counts = (): number[] | undefined => ask(nowMs, range).classes[0]?.counts;
    const kept = (): unknown => {
      const reader = new DatabaseSync(file, { readOnly: true });
      const rows = reader.prepare('SELECT count(*) AS rows FROM errors_1min').get()?.rows;
      reader.close();
      return rows;
    };
    write(nowMs);
    expect(kept()).toBe(60);
    expect(counts()).toEqual([30, 30, 30, 30, 30]);
    write(nowMs + 1_000);
    write(nowMs + 2_000);
    expect(kept()).toBe(150);
    expect(counts()).toEqual([30, 30, 30, 30, 30]);
  });
});
