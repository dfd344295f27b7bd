import { beforeEach, describe, expect, it } from 'vitest';
import { EventBus } from '../../../core/base/event-bus.ts';
import { ContractError } from '../../../core/contract/errors.ts';
import type { EngineEvent } from '../../../core/contract/events.ts';
import { type WarmUpJobInput, warmUpJobSchema } from '../../../core/contract/warm-up-job.ts';
import { runUnderWay } from '../../../core/contract/warm-up-progress.ts';
import { type WarmUpRun, warmUpRunSchema } from '../../../core/contract/warm-up-run.ts';
import { ClassifiedError } from '../../../core/dial/classified-error.ts';
import { WarmUp } from '../../../core/warm-up/warm-up.ts';
import { textOf } from '../../support/event-words.ts';
import { ManualClock, settle } from '../../support/manual-clock.ts';
import { FakeOpener, noRest } from './fake-opener.ts';

let clock: ManualClock;
let opener: FakeOpener;
let events: EngineEvent[];
let warmUp: WarmUp;

beforeEach(() => {
  clock = new ManualClock();
  opener = new FakeOpener();
  opener.ips = ipsUpTo(4);
  events = [];
  const bus = new EventBus(clock);
  bus.subscribe((event) => events.push(event));
  warmUp = new WarmUp({ opener, events: bus, clock, alertUnder: () => 0.8, settings: () => noRest });
});

function ipsUpTo(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `192.0.2.${index + 1}`);
}

function job(input: Partial<WarmUpJobInput> = {}) {
  return warmUpJobSchema.parse({ hosts: ['tiles.test'], ...input });
}

function start(input: Partial<WarmUpJobInput> = {}): number {
  return warmUp.start(job(input));
}

function runOf(id: number): WarmUpRun {
  const run = warmUp.run(id);
  if (!run) {
    throw new Error(`no run ${id}`);
  }
  return warmUpRunSchema.parse(run);
}

function kinds(): string[] {
  return events.filter((event) => event.level !== 'debug').map((event) => event.kind);
}

describe('planning', () => {
  it('wants one connection for each IP, or as many as the operator says', async () => {
    expect(await warmUp.plan(job())).toMatchObject({ ips: 4, wanted: 4, fits: 4, clippedBy: null, changes: [] });
    expect(await warmUp.plan(job({ connections: 10 }))).toMatchObject({ ips: 4, wanted: 10, fits: 10 });
  });

  it('names the limit that clips it and how much of it is in use', async () => {
    opener.limited = [{ key: 'max_conns_per_host', limit: 500, inUse: 486 }];
    expect(await warmUp.plan(job({ connections: 100 }))).toMatchObject({
      ips: 4,
      wanted: 100,
      fits: 14,
      clippedBy: { key: 'max_conns_per_host', limit: 500, inUse: 486 },
    });
  });

  it('fits nothing when no IP may be dialled', async () => {
    opener.ips = [];
    const plan = await warmUp.plan(job({ connections: 10 }));
    expect(plan).toMatchObject({ wanted: 10, fits: 0, clippedBy: { key: 'no-allowed-ip' } });
  });

  it('does not give away the room that another run has been given and not dialled yet', async () => {
    opener.limited = [{ key: 'max_connections', limit: 10, inUse: 0 }];
    start({ connections: 8, concurrency: 2 });
    await settle();
    // As the pool does: what is being dialled is in use.
    opener.limited = [{ key: 'max_connections', limit: 10, inUse: 2 }];
    expect(await warmUp.plan(job({ hosts: ['other.test'], connections: 8 }))).toMatchObject({
      fits: 2,
      clippedBy: { key: 'max_connections', limit: 10, inUse: 8 },
    });
    opener.limited = [{ key: 'max_conns_per_host', limit: 10, inUse: 2 }];
    expect(await warmUp.plan(job({ hosts: ['other.test'], connections: 8 }))).toMatchObject({ fits: 8 });
    expect(await warmUp.plan(job({ hosts: ['TILES.test:443'], connections: 8 }))).toMatchObject({ fits: 2 });
  });

  it('does not give the same room to two runs that begin together', async () => {
    opener.limited = [{ key: 'max_connections', limit: 6, inUse: 0 }];
    const [one, two] = [start({ connections: 4, concurrency: 1 }), start({ connections: 4, concurrency: 1 })];
    await settle();
    expect(runOf(one).total + runOf(two).total).toBeLessThanOrEqual(7);
  });

  it('refuses a host that cannot be read', async () => {
    expect(() => start({ hosts: ['tiles.test:99999'] })).toThrow(ContractError);
    await expect(warmUp.plan(job({ hosts: ['tiles.test:0'] }))).rejects.toMatchObject({ code: 'invalid-input' });
  });
});

describe('dialing', () => {
  it('spreads connections evenly: no IP gets another before each has one', async () => {
    opener.rule = () => 'ok';
    const id = start({ connections: 10 });
    await settle();
    expect(runOf(id)).toMatchObject({ outcome: 'ok', ready: 10, healthyNow: 10 });
    const perIp = Map.groupBy(opener.opened, (ip) => ip);
    expect(Array.from(perIp.values(), (opens) => opens.length).sort()).toEqual([2, 2, 3, 3]);
    expect(opener.opened.slice(0, 4)).toEqual(opener.ips);
  });

  it('takes the best known IPs when there are more than it needs', async () => {
    opener.rule = () => 'ok';
    start({ connections: 2 });
    await settle();
    expect(opener.opened).toEqual(['192.0.2.1', '192.0.2.2']);
  });

  it('never has more dials in flight than its concurrency, and always that many while there is work', async () => {
    opener.ips = ipsUpTo(50);
    const id = start({ concurrency: 7, timeoutMs: 4_000 });
    await settle();
    expect(opener.held).toHaveLength(7);
    expect(runOf(id)).toMatchObject({ state: 'running', dialing: 7, done: 0, total: 50, successRate: 1, etaMs: null });
    expect(opener.held[0]).toMatchObject({ timeoutMs: 4_000, priority: 'warm-up' });
    for (let turn = 0; turn < 43; turn += 1) {
      opener.held[turn % 7]?.succeed();
      await settle();
      expect(opener.held).toHaveLength(7);
    }
    expect(opener.mostInFlight).toBe(7);
    for (const open of [...opener.held]) {
      open.succeed();
    }
    await settle();
    expect(runOf(id)).toMatchObject({ state: 'finished', outcome: 'ok', ready: 50, etaMs: 0 });
    expect(clock.timers).toBe(0);
  });

  it('runs several jobs at a time, each with a ceiling of its own', async () => {
    const ids = [
      start({ concurrency: 1 }),
      start({ hosts: ['api.test'], concurrency: 2 }),
      start({ hosts: ['edge.test'], concurrency: 3 }),
    ];
    await settle();
    expect(ids.map((id) => runOf(id).dialing)).toEqual([1, 2, 3]);
    opener.rule = () => 'ok';
    for (const open of [...opener.held]) {
      open.succeed();
    }
    await settle();
    expect(ids.map((id) => runOf(id).outcome)).toEqual(['ok', 'ok', 'ok']);
  });

  it('warms what fits and says what holds it back', async () => {
    opener.rule = () => 'ok';
    opener.limited = [{ key: 'max_idle_conns', limit: 20, inUse: 17 }];
    const id = start({ connections: 40 });
    await settle();
    expect(runOf(id)).toMatchObject({
      outcome: 'ok',
      total: 3,
      ready: 3,
      clippedBy: { key: 'max_idle_conns', limit: 20, inUse: 17 },
    });
    const clipped = events.find((event) => event.kind === 'warm-up.clipped');
    expect(clipped?.level).toBe('warn');
    expect(textOf(clipped)).toBe(
      '3 of the 40 connections wanted will be warmed, for max_idle_conns is 20 and 17 of it are taken; all would fit with pool.max_idle_conns = 63',
    );
  });

  it('tells how far it has come while it goes on, and nothing of it afterwards', async () => {
    const id = start({ connections: 3, retries: 0 });
    await settle();
    opener.held[0]?.succeed();
    opener.held[0]?.fail('auth');
    await settle();
    const [progress] = warmUp.underWay();
    const run = warmUp.run(id);
    expect(progress).toMatchObject({ id, state: 'running', total: 3, done: 2, ready: 1, failed: 1, dialing: 1 });
    expect(progress?.hosts).toEqual([{ total: 3, done: 2, ready: 1, failed: 1 }]);
    // What is known at its end does not come into the picture of then.
    opener.held[0]?.succeed();
    await settle();
    expect(warmUp.underWay()).toEqual([]);
    const end = warmUp.run(id);
    expect(end && progress && runUnderWay(end, progress)).toMatchObject({
      ...{ state: 'running', outcome: null, endedAtMs: null, report: null, done: 2, ready: 1, failed: 1 },
      ...{ errors: [], healthyNow: run?.healthyNow, successRate: 0.5, hosts: [{ done: 2, error: null }] },
    });
  });

  it('says of each host what would fit of its own', async () => {
    opener.rule = () => 'ok';
    opener.limited = [{ key: 'max_idle_conns', limit: 5, inUse: 5 }];
    start({ hosts: ['a.test', 'b.test'], connections: 1 });
    await settle();
    const texts = events.filter(({ kind }) => kind === 'warm-up.clipped').map(textOf);
    const said =
      '0 of the 1 connection wanted will be warmed, for max_idle_conns is 5 and 5 of it are taken; it would fit with pool.max_idle_conns = 8';
    expect(texts).toEqual([said, said]);
  });

  it('says at its end how many IPs it has left out', async () => {
    opener.rule = () => 'ok';
    const [left = ''] = opener.ips;
    opener.forbidden.set(left, 'it is ejected');
    start();
    await settle();
    expect(textOf(events.find(({ kind }) => kind === 'warm-up.finished'))).toContain(
      '1 IP left out, as blocked or ejected',
    );
  });

  it('dials nothing when there is room for nothing, and does not call that a failure', async () => {
    opener.limited = [{ key: 'max_connections', limit: 10, inUse: 10 }];
    const id = start();
    await settle();
    expect(runOf(id)).toMatchObject({ outcome: 'nothing-dialled', total: 0, ready: 0, failed: 0 });
    const end = events.find(({ kind }) => kind === 'warm-up.finished');
    expect([end?.level, textOf(end)]).toEqual([
      'warn',
      'warm-up dialled nothing: the limits leave no place to its connections',
    ]);
  });

  it('leaves standing what the run before has shown of a host, when it dialled nothing itself', async () => {
    opener.rule = () => 'ok';
    const first = start({ connections: 3 });
    await settle();
    opener.limited = [{ key: 'max_connections', limit: 10, inUse: 10 }];
    start({ connections: 3 });
    await settle();
    expect(warmUp.latest()).toMatchObject([{ runId: first, done: 3, ready: 3 }]);
  });

  it('dials nothing when the lists forbid every IP', async () => {
    for (const ip of opener.ips) {
      opener.forbidden.set(ip, 'forbidden');
    }
    const id = start();
    await settle();
    expect(runOf(id)).toMatchObject({ outcome: 'nothing-dialled', clippedBy: { key: 'no-allowed-ip' } });
    expect(events.map(textOf)).toEqual([
      `${opener.ips.length} IPs are not dialled; for example ${opener.ips[0]}: forbidden`,
      `warm-up dialled nothing: ${opener.ips.length} IPs left out, as blocked or ejected, and nothing else that fits the limits`,
    ]);
  });

  it('counts the IPs that a run under way is about to warm, so that nobody plans them once more', async () => {
    const job = warmUpJobSchema.parse({ hosts: ['tiles.test'] });
    start();
    await settle();
    opener.held[0]?.succeed();
    const [warm = ''] = opener.opened;
    opener.warm.add(warm);
    await settle();
    const { ips, warmIps, comingIps } = await warmUp.plan(job);
    expect({ warmIps, comingIps }).toEqual({ warmIps: 1, comingIps: ips - 1 });
    warmUp.cancel(1);
    await settle();
    expect(await warmUp.plan(job)).toMatchObject({ warmIps: 1, comingIps: 0 });
  });

  it('dials the cold IPs first where there is no room for all', async () => {
    opener.rule = () => 'ok';
    const [one = '', two = '', three = ''] = opener.ips;
    opener.ips = [one, two, three];
    opener.warm.add(one);
    opener.limited = [{ key: 'max_connections', limit: 10, inUse: 8 }];
    start();
    await settle();
    expect(opener.opened).toEqual([two, three]);
  });

  it('refuses a job with a key that it does not know: it would be left out without a word', () => {
    const parsed = warmUpJobSchema.safeParse({ hosts: ['tiles.test'], concurency: 5 });
    expect(parsed.error?.issues.map(({ message }) => message)).toEqual([
      'a warm-up has no "concurency": it has hosts, connections, ips, onlyCold, concurrency, dialsPerSecond, timeoutMs, retries',
    ]);
  });

  it('tells a host without an address as a failed run with its error', async () => {
    opener.dnsError = new ClassifiedError('dns', 'ENOTFOUND', 'tiles.test has no address');
    const id = start();
    await settle();
    expect(runOf(id)).toMatchObject({
      state: 'finished',
      outcome: 'failed',
      errors: [{ class: 'dns', count: 1, example: 'tiles.test has no address' }],
    });
  });
});

describe('retrying', () => {
  it('tries the same IP again after a fixed second, as often as the job says', async () => {
    opener.rule = (ip, attempt) => (ip === '192.0.2.2' && attempt <= 2 ? 'reset' : 'ok');
    const id = start({ retries: 2 });
    await settle();
    expect(runOf(id)).toMatchObject({ ready: 3, failed: 0, dialing: 0 });
    expect(warmUp.cells(id)[1]).toMatchObject({ state: 'waiting', error: 'reset', connectionId: null });
    await clock.advance(999);
    expect(opener.opened).toHaveLength(4);
    await clock.advance(1);
    expect(opener.opened).toHaveLength(5);
    await clock.advance(1_000);
    expect(opener.opened.slice(4)).toEqual(['192.0.2.2', '192.0.2.2']);
    expect(runOf(id)).toMatchObject({ outcome: 'ok', ready: 4, errors: [] });
    expect(warmUp.cells(id)[1]).toMatchObject({ state: 'ready', error: null });
    expect(clock.timers).toBe(0);
  });

  it('gives up after the last one and keeps an example of each class', async () => {
    opener.rule = (ip) => (ip === '192.0.2.1' ? 'timeout-tls' : ip === '192.0.2.2' ? 'refused' : 'ok');
    const id = start({ retries: 1 });
    await clock.advance(1_000);
    expect(runOf(id)).toMatchObject({ outcome: 'partly-failed', done: 4, ready: 2, failed: 2, successRate: 0.5 });
    expect(runOf(id).errors).toEqual([
      { class: 'timeout-tls', count: 1, example: 'timeout-tls at 192.0.2.1' },
      { class: 'refused', count: 1, example: 'refused at 192.0.2.2' },
    ]);
    expect(opener.opened.filter((ip) => ip === '192.0.2.1')).toHaveLength(2);
  });

  it.each(['blocked', 'auth', 'bad-status', 'tls-certificate'] as const)(
    'does not ask again after %s: the answer would be the same',
    async (errorClass) => {
      opener.rule = () => errorClass;
      const id = start({ retries: 3 });
      await settle();
      expect(opener.opened).toHaveLength(4);
      expect(runOf(id)).toMatchObject({ outcome: 'failed', failed: 4, errors: [{ class: errorClass, count: 4 }] });
    },
  );

  it('of an IP that is ejected in the middle blames what had failed; one that it never dialled, the ejection', async () => {
    opener.rule = (ip, attempt) =>
      ip === '192.0.2.1' ? (attempt === 1 ? 'refused' : 'not-allowed') : ip === '192.0.2.2' ? 'not-allowed' : 'ok';
    const id = start({ retries: 3 });
    await settle();
    await clock.advance(1_000);
    expect(runOf(id)).toMatchObject({ outcome: 'partly-failed', ready: 2, failed: 2 });
    expect(warmUp.cells(id).slice(0, 2)).toMatchObject([
      { attempts: 2, error: 'refused', message: 'refused at 192.0.2.1', notAgain: 'not-allowed at 192.0.2.1' },
      { attempts: 1, error: 'not-allowed', notAgain: null },
    ]);
  });

  it('waits as long as a busy server asks for, but not beyond what an attempt may take', async () => {
    opener.ips = opener.ips.slice(0, 2);
    const id = start({ timeoutMs: 5_000, retries: 1 });
    await settle();
    opener.held[0]?.fail('busy', { retryAfterMs: 3_000 });
    opener.held[0]?.fail('busy', { retryAfterMs: 60_000 });
    await clock.advance(2_999);
    expect(runOf(id)).toMatchObject({ failed: 1 });
    expect(opener.held).toHaveLength(0);
    await clock.advance(1);
    expect(opener.held).toHaveLength(1);
  });

  it('takes another IP where so many connections of a host are wanted, the one with the fewest failures and connections', async () => {
    opener.rule = (ip) => (ip === '192.0.2.1' ? 'refused' : ip === '192.0.2.3' ? 'reset' : 'ok');
    const id = start({ connections: 5, retries: 1 });
    await settle();
    expect(opener.opened).toEqual(['192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4', '192.0.2.1']);
    opener.opened.length = 0;
    await clock.advance(1_000);
    expect(opener.opened).toEqual(['192.0.2.2', '192.0.2.4', '192.0.2.2']);
    expect(runOf(id)).toMatchObject({ outcome: 'ok', ready: 5, errors: [] });
    expect(
      warmUp
        .cells(id)
        .map(({ ip }) => ip)
        .sort(),
    ).toEqual(['192.0.2.2', '192.0.2.2', '192.0.2.2', '192.0.2.4', '192.0.2.4']);
  });

  it('does not wait for one IP to be well, or to become less busy, where another serves as well', async () => {
    opener.ips = ['192.0.2.1', '192.0.2.2', '192.0.2.3'];
    opener.forbidden.set('192.0.2.3', 'forbidden since');
    const id = start({ connections: 2, retries: 2, timeoutMs: 5_000 });
    await settle();
    opener.held[1]?.succeed();
    opener.held[0]?.fail('busy', { retryAfterMs: 60_000 });
    await clock.advance(1_000);
    expect(opener.held.map(({ ip }) => ip)).toEqual(['192.0.2.2']);
    opener.held[0]?.fail('blocked');
    await clock.advance(1_000);
    expect(opener.held.map(({ ip }) => ip)).toEqual(['192.0.2.1']);
    opener.held[0]?.succeed();
    await settle();
    expect(runOf(id)).toMatchObject({ outcome: 'ok', ready: 2 });
  });

  it('stays on the IP of a host that has no other, and after what is this machine’s own', async () => {
    opener.rule = (_ip, attempt) => (attempt === 1 ? 'local' : 'ok');
    const id = start({ connections: 2, retries: 1 });
    await clock.advance(1_000);
    expect(opener.opened).toEqual(['192.0.2.1', '192.0.2.2', '192.0.2.1', '192.0.2.2']);
    opener.ips = ['192.0.2.9'];
    opener.rule = (_ip, attempt) => (attempt === 1 ? 'reset' : 'ok');
    const alone = start({ connections: 1, retries: 1 });
    await clock.advance(1_000);
    expect([runOf(id).ready, runOf(alone).ready]).toEqual([2, 1]);
  });

  it('uses the free place while one waits for its second attempt', async () => {
    const id = start({ concurrency: 1 });
    await settle();
    opener.held[0]?.fail('reset');
    await settle();
    expect(opener.held.map((open) => open.ip)).toEqual(['192.0.2.2']);
    await clock.advance(1_000);
    opener.held[0]?.succeed();
    await settle();
    expect(opener.held.map((open) => open.ip)).toEqual(['192.0.2.1']);
    expect(runOf(id)).toMatchObject({ ready: 1, dialing: 1 });
  });
});

describe('cancelling', () => {
  it('aborts what dials, drops what waits, keeps what is ready, and leaves no timer', async () => {
    opener.ips = ipsUpTo(10);
    const id = start({ concurrency: 3 });
    await settle();
    opener.held[0]?.succeed();
    opener.held[0]?.fail('reset');
    await settle();
    expect(warmUp.cancel(id)).toBe(true);
    await settle();
    expect(runOf(id)).toMatchObject({
      state: 'finished',
      outcome: 'cancelled',
      done: 1,
      ready: 1,
      failed: 0,
      cancelled: 9,
      dialing: 0,
      healthyNow: 1,
      etaMs: 0,
    });
    expect(opener.held).toHaveLength(0);
    expect(clock.timers).toBe(0);
    expect(warmUp.cells(id).filter((cell) => cell.state === 'cancelled')).toHaveLength(9);
    expect(warmUp.cancel(id)).toBe(false);
    expect(warmUp.cancel(99)).toBe(false);
  });

  it('stops a run whose host is still being resolved', async () => {
    const id = start();
    expect(warmUp.cancel(id)).toBe(true);
    await settle();
    expect(runOf(id)).toMatchObject({ outcome: 'cancelled', total: 0 });
    expect(opener.opened).toEqual([]);
    expect(kinds().filter((kind) => kind === 'warm-up.finished')).toHaveLength(1);
  });

  it('closes with everything cancelled, and starts nothing afterwards', async () => {
    const ids = [start(), start({ hosts: ['api.test'] })];
    await settle();
    await warmUp.close();
    expect(ids.map((id) => runOf(id).outcome)).toEqual(['cancelled', 'cancelled']);
    expect(() => start()).toThrow('closed');
  });
});

describe('what is told', () => {
  it('tells start, milestones, a line per hundred results and a health report', async () => {
    opener.ips = ipsUpTo(240);
    opener.rule = (ip) => (ip === '192.0.2.7' ? 'blocked' : 'ok');
    start({ concurrency: 1 });
    await settle();
    expect(kinds()).toEqual([
      'warm-up.started',
      'warm-up.milestone',
      'warm-up.progress',
      'warm-up.milestone',
      'warm-up.milestone',
      'warm-up.progress',
      'warm-up.milestone',
      'warm-up.milestone',
      'warm-up.finished',
    ]);
    const milestones = events.filter((event) => event.kind === 'warm-up.milestone');
    expect(milestones.map((event) => event.data.percent)).toEqual([25, 50, 75, 90, 100]);
    expect(textOf(milestones[1])).toContain('[##########··········] 50 % · 120 of 240 · 119 ready, 1 failed');
    expect(events.filter((event) => event.kind === 'warm-up.progress').map((event) => event.data.done)).toEqual([
      100, 200,
    ]);
    const report = events.at(-1);
    expect(report).toMatchObject({ level: 'warn', subject: 'tiles.test' });
    expect(textOf(report)).toContain('239 of 240 connections ready');
    expect(textOf(report)).toContain('239 healthy, 0 not; mean response 3.0 ms; errors: blocked 1');
    expect(report?.data).toMatchObject({ outcome: 'partly-failed', 'error.blocked': 1, meanResponseMs: 3 });
  });

  it('tells milestones that are passed at once as the highest of them', async () => {
    opener.rule = () => 'ok';
    start({ connections: 1 });
    await settle();
    const milestones = events.filter((event) => event.kind === 'warm-up.milestone');
    expect(milestones.map((event) => event.data.percent)).toEqual([100]);
  });

  it('gives the times of each part', async () => {
    const id = start({ connections: 4 });
    await settle();
    for (const ms of [10, 20, 30, 400]) {
      opener.held[0]?.succeed({ tcpMs: ms, tlsMs: ms * 2, firstByteMs: ms / 2 });
    }
    await settle();
    const run = runOf(id);
    expect(run.tcp?.meanMs).toBeCloseTo(115, 5);
    expect((run.tcp?.p50Ms ?? 0) / 20).toBeCloseTo(1, 1);
    expect((run.tls?.p95Ms ?? 0) / 800).toBeCloseTo(1, 1);
    expect((run.firstByte?.p50Ms ?? 0) / 10).toBeCloseTo(1, 1);
  });

  it('says how many of the ready ones are healthy now, also after the run', async () => {
    opener.rule = () => 'ok';
    const id = start();
    await settle();
    opener.unhealthy.add(1).add(3);
    expect(runOf(id)).toMatchObject({ ready: 4, healthyNow: 2 });
  });

  it('tells observers which cell changed', async () => {
    const seen: [number, number | null][] = [];
    const stop = warmUp.observe({ changed: (runId, cellIndex) => seen.push([runId, cellIndex]) });
    const id = start({ connections: 2 });
    expect(seen).toEqual([[id, null]]);
    await settle();
    seen.length = 0;
    opener.held[1]?.succeed();
    await settle();
    expect(seen).toEqual([[id, 1]]);
    expect(warmUp.cells(id)[1]).toEqual({
      index: 1,
      host: 0,
      ip: '192.0.2.2',
      state: 'ready',
      attempts: 1,
      error: null,
      message: null,
      notAgain: null,
      tcpMs: 1,
      tlsMs: 2,
      firstByteMs: 3,
      connectionId: 1,
    });
    stop();
    opener.held[0]?.succeed();
    await settle();
    expect(seen).toEqual([[id, 1]]);
  });

  it('resolves with the finished run', async () => {
    opener.rule = () => 'ok';
    const id = start();
    expect(await warmUp.finished(id)).toMatchObject({ id, outcome: 'ok', ready: 4 });
    expect(await warmUp.finished(99)).toBeUndefined();
  });

  it('keeps the last fifty runs that have ended, and none that still runs is forgotten', async () => {
    const running = start();
    await settle();
    opener.rule = () => 'ok';
    for (let count = 0; count < 60; count += 1) {
      start({ hosts: ['api.test'] });
      await settle();
    }
    const ids = warmUp.runs().map((run) => run.id);
    expect(ids).toHaveLength(51);
    expect(ids[0]).toBe(running);
    expect(ids.at(-1)).toBe(61);
    expect(warmUp.run(2)).toBeUndefined();
    expect(warmUp.cells(2)).toEqual([]);
  });
});
