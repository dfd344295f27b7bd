import { expect, it } from 'vitest';
import { EventBus } from '../../../core/base/event-bus.ts';
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

it('says how memory goes once there are ten minutes of it', async () => {
  const { clock, watch, second } = watched();
  second(0, 100);
  await clock.advance(540_000);
  second(0, 150);
  expect(watch.read().memory).toBeNull();
  await clock.advance(60_000);
  second(0, 200);
  expect(watch.read().memory).toEqual({ spanMs: 600_000, firstBytes: 100, lastBytes: 200 });
});

it('knows when the settings were changed, and stops listening at its end', () => {
  const { clock, events, watch, left } = watched();
  expect(watch.limitsChangedAtMs).toBeNull();
  events.emit('info', 'config.changed', 'pool', { by: 'console', file: 'hotpool.toml', keys: 1, changes: '' });
  expect(watch.limitsChangedAtMs).toBe(clock.epochMs());
  watch.close();
  expect(left()).toBe(2);
});
