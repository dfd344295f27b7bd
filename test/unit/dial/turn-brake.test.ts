import { describe, expect, it } from 'vitest';
import { TurnBrake } from '../../../core/dial/turn-brake.ts';
import { ManualClock, settle } from '../../support/manual-clock.ts';

/** A clock whose timers are called `lateMs` late, as in an event loop that is busy. */
class BusyClock extends ManualClock {
  lateMs = 0;

  override after(delayMs: number, callback: () => void) {
    return super.after(delayMs + this.lateMs, callback);
  }
}

function setUp() {
  const clock = new BusyClock();
  let released = 0;
  const brake = new TurnBrake(clock, () => {
    released += 1;
  });
  const begin = (count: number): number => {
    let begun = 0;
    while (begun < count && brake.mayBegin) {
      brake.begun();
      begun += 1;
    }
    return begun;
  };
  return { clock, begin, brake, released: () => released };
}

describe('the brake of long turns', () => {
  it('lets a few dials begin in one turn, and the next in the next', async () => {
    const { clock, begin, released } = setUp();
    expect(begin(50)).toBe(8);
    await clock.advance(0);
    expect(released()).toBe(1);
    expect(begin(50)).toBe(8);
  });

  it('lets none begin after a long turn, until one was short', async () => {
    const { clock, begin, brake, released } = setUp();
    clock.lateMs = 30;
    begin(1);
    await clock.advance(30);
    expect(brake.mayBegin).toBe(false);
    expect(released()).toBe(0);
    await clock.advance(30);
    expect(brake.mayBegin).toBe(false);
    clock.lateMs = 2;
    await clock.advance(30);
    await clock.advance(2);
    expect(brake.mayBegin).toBe(true);
    expect(released()).toBe(1);
  });

  it('has no timer when nothing begins', async () => {
    const { clock, begin } = setUp();
    begin(3);
    await clock.advance(0);
    await settle();
    expect(clock.timers).toBe(0);
  });
});
