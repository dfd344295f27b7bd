import { describe, expect, it } from 'vitest';
import { factsOf, type LogLine, linesOf } from '../../../renderer/views/events/event-runs.ts';
import type { ShownEvent } from '../../../renderer/views/events/shown-event.ts';

const beganMs = 1_800_000_000_000;

function failed(second: number, change: Partial<ShownEvent> = {}, data: ShownEvent['data'] = {}): ShownEvent {
  return {
    seq: second + 1,
    atMs: beganMs + second * 1_000,
    level: 'warn',
    kind: 'connection.dial-failed',
    subject: 'a.test',
    ...change,
    data: { host: 'a.test', ip: `10.0.0.${second % 12}`, class: 'refused', code: 'ECONNREFUSED', message: '', ...data },
  };
}

function closed(second: number): ShownEvent {
  const data = { host: 'a.test', ip: '10.0.0.1', reason: 'broken', leases: 0, errors: 0 };
  return { ...failed(second), kind: 'connection.closed', subject: String(second), data };
}

const newestFirst = (...events: ShownEvent[]): ShownEvent[] => events.toSorted((a, b) => b.atMs - a.atMs);
const shapes = (lines: readonly LogLine[]) =>
  lines.map((line) => (line.kind === 'run' ? `×${line.run.events.length}` : line.of ? 'inner' : 'event'));

describe('runs of events', () => {
  it('are one line each, where their newest event is, though others happen between', () => {
    const flood = Array.from({ length: 42 }, (_, second) => failed(2 * second));
    const other = failed(41, { kind: 'config.saved', level: 'info', subject: '/x' });
    const lines = linesOf(newestFirst(...flood, other), new Set());
    expect(shapes(lines)).toEqual(['×42', 'event']);
    const [line] = lines;
    expect(line?.kind === 'run' && factsOf(line.run)).toEqual({ times: 42, ips: 6, host: 'a.test', firstMs: beganMs });
  });

  it('hold only what says the same: another host, cause, level or kind is another line', () => {
    const four = (change: Partial<ShownEvent>, data: ShownEvent['data'] = {}): ShownEvent[] =>
      [1, 2, 3, 4].map((second) => failed(second, change, data));
    const events = [
      ...four({}),
      ...four({ subject: 'b.test' }, { host: 'b.test' }),
      ...four({}, { class: 'reset', code: 'ECONNRESET' }),
      ...four({ level: 'error' }),
      ...four({ kind: 'warm-up.failed' }, { runId: 1 }),
      ...four({ kind: 'warm-up.failed' }, { runId: 2 }),
    ];
    expect(shapes(linesOf(newestFirst(...events), new Set()))).toEqual(['×4', '×4', '×4', '×4', '×4', '×4']);
  });

  it('are of any connection or IP, where these are the subject', () => {
    expect(shapes(linesOf(newestFirst(...[1, 2, 3, 4, 5].map(closed)), new Set()))).toEqual(['×5']);
    const listed = [1, 2, 3, 4].map((second) => ({
      ...failed(second),
      kind: 'access.changed',
      subject: `10.0.0.${second}`,
      data: { who: 'automaton', act: 'added', list: 'black', origin: 'automatic', reason: 'a.test: refused' },
    }));
    const [line] = linesOf(newestFirst(...listed), new Set());
    expect(line?.kind === 'run' && factsOf(line.run)).toMatchObject({ times: 4, ips: 4, host: null });
    const files = [1, 2, 3, 4].map((second) => ({ ...failed(second), subject: `/file-${second}`, data: {} }));
    expect(shapes(linesOf(newestFirst(...files), new Set()))).toEqual(['event', 'event', 'event', 'event']);
  });

  it('begin with the fourth event, and lie within five minutes', () => {
    expect(shapes(linesOf(newestFirst(failed(1), failed(2), failed(3)), new Set()))).toEqual([
      'event',
      'event',
      'event',
    ]);
    const apart = Array.from({ length: 5 }, (_, at) => [failed(60 * at), failed(300 + 60 * at)]).flat();
    expect(shapes(linesOf(newestFirst(...apart), new Set()))).toEqual(['×5', '×5']);
  });

  it('open, and stay open while more of the same comes', () => {
    const events = [1, 2, 3, 4].map((second) => failed(second));
    const [line] = linesOf(newestFirst(...events), new Set());
    const opened = new Set([line?.key ?? '']);
    const lines = linesOf(newestFirst(...events, failed(9)), opened);
    expect(shapes(lines)).toEqual(['×5', 'inner', 'inner', 'inner', 'inner', 'inner']);
    expect(new Set(lines.map(({ key }) => key)).size).toBe(6);
  });
});
