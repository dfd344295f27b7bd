import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ExpiryQueue } from '../../../core/access/expiry-queue.ts';
import { ManualClock } from '../../support/manual-clock.ts';

interface Item {
  readonly id: number;
  expiresAtMs: number | null;
}

test('every item goes when its time is over, however it was prolonged or dropped', async () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('add' as const), inMs: fc.integer({ min: 0, max: 200_000 }) }),
    fc.record({ kind: fc.constant('prolong' as const), at: fc.nat(), byMs: fc.integer({ min: 0, max: 200_000 }) }),
    fc.record({ kind: fc.constant('drop' as const), at: fc.nat() }),
    fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 90_000 }) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const clock = new ManualClock();
      const present = new Set<Item>();
      const queue = new ExpiryQueue<Item>(
        clock,
        (item) => present.has(item),
        (expired) => {
          for (const item of expired) {
            expect(item.expiresAtMs).toBe(clock.epochMs());
            expect(present.delete(item)).toBe(true);
          }
        },
      );
      let id = 0;
      for (const one of steps) {
        const chosen = 'at' in one ? [...present][one.at % Math.max(1, present.size)] : undefined;
        if (one.kind === 'add') {
          const item = { id, expiresAtMs: clock.epochMs() + one.inMs };
          id += 1;
          present.add(item);
          queue.add(item);
        } else if (one.kind === 'wait') {
          await clock.advance(one.ms);
        } else if (chosen && one.kind === 'prolong') {
          chosen.expiresAtMs = (chosen.expiresAtMs ?? 0) + one.byMs;
        } else if (chosen) {
          present.delete(chosen);
        }
      }
      await clock.advance(200_000 * (steps.length + 1));
      expect(present.size).toBe(0);
      expect(clock.timers).toBe(0);
    }),
  );
});

test('an item without an expiry stays, and needs no timer', async () => {
  const clock = new ManualClock();
  const queue = new ExpiryQueue<Item>(
    clock,
    () => true,
    () => expect.unreachable(),
  );
  queue.add({ id: 1, expiresAtMs: null });
  expect(clock.timers).toBe(0);
  queue.add({ id: 2, expiresAtMs: clock.epochMs() + 10 });
  queue.close();
  await clock.advance(1_000);
  expect(clock.timers).toBe(0);
});
