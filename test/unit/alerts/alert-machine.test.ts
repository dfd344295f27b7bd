import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AlertMachine, type Look, type Turn } from '../../../core/alerts/alert-machine.ts';

interface Second {
  readonly look: Look;
  /** Since the second before. */
  readonly passedMs: number;
}

const seconds = fc.array(
  fc.record({
    look: fc.constantFrom<Look>('breached', 'between', 'clear', 'untold'),
    passedMs: fc.integer({ min: 500, max: 12_000 }),
  }),
  { maxLength: 80 },
);
const times = fc.record({
  holdMs: fc.integer({ min: 0, max: 40_000 }),
  clearHoldMs: fc.integer({ min: 0, max: 40_000 }),
});

/** What a machine did, with what it had seen when it did it. */
function play(looks: readonly Second[], held: { holdMs: number; clearHoldMs: number }) {
  const machine = new AlertMachine();
  const done: { turn: Turn; seen: { look: Look; atMs: number }[] }[] = [];
  const seen: { look: Look; atMs: number }[] = [];
  let nowMs = 0;
  for (const { look, passedMs } of looks) {
    nowMs += passedMs;
    seen.push({ look, atMs: nowMs });
    for (const turn of machine.look(look, nowMs, held)) {
      done.push({ turn, seen: [...seen] });
    }
  }
  return { done, machine };
}

/** How long the last looks were all of these, up to now. */
function lasted(seen: readonly { look: Look; atMs: number }[], looks: readonly Look[]): number {
  const now = seen.at(-1)?.atMs ?? 0;
  const first = seen.findLastIndex(({ look }) => !looks.includes(look)) + 1;
  return first >= seen.length ? -1 : now - (seen[first]?.atMs ?? now);
}

describe('an alert’s machine', () => {
  it('never fires before the breach has held, and always when it has', () => {
    fc.assert(
      fc.property(seconds, times, (looks, held) => {
        const { done } = play(looks, held);
        for (const { seen } of done.filter(({ turn }) => turn === 'fired')) {
          expect(lasted(seen, ['breached'])).toBeGreaterThanOrEqual(held.holdMs);
        }
        const { machine } = play([...looks, ...steady('breached', held.holdMs)], held);
        expect(machine.phase.name).toBe('firing');
      }),
    );
  });

  it('is resolved only when the figure has been beyond the clear threshold for long enough, and always then', () => {
    fc.assert(
      fc.property(seconds, times, (looks, held) => {
        const { done } = play(looks, held);
        for (const { seen } of done.filter(({ turn }) => turn === 'resolved')) {
          expect(lasted(seen, ['clear', 'untold'])).toBeGreaterThanOrEqual(held.clearHoldMs);
        }
        const { machine } = play([...looks, ...steady('clear', held.clearHoldMs)], held);
        expect(machine.phase.name).toBe('idle');
      }),
    );
  });

  it('turns in one order: it begins, fires or is dropped, and is resolved when it has fired', () => {
    const after: Readonly<Record<Turn | 'start', readonly Turn[]>> = {
      start: ['began'],
      began: ['fired', 'dropped'],
      fired: ['resolved'],
      dropped: ['began'],
      resolved: ['began'],
    };
    fc.assert(
      fc.property(seconds, times, (looks, held) => {
        let last: Turn | 'start' = 'start';
        for (const { turn } of play(looks, held).done) {
          expect(after[last]).toContain(turn);
          last = turn;
        }
      }),
    );
  });

  it('makes one alert of a figure that trembles at its threshold', () => {
    const trembling = Array.from({ length: 200 }, (_, index): Second => {
      return { look: index % 2 === 0 ? 'breached' : 'between', passedMs: 1_000 };
    });
    const held = { holdMs: 5_000, clearHoldMs: 5_000 };
    const { done } = play([...steady('breached', 5_000), ...trembling], held);
    expect(done.map(({ turn }) => turn)).toEqual(['began', 'fired']);
  });
});

function steady(look: Look, forMs: number): Second[] {
  return Array.from({ length: Math.ceil(forMs / 1_000) + 1 }, () => ({ look, passedMs: 1_000 }));
}
