/** A past of addresses, of the pool and of events; of everything else nothing has happened yet. */
import { noPatterns } from '../../../core/contract/event-patterns.ts';
import type { RememberedChange } from '../../../core/contract/history-changes.ts';
import type { FakeEvents } from './fake-events.ts';
import { fakeLife } from './fake-life.ts';
import type { FakeMoments } from './fake-moments.ts';
import type { FakePast } from './fake-past.ts';
import type { FakePool } from './fake-pool.ts';
import type { AnswersOf } from './memory-answers.ts';

export function fakeHistory(
  pool: FakePool,
  past: FakePast,
  moments: FakeMoments,
  events: FakeEvents,
  now: () => number,
): AnswersOf<'history'> & AnswersOf<'events'> {
  const changes = fakeChanges(now());
  return {
    'history.series': () => ({ stepMs: 1_000, points: [] }),
    'history.events': (wish) => events.find(wish),
    'history.lives': () => ({ lives: [], cursor: null }),
    'history.life': ({ connectionId }) => fakeLife(pool, past, connectionId, now()),
    'history.alerts': () => ({ alerts: [], cursor: null }),
    'history.checks': (wish) => past.checks(wish, now()),
    'history.spans': (wish) => past.spans(wish),
    'history.cells': (wish) => past.cells(wish, now()),
    'history.errors': (wish) => past.errors(wish, now()),
    'history.samples': (wish) => moments.samples(wish),
    'history.warmUps': () => ({ warmUps: [], cursor: null }),
    'history.warmUpCells': () => ({ cells: [] }),
    'history.moment': (wish) => moments.moment(wish),
    'history.changes': ({ fromMs, toMs }) => ({
      changes: changes.filter(({ atMs }) => atMs >= fromMs && atMs < toMs),
      cursor: null,
    }),
    'events.patterns': (wish) => events.patterns(wish),
    'events.countPatterns': () => ({ lines: 0, counts: noPatterns() }),
    'history.status': () => ({
      recording: true,
      fault: null,
      file: '',
      sizeBytes: 0,
      oldestAtMs: null,
      firstMomentMs: moments.firstMs,
      lost: 0,
    }),
  };
}

/** One of the configuration and two of the lists, in the quarter of an hour before the beginning. */
function fakeChanges(beganMs: number): RememberedChange[] {
  const listed = (auditId: number, atMs: number): RememberedChange => ({
    kind: 'lists',
    atMs,
    who: 'operator',
    reason: '',
    auditId,
    undoes: null,
    total: 3,
    changes: [],
  });
  return [
    listed(2, beganMs - 240_000),
    listed(1, beganMs - 420_000),
    {
      kind: 'config',
      atMs: beganMs - 500_000,
      who: 'console',
      diff: [{ path: 'pool.max_idle_conns', before: 20, after: 50, applies: 'at-once' }],
    },
  ];
}
