import { describe, expect, it } from 'vitest';
import { figureReading } from '../../../core/alerts/alert-reading.ts';
import { diskReadings, hostReadings, listReadings } from '../../../core/alerts/engine-readings.ts';
import { warmUpReadings } from '../../../core/alerts/warm-up-readings.ts';
import { defaultSettings } from '../../../core/config/engine-settings.ts';
import type { LatestWarmUp } from '../../../core/warm-up/warm-up.ts';

const settings = defaultSettings().alerts;

describe('a figure', () => {
  it('is good again part of the way from its threshold to what is perfect', () => {
    expect(figureReading('success-rate', 'pool', 0.5, 0.8, 0.1).clearAt).toBeCloseTo(0.82);
    expect(figureReading('response-time', 'pool', 1, 5_000, 0.1).clearAt).toBe(4_500);
    expect(figureReading('disk-full', '/d', 1, 50, 0.1).clearAt).toBeCloseTo(55);
  });

  it.each([
    ['success-rate', 0.79, 0.8, 'breached'],
    ['success-rate', 0.8, 0.8, 'between'],
    ['success-rate', 0.82, 0.8, 'clear'],
    ['success-rate', 1, 1, 'clear'],
    ['success-rate', 0, 0, 'between'],
    ['wait-p95', 1_001, 1_000, 'breached'],
    ['wait-p95', 1_000, 1_000, 'between'],
    ['wait-p95', 900, 1_000, 'clear'],
    ['wait-p95', null, 1_000, 'untold'],
  ] as const)('%s of %s against %s is %s', (rule, value, threshold, look) => {
    expect(figureReading(rule, 'pool', value, threshold, 0.1).look).toBe(look);
  });
});

describe('the latest warm-up of a host', () => {
  const run = (change: Partial<LatestWarmUp>): LatestWarmUp => ({
    host: 'a.test',
    runId: 1,
    done: 20,
    ready: 10,
    endedAtMs: null,
    failure: { count: 9, example: 'ECONNREFUSED' },
    ...change,
  });
  const look = (change: Partial<LatestWarmUp>, nowMs = 0) => warmUpReadings([run(change)], nowMs, settings)[0];

  it('tells while it runs from twenty results on, and at its end however few there were', () => {
    expect(look({})).toMatchObject({
      look: 'breached',
      subject: 'a.test',
      value: 0.5,
      detail: '10 of 20 failed, mostly: ECONNREFUSED',
    });
    expect(look({ done: 19 })?.look).toBe('untold');
    expect(look({ done: 2, ready: 1, endedAtMs: 0 })?.look).toBe('breached');
    expect(look({ done: 20, ready: 16 })?.look).toBe('between');
  });

  it.each([
    [{ done: 20, ready: 19 }, 1, '1 of 20 failed: ECONNREFUSED'],
    [{ done: 20, ready: 16 }, 4, '4 of 20 failed, all like this: ECONNREFUSED'],
    [{ done: 20, ready: 16 }, 3, '4 of 20 failed, mostly: ECONNREFUSED'],
    [{ done: 20, ready: 16 }, 2, '4 of 20 failed, among other reasons: ECONNREFUSED'],
  ])('names a failure for what it is among the others: of %j, %i', (counts, failures, detail) => {
    expect(look({ ...counts, failure: { count: failures, example: 'ECONNREFUSED' } })?.detail).toBe(detail);
  });

  it('is no news after ten minutes', () => {
    expect(look({ endedAtMs: 0 }, 599_999)?.look).toBe('breached');
    expect(look({ endedAtMs: 0 }, 600_000)).toBeUndefined();
  });
});

describe('the engine’s parts', () => {
  it('tell of each host whether it blocks us', () => {
    const hosts = [
      { host: 'a.test', blocksUs: true },
      { host: 'b.test', blocksUs: false },
    ];
    expect(hostReadings(hosts).map(({ subject, look }) => [subject, look])).toEqual([
      ['a.test', 'breached'],
      ['b.test', 'clear'],
    ]);
  });

  it('tell what is wrong with the lists, and where', () => {
    const issues = [{ at: 'line 3', message: 'no IP' }];
    expect(listReadings({ file: 'f', issues, saveFault: null, gone: false })).toMatchObject([
      { rule: 'lists-unread', look: 'breached', value: 1, detail: 'line 3: no IP' },
      { rule: 'lists-unsaved', look: 'clear' },
    ]);
    expect(listReadings({ file: 'f', issues: [], saveFault: 'ENOSPC', gone: false })).toMatchObject([
      { rule: 'lists-unread', look: 'clear', detail: null },
      { rule: 'lists-unsaved', look: 'breached', detail: 'ENOSPC' },
    ]);
    expect(listReadings({ file: 'f', issues: [], saveFault: null, gone: true })).toMatchObject([
      { rule: 'lists-unread', look: 'clear' },
      { rule: 'lists-unsaved', look: 'breached', detail: expect.stringMatching(/deleted.*in force from memory/) },
    ]);
  });

  it('tell of a disk that is nearly full, and of a history that cannot be stored whatever room there is', () => {
    const looks = (freeBytes: number | null, fault: string | null) =>
      diskReadings('/d', freeBytes, { file: '/d/h', fault }, settings).map(({ look }) => look);
    expect(looks(49_000_000, null)).toEqual(['breached', 'clear']);
    expect(looks(60_000_000, 'database or disk is full')).toEqual(['clear', 'breached']);
    expect(looks(null, null)).toEqual(['untold', 'clear']);
  });
});
