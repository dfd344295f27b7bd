import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { historyEventsInputSchema } from '../../../core/contract/history.ts';
import { emptyBatch, type HistoryBatch } from '../../../core/history/history-batch.ts';
import { HistoryKeeper } from '../../../core/history/history-keeper.ts';
import { fakePool } from '../../support/fake-pool.ts';

let folder: string;
let file: string;
const keepers: HistoryKeeper[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hotpool-history-'));
  file = join(folder, 'history.sqlite');
});

afterEach(() => {
  for (const keeper of keepers.splice(0)) {
    keeper.close();
  }
  rmSync(folder, { recursive: true, force: true });
});

function keeperOf(): HistoryKeeper {
  const keeper = new HistoryKeeper(file, { lockPatienceMs: 0 });
  keepers.push(keeper);
  return keeper;
}

function batchOf(text: string): HistoryBatch {
  const event = {
    seq: 1,
    atMs: 1,
    level: 'info',
    kind: 'config.warning',
    subject: '',
    data: { message: text },
  } as const;
  return { ...emptyBatch(), events: [event] };
}

function textsIn(keeper: HistoryKeeper, nowMs = 0): string[] {
  const wish = historyEventsInputSchema.parse({ fromMs: 0, toMs: 10 });
  return keeper.ask<'events'>({ kind: 'ask', id: 1, topic: 'events', wish, nowMs }).events.map(({ text }) => text);
}

describe('a file', () => {
  it('is there again after a restart', () => {
    const first = keeperOf();
    expect(first.write(batchOf('one'), 0)).toMatchObject({ fault: null, setAside: null });
    first.close();
    const second = keeperOf();
    expect(second.write(batchOf('two'), 0).setAside).toBeNull();
    expect(textsIn(second)).toEqual(['two', 'one']);
  });

  it('tells from which moment on the pool can be put together again', () => {
    const keeper = keeperOf();
    expect(keeper.write(batchOf('one'), 0).firstMomentMs).toBeNull();
    const statistics = { ...fakePool().pool.statistics(), atMs: 7_000 };
    const moment = {
      seq: 1,
      reset: true,
      statistics,
      hosts: [],
      localOutage: null,
      warmUps: [],
      born: [],
      moved: [],
      closed: [],
    };
    expect(keeper.write({ ...emptyBatch(), moments: [moment] }, 0).firstMomentMs).toBe(7_000);
  });

  it('that is no history is put aside untouched, said once, and a new one begun', () => {
    writeFileSync(file, 'the diary of somebody else, longer than a header of SQLite is'.repeat(10));
    const keeper = keeperOf();
    const condition = keeper.write(batchOf('new'), Date.UTC(2026, 0, 2));
    expect(condition).toMatchObject({
      fault: null,
      setAside: { why: 'damaged', message: expect.stringContaining('not a database') },
    });
    expect(keeper.write(batchOf('newer'), 0).setAside).toBeNull();
    expect(textsIn(keeper)).toEqual(['newer', 'new']);
    const aside = readdirSync(folder).find((name) => name.includes('2026-01-02'));
    expect(readFileSync(join(folder, aside ?? ''), 'utf8')).toContain('the diary');
  });

  it('that is found damaged while it is open is put aside, and what comes is stored in a new one', () => {
    const keeper = keeperOf();
    keeper.write(batchOf('lost'), 0);
    keeper.close();
    const bytes = readFileSync(file);
    // Everything behind the first page: the header is well, the tables are not.
    bytes.fill(0xff, 4_096);
    writeFileSync(file, bytes);
    const again = keeperOf();
    const condition = again.write(batchOf('new'), Date.UTC(2026, 0, 2));
    expect(condition).toMatchObject({ fault: null, setAside: { why: 'damaged' } });
    expect(textsIn(again)).toEqual(['new']);
  });

  it('of a newer program is put aside whole', () => {
    const newer = new DatabaseSync(file);
    newer.exec('CREATE TABLE future (a); PRAGMA user_version = 999');
    newer.close();
    const condition = keeperOf().write(batchOf('new'), Date.UTC(2026, 0, 2));
    expect(condition.setAside).toMatchObject({ why: 'newer', message: expect.stringContaining('version 999') });
    const aside = readdirSync(folder).find((name) => name.endsWith('Z')) ?? '';
    const kept = new DatabaseSync(join(folder, aside));
    expect(kept.prepare('SELECT count(*) AS n FROM future').get()).toEqual({ n: 0 });
    kept.close();
  });

  it('that is put aside again and again fills no disk: the newest three are kept, with what belongs to them', () => {
    const beside = join(folder, 'history.sqlite.2025-01-01.copy');
    writeFileSync(beside, 'made by hand');
    for (let day = 1; day <= 5; day += 1) {
      writeFileSync(file, `the diary of day ${day}, longer than a header of SQLite is`.repeat(10));
      writeFileSync(`${file}-wal`, '');
      const keeper = keeperOf();
      keeper.write(batchOf('new'), Date.UTC(2026, 0, day));
      keeper.close();
    }
    const aside = readdirSync(folder).filter((name) => name.includes('2026-'));
    expect(aside.filter((name) => name.endsWith('Z')).map((name) => name.slice(0, 25))).toEqual([
      'history.sqlite.2026-01-03',
      'history.sqlite.2026-01-04',
      'history.sqlite.2026-01-05',
    ]);
    expect(aside.filter((name) => name.endsWith('Z-wal'))).toHaveLength(3);
    expect(existsSync(beside)).toBe(true);
  });

  it('that another program has locked at the start is put aside', () => {
    keeperOf().write(batchOf('old'), 0);
    keepers.splice(0)[0]?.close();
    const other = new DatabaseSync(file);
    other.exec('BEGIN EXCLUSIVE');
    try {
      const keeper = keeperOf();
      expect(keeper.write(batchOf('new'), 0)).toMatchObject({
        fault: null,
        setAside: { why: 'locked', aside: expect.stringContaining('1970-01-01') },
      });
      expect(textsIn(keeper)).toEqual(['new']);
    } finally {
      other.close();
    }
  });
});

describe('a disk', () => {
  it('that is full stops the recording with a reason, and it goes on when there is room', () => {
    const keeper = new HistoryKeeper(file, { largestPages: 120 });
    keepers.push(keeper);
    expect(keeper.write(batchOf('fits'), 0).fault).toBeNull();
    const full = keeper.write(batchOf('x'.repeat(1_000_000)), 0);
    expect(full.fault).toContain('full');
    expect(full.sizeBytes).toBeGreaterThan(0);
    expect(textsIn(keeper)).toEqual(['fits']);
    expect(keeper.write(batchOf('fits too'), 0).fault).toBeNull();
  });

  it('without the folder is tried again after ten seconds, and not before', () => {
    rmSync(folder, { recursive: true });
    const keeper = keeperOf();
    expect(keeper.write(batchOf('a'), 0)).toMatchObject({
      fault: expect.stringContaining('cannot be opened'),
      sizeBytes: null,
    });
    mkdirSync(folder);
    expect(keeper.write(batchOf('b'), 9_000).fault).toContain('cannot be opened');
    expect(keeper.write(batchOf('c'), 10_000).fault).toBeNull();
    expect(textsIn(keeper)).toEqual(['c']);
  });
});

it('says that it is closed', () => {
  const keeper = keeperOf();
  keeper.close();
  expect(keeper.write(batchOf('late'), 0).fault).toBe('the history is closed');
  expect(() => textsIn(keeper)).toThrow('closed');
  expect(existsSync(file)).toBe(false);
});
