import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConnectionRow } from '../../../core/contract/connections.ts';
import type { HostHealth, IpHealth } from '../../../core/contract/health.ts';
import { type HistoryMoment, historyMomentInputSchema } from '../../../core/contract/history-moment.ts';
import type { PoolStatistics } from '../../../core/contract/statistics.ts';
import type { WarmUpProgress } from '../../../core/contract/warm-up-progress.ts';
import { emptyBatch, type HealthChange } from '../../../core/history/history-batch.ts';
import { HistoryDatabase } from '../../../core/history/history-database.ts';
import { apply, emptyState, type Frame, type Moment, toMoved, wholeFrame } from '../../../core/history/moment-frame.ts';
import { MomentJournal } from '../../../core/history/moment-journal.ts';
import { fakePool } from '../../support/fake-pool.ts';

/** A whole ten minutes. */
const beganMs = 1_800_000_000_000;
const dayMs = 86_400_000;
const statistics: PoolStatistics = fakePool().pool.statistics();

let folder: string;
let database: HistoryDatabase;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hotpool-history-'));
  database = new HistoryDatabase(join(folder, 'history.sqlite'));
});

afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

function rowOf(change: Partial<ConnectionRow> & { readonly id: number }): ConnectionRow {
  return {
    state: 'idle',
    healthy: true,
    host: 'a.test',
    ip: `10.0.0.${change.id % 200}`,
    port: 443,
    protocol: 'h2',
    profile: 'modern-h2',
    createdAtMs: beganMs,
    idleSinceMs: beganMs,
    leasedSinceMs: null,
    leases: 0,
    requests: 0,
    errors: 0,
    tcpMs: 1,
    tlsMs: 2,
    lastResponseMs: null,
    resumed: false,
    ...change,
  };
}

function hostWith(ejected: number): HostHealth {
  const available = 200 - ejected;
  return {
    host: 'a.test',
    ips: 200,
    available,
    blocked: 0,
    ejected,
    mayEject: 100,
    held: 0,
    panic: false,
    blocksUs: false,
  };
}

function healthOf(ip: string, state: IpHealth['state']): IpHealth {
  return {
    host: 'a.test',
    ip,
    port: 443,
    state,
    reason: null,
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
}

let seq = 0;

function tell(atMs: number, change: Partial<Moment> = {}, health: readonly HealthChange[] = []): void {
  seq += 1;
  const moment: Moment = {
    seq,
    reset: false,
    statistics: { ...statistics, atMs },
    hosts: [],
    localOutage: null,
    warmUps: [],
    born: [],
    moved: [],
    closed: [],
    ...change,
  };
  database.write({ ...emptyBatch(), moments: [moment], health });
}

function ask(atMs: number, sinceMs: number | null = null): HistoryMoment {
  return database.moments.moment(historyMomentInputSchema.parse({ atMs, sinceMs }));
}

function idsAt(atMs: number): number[] {
  return ask(atMs).upserts.map(({ id }) => id);
}

describe('a moment', () => {
  it('has the rows, states and figures that were told then, and says which moment it is', () => {
    tell(beganMs, { reset: true, born: [rowOf({ id: 1 }), rowOf({ id: 2 })] });
    const leased = rowOf({ id: 1, state: 'leased', idleSinceMs: null, leasedSinceMs: beganMs + 900, leases: 1 });
    const ejected = healthOf('10.0.0.2', 'ejected');
    const change = { host: 'a.test', ip: '10.0.0.2', port: 443, atMs: beganMs + 500, health: ejected };
    tell(beganMs + 1_000, { moved: [toMoved(leased)], closed: [[2, 'unhealthy']] }, [change]);
    expect(ask(beganMs + 999)).toMatchObject({ atMs: beganMs, reset: true, health: { upserts: [] } });
    expect(ask(beganMs + 999).upserts).toEqual([rowOf({ id: 1 }), rowOf({ id: 2 })]);
    const later = ask(beganMs + 7_000);
    expect(later).toMatchObject({ atMs: beganMs + 1_000, firstMs: beganMs, lastMs: beganMs + 1_000 });
    expect(later.upserts).toEqual([leased]);
    expect(later.health.upserts).toEqual([ejected]);
    expect(later.statistics.atMs).toBe(beganMs + 1_000);
  });

  it('before the first is not made up', () => {
    tell(beganMs, { reset: true });
    expect(() => ask(beganMs - 1)).toThrow('Nothing is remembered');
  });

  it('of another version, with other figures, is told as such', () => {
    const { waiting: _, ...earlier } = statistics;
    tell(beganMs, { reset: true, statistics: { ...earlier, atMs: beganMs } as PoolStatistics });
    expect(() => ask(beganMs)).toThrow('another version');
  });

  it('after the end of an engine is its last, until the next one tells', () => {
    tell(beganMs, { reset: true, born: [rowOf({ id: 1 })] });
    database.close();
    database = new HistoryDatabase(join(folder, 'history.sqlite'));
    seq = 0;
    tell(beganMs + 60_000, { reset: true, born: [rowOf({ id: 1, ip: '10.9.9.9' })] });
    expect(ask(beganMs + 59_000)).toMatchObject({ atMs: beganMs, upserts: [{ ip: '10.0.0.1' }] });
    expect(ask(beganMs + 60_000)).toMatchObject({ upserts: [{ ip: '10.9.9.9' }] });
  });

  it('is the same as by following every change, and played step by step as well', () => {
    const happening = fc.record({
      id: fc.integer({ min: 1, max: 12 }),
      what: fc.constantFrom('born', 'moved', 'closed', 'ejected', 'forgotten', 'nothing'),
    });
    fc.assert(
      fc.property(
        fc.array(happening, { minLength: 130, maxLength: 300 }),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 12 }),
        (given, asked) => {
          const fromMs = (lastMs() ?? beganMs) + 1_000;
          const rows = new Map<number, ConnectionRow>();
          const health = new Map<string, IpHealth>();
          const expected: { rows: ConnectionRow[]; health: IpHealth[] }[] = [];
          for (const [second, { id, what }] of given.entries()) {
            const change: { -readonly [Key in keyof Moment]?: Moment[Key] } = { reset: second === 0 };
            const changes: HealthChange[] = [];
            const known = rows.get(id);
            const ip = `10.0.0.${id}`;
            if (what === 'born' && !known) {
              const row = rowOf({ id });
              rows.set(id, row);
              change.born = [row];
            } else if (what === 'moved' && known) {
              const row = { ...known, leases: known.leases + 1, lastResponseMs: second };
              rows.set(id, row);
              change.moved = [toMoved(row)];
            } else if (what === 'closed' && known) {
              rows.delete(id);
              change.closed = [[id, 'idle-timeout']];
            } else if (what === 'ejected') {
              health.set(ip, healthOf(ip, second % 2 === 0 ? 'ejected' : 'allowed'));
              changes.push({ host: 'a.test', ip, port: 443, atMs: fromMs, health: health.get(ip) ?? null });
            } else if (what === 'forgotten') {
              health.delete(ip);
              changes.push({ host: 'a.test', ip, port: 443, atMs: fromMs, health: null });
            }
            if (second === 0) {
              // A new engine knows of no address what the one before knew.
              for (const known of ask0Health()) {
                changes.unshift({ ...known, atMs: fromMs, health: null });
              }
            }
            tell(fromMs + second * 1_000, change, changes);
            expected.push({ rows: [...rows.values()], health: [...health.values()] });
          }
          const byId = (one: { id: number }, other: { id: number }): number => one.id - other.id;
          const byIp = (one: { ip: string }, other: { ip: string }): number => one.ip.localeCompare(other.ip);
          const seconds = asked.map((share) => Math.floor(share * (given.length - 1)));
          for (const second of seconds) {
            const { upserts, health: found } = ask(fromMs + second * 1_000 + 300);
            expect(upserts.toSorted(byId)).toEqual(expected[second]?.rows.toSorted(byId));
            expect(found.upserts.toSorted(byIp)).toEqual(expected[second]?.health.toSorted(byIp));
          }
          const played = new Map<number, ConnectionRow>();
          let sinceMs: number | null = null;
          for (const second of seconds.toSorted((one, other) => one - other)) {
            const step: HistoryMoment = ask(fromMs + second * 1_000, sinceMs);
            for (const row of step.upserts) {
              played.set(row.id, row);
            }
            for (const { id } of step.removes) {
              expect(played.delete(id)).toBe(true);
            }
            expect(step.reset).toBe(sinceMs === null);
            expect([...played.values()].sort(byId)).toEqual(expected[second]?.rows.toSorted(byId));
            sinceMs = step.atMs;
          }
        },
      ),
      { numRuns: 3, endOnFailure: true },
    );
  });

  it('says why a connection went, from one step to the next', () => {
    tell(beganMs, { reset: true, born: [rowOf({ id: 1 })] });
    const { tcpMs, tlsMs, lastResponseMs, ...rest } = rowOf({ id: 1 });
    const { state: _, healthy: _h, idleSinceMs: _i, leasedSinceMs: _l, ...row } = rest;
    const life = { ...row, tcpMs, tlsMs, lastResponseMs, engineStartedAtMs: 1, closedAtMs: beganMs + 900 };
    database.write({ ...emptyBatch(), lives: [{ ...life, reason: 'broken' }] });
    tell(beganMs + 1_000, { closed: [[1, 'broken']] });
    expect(ask(beganMs + 1_000, beganMs).removes).toEqual([{ id: 1, reason: 'broken' }]);
  });
});

function lastMs(): number | null {
  try {
    return ask(Number.MAX_SAFE_INTEGER).atMs;
  } catch {
    return null;
  }
}

function ask0Health(): IpHealth[] {
  const last = lastMs();
  return last === null ? [] : ask(last).health.upserts;
}

describe('the frames', () => {
  it('that do not follow one another are refused until everything is told once more', () => {
    tell(beganMs, { reset: true, born: [rowOf({ id: 1 })] });
    seq += 1;
    tell(beganMs + 2_000, { born: [rowOf({ id: 2 })] });
    expect(database.moments.hasGap).toBe(true);
    expect(idsAt(beganMs + 2_000)).toEqual([1]);
    tell(beganMs + 3_000, { reset: true, born: [rowOf({ id: 2 }), rowOf({ id: 3 })] });
    expect(database.moments.hasGap).toBe(false);
    expect(idsAt(beganMs + 3_000)).toEqual([2, 3]);
  });

  it('of a pool in which everything changes are further apart, and miss nothing', () => {
    const many = Array.from({ length: 2_000 }, (_, at) => rowOf({ id: at + 1 }));
    tell(beganMs, { reset: true, born: many });
    for (let second = 1; second <= 60; second += 1) {
      const moved = many.map((row) =>
        toMoved({ ...row, leases: second * row.id, lastResponseMs: (row.id * 7) % second }),
      );
      tell(beganMs + second * 1_000, { moved });
    }
    const first = ask(beganMs + 1_000);
    expect(first.atMs).toBe(beganMs + 1_000);
    const times = new Set(Array.from({ length: 60 }, (_, second) => ask(beganMs + second * 1_000).atMs));
    expect(times.size).toBeLessThan(30);
    const last = ask(beganMs + 60_000);
    const second = (last.atMs - beganMs) / 1_000;
    expect(last.upserts.every(({ id, leases }) => leases === second * id)).toBe(true);
  });

  it('of such a pool are there for each second in which something happens to it', () => {
    const many = Array.from({ length: 2_000 }, (_, at) => rowOf({ id: at + 1 }));
    tell(beganMs, { reset: true, born: many });
    for (let second = 1; second <= 60; second += 1) {
      const moved = many.map((row) =>
        toMoved({ ...row, leases: second * row.id, lastResponseMs: (row.id * 7) % second }),
      );
      // Trouble that begins, grows for ten seconds, and goes on as it is.
      const ejected = Math.min(10, Math.max(0, second - 30));
      tell(beganMs + second * 1_000, { moved, hosts: [hostWith(ejected)] });
    }
    const missing = (from: number, to: number): number =>
      Array.from({ length: to - from + 1 }, (_, at) => beganMs + (from + at) * 1_000).filter(
        (ms) => ask(ms).atMs !== ms,
      ).length;
    expect(missing(31, 40)).toBe(0);
    expect(missing(2, 30)).toBeGreaterThan(10);
    expect(missing(41, 60)).toBeGreaterThan(10);
  });

  it('of more than a day ago are whole pictures ten minutes apart, and of more than a week ago gone', () => {
    for (let minute = 0; minute < 60; minute += 1) {
      tell(beganMs + minute * 60_000, { reset: minute % 5 === 0, born: [rowOf({ id: minute + 1 })] });
    }
    tell(beganMs + dayMs + 3_600_000, { reset: true });
    for (let times = 0; times < 3; times += 1) {
      database.tidy(beganMs + dayMs + 3_600_000);
    }
    const kept = new Set(Array.from({ length: 55 }, (_, minute) => ask(beganMs + minute * 60_000).atMs - beganMs));
    expect([...kept]).toEqual([0, 600_000, 1_200_000, 1_800_000, 2_400_000, 3_000_000]);
    tell(beganMs + 9 * dayMs, { reset: true });
    for (let times = 0; times < 3; times += 1) {
      database.tidy(beganMs + 9 * dayMs);
    }
    expect(() => ask(beganMs + 3_000_000)).toThrow('Nothing is remembered');
  });
});

describe('warm-ups', () => {
  const at = (done: number) => ({ ...progress, done, ready: done });
  const progress: WarmUpProgress = {
    ...{
      id: 3,
      startedAtMs: 7,
      state: 'running',
      total: 60,
      done: 0,
      ready: 0,
      failed: 0,
      cancelled: 0,
      retrying: 0,
      dialing: 10,
      healthyNow: 0,
    },
    ...{ activeMs: 1_000, ratePerSecond: 4.5, etaMs: null, etaAtMostMs: 44_000, hosts: [] },
  };

  it('are as far as they had come at each second, and gone when they had ended', () => {
    tell(beganMs, { reset: true, warmUps: [at(1)] });
    for (let second = 1; second <= 130; second += 1) {
      tell(beganMs + second * 1_000, { warmUps: second < 130 ? [at(second)] : [] });
    }
    expect(ask(beganMs).warmUps).toEqual([at(1)]);
    expect(ask(beganMs + 7_000).warmUps).toEqual([at(7)]);
    expect(ask(beganMs + 128_000).warmUps).toEqual([at(128)]);
    expect(ask(beganMs + 130_000).warmUps).toEqual([]);
  });

  it('are unknown of what an older version has written down', () => {
    const { warmUps: _, ...frame } = wholeFrame({ ...emptyState(), statistics }) ?? { warmUps: [] };
    const state = { ...emptyState(), warmUps: [at(1)] };
    apply(state, frame as Frame);
    expect(state.warmUps).toEqual([]);
  });
});

describe('the journal', () => {
  it('tells a connection whole until it is made, and then what moves', async () => {
    const fake = fakePool();
    const told: Moment[] = [];
    let gap = (): void => {};
    const journal = new MomentJournal({
      pool: fake.pool,
      hosts: () => ({ hosts: [], localOutage: null }),
      warmUps: () => [],
      history: {
        recordMoment: (moment) => told.push(moment),
        onGap: (listener) => {
          gap = listener;
          return () => {};
        },
      },
    });
    const lease = await fake.pool.acquire('example.test');
    await fake.clock.advance(1_000);
    lease.release();
    await fake.clock.advance(1_000);
    fake.pool.closeConnection(lease.connectionId, 'operator');
    await fake.clock.advance(1_000);
    const id = lease.connectionId;
    const short = told.map(({ seq: number, reset, born, moved, closed }) => ({
      seq: number,
      reset,
      born: born.map((row) => [row.id, row.state]),
      moved: moved.map(([movedId, state]) => [movedId, state]),
      closed,
    }));
    expect(short).toEqual([
      { seq: 1, reset: true, born: [[id, 'leased']], moved: [], closed: [] },
      { seq: 2, reset: false, born: [], moved: [[id, 'idle']], closed: [] },
      { seq: 3, reset: false, born: [], moved: [], closed: [[id, 'operator']] },
    ]);
    (await fake.pool.acquire('example.test')).release();
    await fake.clock.advance(1_000);
    gap();
    await fake.clock.advance(1_000);
    expect(told.at(-1)).toMatchObject({ seq: 5, reset: true, born: [{ state: 'idle' }], moved: [] });
    journal.close();
    await fake.pool.close();
  });
});
