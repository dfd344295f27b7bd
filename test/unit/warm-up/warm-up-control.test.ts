/** Several hosts in one run; lists of IPs; pause, resume, retry, rest, alert. */

import { beforeEach, describe, expect, it } from 'vitest';
import { EventBus } from '../../../core/base/event-bus.ts';
import type { EngineEvent } from '../../../core/contract/events.ts';
import {
  type WarmUpJobInput,
  warmUpJobSchema,
  warmUpScenarioNames,
  warmUpScenarios,
} from '../../../core/contract/warm-up-job.ts';
import { type WarmUpRun, warmUpRunSchema } from '../../../core/contract/warm-up-run.ts';
import { ClassifiedError } from '../../../core/dial/classified-error.ts';
import { WarmUp } from '../../../core/warm-up/warm-up.ts';
import { textOf } from '../../support/event-words.ts';
import { ManualClock, settle } from '../../support/manual-clock.ts';
import { FakeOpener } from './fake-opener.ts';

let clock: ManualClock;
let opener: FakeOpener;
let events: EngineEvent[];
let warmUp: WarmUp;
let rest: { restMs: number; restEvery: number };

beforeEach(() => {
  clock = new ManualClock();
  opener = new FakeOpener();
  opener.ips = ipsUpTo(4);
  events = [];
  rest = { restMs: 0, restEvery: 100 };
  const bus = new EventBus(clock);
  bus.subscribe((event) => events.push(event));
  warmUp = new WarmUp({ opener, events: bus, clock, alertUnder: () => 0.8, settings: () => rest });
});

function ipsUpTo(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `192.0.2.${index + 1}`);
}

function start(input: Partial<WarmUpJobInput> = {}): number {
  return warmUp.start(warmUpJobSchema.parse({ hosts: ['a.test'], ...input }));
}

function runOf(id: number): WarmUpRun {
  return warmUpRunSchema.parse(warmUp.run(id));
}

function ofKind(kind: string): EngineEvent[] {
  return events.filter((event) => event.kind === kind);
}

const unresolved = new ClassifiedError('dns', 'ENOTFOUND', 'gone.test has no address');

describe('the pace of a job', () => {
  it('begins no more dials in a second than it says, retries among them', async () => {
    opener.ips = ipsUpTo(30);
    opener.rule = (ip, attempt) => (ip === '192.0.2.2' && attempt === 1 ? 'refused' : 'ok');
    const id = start({ dialsPerSecond: 5, concurrency: 20 });
    await settle();
    for (let second = 1; second <= 6; second += 1) {
      const before = opener.opened.length;
      await clock.advance(1_000);
      expect(opener.opened.length - before).toBe(5);
    }
    await clock.advance(1_000);
    expect(runOf(id)).toMatchObject({ state: 'finished', ready: 30, job: { dialsPerSecond: 5 } });
    expect(ofKind('warm-up.started').map(textOf)).toEqual([
      'warming 30 connections over 30 IPs, 20 at a time, at most 5 a second',
    ]);
  });

  it('tells what is left by it, once it is what holds the run', async () => {
    opener.ips = ipsUpTo(30);
    opener.rule = () => 'ok';
    const id = start({ dialsPerSecond: 5 });
    await settle();
    await clock.advance(2_000);
    expect(runOf(id).etaMs).toBeGreaterThan(3_000);
    expect(runOf(id).etaMs).toBeLessThan(5_000);
  });

  it('waits while the run is paused, and ends with it when it is cancelled', async () => {
    opener.ips = ipsUpTo(30);
    opener.rule = () => 'ok';
    const id = start({ dialsPerSecond: 5 });
    await settle();
    warmUp.pause(id);
    await clock.advance(5_000);
    const before = opener.opened.length;
    warmUp.resume(id);
    await clock.advance(1_000);
    expect(opener.opened.length - before).toBeLessThanOrEqual(6);
    warmUp.cancel(id);
    expect(runOf(id)).toMatchObject({ state: 'finished', outcome: 'cancelled' });
  });
});

describe('what was refused and waits for its retry', () => {
  it('is counted, and is no success', async () => {
    opener.rule = (ip, attempt) => (ip === '192.0.2.1' && attempt === 1 ? 'refused' : 'ok');
    const id = start();
    await settle();
    expect(runOf(id)).toMatchObject({ done: 3, ready: 3, retrying: 1, successRate: 0.75 });
    expect(runOf(id).etaMs).toBeGreaterThanOrEqual(1_000);
    await clock.advance(1_000);
    expect(runOf(id)).toMatchObject({ done: 4, ready: 4, retrying: 0, successRate: 1 });
  });

  it('is cancelled with the run', async () => {
    opener.rule = (ip) => (ip === '192.0.2.1' ? 'refused' : 'ok');
    const id = start();
    await settle();
    warmUp.cancel(id);
    expect(runOf(id)).toMatchObject({ retrying: 0, cancelled: 1, ready: 3, successRate: 1 });
  });
});

describe('the rest of a run that was cancelled', () => {
  it('is warmed by a run of its own: what failed, and what was not dialled', async () => {
    opener.ips = ipsUpTo(6);
    opener.rule = (ip, attempt) => (ip === '192.0.2.2' && attempt === 1 ? 'blocked' : 'ok');
    const first = start({ dialsPerSecond: 1 });
    await settle();
    await clock.advance(2_000);
    warmUp.cancel(first);
    expect(runOf(first)).toMatchObject({ ready: 2, failed: 1, cancelled: 3, outcome: 'cancelled' });
    const second = warmUp.retryFailed(first, true);
    await settle();
    await clock.advance(10_000);
    expect(runOf(second)).toMatchObject({ retryOf: first, outcome: 'ok', ready: 4, total: 4 });
    expect(() => warmUp.retryFailed(second, true)).toThrow('Nothing failed');
  });

  it('is a whole host where its name had not been resolved', async () => {
    const resolved = Promise.withResolvers<void>();
    opener.resolving.set('a.test', resolved.promise);
    opener.rule = () => 'ok';
    const first = start();
    warmUp.cancel(first);
    resolved.resolve();
    await settle();
    expect(runOf(first)).toMatchObject({ outcome: 'cancelled', total: 0 });
    const second = warmUp.retryFailed(first, true);
    await settle();
    expect(runOf(second)).toMatchObject({ outcome: 'ok', ready: 4 });
  });
});

describe('several hosts in one run', () => {
  it('are dialled side by side, ten at a time to each where nobody says otherwise', async () => {
    opener.ips = ipsUpTo(30);
    const id = start({ hosts: ['a.test', 'b.test', 'A.test:443'] });
    await settle();
    expect(opener.held).toHaveLength(20);
    expect(runOf(id)).toMatchObject({ concurrency: 20, total: 60, hosts: [{ host: 'a.test' }, { host: 'b.test' }] });
    expect(
      warmUp
        .cells(id)
        .filter(({ state }) => state === 'dialing')
        .map(({ host }) => host)
        .sort(),
    ).toEqual([...Array(10).fill(0), ...Array(10).fill(1)]);
  });

  it('share the ceiling that the operator gives', async () => {
    start({ hosts: ['a.test', 'b.test'], concurrency: 3 });
    await settle();
    expect(opener.held).toHaveLength(3);
  });

  it('fail by themselves: the others are warmed, and each says why it is not', async () => {
    opener.dnsErrors.set('gone.test', unresolved);
    opener.rule = (ip) => (ip === '192.0.2.4' ? 'refused' : 'ok');
    const id = start({ hosts: ['a.test', 'gone.test'], retries: 0 });
    await settle();
    expect(runOf(id)).toMatchObject({ outcome: 'partly-failed', ready: 3, failed: 1 });
    expect(runOf(id).hosts.map(({ ready, failed, error }) => [ready, failed, error?.class])).toEqual([
      [3, 1, 'refused'],
      [0, 0, 'dns'],
    ]);
    expect(ofKind('warm-up.host-failed').map(({ subject }) => subject)).toEqual(['a.test', 'gone.test']);
  });

  it('of which one is slow to resolve do not wait for it', async () => {
    const late = Promise.withResolvers<void>();
    opener.resolving.set('slow.test', late.promise);
    opener.rule = () => 'ok';
    const id = start({ hosts: ['slow.test', 'a.test'] });
    await settle();
    expect(opener.opened).toHaveLength(0);
    await clock.advance(1_000);
    expect(runOf(id)).toMatchObject({ state: 'running', ready: 4 });
    late.resolve();
    await settle();
    expect(runOf(id)).toMatchObject({ outcome: 'ok', ready: 8 });
    expect(clock.timers).toBe(0);
  });

  it('can be planned when only some of them resolve, and not when none does', async () => {
    opener.dnsErrors.set('gone.test', unresolved);
    const plan = (hosts: string[]) => warmUp.plan(warmUpJobSchema.parse({ hosts }));
    expect((await plan(['a.test', 'gone.test'])).hosts.map(({ fits, error }) => [fits, error?.class])).toEqual([
      [4, undefined],
      [0, 'dns'],
    ]);
    await expect(plan(['gone.test'])).rejects.toMatchObject({ errorClass: 'dns', message: unresolved.message });
  });
});

describe('a list of IPs', () => {
  it('takes the place of the host’s own; what is forbidden is told, not dialled', async () => {
    opener.rule = () => 'ok';
    opener.forbidden.set('198.51.100.2', 'the operator entry 198.51.100.0/30 of the black list refuses it');
    const id = start({ ips: ['198.51.100.9', '198.51.100.2', '198.51.100.9'] });
    await settle();
    expect(opener.opened).toEqual(['198.51.100.9']);
    expect(runOf(id)).toMatchObject({ outcome: 'ok', total: 1, hosts: [{ forbidden: { count: 1 } }] });
    expect(textOf(ofKind('warm-up.forbidden')[0])).toContain('198.51.100.2 is not dialled; the operator entry');
  });

  it('is refused with the place of each fault', () => {
    expect(() => start({ ips: ['192.0.2.1', '192.0.2', 'x'] })).toThrow(
      expect.objectContaining({
        code: 'invalid-input',
        issues: [expect.objectContaining({ at: 'ips.1' }), expect.objectContaining({ at: 'ips.2' })],
      }),
    );
  });

  it('leaves out what is warm already when it is told to, and has nothing to do when all is', async () => {
    opener.rule = () => 'ok';
    opener.warm.add('192.0.2.1').add('192.0.2.2');
    start({ onlyCold: true });
    await settle();
    expect(opener.opened).toEqual(['192.0.2.3', '192.0.2.4']);
    opener.warm.add('192.0.2.3').add('192.0.2.4');
    const id = start({ onlyCold: true, connections: 7 });
    await settle();
    expect(runOf(id)).toMatchObject({ outcome: 'ok', total: 0, wanted: 0 });
  });
});

describe('pausing', () => {
  it('begins no more dials, lets those in flight end, and goes on where it was', async () => {
    const id = start({ concurrency: 2 });
    await settle();
    expect(warmUp.pause(id)).toBe(true);
    expect(warmUp.pause(id)).toBe(false);
    opener.held[0]?.succeed();
    opener.held[0]?.succeed();
    await settle();
    expect(runOf(id)).toMatchObject({ state: 'paused', ready: 2, dialing: 0, etaMs: null, ratePerSecond: 0 });
    await clock.advance(60_000);
    expect(opener.opened).toHaveLength(2);
    expect(runOf(id).activeMs).toBe(0);
    expect(warmUp.resume(id)).toBe(true);
    expect(warmUp.resume(id)).toBe(false);
    await settle();
    expect(opener.held).toHaveLength(2);
    for (const open of [...opener.held]) {
      open.succeed();
    }
    await settle();
    expect(runOf(id)).toMatchObject({ outcome: 'ok', ready: 4 });
    expect([warmUp.pause(id), warmUp.resume(id), warmUp.pause(99)]).toEqual([false, false, false]);
    expect(ofKind('warm-up.paused')).toHaveLength(1);
    expect(ofKind('warm-up.resumed')).toHaveLength(1);
  });

  it('holds retries back as well, keeps its places, and can be cancelled', async () => {
    opener.limited = [{ key: 'max_connections', limit: 4, inUse: 0 }];
    const id = start({ concurrency: 1 });
    await settle();
    opener.held[0]?.fail('reset');
    warmUp.pause(id);
    await clock.advance(10_000);
    expect(opener.opened).toHaveLength(1);
    const other = await warmUp.plan(warmUpJobSchema.parse({ hosts: ['b.test'] }));
    expect(other).toMatchObject({ fits: 0 });
    expect(warmUp.cancel(id)).toBe(true);
    expect(runOf(id)).toMatchObject({ outcome: 'cancelled', cancelled: 4 });
    expect(clock.timers).toBe(0);
  });

  it('ends a run that has nothing left to dial', async () => {
    const id = start({ connections: 1 });
    await settle();
    warmUp.pause(id);
    opener.held[0]?.succeed();
    await settle();
    expect(runOf(id)).toMatchObject({ state: 'finished', outcome: 'ok' });
  });
});

describe('a run that cannot be planned', () => {
  it('fails with the reason instead of going on for ever', async () => {
    opener.limitsError = new Error('the pool is at a loss');
    const id = start({ hosts: ['a.test', 'b.test'] });
    await settle();
    const error = { class: 'internal', message: 'the pool is at a loss' };
    expect(runOf(id)).toMatchObject({ outcome: 'failed', wanted: 8, hosts: [{ error }, { error }] });
  });
});

describe('retrying what failed', () => {
  it('is a run of its own for the very connections that failed; the first keeps its report', async () => {
    opener.rule = (ip) => (ip === '192.0.2.2' || ip === '192.0.2.3' ? 'blocked' : 'ok');
    const first = start({ retries: 0, connections: 8, concurrency: 5 });
    await settle();
    const report = runOf(first);
    expect(report).toMatchObject({ outcome: 'partly-failed', failed: 4 });
    opener.opened.length = 0;
    opener.rule = () => 'ok';
    const second = warmUp.retryFailed(first);
    await settle();
    expect(opener.opened.sort()).toEqual(['192.0.2.2', '192.0.2.2', '192.0.2.3', '192.0.2.3']);
    expect(runOf(second)).toMatchObject({ retryOf: first, outcome: 'ok', total: 4, ready: 4, concurrency: 5 });
    expect(runOf(first)).toEqual(report);
    expect(() => warmUp.retryFailed(second)).toThrow('Nothing failed');
  });

  it('looks again for a host that had no address', async () => {
    opener.rule = () => 'ok';
    opener.dnsErrors.set('gone.test', unresolved);
    const first = start({ hosts: ['a.test', 'gone.test'] });
    await settle();
    opener.dnsErrors.clear();
    const second = warmUp.retryFailed(first);
    await settle();
    expect(runOf(second)).toMatchObject({ outcome: 'ok', hosts: [{ host: 'gone.test', ready: 4 }] });
  });

  it('leaves out what has been forbidden since', async () => {
    opener.rule = () => 'refused';
    const first = start({ retries: 0 });
    await settle();
    opener.rule = () => 'ok';
    opener.forbidden.set('192.0.2.1', 'a rule');
    const second = warmUp.retryFailed(first);
    await settle();
    expect(runOf(second)).toMatchObject({ outcome: 'ok', total: 3, hosts: [{ forbidden: { count: 1 } }] });
  });

  it('asks for a probe of what was ejected since, once, and for no other IP', async () => {
    opener.rule = () => 'refused';
    const first = start({ retries: 0 });
    expect(opener.probing).toEqual([]);
    await settle();
    opener.forbidden.set('192.0.2.1', 'ejected');
    opener.ejected.add('192.0.2.1');
    opener.rule = (ip) => (ip === '192.0.2.1' ? 'refused' : 'ok');
    const second = warmUp.retryFailed(first);
    await settle();
    expect(opener.probing).toHaveLength(4);
    await clock.advance(1_000);
    expect(runOf(second)).toMatchObject({ outcome: 'partly-failed', total: 4, ready: 3, failed: 1 });
    expect(opener.probing).toHaveLength(4);
  });

  it('tries again, with a probe, what is still on trial', async () => {
    opener.rule = () => 'refused';
    const first = start({ retries: 1 });
    await clock.advance(1_000);
    opener.forbidden.set('192.0.2.1', 'ejected');
    opener.ejected.add('192.0.2.1');
    opener.onTrial.add('192.0.2.1');
    opener.rule = () => 'ok';
    const second = warmUp.retryFailed(first);
    await settle();
    expect(runOf(second)).toMatchObject({ outcome: null, ready: 3 });
    await clock.advance(1_000);
    expect(runOf(second)).toMatchObject({ outcome: 'ok', ready: 4 });
    expect(opener.probing.filter((ip) => ip === '192.0.2.1')).toHaveLength(2);
  });

  it('leaves out an IP for the host for which it is banned, and for no other', async () => {
    opener.rule = () => 'refused';
    const first = start({ hosts: ['a.test', 'b.test'], retries: 0 });
    await settle();
    opener.rule = () => 'ok';
    opener.forbidden.set('a.test 192.0.2.1', 'ejected for a.test');
    const second = warmUp.retryFailed(first);
    await settle();
    expect(runOf(second).hosts).toMatchObject([
      { host: 'a.test', ready: 3, forbidden: { count: 1 } },
      { host: 'b.test', ready: 4, forbidden: { count: 0 } },
    ]);
  });

  it('is refused while the run goes on, and for one that is not known', () => {
    const id = start();
    expect(() => warmUp.retryFailed(id)).toThrow(expect.objectContaining({ code: 'conflict' }));
    expect(() => warmUp.retryFailed(99)).toThrow(expect.objectContaining({ code: 'not-found' }));
  });
});

describe('the pace of a run', () => {
  it('rests so long after so many dials', async () => {
    rest = { restMs: 100, restEvery: 10 };
    opener.ips = ipsUpTo(25);
    opener.rule = () => 'ok';
    const id = start({ concurrency: 100 });
    await settle();
    expect(opener.opened).toHaveLength(10);
    await clock.advance(99);
    expect(opener.opened).toHaveLength(10);
    await clock.advance(1);
    expect(opener.opened).toHaveLength(20);
    await clock.advance(100);
    expect(runOf(id)).toMatchObject({ outcome: 'ok', ready: 25, activeMs: 200 });
  });

  it('begins no more than fifty in one turn of the event loop', async () => {
    opener.ips = ipsUpTo(120);
    start({ concurrency: 200 });
    await settle();
    expect(opener.held).toHaveLength(50);
    // What ends meanwhile lets no others begin before the next turn does.
    opener.held[0]?.succeed();
    await settle();
    expect(opener.opened).toHaveLength(50);
    await clock.advance(0);
    expect(opener.opened).toHaveLength(120);
    expect(clock.timers).toBe(0);
  });

  it.each(warmUpScenarioNames)('is the one of scenario %s', async (name) => {
    const { connections, concurrency, timeoutMs, retries } = warmUpScenarios[name];
    const id = start({ connections, concurrency, timeoutMs, retries });
    await clock.advance(0);
    expect(opener.held).toHaveLength(concurrency);
    expect(opener.held[0]?.timeoutMs).toBe(timeoutMs);
    expect(runOf(id)).toMatchObject({ total: connections, concurrency });
    for (let attempt = 0; attempt < retries; attempt += 1) {
      opener.held.find(({ ip }) => ip === '192.0.2.1')?.fail('reset');
      await clock.advance(1_000);
    }
    expect(warmUp.cells(id).every(({ state }) => state !== 'failed')).toBe(true);
  });
});

describe('the alert', () => {
  it('is told once when less than 80 % succeed', async () => {
    opener.ips = ipsUpTo(60);
    opener.rule = (ip) => (Number(ip.split('.')[3]) % 3 === 0 ? 'blocked' : 'ok');
    start();
    await settle();
    expect(ofKind('warm-up.low-success')).toMatchObject([
      { level: 'warn', subject: 'a.test', data: { threshold: 0.8, 'error.blocked': 6 } },
    ]);
    expect(events.findIndex(({ kind }) => kind === 'warm-up.low-success')).toBeLessThan(
      events.findIndex(({ kind }) => kind === 'warm-up.finished'),
    );
  });

  it('waits for the end where there are few results, and says nothing at 80 %', async () => {
    opener.ips = ipsUpTo(5);
    opener.rule = (ip) => (ip === '192.0.2.1' ? 'blocked' : 'ok');
    start();
    await settle();
    expect(ofKind('warm-up.low-success')).toEqual([]);
    opener.rule = () => 'blocked';
    start({ connections: 2, retries: 0 });
    await settle();
    expect(ofKind('warm-up.low-success')).toHaveLength(1);
  });
});

describe('what a run shows', () => {
  it('holds each connection against what is usual for its host under such load', async () => {
    opener.rule = null;
    const parts = { tcpMs: 1, tlsMs: 4, connections: 90 };
    opener.usually.set('a.test', [
      { load: 1, responseMs: 20, ...parts },
      { load: 16, responseMs: 60, ...parts },
    ]);
    const id = start({ hosts: ['a.test', 'b.test'], connections: 2 });
    await settle();
    opener.held[0]?.succeed({ firstByteMs: 30, inFlight: 1 });
    opener.held[0]?.succeed({ firstByteMs: 50 });
    opener.held[0]?.succeed({ firstByteMs: 90, inFlight: 12 });
    opener.held[0]?.succeed({ firstByteMs: 50 });
    await settle();
    expect(runOf(id).hosts).toMatchObject([
      { baseline: { responseMs: 40, compared: 2 }, deviation: 0.5 },
      { baseline: null, deviation: null },
    ]);
    expect(runOf(id).report).toMatchObject({ healthy: 4, responseMs: 55, baselineMs: 40, deviation: 0.5 });
  });

  it('compares with nothing where most connections were dialled under a load of which nothing is known', async () => {
    opener.rule = null;
    const usual = { load: 1, responseMs: 20, tcpMs: 1, tlsMs: 4, connections: 90 };
    opener.usually.set('a.test', [usual]);
    const id = start({ connections: 3 });
    await settle();
    opener.held[0]?.succeed({ firstByteMs: 30, inFlight: 1 });
    opener.held[0]?.succeed({ firstByteMs: 300, inFlight: 2 });
    opener.held[0]?.succeed({ firstByteMs: 300, inFlight: 3 });
    await settle();
    expect(runOf(id).hosts).toMatchObject([{ baseline: { compared: 1 }, deviation: null }]);
    expect(runOf(id).report).toMatchObject({ baselineMs: null, deviation: null });
  });

  it('names what is not healthy any more, at its end and now, those that lost most first', async () => {
    opener.rule = null;
    const id = start({ connections: 6 });
    await settle();
    for (let opened = 0; opened < 6; opened += 1) {
      opener.held[0]?.succeed();
    }
    opener.unhealthy.add(2);
    await settle();
    const ofTwo = { host: 'a.test', ip: '192.0.2.2', connections: 1, why: 'lost 192.0.2.2', sinceMs: 1 };
    expect(runOf(id)).toMatchObject({ healthyNow: 5, lost: { count: 1, examples: [ofTwo] } });
    opener.unhealthy.add(1).add(5);
    expect(runOf(id).lost).toMatchObject({ count: 2, examples: [{ ip: '192.0.2.1', connections: 2 }, ofTwo] });
    expect(runOf(id).report?.lost).toEqual({ count: 1, examples: [ofTwo] });
  });

  it('names the addresses that lost most before those of an earlier host', async () => {
    opener.rule = () => 'ok';
    const id = start({ hosts: ['a.test', 'b.test'], connections: 5 });
    await settle();
    for (const { host, ip, connectionId } of warmUp.cells(id)) {
      if (connectionId !== null && ip === (host === 0 ? '192.0.2.2' : '192.0.2.1')) {
        opener.unhealthy.add(connectionId);
      }
    }
    expect(runOf(id).lost).toMatchObject({
      count: 2,
      examples: [
        { host: 'b.test', ip: '192.0.2.1', connections: 2 },
        { host: 'a.test', ip: '192.0.2.2', connections: 1 },
      ],
    });
  });

  it('keeps the report of its end, whatever happens to its connections later', async () => {
    opener.rule = () => 'ok';
    opener.unhealthy.add(1);
    const id = start();
    await settle();
    expect(runOf(id).report).toMatchObject({ healthy: 3, unhealthy: 1 });
    opener.unhealthy.add(2).add(3);
    expect(runOf(id)).toMatchObject({ healthyNow: 1, report: { healthy: 3, unhealthy: 1 } });
  });
});
