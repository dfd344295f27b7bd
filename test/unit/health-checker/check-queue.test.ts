import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CheckQueue } from '../../../core/health/check-queue.ts';
import { settle } from '../../support/manual-clock.ts';

interface Running {
  readonly id: number;
  readonly ip: string;
  readonly end: () => void;
}

function queueOf(concurrency: number): { queue: CheckQueue<number>; running: Running[]; ipOf: Map<number, string> } {
  const running: Running[] = [];
  const ipOf = new Map<number, string>();
  const queue = new CheckQueue<number>(concurrency, (id) => {
    return new Promise((resolve) => {
      const entry = {
        id,
        ip: ipOf.get(id) ?? '',
        end: () => {
          running.splice(running.indexOf(entry), 1);
          resolve(id);
        },
      };
      running.push(entry);
    });
  });
  return { queue, running, ipOf };
}

describe('queue of checks', () => {
  it('lets IPs take turns', async () => {
    const { queue, running, ipOf } = queueOf(1);
    const order: number[] = [];
    for (const [id, ip] of [
      [1, 'a'],
      [2, 'a'],
      [3, 'a'],
      [4, 'b'],
      [5, 'c'],
    ] as const) {
      ipOf.set(id, ip);
      void queue.add(id, ip);
    }
    for (let turn = 0; turn < 5; turn += 1) {
      const [first] = running;
      order.push(first?.id ?? 0);
      first?.end();
      await settle();
    }
    expect(order).toEqual([1, 4, 5, 2, 3]);
  });

  it('starts more at once when it may', async () => {
    const { queue, running, ipOf } = queueOf(1);
    for (let id = 1; id <= 20; id += 1) {
      ipOf.set(id, `ip ${id}`);
      void queue.add(id, `ip ${id}`);
    }
    expect(running).toHaveLength(1);
    queue.setConcurrency(16);
    expect(running).toHaveLength(16);
    queue.setConcurrency(2);
    running[0]?.end();
    await settle();
    expect(running).toHaveLength(15);
  });

  it('answers each once, stays under both ceilings and never rests while there is work it may do', async () => {
    const work = fc.array(fc.tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 5 })), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(work, fc.integer({ min: 1, max: 20 }), async (checks, concurrency) => {
        const { queue, running, ipOf } = queueOf(concurrency);
        const perIp = Math.max(1, Math.floor(concurrency / 8));
        const answers = checks.map(([id, ip]) => {
          if (!ipOf.has(id)) {
            ipOf.set(id, `ip ${ip}`);
          }
          return queue.add(id, ipOf.get(id) ?? '');
        });
        const waiting = new Set(ipOf.keys());
        for (let turn = 0; running.length > 0; turn += 1) {
          expect(running.length).toBeLessThanOrEqual(concurrency);
          expect(queue.inFlight).toBe(running.length);
          const busy = Map.groupBy(running, ({ ip }) => ip);
          for (const { id } of running) {
            waiting.delete(id);
          }
          for (const checksOfIp of busy.values()) {
            expect(checksOfIp.length).toBeLessThanOrEqual(perIp);
          }
          const mayBegin = [...waiting].some((id) => (busy.get(ipOf.get(id) ?? '')?.length ?? 0) < perIp);
          expect(mayBegin && running.length < concurrency).toBe(false);
          running[turn % running.length]?.end();
          await settle();
        }
        expect(await Promise.all(answers)).toEqual(checks.map(([id]) => id));
      }),
      { numRuns: 60 },
    );
  });
});
