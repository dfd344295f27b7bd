/** A file of each version that was ever written is read by this program, whole, and written on. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  historyAlertsInputSchema,
  historyEventsInputSchema,
  historySeriesInputSchema,
} from '../../../core/contract/history.ts';
import { historyChangesInputSchema } from '../../../core/contract/history-changes.ts';
import { historyErrorsInputSchema } from '../../../core/contract/history-errors.ts';
import { historyCellsInputSchema, historyChecksInputSchema } from '../../../core/contract/history-health.ts';
import { historyLivesInputSchema } from '../../../core/contract/history-lives.ts';
import { emptyBatch } from '../../../core/history/history-batch.ts';
import { HistoryDatabase } from '../../../core/history/history-database.ts';
import { historyVersion } from '../../../core/history/history-schema.ts';

/** Each as a program of its time wrote it, as text. */
const versions = join(import.meta.dirname, '../../support/history-versions');
const beganMs = 1_800_000_000_000;
const range = { fromMs: beganMs - 60_000, toMs: beganMs + 120_000 };

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hotpool-history-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

it('there is a file of every version, the present one included', () => {
  const names = Array.from({ length: historyVersion }, (_, at) => `version-${at + 1}.sql`);
  expect(readdirSync(versions).sort()).toEqual(names.sort());
});

describe.each(Array.from({ length: historyVersion }, (_, at) => at + 1))('a file of version %i', (version) => {
  it('is brought to the present one with all that is in it, and written on', () => {
    const file = join(folder, 'history.sqlite');
    const old = new DatabaseSync(file);
    old.exec(readFileSync(join(versions, `version-${version}.sql`), 'utf8'));
    old.close();
    const history = new HistoryDatabase(file);
    try {
      const nowMs = beganMs + 70_000;
      const series = historySeriesInputSchema.parse({ metric: 'requests', ...range });
      expect(history.samples.series(series, nowMs / 1_000).points[0]).toMatchObject({ mean: 2 });
      const { events } = history.records.events(historyEventsInputSchema.parse(range));
      expect(events).toMatchObject([{ text: 'kept from an earlier version', data: { ip: '10.0.0.1' } }]);
      const { lives } = history.records.lives(historyLivesInputSchema.parse(range));
      expect(lives).toMatchObject([{ id: 3, reason: 'broken', tcpMs: 1.5 }]);
      expect(history.records.life({ engineStartedAtMs: 1, connectionId: 3 })).toMatchObject({ reason: 'broken' });
      const { alerts } = history.alerts.alerts(historyAlertsInputSchema.parse(range));
      expect(alerts.map(({ id }) => id)).toEqual(version >= 2 ? ['kept'] : []);
      const { checks } = history.checks.checks(historyChecksInputSchema.parse(range));
      expect(checks.map(({ outcome, status, ms }) => [outcome, status, ms])).toEqual(
        version >= 3 ? [['blocked', 403, 12.5]] : [],
      );
      const { rows } = history.cells.cells(historyCellsInputSchema.parse({ ...range, columns: 1 }), nowMs);
      expect(rows.map(({ states }) => states)).toEqual(version >= 3 ? ['e'] : []);
      const { classes } = history.errors.errors(historyErrorsInputSchema.parse({ ...range, columns: 1 }), nowMs);
      // Counted from the check, where the file of its time had no counts yet.
      expect(classes.map(({ errorClass, count }) => [errorClass, count])).toEqual(
        version >= 8 ? [['blocked', 3]] : version >= 3 ? [['blocked', 1]] : [],
      );
      const { changes } = history.changes.changes(historyChangesInputSchema.parse(range));
      expect(changes.map(({ kind }) => kind)).toEqual(version >= 4 ? ['config'] : []);
      expect(history.patterns.counts(range).counts.removed).toBe(version >= 7 ? 4 : 0);
      const samples = [{ scope: '', atS: nowMs / 1_000, quantities: { requests: 9 }, distributions: {} }];
      history.write({ ...emptyBatch(), samples });
      history.tidy(nowMs);
      const after = historySeriesInputSchema.parse({ metric: 'requests', fromMs: nowMs, toMs: nowMs + 1_000 });
      expect(history.samples.series(after, nowMs / 1_000).points[0]).toMatchObject({ mean: 9 });
    } finally {
      history.close();
    }
    const now = new DatabaseSync(file);
    expect(now.prepare('PRAGMA user_version').get()).toEqual({ user_version: historyVersion });
    expect(now.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
    now.close();
  });
});
