import { expect, it } from 'vitest';
import { noHold } from '../../../core/base/process-hold.ts';
import { Deadlines, type Due, mostSharedDelays } from '../../../core/pool/deadlines.ts';
import { ManualClock } from '../../support/manual-clock.ts';

class Subject implements Due<Subject> {
  readonly name: string;
  readonly sinceMs: number;
  dueIn: Due<Subject>['dueIn'] = null;
  dueBefore: Subject | null = null;
  dueAfter: Subject | null = null;

  constructor(name: string, sinceMs: number) {
    this.name = name;
    this.sinceMs = sinceMs;
  }
}

function setUp() {
  const clock = new ManualClock();
  const due: string[] = [];
  const deadlines = new Deadlines<Subject>(clock, noHold, ({ name }) => due.push(`${name} at ${clock.monotonicMs()}`));
  const set = (name: string, delayMs: number): Subject => {
    const subject = new Subject(name, clock.monotonicMs());
    deadlines.set(subject, delayMs);
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

it('keeps no list and no timer for delays that come once and are cancelled', async () => {
  const { clock, due, set, deadlines } = setUp();
  set('stays', 100_000);
  for (let count = 0; count < 10_000; count += 1) {
    deadlines.cancel(set('gone', 30_000 + count));
  }
  expect(clock.timers).toBeLessThanOrEqual(mostSharedDelays);
  await clock.advance(100_000);
  expect(due).toEqual(['stays at 100000']);
  expect(clock.timers).toBe(0);
});

it('each falls due at its time also when all delays are different, and more than have a list', async () => {
  const { clock, due, deadlines, set } = setUp();
  const count = 4 * mostSharedDelays;
  const subjects = Array.from({ length: count }, (_, index) => set(String(index), count - index));
  set('a second of a kept delay', count);
  set('a second of a delay that is not kept', 1);
  for (const subject of subjects.filter((_, index) => index % 2 === 1)) {
    deadlines.cancel(subject);
  }
  await clock.advance(count);
  const expected = subjects
    .filter((_, index) => index % 2 === 0)
    .map(({ name }) => `${name} at ${count - Number(name)}`);
  expect(due).toEqual([
    'a second of a delay that is not kept at 1',
    ...expected.reverse(),
    `a second of a kept delay at ${count}`,
  ]);
  expect(clock.timers).toBe(0);
});

it('drops those with a timer of their own as well', async () => {
  const { clock, due, deadlines, set } = setUp();
  for (let delayMs = 1; delayMs <= 2 * mostSharedDelays; delayMs += 1) {
    set('dropped', delayMs);
  }
  deadlines.clear();
  expect(clock.timers).toBe(0);
  await clock.advance(1_000);
  expect(due).toEqual([]);
});
