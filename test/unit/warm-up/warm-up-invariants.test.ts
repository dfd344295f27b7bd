import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventBus } from '../../../core/base/event-bus.ts';
import { warmUpJobSchema } from '../../../core/contract/warm-up-job.ts';
import { WarmUp } from '../../../core/warm-up/warm-up.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { FakeOpener, noRest } from './fake-opener.ts';

const outcomes = ['ok', 'ok', 'ok', 'reset', 'timeout-tls', 'blocked', 'local'] as const;

const story = fc.record({
  ips: fc.integer({ min: 1, max: 12 }),
  connections: fc.oneof(fc.constant('all-ips' as const), fc.integer({ min: 1, max: 40 })),
  concurrency: fc.integer({ min: 1, max: 9 }),
  retries: fc.integer({ min: 0, max: 3 }),
  free: fc.integer({ min: 0, max: 40 }),
  /** After so many steps of 200 ms; never when it is beyond the end. */
  cancelAtStep: fc.integer({ min: 0, max: 60 }),
  seed: fc.nat(),
});

describe('whatever happens to a warm-up', () => {
  it('adds up, stays under its ceilings, is spread evenly, ends, and leaves nothing behind', async () => {
    await fc.assert(
      fc.asyncProperty(story, async ({ ips, connections, concurrency, retries, free, cancelAtStep, seed }) => {
        const clock = new ManualClock();
        const random = seededRandom(seed);
        const opener = new FakeOpener();
        opener.ips = Array.from({ length: ips }, (_, index) => `192.0.2.${index + 1}`);
        opener.limited = [{ key: 'max_connections', limit: free, inUse: 0 }];
        const warmUp = new WarmUp({
          opener,
          events: new EventBus(clock),
          clock,
          alertUnder: () => 0.8,
          settings: () => noRest,
        });
        const id = warmUp.start(warmUpJobSchema.parse({ hosts: ['a.test'], connections, concurrency, retries }));
        const look = () => {
          const run = warmUp.run(id);
          if (!run) {
            throw new Error('the run is gone');
          }
          const states = Object.groupBy(warmUp.cells(id), (cell) => cell.state);
          expect(run.total).toBe(warmUp.cells(id).length);
          expect(run.done).toBe(run.ready + run.failed);
          expect(run.ready).toBe(states.ready?.length ?? 0);
          expect(run.failed).toBe(states.failed?.length ?? 0);
          expect(run.cancelled).toBe(states.cancelled?.length ?? 0);
          expect(run.dialing).toBe(states.dialing?.length ?? 0);
          expect(run.dialing).toBe(opener.held.length);
          expect(run.dialing).toBeLessThanOrEqual(concurrency);
          expect(run.total).toBeLessThanOrEqual(free);
          expect(run.errors.reduce((sum, group) => sum + group.count, 0)).toBe(run.failed);
          return run;
        };
        let run = look();
        for (let step = 0; run.state === 'running'; step += 1) {
          expect(step).toBeLessThan(2_000);
          await clock.advance(200);
          run = look();
          if (step === cancelAtStep) {
            warmUp.cancel(id);
          }
          for (const open of [...opener.held]) {
            if (random.next() < 0.5) {
              const outcome = outcomes[Math.floor(random.next() * outcomes.length)] ?? 'ok';
              if (outcome === 'ok') {
                open.succeed();
              } else {
                open.fail(outcome);
              }
            }
          }
          await clock.advance(0);
          run = look();
        }
        expect(run.done + run.cancelled).toBe(run.total);
        expect(clock.timers).toBe(0);
        expect(opener.opened.length).toBeLessThanOrEqual(run.total * (retries + 1));
        // Retries stay where an IP was asked for, and go to another where it was not.
        const isEven = connections === 'all-ips' || retries === 0;
        const perIp = Object.values(Object.groupBy(warmUp.cells(id), (cell) => cell.ip)).map((cells) => cells?.length);
        const difference = Math.max(0, ...perIp.map(Number)) - Math.min(...perIp.map(Number), Infinity);
        expect(difference).toBeLessThanOrEqual(isEven ? 1 : run.total);
        for (const attempts of Map.groupBy(isEven ? opener.opened : [], (ip) => ip).values()) {
          const cells = warmUp.cells(id).filter((cell) => cell.ip === attempts[0]).length;
          expect(attempts.length).toBeLessThanOrEqual(cells * (retries + 1));
        }
        if (run.outcome !== 'cancelled') {
          const unready = run.failed === 0 ? 'nothing-dialled' : 'failed';
          const expected = run.ready === 0 ? unready : run.failed === 0 ? 'ok' : 'partly-failed';
          expect(run.outcome).toBe(expected);
        }
      }),
      { numRuns: 150 },
    );
  });
});
