import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EventBus } from '../../../core/base/event-bus.ts';
import { noPatterns } from '../../../core/contract/event-patterns.ts';
import { eventSentence } from '../../../core/contract/event-text.ts';
import type { EngineEvent } from '../../../core/contract/events.ts';
import {
  historyAlertsInputSchema,
  historyEventsInputSchema,
  historySeriesInputSchema,
} from '../../../core/contract/history.ts';
import { History } from '../../../core/history/history.ts';
import type { SecondSample } from '../../../core/history/history-batch.ts';
import { HistoryKeeper } from '../../../core/history/history-keeper.ts';
import { HeldHistoryThread } from '../../support/history-thread.ts';
import { ManualClock, settle } from '../../support/manual-clock.ts';

let folder: string;
const begun: History[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hotpool-history-'));
});

afterEach(async () => {
  await Promise.all(begun.splice(0).map((history) => history.close()));
  rmSync(folder, { recursive: true, force: true });
});

function begin() {
  const file = join(folder, 'history.sqlite');
  const clock = new ManualClock();
  const events = new EventBus(clock);
  const heard: EngineEvent[] = [];
  events.subscribe((event) => heard.push(event));
  const thread = new HeldHistoryThread(file);
  const history = new History({ file, clock, events, thread });
  begun.push(history);
  const everything = historyEventsInputSchema.parse({ fromMs: 0, toMs: clock.epochMs() + 3_600_000, limit: 500 });
  return { file, clock, events, heard, thread, history, everything };
}

function secondAt(atMs: number, total: number): SecondSample {
  return { scope: '', atS: Math.floor(atMs / 1_000), quantities: { total }, distributions: {} };
}

describe('history', () => {
  it('stores what it is told within a second, debug left out', async () => {
    const { clock, events, history, everything } = begin();
    events.emit('info', 'config.warning', 'pool', { message: 'worth keeping' });
    events.emit('debug', 'config.warning', 'pool', { message: 'not worth it' });
    history.recordSecond([secondAt(clock.epochMs(), 7)]);
    await clock.advance(1_000);
    expect((await history.events(everything)).events.map(({ text }) => text)).toEqual(['worth keeping']);
    const wish = historySeriesInputSchema.parse({ metric: 'total', fromMs: 0, toMs: clock.epochMs() });
    expect((await history.series(wish)).points.map(({ mean }) => mean)).toEqual([7]);
    expect(history.status()).toMatchObject({ recording: true, fault: null, lost: 0 });
  });

  it('counts the log patterns of every event, debug included, over any range and over restarts', async () => {
    const { clock, events, history, file } = begin();
    const fromMs = clock.epochMs();
    const [host, ip] = ['a.test', '10.0.0.1'];
    for (let second = 0; second < 30; second += 1) {
      const reason = second % 3 === 0 ? 'unhealthy' : 'operator';
      events.emit('debug', 'connection.closed', '1', { host, ip, reason, leases: 0, errors: 0 });
      events.emit('debug', 'health.check-failed', '1', { host, ip, class: 'reset', code: 'ECONNRESET', message: '' });
      events.emit('debug', 'access.changed-routine', '', {
        who: 'automaton',
        changes: 4,
        whitelisted: 4,
        blacklisted: 0,
      });
      await clock.advance(1_000);
    }
    const all = {
      whitelisted: 120,
      blacklisted: 0,
      unhealthy: 10,
      removed: 30,
      'warm-up-failed': 0,
      'check-failed': 30,
    };
    expect(await history.patterns({ fromMs, toMs: clock.epochMs() })).toEqual({ counts: all });
    const middle = await history.patterns({ fromMs: fromMs + 10_000, toMs: fromMs + 20_000 });
    expect(middle.counts).toEqual({ ...noPatterns(), whitelisted: 40, unhealthy: 3, removed: 10, 'check-failed': 10 });
    await history.close();
    const keeper = new HistoryKeeper(file);
    const wish = { fromMs, toMs: clock.epochMs() };
    expect(keeper.ask({ kind: 'ask', id: 1, topic: 'patterns', wish, nowMs: clock.epochMs() })).toEqual({
      counts: all,
    });
    keeper.close();
  });

  it('hands over one batch at a time, and gives up the oldest when the disk stays slow', async () => {
    const { clock, thread, history } = begin();
    thread.slow = true;
    history.recordSecond([secondAt(0, 0)]);
    await clock.advance(1_000);
    history.recordSecond(Array.from({ length: 60_000 }, (_, at) => secondAt(at * 1_000, at)));
    await clock.advance(5_000);
    expect(thread.waiting).toHaveLength(1);
    expect(history.status().lost).toBe(10_000);
    thread.slow = false;
    thread.release();
    await clock.advance(1_000);
    const wish = historySeriesInputSchema.parse({ metric: 'total', fromMs: 9_000_000, toMs: 60_000_000, points: 1 });
    expect((await history.series(wish)).points[0]?.max).toBe(59_999);
  });

  it('keeps of an alert what was told last, over a restart', async () => {
    const { clock, events, history, file } = begin();
    const details = { value: 0.7, threshold: 0.8, acknowledged: { by: 'operator', why: 'known' } };
    const alert = { id: 'low-success|pool|1', rule: 'low-success', subject: 'pool', beganAtMs: 5, changedAtMs: 5 };
    history.recordAlert({ ...alert, state: 'firing', endedAtMs: null, details: {} });
    await clock.advance(1_000);
    history.recordAlert({ ...alert, state: 'acknowledged', endedAtMs: null, changedAtMs: 7, details });
    await history.close();
    const next = new History({ file, clock, events, thread: new HeldHistoryThread(file) });
    begun.push(next);
    const wish = historyAlertsInputSchema.parse({ fromMs: 100, toMs: 200, standing: true });
    expect(await next.alerts(wish)).toEqual({
      alerts: [{ ...alert, state: 'acknowledged', endedAtMs: null, changedAtMs: 7, details }],
      cursor: null,
    });
  });

  it('stores a second at once when it is over, and all that is told with it', async () => {
    const { clock, events, history, everything } = begin();
    await clock.advance(1_010);
    history.recordSecond([secondAt(clock.epochMs(), 7)]);
    events.emit('info', 'config.warning', 'pool', { message: 'told at the same turn' });
    expect(history.status().sizeBytes).toBeNull();
    await clock.advance(1);
    expect((await history.events(everything)).events).toHaveLength(1);
    expect(history.status().sizeBytes).toBeGreaterThan(0);
  });

  it('says once that nothing is recorded, and once that it is again', async () => {
    const { file, clock, events, heard, history } = begin();
    rmSync(folder, { recursive: true });
    for (let times = 0; times < 3; times += 1) {
      events.emit('info', 'config.warning', 'pool', { message: 'lost' });
      await clock.advance(1_000);
    }
    expect(history.status()).toMatchObject({
      recording: false,
      file,
      fault: expect.stringContaining('cannot be opened'),
    });
    folder = mkdtempSync(join(tmpdir(), 'hotpool-history-'));
    const told = heard.filter(({ kind }) => kind.startsWith('history.'));
    expect(told.map(({ kind }) => kind)).toEqual(['history.stopped']);
  });

  it('tells of a file that it had to put aside', async () => {
    const { file, clock, events, heard } = begin();
    writeFileSync(file, 'no history at all, but long enough to be read as one'.repeat(20));
    events.emit('info', 'config.warning', 'pool', { message: 'first' });
    await clock.advance(1_000);
    const told = heard.find(({ kind }) => kind === 'history.put-aside');
    expect(told?.level).toBe('warn');
    expect(told && eventSentence(told, 'en')).toMatch(
      /^the file of the history is damaged \(.+\): it was put aside whole as .+, and history\.sqlite is begun anew$/,
    );
  });

  it('stores what is gathered when it closes, and refuses questions afterwards', async () => {
    const { events, history, everything, file, thread } = begin();
    events.emit('info', 'config.warning', 'pool', { message: 'the last word' });
    await history.close();
    expect(thread.ended).toBe(true);
    await expect(history.events(everything)).rejects.toMatchObject({ code: 'closed' });
    const next = new HeldHistoryThread(file);
    const reader = new History({ file, clock: new ManualClock(), events, thread: next });
    begun.push(reader);
    expect((await reader.events(everything)).events.map(({ text }) => text)).toEqual(['the last word']);
  });

  it('waits at its close for a slow disk a second, not longer', async () => {
    const { clock, events, history, thread } = begin();
    thread.slow = true;
    events.emit('info', 'config.warning', 'pool', { message: 'stuck' });
    let closed = false;
    const closing = history.close().then(() => {
      closed = true;
    });
    await clock.advance(900);
    expect(closed).toBe(false);
    await clock.advance(100);
    await closing;
    expect(clock.timers).toBe(0);
  });

  it('refuses who waits and who comes when its thread has ended', async () => {
    const { heard, history, everything, thread } = begin();
    thread.slow = true;
    const waiting = history.events(everything);
    await settle();
    thread.crash('out of memory');
    await expect(waiting).rejects.toMatchObject({ code: 'conflict' });
    await expect(history.events(everything)).rejects.toThrow('out of memory');
    expect(history.status()).toMatchObject({ recording: false });
    expect(heard.at(-1)).toMatchObject({ kind: 'history.stopped', level: 'error' });
  });
});
