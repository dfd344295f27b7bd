import { expect, it } from 'vitest';
import { Deadlines, type Due } from '../../../core/pool/deadlines.ts';
import { ManualClock } from '../../support/manual-clock.ts';

class Subject implements Due<Subject> {
  readonly name: string;
  dueMs = 0;
  dueIn: Due<Subject>['dueIn'] = null;
  dueBefore: Subject | null = null;
  dueAfter: Subject | null = null;

  constructor(name: string) {
    this.name = name;
  }
}

function setUp() {
  const clock = new ManualClock();
  const due: string[] = [];
  const deadlines = new Deadlines<Subject>(clock, ({ name }) => due.push(`${name} at ${clock.monotonicMs()}`));
  const set = (name: string, delayMs: number): Subject => {
    const subject = new Subject(name);
    deadlines.set(subject, clock.monotonicMs(), delayMs);
    return subject;
  };
  return { clock, due, deadlines, set };
}

it('each falls due at its time, whatever was set before', async () => {
  const { clock, due, set } = setUp();
  set('late', 100);
  set('early', 10);
  await clock.advance(5);
  set('later', 100);
  set('soon', 10);
  await clock.advance(200);
  expect(due).toEqual(['early at 10', 'soon at 15', 'late at 100', 'later at 105']);
});

it('one that was cancelled never falls due, at whichever end or in the middle', async () => {
  const { clock, due, deadlines, set } = setUp();
  const [first, second, third] = [set('first', 10), set('second', 10), set('third', 10)];
  set('fourth', 10);
  deadlines.cancel(second);
  deadlines.cancel(first);
  deadlines.cancel(first);
  deadlines.cancel(third);
  await clock.advance(20);
  expect(due).toEqual(['fourth at 10']);
});

it('arms one timer for many of the same delay, and none when nothing is left', async () => {
  const { clock, set, deadlines } = setUp();
  for (let count = 0; count < 1_000; count += 1) {
    set('one of many', 10);
  }
  expect(clock.timers).toBe(1);
  await clock.advance(10);
  expect(clock.timers).toBe(0);
  deadlines.cancel(set('cancelled', 10));
  await clock.advance(10);
  expect(clock.timers).toBe(0);
  set('dropped', 10);
  deadlines.clear();
  expect(clock.timers).toBe(0);
});
