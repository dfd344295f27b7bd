import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { IpHealth, IpState } from '../../../core/contract/health.ts';
import {
  type CellState,
  cellStates,
  historyCellsInputSchema,
  historyChecksInputSchema,
  historySpansInputSchema,
  type RememberedCheck,
  readCellCounts,
} from '../../../core/contract/history-health.ts';
import { emptyBatch, type HealthChange, type HistoryBatch } from '../../../core/history/history-batch.ts';
import { type HistoryBounds, HistoryDatabase } from '../../../core/history/history-database.ts';

/** A whole half hour, so that steps begin with it. */
const beganS = 1_800_000_000;
const beganMs = beganS * 1_000;
const folders: string[] = [];
const opened: HistoryDatabase[] = [];

function newFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hotpool-history-'));
  folders.push(folder);
  return join(folder, 'history.sqlite');
}

function open(file = newFile(), bounds: HistoryBounds = {}): HistoryDatabase {
  const database = new HistoryDatabase(file, bounds);
  opened.push(database);
  return database;
}

afterEach(() => {
  for (const database of opened.splice(0)) {
    database.close();
  }
  for (const folder of folders.splice(0)) {
    rmSync(folder, { recursive: true });
  }
});

/** With a second of the pool, which is what lets time go on. */
function write(database: HistoryDatabase, atMs: number, things: Partial<HistoryBatch>): void {
  const samples = [{ scope: '', atS: Math.floor(atMs / 1_000), quantities: { total: 1 }, distributions: {} }];
  database.write({ ...emptyBatch(), samples, ...things });
}

function check(given: Partial<RememberedCheck>): RememberedCheck {
  return {
    host: 'a.test',
    ip: '10.0.0.1',
    port: 443,
    atMs: beganMs,
    kind: 'check',
    outcome: 'good',
    errorClass: null,
    status: 200,
    ms: 12.5,
    ...given,
  };
}

function change(atMs: number, state: IpState | null, ip = '10.0.0.1', host = 'a.test'): HealthChange {
  const health: IpHealth | null = state && {
    host,
    ip,
    port: 443,
    state,
    reason: state === 'ejected' || state === 'probing' ? 'failures-in-a-row' : null,
    ejectedUntilMs: null,
    ejectedForMs: null,
    nextProbeAtMs: null,
    ejections: 0,
    heldInUse: false,
    consecutiveFailures: 0,
    goodProbes: 0,
    successShare: null,
    asked: 0,
    latencyMs: null,
    lastError: null,
  };
  return { host, ip, port: 443, atMs, health };
}

describe('checks', () => {
  const ask = (database: HistoryDatabase, wish: object) =>
    database.checks.checks(historyChecksInputSchema.parse({ fromMs: 0, toMs: beganMs * 2, ...wish }));

  it('come back as they were told, newest first, by host, network, IP and outcome', () => {
    const database = open();
    const checks = [
      check({ atMs: beganMs }),
      check({
        atMs: beganMs + 5,
        ip: '10.0.0.2',
        kind: 'probe',
        outcome: 'blocked',
        errorClass: 'blocked',
        status: 403,
      }),
      check({ atMs: beganMs + 9, ip: '10.0.1.1', kind: 'ping', status: null, ms: 0.25 }),
      check({ atMs: beganMs + 9, host: 'b.test', outcome: 'broken', errorClass: 'reset', status: null, ms: null }),
    ];
    write(database, beganMs, { checks });
    expect(ask(database, {})).toEqual({ checks: checks.toReversed(), cursor: null });
    expect(ask(database, { host: 'b.test' }).checks).toEqual([checks[3]]);
    expect(ask(database, { prefix: '10.0.0.0/24', host: 'a.test' }).checks).toEqual([checks[1], checks[0]]);
    expect(ask(database, { ip: '10.0.1.1' }).checks).toEqual([checks[2]]);
    expect(ask(database, { outcomes: ['blocked', 'auth'] }).checks).toEqual([checks[1]]);
    expect(ask(database, { fromMs: beganMs + 5, toMs: beganMs + 9 }).checks).toEqual([checks[1]]);
    expect(ask(database, { ip: '10.9.9.9' }).checks).toEqual([]);
  });

  it('come in pages that miss none and repeat none, though many have the same time', () => {
    const database = open();
    const checks = Array.from({ length: 700 }, (_, at) =>
      check({ atMs: beganMs + Math.floor(at / 40) * 10_000, ms: at }),
    );
    for (let at = 0; at < checks.length; at += 90) {
      const part = checks.slice(at, at + 90);
      // What has ended becomes one chunk for each minute on the way.
      write(database, part.at(-1)?.atMs ?? 0, { checks: part });
    }
    const seen: (number | null)[] = [];
    let cursor: number | null = null;
    do {
      const page = ask(database, { limit: 33, cursor });
      seen.push(...page.checks.map(({ ms }) => ms));
      cursor = page.cursor;
    } while (cursor !== null);
    expect(seen).toEqual(Array.from({ length: 700 }, (_, at) => 699 - at));
  });

  it('of one address that is rare among many are found over pages that may be empty', () => {
    const database = open();
    write(database, beganMs, { checks: [check({ ip: '10.0.0.9' })] });
    const many = Array.from({ length: 210_000 }, (_, at) => check({ atMs: beganMs + 1 + Math.floor(at / 100) }));
    write(database, beganMs + 1, { checks: many });
    const first = ask(database, { ip: '10.0.0.9' });
    expect(first.checks).toEqual([]);
    expect(ask(database, { ip: '10.0.0.9', cursor: first.cursor }).checks).toHaveLength(1);
  });

  it('are kept for a week, and what they came to for longer', () => {
    const database = open();
    write(database, beganMs, { checks: [check({}), check({ outcome: 'broken', errorClass: 'reset', status: null })] });
    const laterMs = beganMs + 8 * 86_400_000;
    write(database, laterMs, { checks: [check({ atMs: laterMs })] });
    database.tidy(laterMs);
    expect(ask(database, {}).checks.map(({ atMs }) => atMs)).toEqual([laterMs]);
    const wish = historyCellsInputSchema.parse({ fromMs: beganMs, toMs: laterMs + 1_000 });
    const [row] = database.cells.cells(wish, laterMs).rows;
    expect(row?.states[0]).toBe(cellStates.failing);
    expect(readCellCounts(row?.checks ?? '')[0]).toBe(2);
  });
});

describe('spans', () => {
  const ask = (database: HistoryDatabase, wish: object) =>
    database.spans.spans(historySpansInputSchema.parse({ fromMs: 0, toMs: beganMs * 2, ...wish })).spans;

  it('are the states of an address one after the other; what is told twice is one', () => {
    const database = open();
    write(database, beganMs, { health: [change(beganMs, 'allowed'), change(beganMs, 'unknown', '10.0.0.2')] });
    write(database, beganMs + 1, { health: [change(beganMs + 10, 'allowed'), change(beganMs + 20, 'ejected')] });
    write(database, beganMs + 2, { health: [change(beganMs + 30, 'probing'), change(beganMs + 40, 'allowed')] });
    const one = { host: 'a.test', ip: '10.0.0.1', port: 443 };
    expect(ask(database, { ip: '10.0.0.1' })).toEqual([
      { ...one, state: 'allowed', reason: null, fromMs: beganMs + 40, untilMs: null },
      { ...one, state: 'probing', reason: 'failures-in-a-row', fromMs: beganMs + 30, untilMs: beganMs + 40 },
      { ...one, state: 'ejected', reason: 'failures-in-a-row', fromMs: beganMs + 20, untilMs: beganMs + 30 },
      { ...one, state: 'allowed', reason: null, fromMs: beganMs, untilMs: beganMs + 20 },
    ]);
    expect(ask(database, { states: ['unknown'] }).map(({ ip }) => ip)).toEqual(['10.0.0.2']);
    expect(
      ask(database, { fromMs: beganMs + 35, toMs: beganMs + 36, host: 'a.test' }).map(({ state }) => state),
    ).toEqual(['probing', 'unknown']);
  });

  it('end with the run that wrote them, at its last second', () => {
    const file = newFile();
    const first = open(file);
    write(first, beganMs + 5_000, { health: [change(beganMs + 20, 'ejected')] });
    first.close();
    expect(ask(open(file), {})).toMatchObject([{ fromMs: beganMs + 20, untilMs: beganMs + 6_000 }]);
  });

  it('go on from where they were when a batch could not be stored', () => {
    const database = open();
    write(database, beganMs, { health: [change(beganMs, 'allowed')] });
    const bad = { ...check({}), host: null } as unknown as RememberedCheck;
    const lost = [change(beganMs + 5, 'ejected'), change(beganMs + 5, 'allowed', '10.0.0.7')];
    expect(() => write(database, beganMs, { health: lost, checks: [bad] })).toThrow(/NOT NULL/);
    write(database, beganMs, { health: [change(beganMs + 9, 'blocked'), change(beganMs + 9, 'allowed', '10.0.0.8')] });
    expect(ask(database, {}).map(({ ip, state, untilMs }) => [ip, state, untilMs])).toEqual([
      ['10.0.0.8', 'allowed', null],
      ['10.0.0.1', 'blocked', null],
      ['10.0.0.1', 'allowed', beganMs + 9],
    ]);
  });
});

describe('cells', () => {
  it('have a row for each host, network or address, in their order, and pages of them', () => {
    const database = open();
    const ips = ['10.0.1.10', '10.0.1.9', '10.0.0.1', '2001:db8::1'];
    const checks = ips.map((ip) => check({ ip, outcome: 'broken', errorClass: 'reset' }));
    write(database, beganMs, { checks: [...checks, check({ ip: '10.0.1.9' }), check({ host: 'b.test' })] });
    const ask = (wish: object) =>
      database.cells.cells(
        historyCellsInputSchema.parse({ fromMs: beganMs, toMs: beganMs + 10_000, ...wish }),
        beganMs + 1_000,
      );
    expect(ask({}).rows.map(({ host, ip }) => `${host} ${ip}`)).toEqual([
      'a.test 10.0.0.1',
      'a.test 10.0.1.9',
      'a.test 10.0.1.10',
      'a.test 2001:db8::1',
      'b.test 10.0.0.1',
    ]);
    expect(ask({ by: 'prefix' }).rows[1]).toEqual({
      host: 'a.test',
      prefix: '10.0.1.0/24',
      ip: null,
      addresses: 2,
      named: false,
      leftOut: 0,
      // Two of the three failed: not all.
      states: 'f.',
      checks: '3 0',
      failures: '2 0',
    });
    expect(ask({ by: 'host' }).rows.map(({ addresses }) => addresses)).toEqual([4, 1]);
    const page = ask({ host: 'a.test', limit: 2, offset: 1 });
    expect(page.rows.map(({ ip, states }) => [ip, states])).toEqual([
      ['10.0.1.9', 'f.'],
      ['10.0.1.10', 'd.'],
    ]);
    expect(page.total).toBe(4);
  });

  it('of a host say that all failed only where every check of every IP did', () => {
    const database = open();
    const broken = { outcome: 'broken', errorClass: 'reset' } as const;
    write(database, beganMs, {
      checks: [check({ ip: '10.0.0.1', ...broken }), check({ ip: '10.0.0.2' })],
    });
    write(database, beganMs + 5_000, {
      checks: [
        check({ ip: '10.0.0.1', atMs: beganMs + 5_000, ...broken }),
        check({ ip: '10.0.0.2', atMs: beganMs + 5_000, ...broken }),
      ],
    });
    const ask = (by: string) =>
      database.cells
        .cells(historyCellsInputSchema.parse({ fromMs: beganMs, toMs: beganMs + 10_000, by }), beganMs + 5_000)
        .rows.map(({ states }) => states);
    expect(ask('ip')).toEqual(['dd', 'gd']);
    expect(ask('host')).toEqual(['fd']);
  });

  it('of a host tell the worst of what may be dialled: what a person has blocked hides nothing, and shows in its own', () => {
    const database = open();
    const broken = { outcome: 'broken', errorClass: 'reset' } as const;
    write(database, beganMs, {
      health: [change(beganMs, 'blocked', '10.0.0.1'), change(beganMs, 'allowed', '10.0.0.2')],
      checks: [check({ ip: '10.0.0.2', ...broken })],
    });
    write(database, beganMs + 5_000, { health: [change(beganMs + 5_000, 'blocked', '10.0.0.2')] });
    const ask = (by: string) =>
      database.cells
        .cells(historyCellsInputSchema.parse({ fromMs: beganMs, toMs: beganMs + 10_000, by }), beganMs + 5_000)
        .rows.map(({ states }) => states);
    expect(ask('ip')).toEqual(['bb', 'db']);
    expect(ask('prefix')).toEqual(['db']);
    expect(ask('host')).toEqual(['db']);
  });

  it('of a host leave out what only a caller named, as long as the host has others, whatever was named first', () => {
    const broken = { outcome: 'broken', errorClass: 'refused', status: null } as const;
    const named = (atMs: number, ip: string): HealthChange => {
      const one = change(atMs, 'unknown', ip);
      return { ...one, health: one.health && { ...one.health, named: true } };
    };
    const file = newFile();
    const ask = (by: string, asked: HistoryDatabase) =>
      asked.cells.cells(historyCellsInputSchema.parse({ fromMs: beganMs, toMs: beganMs + 5_000, by }), beganMs + 1_000)
        .rows;
    const before = open(file);
    write(before, beganMs, {
      health: [named(beganMs, '10.0.0.1'), named(beganMs, '10.0.0.9')],
      checks: [check({ ip: '10.0.0.9', ...broken })],
    });
    // It has nothing else yet.
    expect(ask('host', before)).toMatchObject([{ addresses: 2, named: true, leftOut: 0, states: 'd' }]);
    write(before, beganMs + 1_000, {
      health: [change(beganMs + 1_000, 'allowed', '10.0.0.1')],
      checks: [check({ ip: '10.0.0.1' })],
    });
    // It left the answers again, but the host had it.
    write(before, beganMs + 1_500, { health: [named(beganMs + 1_500, '10.0.0.1')] });
    before.close();
    opened.splice(opened.indexOf(before), 1);
    const after = open(file);
    expect(ask('host', after)).toMatchObject([
      { addresses: 1, named: false, leftOut: 1, states: 'g', checks: '1', failures: '0' },
    ]);
    expect(ask('ip', after)).toMatchObject([
      { ip: '10.0.0.1', named: false, states: 'g' },
      { ip: '10.0.0.9', named: true, states: 'd', failures: '1' },
    ]);
  });

  it('are of an IP, on whatever port its host had it: two runs of a demo are no two addresses', () => {
    const database = open();
    write(database, beganMs, { checks: [check({ port: 4_001 })] });
    write(database, beganMs + 5_000, {
      checks: [check({ port: 4_002, atMs: beganMs + 5_000 })],
      health: [{ ...change(beganMs + 5_000, 'blocked'), port: 4_002 }],
    });
    const ask = (by: string) =>
      database.cells.cells(
        historyCellsInputSchema.parse({ fromMs: beganMs, toMs: beganMs + 10_000, by }),
        beganMs + 5_000,
      ).rows;
    expect(ask('host')).toMatchObject([{ addresses: 1, states: 'gb' }]);
    expect(ask('ip')).toMatchObject([{ addresses: 1, states: 'gb', checks: '1 1' }]);
  });

  it('do not blame an address for what this machine failed at', () => {
    const database = open();
    write(database, beganMs, { checks: [check({ outcome: 'broken', errorClass: 'local', status: null }), check({})] });
    const wish = historyCellsInputSchema.parse({ fromMs: beganMs, toMs: beganMs + 1_000 });
    expect(database.cells.cells(wish, beganMs).rows).toMatchObject([{ states: 'g', checks: '1', failures: '0' }]);
  });

  it('are the same as by looking at every check and state, whatever the range, the columns and the tier', () => {
    const ips = ['10.0.0.1', '10.0.0.2', '10.0.7.3'];
    const states: readonly IpState[] = ['allowed', 'ejected', 'probing', 'blocked'];
    const happening = fc.record({
      afterMs: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 0, max: 4_000_000 })),
      ip: fc.constantFrom(...ips),
      what: fc.constantFrom('good', 'failed', ...states),
    });
    fc.assert(
      fc.property(
        fc.array(happening, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 300 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (given, columns, one, other) => {
          const database = open();
          let atMs = beganMs;
          const happened = given.map(({ afterMs, ...rest }) => {
            atMs += afterMs;
            return { atMs, ...rest };
          });
          // A few things to a batch, as when they come in one second.
          for (let at = 0; at < happened.length; at += 3) {
            const batch = emptyBatch();
            const together = happened.slice(at, at + 3);
            for (const { atMs: endedMs, ip, what } of together) {
              const failure = { outcome: 'broken', errorClass: 'reset', status: null } as const;
              const moved = states.find((state) => state === what);
              if (moved) {
                batch.health.push(change(endedMs, moved, ip));
              } else {
                batch.checks.push(check({ ip, atMs: endedMs, ...(what === 'failed' ? failure : {}) }));
              }
            }
            write(database, together.at(-1)?.atMs ?? 0, batch);
          }
          const nowMs = atMs;
          const lengthMs = nowMs - beganMs + 1;
          const fromMs = Math.floor(beganMs + lengthMs * Math.min(one, other));
          const toMs = Math.max(fromMs + 1, Math.floor(beganMs + lengthMs * Math.max(one, other)));
          const wish = historyCellsInputSchema.parse({ fromMs, toMs, columns });
          const answer = database.cells.cells(wish, nowMs);
          expect(answer.columns).toBeLessThanOrEqual(columns);
          expect(answer.fromMs).toBeLessThanOrEqual(fromMs);
          expect(answer.fromMs + answer.columns * answer.stepMs).toBeGreaterThanOrEqual(toMs);
          const untilMs = Math.floor(nowMs / 1_000) * 1_000 + 1_000;
          for (const { ip, states: found, checks, failures } of answer.rows) {
            const own = happened.filter((each) => each.ip === ip);
            const expected = Array.from({ length: answer.columns }, (_, column) => {
              const begin = answer.fromMs + column * answer.stepMs;
              return bruteCell(own, begin, begin + answer.stepMs, untilMs);
            });
            expect(found).toBe(expected.map(({ state }) => cellStates[state]).join(''));
            expect(readCellCounts(checks)).toEqual(expected.map((cell) => cell.checks));
            expect(readCellCounts(failures)).toEqual(expected.map((cell) => cell.failures));
          }
          database.close();
        },
      ),
      { numRuns: 25 },
    );
  });
});

/** `untilMs`: what still stands reaches to here. */
function bruteCell(
  happened: readonly { atMs: number; what: string }[],
  fromMs: number,
  toMs: number,
  untilMs: number,
): { state: CellState; checks: number; failures: number } {
  const met = new Set<string>();
  const moves = happened.filter(({ what }) => what !== 'good' && what !== 'failed');
  for (const [index, { atMs, what }] of moves.entries()) {
    const endMs = moves[index + 1]?.atMs ?? untilMs;
    // A state that gave way within the same millisecond was none.
    if (atMs < Math.min(toMs, untilMs) && endMs > fromMs && endMs > atMs) {
      met.add(what);
    }
  }
  const within = happened.filter(
    ({ atMs, what }) => (what === 'good' || what === 'failed') && atMs >= fromMs && atMs < toMs,
  );
  const failures = within.filter(({ what }) => what === 'failed').length;
  const checked: CellState =
    within.length === 0 ? 'quiet' : failures === 0 ? 'good' : failures < within.length ? 'failing' : 'down';
  const all: CellState[] = [checked];
  for (const state of ['probing', 'ejected', 'blocked'] as const) {
    if (met.has(state)) {
      all.push(state);
    }
  }
  const order = Object.keys(cellStates) as CellState[];
  const state = all.reduce((worst, each) => (order.indexOf(each) > order.indexOf(worst) ? each : worst));
  return { state, checks: within.length, failures };
}

describe('a file that is too large', () => {
  const ips = Array.from({ length: 100 }, (_, at) => `10.0.0.${at}`);

  /** Until it is small enough; false when it never is. */
  function tidied(database: HistoryDatabase, nowMs: number): boolean {
    return Array.from({ length: 200 }).some(() => !database.tidy(nowMs));
  }

  it('gives up the oldest states of addresses that come and go', () => {
    const database = open(newFile(), { largestBytes: 900_000 });
    const turns = 120;
    for (let turn = 0; turn < turns; turn += 1) {
      const atMs = beganMs + turn * 120_000;
      const state = turn % 2 === 0 ? 'ejected' : 'allowed';
      write(database, atMs, { health: ips.map((ip) => change(atMs, state, ip)) });
    }
    const endMs = beganMs + turns * 120_000;
    expect(database.tidy(endMs)).toBe(true);
    expect(tidied(database, endMs)).toBe(true);
    const { spans } = database.spans.spans(historySpansInputSchema.parse({ fromMs: 0, toMs: endMs, limit: 500 }));
    expect(spans.filter(({ untilMs }) => untilMs === null)).toHaveLength(ips.length);
    expect(spans.length).toBeGreaterThan(2 * ips.length);
  });

  it('gives up the oldest cells of many addresses when nothing else is left', () => {
    const database = open(newFile(), { largestBytes: 400_000 });
    const minutes = 360;
    for (let minute = 0; minute < minutes; minute += 1) {
      const atMs = beganMs + minute * 60_000;
      const failed = { outcome: 'broken', errorClass: 'reset', status: null, ms: null } as const;
      write(database, atMs, { checks: ips.map((ip) => check({ ip, atMs, ...failed })) });
    }
    const endMs = beganMs + minutes * 60_000;
    expect(database.tidy(endMs)).toBe(true);
    expect(tidied(database, endMs)).toBe(true);
    const wish = { fromMs: endMs - 3_600_000, toMs: endMs, by: 'ip' };
    expect(database.cells.cells(historyCellsInputSchema.parse(wish), endMs).rows).toHaveLength(ips.length);
  });

  it('keeps the checks of the last hour while it gives up cells, though more of them come', () => {
    const database = open(newFile(), { largestBytes: 700_000 });
    const failed = { outcome: 'broken', errorClass: 'reset', status: null, ms: null } as const;
    const writeMinute = (minute: number): void => {
      const atMs = beganMs + minute * 60_000;
      write(database, atMs, { checks: ips.map((ip) => check({ ip, atMs, ...failed })) });
    };
    for (let minute = 0; minute < 360; minute += 1) {
      writeMinute(minute);
    }
    let isTooMuch = true;
    for (let minute = 360; minute < 420; minute += 1) {
      writeMinute(minute);
      isTooMuch = database.tidy(beganMs + minute * 60_000);
    }
    expect(isTooMuch).toBe(false);
    const lastMs = beganMs + 419 * 60_000;
    const ofOne = { fromMs: lastMs - 59 * 60_000, toMs: lastMs + 1, ip: '10.0.0.1', limit: 100 };
    expect(database.checks.checks(historyChecksInputSchema.parse(ofOne)).checks).toHaveLength(60);
    const before = { ...ofOne, fromMs: beganMs, toMs: beganMs + 3_600_000 };
    expect(database.checks.checks(historyChecksInputSchema.parse(before)).checks).toEqual([]);
    const cells = historyCellsInputSchema.parse({ fromMs: ofOne.fromMs, toMs: ofOne.toMs, by: 'ip' });
    expect(database.cells.cells(cells, lastMs).rows).toHaveLength(ips.length);
  });

  it('gives up a little of the last hour at a time when that alone is too much', () => {
    const database = open(newFile(), { largestBytes: 400_000 });
    for (let minute = 0; minute < 120; minute += 1) {
      const atMs = beganMs + minute * 60_000;
      write(database, atMs, { checks: ips.map((ip) => check({ ip, atMs })) });
    }
    const endMs = beganMs + 119 * 60_000;
    expect(database.tidy(endMs)).toBe(true);
    expect(tidied(database, endMs)).toBe(true);
    const wish = { fromMs: endMs - 15 * 60_000, toMs: endMs + 1, ip: '10.0.0.1' };
    expect(database.checks.checks(historyChecksInputSchema.parse(wish)).checks).toHaveLength(16);
  });
});
