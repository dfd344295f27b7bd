import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../../core/config/engine-settings.ts';
import type { DialSettings } from '../../../core/config/settings.ts';
import { AdaptiveDialBudget } from '../../../core/dial/adaptive-dial-budget.ts';
import type { DialPermit, DialPriority } from '../../../core/dial/dial-budget.ts';
import { DialLatency } from '../../../core/dial/dial-latency.ts';
import { type Endpoint, parseHostName } from '../../../core/dial/endpoint.ts';
import { ManualClock, settle } from '../../support/manual-clock.ts';

const never = new AbortController().signal;

function endpoint(ip: string, host = 'edge.example'): Endpoint {
  return { host: parseHostName(host), ip, port: 443 };
}

function setUp(changes: Partial<DialSettings> = {}) {
  const clock = new ManualClock();
  const settings = { ...defaultSettings().dial, ...changes };
  const machine = { delayMs: 1, dialMs: 5 };
  const budget = new AdaptiveDialBudget({ clock, settings, loopDelayP99Ms: () => machine.delayMs });
  const served: string[] = [];
  const permits: DialPermit[] = [];
  const take = async (name: string, priority: DialPriority = 'warm-up', at = endpoint('192.0.2.1')): Promise<void> => {
    const permit = await budget.take(at, priority, never);
    served.push(name);
    permits.push(permit);
  };
  const finish = async (ok = true): Promise<void> => {
    permits.shift()?.release({ ok, durationMs: machine.dialMs });
    await settle();
  };
  return { clock, budget, settings, machine, served, permits, take, finish };
}

/** Keeps the budget full for `rounds` looks at the ceiling; every dial ends as `ok` says. */
async function keepBusy(test: ReturnType<typeof setUp>, rounds: number, ok = true): Promise<void> {
  for (let index = 0; index < rounds * 100; index += 1) {
    void test.take(`busy ${index}`);
  }
  for (let round = 0; round < rounds; round += 1) {
    for (let count = 0; count < 10; count += 1) {
      await test.finish(ok);
    }
    await test.clock.advance(500);
  }
}

const fixed = (count: number): Partial<DialSettings> => ({
  concurrencyStart: count,
  concurrencyMin: count,
  concurrencyMax: count,
});

describe('dial budget', () => {
  it('never has more in flight than its ceiling', async () => {
    const test = setUp(fixed(2));
    for (const name of ['a', 'b', 'c']) {
      void test.take(name);
    }
    await settle();
    expect(test.served).toEqual(['a', 'b']);
    expect([test.budget.inFlight, test.budget.waiting]).toEqual([2, 1]);
    await test.finish();
    expect(test.served).toEqual(['a', 'b', 'c']);
    expect(test.budget.inFlight).toBe(2);
  });

  it('serves acquires first, then recoveries, refills and warm-ups, each in the order of asking', async () => {
    const test = setUp(fixed(1));
    void test.take('first');
    await settle();
    for (const priority of ['warm-up', 'refill', 'recovery', 'acquire'] as const) {
      void test.take(`${priority} 1`, priority);
      void test.take(`${priority} 2`, priority);
    }
    for (let count = 0; count < 9; count += 1) {
      await test.finish();
    }
    expect(test.served.slice(1)).toEqual([
      'acquire 1',
      'acquire 2',
      'recovery 1',
      'recovery 2',
      'refill 1',
      'refill 2',
      'warm-up 1',
      'warm-up 2',
    ]);
  });

  it('lets a claim go that is called off, and gives its place to nobody', async () => {
    const test = setUp(fixed(1));
    void test.take('first');
    const leaving = new AbortController();
    const left = expect(test.budget.take(endpoint('192.0.2.1'), 'acquire', leaving.signal)).rejects.toThrow('gone');
    void test.take('last');
    leaving.abort(new Error('gone'));
    await left;
    await test.finish();
    expect(test.served).toEqual(['first', 'last']);
    expect(test.budget.waiting).toBe(0);
  });

  it('frees a place once, however often a permit is given back', async () => {
    const test = setUp(fixed(1));
    void test.take('first');
    await settle();
    const permit = test.permits[0];
    permit?.release({ ok: true, durationMs: 1 });
    permit?.release({ ok: true, durationMs: 1 });
    expect(test.budget.inFlight).toBe(0);
  });

  it('passes over a host or a prefix that has its share', async () => {
    const test = setUp({ ...fixed(10), perHostConcurrency: 1, perPrefixConcurrency: 1 });
    void test.take('a', 'acquire', endpoint('192.0.2.1', 'a.example'));
    void test.take('same host', 'acquire', endpoint('198.51.100.1', 'a.example'));
    void test.take('same /24', 'acquire', endpoint('192.0.2.200', 'b.example'));
    void test.take('other /24', 'warm-up', endpoint('192.0.3.1', 'b.example'));
    void test.take('v6', 'warm-up', endpoint('2001:db8:1::1', 'c.example'));
    void test.take('same /48', 'warm-up', endpoint('2001:db8:1:2::1', 'd.example'));
    await settle();
    expect(test.served).toEqual(['a', 'other /24', 'v6']);
    await test.finish();
    expect(test.served[3]).toBe('same host');
  });

  it('begins to count prefixes for those who wait already, and keeps their order', async () => {
    const test = setUp(fixed(1));
    void test.take('first', 'acquire', endpoint('198.51.100.1'));
    void test.take('a', 'warm-up', endpoint('192.0.2.1'));
    void test.take('b', 'warm-up', endpoint('192.0.3.1'));
    void test.take('same /24 as a', 'warm-up', endpoint('192.0.2.2'));
    void test.take('c', 'warm-up', endpoint('192.0.4.1'));
    await settle();
    test.budget.update({ ...test.settings, ...fixed(3), perPrefixConcurrency: 1 });
    await settle();
    expect(test.served).toEqual(['first', 'a', 'b']);
    await test.finish();
    expect(test.served).toEqual(['first', 'a', 'b', 'c']);
    await test.finish();
    expect(test.served).toEqual(['first', 'a', 'b', 'c', 'same /24 as a']);
  });

  it('a signal that has aborted before takes no place', async () => {
    const test = setUp(fixed(1));
    await expect(test.budget.take(endpoint('192.0.2.1'), 'acquire', AbortSignal.abort())).rejects.toThrow();
    expect([test.budget.inFlight, test.budget.waiting]).toEqual([0, 0]);
  });

  it('keeps a rate', async () => {
    const test = setUp({ ...fixed(1_000), ratePerSecond: 10 });
    for (let count = 0; count < 30; count += 1) {
      void test.take(`${count}`);
    }
    await settle();
    expect(test.served).toHaveLength(1);
    await test.clock.advance(1_000);
    expect(test.served).toHaveLength(11);
  });
});

describe('the adaptive pace', () => {
  it('rises while dials wait for a place, up to its maximum', async () => {
    const test = setUp({ concurrencyStart: 10, concurrencyMin: 5, concurrencyMax: 22 });
    await keepBusy(test, 1);
    expect(test.budget.concurrency).toBe(18);
    await keepBusy(test, 2);
    expect(test.budget.concurrency).toBe(22);
    expect(test.budget.inFlight).toBe(22);
  });

  it('seeks its bound by halves until it has met one, and by eights afterwards', async () => {
    const test = setUp({ concurrencyStart: 32, concurrencyMin: 8, concurrencyMax: 500 });
    await keepBusy(test, 3);
    expect(test.budget.concurrency).toBe(108);
    test.machine.delayMs = 21;
    await keepBusy(test, 1);
    expect(test.budget.concurrency).toBe(54);
    test.machine.delayMs = 1;
    await keepBusy(test, 3);
    expect(test.budget.concurrency).toBe(62);
  });

  it('is halved when the event loop is late, waits for the effect, and stops at its minimum', async () => {
    const test = setUp({ concurrencyStart: 40, concurrencyMin: 7, concurrencyMax: 100 });
    test.machine.delayMs = 21;
    await keepBusy(test, 1);
    expect(test.budget.concurrency).toBe(20);
    await keepBusy(test, 2);
    expect(test.budget.concurrency).toBe(20);
    await keepBusy(test, 1);
    expect(test.budget.concurrency).toBe(10);
    await keepBusy(test, 3);
    expect(test.budget.concurrency).toBe(7);
  });

  it('is halved when failures rise, and not for failures that are usual', async () => {
    const test = setUp({ concurrencyStart: 80, concurrencyMin: 5, concurrencyMax: 80 });
    await keepBusy(test, 1, false);
    expect(test.budget.concurrency).toBe(40);
    await keepBusy(test, 30, false);
    expect(test.budget.concurrency).toBe(80);
  });

  it('is halved when dials take longer than they did, and not for a host that is always slow', async () => {
    const test = setUp({ concurrencyStart: 80, concurrencyMin: 5, concurrencyMax: 80 });
    test.machine.dialMs = 400;
    await keepBusy(test, 5);
    expect(test.budget.concurrency).toBe(80);
    test.machine.dialMs = 1_000;
    await keepBusy(test, 1);
    expect(test.budget.concurrency).toBe(40);
  });

  it('holds each host against itself: near and far ones are dialled together', async () => {
    const latency = new DialLatency();
    for (let round = 0; round < 3; round += 1) {
      for (let count = 0; count < 10; count += 1) {
        latency.record('near', 2);
      }
      for (let count = 0; count < 20 * round; count += 1) {
        latency.record('far', 300);
      }
      expect(latency.rose()).toBe(false);
    }
    // One that hangs is not the others' fault.
    for (let count = 0; count < 20; count += 1) {
      latency.record('near', count === 0 ? 30_000 : 2);
    }
    expect(latency.rose()).toBe(false);
    for (let count = 0; count < 20; count += 1) {
      latency.record('near', 5);
    }
    expect(latency.rose()).toBe(true);
  });

  it('obeys new bounds at once', async () => {
    const test = setUp({ concurrencyStart: 32, concurrencyMin: 8, concurrencyMax: 256 });
    test.budget.update({ ...test.settings, concurrencyMin: 2, concurrencyMax: 4 });
    expect(test.budget.concurrency).toBe(4);
    for (let count = 0; count < 10; count += 1) {
      void test.take(`${count}`);
    }
    await settle();
    expect(test.served).toHaveLength(4);
    test.budget.update({ ...test.settings, concurrencyMin: 6, concurrencyMax: 6 });
    await settle();
    expect(test.served).toHaveLength(6);
  });

  it('stays where it is when there is no demand', async () => {
    const test = setUp({ concurrencyStart: 20, concurrencyMin: 5, concurrencyMax: 100 });
    void test.take('one');
    await test.clock.advance(1_000);
    expect(test.budget.concurrency).toBe(20);
  });

  it('does not move when minimum and maximum are one', async () => {
    const test = setUp(fixed(12));
    test.machine.delayMs = 200;
    await keepBusy(test, 2, false);
    expect(test.budget.concurrency).toBe(12);
  });

  it('begins few dials in one turn of the event loop, whoever waits for a connection excepted', async () => {
    const test = setUp({ concurrencyStart: 100, concurrencyMin: 5, concurrencyMax: 100 });
    for (const priority of ['warm-up', 'acquire'] as const) {
      for (let count = 0; count < 30; count += 1) {
        void test.take(priority, priority);
      }
    }
    await settle();
    expect(test.served.filter((name) => name === 'acquire')).toHaveLength(30);
    expect(test.served.filter((name) => name === 'warm-up')).toHaveLength(8);
    await test.clock.advance(0);
    expect(test.served).toHaveLength(60);
  });

  it('leaves no timer behind when all is done', async () => {
    const test = setUp();
    void test.take('one');
    await settle();
    await test.finish();
    await test.clock.advance(1_000);
    expect(test.clock.timers).toBe(0);
  });
});
