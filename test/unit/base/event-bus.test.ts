import { describe, expect, it } from 'vitest';
import { aboveDebug, EventBus } from '../../../core/base/event-bus.ts';
import { ManualClock } from '../../support/manual-clock.ts';

describe('the event bus', () => {
  it('tells each listener the levels that it wants, of which it may change its mind', () => {
    const bus = new EventBus(new ManualClock());
    const heard: string[] = [];
    let level = 'warn';
    bus.subscribe(({ kind }) => heard.push(`all ${kind}`));
    bus.subscribe(({ kind }) => heard.push(`above ${kind}`), aboveDebug);
    bus.subscribe(
      ({ kind }) => heard.push(`chosen ${kind}`),
      (its) => its === level,
    );
    bus.emit('debug', 'metrics.listening', '', {});
    bus.emit('info', 'access.file-gone', '', {});
    level = 'info';
    bus.emit('info', 'config.saved', '', {});
    expect(heard).toEqual([
      'all metrics.listening',
      'all access.file-gone',
      'above access.file-gone',
      'all config.saved',
      'above config.saved',
      'chosen config.saved',
    ]);
  });

  it('knows whether anybody wants a level, so that nobody writes what nobody reads', () => {
    const bus = new EventBus(new ManualClock());
    expect(bus.wants('error')).toBe(false);
    bus.subscribe(() => {}, aboveDebug);
    expect([bus.wants('debug'), bus.wants('info')]).toEqual([false, true]);
    const stop = bus.subscribe(() => {});
    expect(bus.wants('debug')).toBe(true);
    stop();
    expect(bus.wants('debug')).toBe(false);
  });
});
