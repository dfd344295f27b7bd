import { describe, expect, it } from 'vitest';
import { parseHostName } from '../../../core/dial/endpoint.ts';
import { HostPool } from '../../../core/pool/host-pool.ts';
import { type AcquirePriority, Waiter, WaiterQueue } from '../../../core/pool/waiter-queue.ts';

const host = new HostPool(parseHostName('example.test'), '/', true, 0);
const one = host.upstream('10.0.0.1', 443);
const other = host.upstream('10.0.0.2', 443);

function waiter(priority: AcquirePriority = 'interactive', upstream: typeof one | null = null, sinceMs = 0): Waiter {
  return new Waiter({
    host,
    priority,
    upstream,
    path: null,
    sinceMs,
    place: null,
  });
}

function queueOf(...waiters: Waiter[]): WaiterQueue {
  const queue = new WaiterQueue();
  for (const member of waiters) {
    queue.add(member);
  }
  return queue;
}

describe('WaiterQueue', () => {
  it('serves in order, and whoever is cancelled is passed over', () => {
    const [first, second, third] = [waiter(), waiter(), waiter()];
    const queue = queueOf(first, second, third);
    queue.remove(second);
    expect(queue.length).toBe(2);
    expect(queue.take(one, 0)).toBe(first);
    expect(queue.take(one, 0)).toBe(third);
    expect(queue.take(one, 0)).toBeNull();
  });

  it('gives a connection only to those it can serve, the oldest first', () => {
    const bound = waiter('interactive', other);
    const free = waiter();
    const late = waiter('interactive', one);
    const queue = queueOf(bound, free, late);
    expect(queue.take(one, 0)).toBe(free);
    expect(queue.take(one, 0)).toBe(late);
    expect(queue.take(one, 0)).toBeNull();
    expect(queue.take(other, 0)).toBe(bound);
    expect([...queue.boundUpstreams()]).toEqual([]);
  });

  it('serves one background waiter after sixteen interactive ones in a row', () => {
    const background = waiter('background');
    const queue = queueOf(background, ...Array.from({ length: 20 }, () => waiter()));
    const served = Array.from({ length: 21 }, () => queue.take(one, 0)?.priority);
    expect(served.indexOf('background')).toBe(16);
    expect(served.filter((priority) => priority === 'background')).toHaveLength(1);
  });

  it('puts a waiter back where its turn was', () => {
    const [first, second, third] = [waiter(), waiter(), waiter()];
    const queue = queueOf(first, second, third);
    queue.take(one, 0);
    queue.take(one, 0);
    queue.putBack(first);
    queue.putBack(second);
    expect([queue.take(one, 0), queue.take(one, 0), queue.take(one, 0)]).toEqual([first, second, third]);
  });

  it('tells the expected wait from the rate at which a standing queue is served', () => {
    const queue = queueOf(...Array.from({ length: 30 }, () => waiter()));
    expect(queue.expectedWaitMs('interactive', 500)).toBeNull();
    for (let second = 1; second <= 5; second += 1) {
      queue.take(one, second * 1_000);
      queue.take(one, second * 1_000);
    }
    // Two a second, twenty before me.
    expect(queue.expectedWaitMs('interactive', 5_000)).toBe(10_500);
  });

  it('forgets the rate of a queue that has been empty: it says what was asked, not what could be served', () => {
    const queue = queueOf(waiter());
    queue.take(one, 1_000);
    queue.add(waiter('interactive', null, 60_000));
    expect(queue.expectedWaitMs('interactive', 60_500)).toBeNull();
    expect(queue.expectedWaitMs('interactive', 63_000)).toBeNull();
  });
});

describe('the turn of one who joins', () => {
  it('is before those in the background, but for one in sixteen', () => {
    const served = waiter();
    const queue = queueOf(served, ...Array.from({ length: 100 }, () => waiter('background')));
    queue.take(one, 1_000);
    // One a second since; an interactive one goes before all of them.
    expect(queue.expectedWaitMs('interactive', 1_000)).toBe(1_000);
    expect(queue.expectedWaitMs('background', 1_000)).toBe(101_000);
  });

  it('comes sooner when more connections are about to serve', () => {
    const queue = queueOf(...Array.from({ length: 11 }, () => waiter()));
    queue.take(one, 1_000);
    expect(queue.expectedWaitMs('interactive', 1_000, 1)).toBe(11_000);
    expect(queue.expectedWaitMs('interactive', 1_000, 2)).toBe(5_500);
  });
});

it('one in the background that waits for one endpoint is not passed over for ever by those of another', () => {
  const patient = waiter('background', one);
  const queue = queueOf(patient);
  let turns = 0;
  for (; turns < 100 && patient.state === 'queued'; turns += 1) {
    queue.add(waiter());
    queue.take(other, 0);
    queue.add(waiter());
    queue.take(one, 0);
  }
  expect(turns).toBe(17);
});
