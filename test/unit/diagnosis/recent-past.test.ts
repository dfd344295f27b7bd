import { describe, expect, it } from 'vitest';
import { EventBus } from '../../../core/base/event-bus.ts';
import type { ErrorClass } from '../../../core/contract/vocabulary.ts';
import { RecentPastWatch } from '../../../core/diagnosis/recent-past.ts';
import type { ConnectionObserver, PoolSecond } from '../../../core/pool/pool-ports.ts';
import { Tally } from '../../../core/statistics/tally.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { factsWith } from './healthy-facts.ts';

function watched() {
  const clock = new ManualClock();
  const events = new EventBus(clock);
  let observer: ConnectionObserver = { changed: () => {}, closed: () => {} };
  let onSecond = (_: PoolSecond): void => {};
  let left = 0;
  const watch = new RecentPastWatch({
    clock,
    events,
    pool: {
      observe: (given) => {
        observer = given;
        return () => {
          left += 1;
        };
      },
      onSecond: (given) => {
        onSecond = given;
        return () => {
          left += 1;
        };
      },
    },
  });
  const second = (dials: number, rssBytes = 100): void => {
    const tally = new Tally();
    tally.dials = dials;
    onSecond({ statistics: factsWith({ engine: { rssBytes } }).statistics, tally, hosts: new Map() });
  };
  return { clock, events, watch, second, close: (id: number) => observer.closed(id, 'idle-timeout'), left: () => left };
}

it('counts what happened in the last five minutes, and forgets the rest', async () => {
  const { clock, events, watch, second, close } = watched();
  close(1);
  second(3);
  const counts = { total: 1, leased: 1, idle: 0, waiting: 1, dialing: 0 };
  const timeout = { host: 'a.test', waitedMs: 30_000, early: false, ...counts, restMs: 0, lastDial: null };
  events.emit('warn', 'acquire.timeout', 'a.test', timeout);
  await clock.advance(200_000);
  close(2);
  expect(watch.read()).toMatchObject({ spanMs: 200_000, closes: { 'idle-timeout': 2 }, dials: 3, acquireTimeouts: 1 });
  await clock.advance(100_000);
  expect(watch.read()).toMatchObject({ spanMs: 300_000, closes: { 'idle-timeout': 1 }, dials: 0, acquireTimeouts: 0 });
});

it('counts the failed dials of the last minute by what became of them', async () => {
  const { clock, events, watch } = watched();
  const fail = (errorClass: ErrorClass): void =>
    events.emit('warn', 'connection.dial-failed', 'a.test', {
      host: 'a.test',
      ip: '192.0.2.1',
      class: errorClass,
      code: 'X',
      message: 'no',
    });
  fail('refused');
  await clock.advance(30_000);
  fail('refused');
  fail('timeout-tcp');
  expect(watch.read().dialErrors).toEqual({ refused: 2, 'timeout-tcp': 1 });
  await clock.advance(30_000);
  expect(watch.read().dialErrors).toEqual({ refused: 1, 'timeout-tcp': 1 });
  await clock.advance(30_000);
  expect(watch.read().dialErrors).toEqual({});
});

describe('how memory goes', () => {
  /** One figure a second, from the start of the process. */
  async function memoryAfter(minutes: number, bytesAt: (second: number) => number) {
    const { clock, watch, second } = watched();
    for (let at = 0; at <= minutes * 60; at += 1) {
      second(0, bytesAt(at));
      await clock.advance(1_000);
    }
    return watch.read().memory;
  }

  it('is not known before half an hour of it, without the first minutes of the process', async () => {
    expect(await memoryAfter(34, () => 100)).toBeNull();
    expect(await memoryAfter(35, (at) => (at < 300 ? 1 : 100))).toMatchObject({ firstBytes: 100, lastBytes: 100 });
  });

  it('is what collections leave: a saw-tooth grows nowhere, be it long', async () => {
    const sawTooth = (at: number): number => 180 + ((at % 1_500) / 1_500) * 60;
    const memory = await memoryAfter(60, sawTooth);
    expect(memory?.lastBytes).toBeLessThanOrEqual(memory?.firstBytes ?? 0);
  });

  it('grows where each third leaves more than the one before', async () => {
    const memory = await memoryAfter(65, (at) => 100 + at / 60 + (at % 7));
    expect(memory?.firstBytes).toBeGreaterThan(104);
    expect((memory?.lastBytes ?? 0) - (memory?.firstBytes ?? 0)).toBeGreaterThan(38);
    expect((memory?.spanMs ?? 0) / 60_000).toBeGreaterThan(38);
  });
});

it('knows when the settings were changed, and stops listening at its end', () => {
  const { clock, events, watch, left } = watched();
  expect(watch.limitsChangedAtMs).toBeNull();
  events.emit('info', 'config.changed', 'pool', { by: 'console', file: 'hotpool.toml', keys: 1, changes: '' });
  expect(watch.limitsChangedAtMs).toBe(clock.epochMs());
  watch.close();
  expect(left()).toBe(2);
});
