import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { EngineEvent } from '../../../core/contract/events.ts';
import {
  type HistoryMetric,
  historyAlertsInputSchema,
  historyEventsInputSchema,
  historySamplesInputSchema,
  historySeriesInputSchema,
  type RememberedAlert,
} from '../../../core/contract/history.ts';
import { type ConnectionLife, historyLivesInputSchema } from '../../../core/contract/history-lives.ts';
import { emptyBatch, type SecondSample } from '../../../core/history/history-batch.ts';
import { type HistoryBounds, HistoryDatabase } from '../../../core/history/history-database.ts';
import { Histogram } from '../../../core/statistics/histogram.ts';

/** A whole ten minutes, so that steps begin with it. */
const beganS = 1_800_000_000;
const opened: { database: HistoryDatabase; folder: string }[] = [];

function open(bounds: HistoryBounds = {}): HistoryDatabase {
  const folder = mkdtempSync(join(tmpdir(), 'hotpool-history-'));
  const database = new HistoryDatabase(join(folder, 'history.sqlite'), bounds);
  opened.push({ database, folder });
  return database;
}

afterEach(() => {
  for (const { database, folder } of opened.splice(0)) {
    database.close();
    rmSync(folder, { recursive: true });
  }
});

function second(atS: number, values: { requests?: number; total?: number; failures?: number; responses?: number[] }) {
  const { responses = [], ...quantities } = values;
  const histogram = new Histogram();
  for (const response of responses) {
    histogram.record(response);
  }
  const encoded = histogram.encode();
  const sample: SecondSample = { scope: '', atS, quantities, distributions: encoded ? { 'response-ms': encoded } : {} };
  return sample;
}

function record(database: HistoryDatabase, samples: readonly SecondSample[]): void {
  for (const sample of samples) {
    database.write({ ...emptyBatch(), samples: [sample] });
  }
}

function ask(database: HistoryDatabase, metric: HistoryMetric, fromS: number, toS: number, points = 300, nowS = toS) {
  const wish = historySeriesInputSchema.parse({ metric, fromMs: fromS * 1_000, toMs: toS * 1_000, points });
  return database.samples.series(wish, nowS);
}

describe('a curve', () => {
  it('has the mean, the least and the most of its seconds', () => {
    const database = open();
    record(
      database,
      [4, 8, 6].map((requests, at) => second(beganS + at, { requests })),
    );
    const { stepMs, points } = ask(database, 'requests', beganS, beganS + 3, 1);
    expect(stepMs).toBe(3_000);
    expect(points).toEqual([{ atMs: beganS * 1_000, mean: 6, min: 4, max: 8, p50: null, p95: null, p99: null }]);
  });

  it('leaves out what it knows nothing of', () => {
    const database = open();
    record(database, [second(beganS, { total: 1 }), second(beganS + 5, { total: 2 })]);
    expect(ask(database, 'total', beganS, beganS + 10).points.map(({ atMs }) => atMs / 1_000 - beganS)).toEqual([0, 5]);
    expect(ask(database, 'dials', beganS, beganS + 10).points).toEqual([]);
  });

  it('of a share divides sums, and tells nothing where there was nothing to divide by', () => {
    const database = open();
    record(database, [
      second(beganS, { requests: 1, failures: 1 }),
      second(beganS + 1, { requests: 99, failures: 0 }),
      second(beganS + 2, { requests: 0, failures: 0 }),
    ]);
    expect(ask(database, 'success-rate', beganS, beganS + 2, 1).points).toMatchObject([{ mean: 0.99 }]);
    expect(ask(database, 'success-rate', beganS + 2, beganS + 3).points).toEqual([]);
  });

  it('knows a host apart from the pool', () => {
    const database = open();
    record(database, [second(beganS, { total: 7 }), { ...second(beganS, { total: 3 }), scope: 'example.test' }]);
    const wish = historySeriesInputSchema.parse({
      metric: 'total',
      host: 'example.test',
      fromMs: beganS * 1_000,
      toMs: beganS * 1_000 + 1,
    });
    expect(database.samples.series(wish, beganS).points).toMatchObject([{ mean: 3 }]);
    expect(database.samples.series({ ...wish, host: 'other.test' }, beganS).points).toEqual([]);
  });

  it('of the overview is told in seconds while they are kept, and then in means a second', () => {
    const database = open();
    const seconds = Array.from({ length: 20 }, (_, at) =>
      second(beganS + at, { requests: at < 10 ? 1 : 4, failures: 1, total: 7, responses: at === 3 ? [100] : [] }),
    );
    record(database, seconds);
    const wish = historySamplesInputSchema.parse({ fromMs: beganS * 1_000, toMs: (beganS + 20) * 1_000 });
    const fresh = database.samples.samples(wish, beganS + 20);
    expect(fresh.stepMs).toBe(1_000);
    expect(fresh.samples).toHaveLength(20);
    expect(fresh.samples[3]).toMatchObject({ requests: 1, failures: 1, total: 7, active: 0, responseP99Ms: 100 });
    expect(fresh.samples[4]).toMatchObject({ responseP50Ms: null });
    record(database, [second(beganS + 3 * 3_600, { total: 1 })]);
    const old = database.samples.samples(wish, beganS + 3 * 3_600);
    expect(old.stepMs).toBe(10_000);
    expect(old.samples.map(({ requests }) => requests)).toEqual([1, 4]);
    expect(old.samples[0]).toMatchObject({ atMs: beganS * 1_000, failures: 1, total: 7, responseP50Ms: 100 });
  });

  it('is the same as by adding up every second, whatever the range, the points and the tier', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            requests: fc.integer({ min: 0, max: 50 }),
            responses: fc.array(fc.double({ min: 0.1, max: 5_000, noNaN: true }), { maxLength: 4 }),
            gap: fc.integer({ min: 1, max: 400 }),
          }),
          { minLength: 1, maxLength: 40 },
        ),
        fc.integer({ min: 1, max: 300 }),
        fc.nat(600),
        (given, points, begin) => {
          const database = open();
          let atS = beganS;
          const seconds = given.map(({ gap, ...values }) => {
            atS += gap;
            return { atS, ...values };
          });
          record(
            database,
            seconds.map((each) => second(each.atS, each)),
          );
          const fromS = Math.min(beganS + begin, atS);
          const toS = atS + 1;
          const requests = ask(database, 'requests', fromS, toS, points);
          const responses = ask(database, 'response-ms', fromS, toS, points);
          expect(requests.points.length).toBeLessThanOrEqual(points);
          const stepS = requests.stepMs / 1_000;
          const stepOf = (at: number): number => Math.floor(at / stepS) * stepS;
          const steps = Map.groupBy(
            seconds.filter((each) => stepOf(each.atS) >= stepOf(fromS)),
            (each) => stepOf(each.atS),
          );
          expect(requests.points.map(({ atMs, min, max, mean }) => [atMs / 1_000, min, max, mean.toFixed(6)])).toEqual(
            Array.from(steps, ([at, within]) => {
              const counts = within.map((each) => each.requests);
              const sum = counts.reduce((one, other) => one + other, 0);
              return [at, Math.min(...counts), Math.max(...counts), (sum / counts.length).toFixed(6)];
            }),
          );
          const whole = new Map(
            Array.from(steps, ([at, within]) => {
              const histogram = new Histogram();
              for (const response of within.flatMap((each) => each.responses)) {
                histogram.record(response);
              }
              return [at, histogram.percentileMs(0.95)];
            }),
          );
          for (const { atMs, p95 } of responses.points) {
            expect(p95).toBe(whole.get(atMs / 1_000));
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('what is past its time', () => {
  it('is told by the coarser tiers: seconds for two hours, ten seconds for a day', () => {
    const database = open();
    const hoursS = 4 * 3_600;
    const samples = Array.from({ length: hoursS }, (_, at) =>
      second(beganS + at, { total: at < hoursS / 2 ? 10 : 20 }),
    );
    database.write({ ...emptyBatch(), samples });
    const nowS = beganS + hoursS;
    for (let times = 0; times < 10; times += 1) {
      database.tidy(nowS * 1_000);
    }
    expect(database.oldestAtMs()).toBe((nowS - 2 * 3_600) * 1_000);
    const early = ask(database, 'total', beganS, beganS + 300, 300, nowS);
    expect(early.stepMs).toBe(10_000);
    expect(early.points).toHaveLength(30);
    expect(early.points.every(({ mean }) => mean === 10)).toBe(true);
    expect(ask(database, 'total', nowS - 300, nowS).stepMs).toBe(1_000);
  });

  it('makes room when the file is too large, oldest first', () => {
    const database = open({ largestBytes: 100_000 });
    const events = Array.from({ length: 5_000 }, (_, at) => event({ atMs: at, data: { message: 'x'.repeat(200) } }));
    database.write({ ...emptyBatch(), events });
    database.tidy(5_000);
    const left = database.records.events(historyEventsInputSchema.parse({ fromMs: 0, toMs: 10_000, limit: 500 }));
    expect(left.events[0]?.atMs).toBe(4_999);
    const { events: oldest } = database.records.events(historyEventsInputSchema.parse({ fromMs: 0, toMs: 2_001 }));
    expect(oldest.map(({ atMs }) => atMs)).toEqual([2_000]);
  });

  it('makes room in every tier of the curves of many hosts, and keeps their last hour', () => {
    const database = open({ largestBytes: 900_000 });
    const hosts = Array.from({ length: 20 }, (_, at) => `h${at}.test`);
    const minutes = 180;
    for (let minute = 0; minute < minutes; minute += 1) {
      const sample = second(beganS + minute * 60, { total: minute });
      database.write({ ...emptyBatch(), samples: hosts.map((scope) => ({ ...sample, scope })) });
    }
    const nowS = beganS + minutes * 60;
    expect(Array.from({ length: 5 }, () => database.tidy(nowS * 1_000))).toContain(false);
    const wish = { metric: 'total', host: 'h7.test', fromMs: beganS * 1_000, toMs: nowS * 1_000, points: 300 };
    const { points } = database.samples.series(historySeriesInputSchema.parse(wish), nowS);
    expect(points.length).toBeLessThan(minutes - 60);
    expect(points.slice(-60).map(({ mean }) => mean)).toEqual(Array.from({ length: 60 }, (_, at) => minutes - 60 + at));
  });
});

describe('a clock that was set back', () => {
  it('hides nothing that comes afterwards', () => {
    const database = open();
    record(database, [second(beganS + 7_200, { total: 1 }), second(beganS + 7_800, { total: 1 })]);
    record(
      database,
      Array.from({ length: 1_300 }, (_, at) => second(beganS + at, { total: 5 })),
    );
    const { points } = ask(database, 'total', beganS, beganS + 1_300, 3);
    expect(points.map(({ mean }) => mean)).toEqual([5, 5, 5]);
  });
});

describe('events', () => {
  it('are found by level, kind, host, IP and any word, newest first', () => {
    const database = open();
    const failure = { host: 'a.test', ip: '10.0.0.1', class: 'refused', code: 'ECONNREFUSED' } as const;
    const events = [
      event({
        atMs: 1,
        level: 'warn',
        kind: 'connection.dial-failed',
        data: { ...failure, message: 'to 100%_sure' },
      }),
      event({ atMs: 2, kind: 'dns.recovered', subject: 'a.test', data: { host: 'a.test' } }),
      event({ atMs: 3, kind: 'host.forgotten', subject: 'B.test', data: { host: 'b.test' } }),
    ];
    database.write({ ...emptyBatch(), events });
    const found = (wish: object): number[] =>
      database.records
        .events(historyEventsInputSchema.parse({ fromMs: 0, toMs: 100, ...wish }))
        .events.map(({ atMs }) => atMs);
    expect(found({})).toEqual([3, 2, 1]);
    expect(found({ levels: ['warn', 'error'] })).toEqual([1]);
    expect(found({ kind: 'connection' })).toEqual([1]);
    expect(found({ host: 'a.test' })).toEqual([2, 1]);
    expect(found({ ip: '10.0.0.1' })).toEqual([1]);
    expect(found({ text: 'b.TEST' })).toEqual([3]);
    expect(found({ text: '0%_s' })).toEqual([1]);
    expect(found({ text: '%' })).toEqual([1]);
    expect(found({ text: 'could not be connected' })).toEqual([1]);
    expect(found({ text: '拒绝连接' })).toEqual([1]);
    expect(found({ text: '恢复解析' })).toEqual([2]);
    expect(found({ toMs: 3, fromMs: 2 })).toEqual([2]);
  });

  it('come in pages that miss none and repeat none, though many have the same time', () => {
    const database = open();
    const events = Array.from({ length: 250 }, (_, at) => event({ atMs: Math.floor(at / 40), seq: at + 1 }));
    database.write({ ...emptyBatch(), events });
    const seen: number[] = [];
    let cursor: number | null = null;
    do {
      const page = database.records.events(historyEventsInputSchema.parse({ fromMs: 0, toMs: 100, limit: 30, cursor }));
      seen.push(...page.events.map(({ seq }) => seq));
      cursor = page.cursor;
    } while (cursor !== null);
    expect(seen).toEqual(Array.from({ length: 250 }, (_, at) => 250 - at));
  });

  it('that are rare among many are found over pages that may be empty', () => {
    const database = open();
    const events = [
      event({ atMs: 0, data: { message: 'needle' } }),
      ...Array.from({ length: 30_000 }, () => event({ atMs: 1 })),
    ];
    database.write({ ...emptyBatch(), events });
    const wish = historyEventsInputSchema.parse({ fromMs: 0, toMs: 100, text: 'needle' });
    const first = database.records.events(wish);
    expect(first.events).toEqual([]);
    const second = database.records.events({ ...wish, cursor: first.cursor });
    expect(second.events.map(({ text }) => text)).toEqual(['needle']);
    expect(second.cursor).toBeNull();
  });
});

describe('lives', () => {
  it('come back as they were stored', () => {
    const database = open();
    const lives = [life({ id: 1, closedAtMs: 5, reason: 'broken', ip: '10.0.0.1' }), life({ id: 2, closedAtMs: 6 })];
    database.write({ ...emptyBatch(), lives });
    const wish = historyLivesInputSchema.parse({ fromMs: 0, toMs: 100 });
    expect(database.records.lives(wish)).toEqual({ lives: lives.toReversed(), cursor: null });
    expect(database.records.lives({ ...wish, reason: 'broken' }).lives).toEqual([lives[0]]);
    expect(database.records.lives({ ...wish, ip: '10.0.0.1' }).lives).toEqual([lives[0]]);
  });
});

describe('alerts', () => {
  it('are those that stood at some time of the range, by their begin, in pages', () => {
    const database = open();
    const alerts = [
      alert({ id: 'a', beganAtMs: 10, endedAtMs: 20 }),
      alert({ id: 'b', beganAtMs: 15, endedAtMs: null, subject: 'a.test' }),
      alert({ id: 'c', beganAtMs: 30, endedAtMs: 40, rule: 'lag' }),
    ];
    database.write({ ...emptyBatch(), alerts });
    const found = (wish: object) => {
      const page = database.alerts.alerts(historyAlertsInputSchema.parse({ fromMs: 0, toMs: 100, ...wish }));
      return { ids: page.alerts.map(({ id }) => id), cursor: page.cursor };
    };
    expect(found({}).ids).toEqual(['c', 'b', 'a']);
    expect(found({ fromMs: 21, toMs: 30 }).ids).toEqual(['b']);
    expect(found({ fromMs: 20, toMs: 21 }).ids).toEqual(['b', 'a']);
    expect(found({ standing: true }).ids).toEqual(['b']);
    expect(found({ rule: 'lag' }).ids).toEqual(['c']);
    expect(found({ subject: 'a.test' }).ids).toEqual(['b']);
    const first = found({ limit: 2 });
    expect(first.ids).toEqual(['c', 'b']);
    expect(found({ limit: 2, cursor: first.cursor })).toEqual({ ids: ['a'], cursor: null });
  });

  it('that have ended are forgotten in time, and none that still stands', () => {
    const database = open();
    const ended = alert({ id: 'ended', beganAtMs: 10, endedAtMs: 20 });
    database.write({ ...emptyBatch(), alerts: [ended, alert({ id: 'stands', beganAtMs: 5 })] });
    database.tidy(100 * 86_400_000);
    const wish = historyAlertsInputSchema.parse({ fromMs: 0, toMs: 100 });
    expect(database.alerts.alerts(wish).alerts.map(({ id }) => id)).toEqual(['stands']);
  });
});

describe('a batch', () => {
  it('is stored whole or not at all', () => {
    const database = open();
    const bad = { ...event({ atMs: 2 }), level: null } as unknown as EngineEvent;
    expect(() => database.write({ ...emptyBatch(), events: [event({ atMs: 1 }), bad] })).toThrow(/NOT NULL/);
    expect(database.records.events(historyEventsInputSchema.parse({ fromMs: 0, toMs: 10 })).events).toEqual([]);
  });
});

describe('the file', () => {
  it('gives room back, so that it was made for that before its first table', () => {
    open();
    const file = join(opened[0]?.folder ?? '', 'history.sqlite');
    const other = new DatabaseSync(file);
    expect(other.prepare('PRAGMA auto_vacuum').get()).toEqual({ auto_vacuum: 2 });
    expect(other.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    other.close();
  });
});

type Made = Partial<EngineEvent> | (Partial<EngineEvent> & Pick<EngineEvent, 'kind' | 'data'>);

function event(given: Made): EngineEvent {
  const made = { seq: 1, atMs: 0, level: 'info', kind: 'config.warning', subject: 'pool', data: { message: 'made' } };
  return { ...made, ...given } as EngineEvent;
}

function alert(given: Partial<RememberedAlert>): RememberedAlert {
  return {
    id: 'a',
    rule: 'low-success',
    subject: 'pool',
    state: 'firing',
    beganAtMs: 0,
    endedAtMs: null,
    changedAtMs: 0,
    details: {},
    ...given,
  };
}

function life(given: Partial<ConnectionLife>): ConnectionLife {
  return {
    engineStartedAtMs: 1,
    id: 1,
    host: 'example.test',
    ip: '10.0.0.9',
    port: 443,
    profile: 'modern-h2',
    protocol: 'h2',
    resumed: false,
    createdAtMs: 2,
    closedAtMs: 3,
    reason: 'idle-timeout',
    tcpMs: 1.5,
    tlsMs: 2.5,
    lastResponseMs: null,
    leases: 3,
    requests: 4,
    errors: 0,
    ...given,
  };
}
