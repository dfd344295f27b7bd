import { expect, it } from 'vitest';
import { EventBus } from '../../../core/base/event-bus.ts';
import type { EventLevel } from '../../../core/contract/events.ts';
import { logEvents } from '../../../core/logging/event-logger.ts';
import { ManualClock } from '../../support/manual-clock.ts';

function log(): { bus: EventBus; lines: string[]; set: (level: EventLevel) => void; stop: () => void } {
  const bus = new EventBus(new ManualClock(Date.UTC(2026, 0, 2, 3, 4, 5, 6)));
  const lines: string[] = [];
  let level: EventLevel = 'info';
  const stop = logEvents(bus, { level: () => level, write: (line) => lines.push(line) });
  return { bus, lines, stop, set: (next) => (level = next) };
}

it('writes one line for each event: when, how grave, what, about what, and the sentence', () => {
  const { bus, lines } = log();
  bus.emit('info', 'dns.recovered', 'a.test', { host: 'a.test' });
  bus.emit('warn', 'pool.closed', '', { leases: 0, requests: 0 });
  expect(lines).toEqual([
    '2026-01-02T03:04:05.006Z info  dns.recovered [a.test] a.test is resolved again',
    '2026-01-02T03:04:05.006Z warn  pool.closed the pool is closed',
  ]);
});

it('leaves out what is below the level, and follows a change of the level at once', () => {
  const { bus, lines, set, stop } = log();
  const emitAll = (): void => {
    for (const level of ['debug', 'info', 'warn', 'error'] as const) {
      bus.emit(level, 'config.warning', '', { message: level });
    }
  };
  emitAll();
  expect(lines).toHaveLength(3);
  set('error');
  emitAll();
  expect(lines).toHaveLength(4);
  set('debug');
  emitAll();
  expect(lines).toHaveLength(8);
  stop();
  emitAll();
  expect(lines).toHaveLength(8);
});

it('lets nothing from a peer forge a line or steer the terminal', () => {
  const { bus, lines } = log();
  bus.emit('info', 'config.warning', 'a\r\nb', { message: 'bad status\n2026 error forged\u001b[2J\u0000end\u0085' });
  expect(lines).toHaveLength(1);
  expect(lines[0]).not.toMatch(/\p{Cc}/u);
  expect(lines[0]).toContain('bad status 2026 error forged [2J end');
});
