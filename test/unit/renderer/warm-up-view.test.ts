import { describe, expect, it } from 'vitest';
import type { IpHealth } from '../../../core/contract/health.ts';
import type { IpList } from '../../../core/contract/warm-up.ts';
import { warmUpJobSchema, warmUpScenarioNames, warmUpScenarios } from '../../../core/contract/warm-up-job.ts';
import type { WarmUpRun } from '../../../core/contract/warm-up-run.ts';
import { retryOutlook } from '../../../renderer/actions/retry-outlook.ts';
import { words as actionWords } from '../../../renderer/actions/words.ts';
import { MemoryBridge } from '../../../renderer/bridge/memory/memory-bridge.ts';
import { pointsOf } from '../../../renderer/parts/against/difference.ts';
import { WarmUpStore } from '../../../renderer/store/warm-up-store.ts';
import { forbiddenOf } from '../../../renderer/views/warm-up/forbidden.ts';
import {
  concurrencyOf,
  hostsOf,
  jobOf,
  scenarioForm,
  scenarioOf,
  useWarmUpForm,
} from '../../../renderer/views/warm-up/form-state.ts';
import { faultsOf } from '../../../renderer/views/warm-up/list-faults.ts';
import {
  hasFailures,
  headlineOf,
  isNothing,
  leadText,
  runTitle,
  whyNothing,
} from '../../../renderer/views/warm-up/run-lead.ts';
import { words } from '../../../renderer/views/warm-up/words.ts';
import { cellOf, hostRunOf, runOf } from '../../support/warm-up-fixtures.ts';
import { FakeVisibility, RecordingApi } from './fixtures.ts';

const form = useWarmUpForm.getState();
const read: IpList = {
  format: 'text',
  ips: ['192.0.2.1', '2001:db8::1'],
  ipv4: 1,
  ipv6: 1,
  duplicates: 0,
  forbidden: { count: 0, ejected: 0, examples: [] },
  issues: [],
};

describe('the form', () => {
  it.each(warmUpScenarioNames)('recognises scenario %s and makes a job the contract takes', (name) => {
    const chosen = { ...form, ...scenarioForm(name, 'all') };
    expect(chosen.endpoints, 'a scenario says how many').toBe('number');
    expect(scenarioOf(chosen)).toBe(name);
    expect(warmUpJobSchema.parse(jobOf(chosen, ['edge.demo.test']))).toMatchObject({
      connections: warmUpScenarios[name].connections,
      concurrency: warmUpScenarios[name].concurrency,
    });
    expect(scenarioOf({ ...chosen, retries: chosen.retries + 5 })).toBeNull();
    expect(jobOf({ ...chosen, dialsPerSecond: 25 }, ['edge.demo.test'])).toMatchObject({ dialsPerSecond: 25 });
    expect(scenarioOf({ ...chosen, dialsPerSecond: 25 }), 'a scenario has no pace of its own').toBeNull();
    expect(scenarioOf({ ...form, ...scenarioForm(name, 'list') }), 'a list says where they go').toBe(name);
  });

  it('asks for one connection for each IP to begin with, ten dials to each host at a time', () => {
    expect(jobOf(form, ['a', 'b'])).toMatchObject({ hosts: ['a', 'b'], connections: 'all-ips', concurrency: null });
    expect(concurrencyOf(form, 2)).toBe(20);
    expect(concurrencyOf({ concurrency: 7 }, 2)).toBe(7);
  });

  it('asks for one connection to each IP of a list, and for nothing while there is none', () => {
    expect(jobOf({ ...form, endpoints: 'list', list: { text: '', read } }, ['a'])).toMatchObject({
      connections: 'all-ips',
      ips: read.ips,
    });
    expect(jobOf({ ...form, endpoints: 'list' }, ['a'])).toBeNull();
    expect(jobOf({ ...form, endpoints: 'list', list: { text: 'x', read: { ...read, ips: [] } } }, ['a'])).toBeNull();
    expect(jobOf(form, [])).toBeNull();
  });

  it('is for the chosen hosts that are still watched, else for the first', () => {
    expect(hostsOf({ hosts: ['b', 'gone'] }, ['a', 'b', 'c'])).toEqual(['b']);
    expect(hostsOf({ hosts: ['gone'] }, ['a', 'b'])).toEqual(['a']);
    expect(hostsOf({ hosts: [] }, [])).toEqual([]);
  });
});

describe('faults of a list', () => {
  it('stand on their line, and what has none stands beside', () => {
    const { byLine, others } = faultsOf([
      { at: 'line 2', message: 'is no IP' },
      { at: 'line 4, entry 1', message: 'x' },
      { at: 'line 4, entry 3', message: 'y' },
      { at: 'ipv4, entry 3', message: 'z' },
    ]);
    expect([...byLine]).toEqual([
      [2, 'is no IP'],
      [4, 'entry 1: x; entry 3: y'],
    ]);
    expect(others).toEqual([{ at: 'ipv4, entry 3', message: 'z' }]);
  });
});

describe('IPs that are left out', () => {
  const forbidden = (...ips: string[]) => ({
    forbidden: {
      count: ips.length,
      ejected: 0,
      examples: ips.map((ip) => ({ ip, why: 'a black list refuses it', ejected: false })),
    },
  });

  it('are counted once, though they are left out for each host of a list', () => {
    const { ips, examples } = forbiddenOf([forbidden('192.0.2.1', '192.0.2.2'), forbidden('192.0.2.1')]);
    expect([ips, examples.map(({ ip }) => ip)]).toEqual([2, ['192.0.2.1', '192.0.2.2']]);
  });

  it('are as many as the engine counts where it names only some', () => {
    const many = { forbidden: { ...forbidden('192.0.2.1').forbidden, count: 300 } };
    expect(forbiddenOf([many, forbidden()]).ips).toBe(300);
  });
});

describe('IPs that are ejected', () => {
  it('are told apart from those that a person has blocked', () => {
    const host = (ejected: boolean, ...ips: string[]) => ({
      forbidden: {
        count: ips.length,
        ejected: ejected ? ips.length : 0,
        examples: ips.map((ip) => ({ ip, why: 'a rule', ejected })),
      },
    });
    const hosts = [host(true, '192.0.2.1', '192.0.2.2'), host(true, '192.0.2.2'), host(false, '192.0.2.3')];
    expect(forbiddenOf(hosts)).toMatchObject({ ips: 3, ejected: 2 });
    expect(words.plan.forbidden(1, 2)).toBe(
      '1 IP is blocked by the access lists, 2 IPs are ejected until a probe is good: left out.',
    );
    expect(words.outcome.leftOut(0, 2)).toBe('2 IPs left out, as they are ejected');
  });
});

describe('the deviation from what is usual', () => {
  it.each([
    [0.23, '+23\u202f%'],
    [-0.041, '−4\u202f%'],
    [0.004, 'as usual'],
    [2, '+200\u202f%'],
  ])('%d reads %s', (deviation, text) => {
    expect(words.deviation(deviation)).toBe(text);
  });
});

describe('a share against another', () => {
  it('is told in points, and a tenth of one is no difference', () => {
    expect(pointsOf(1, 0.831)).toEqual({ points: expect.closeTo(16.9), isBetter: true });
    expect(pointsOf(0.5, 0.51)).toMatchObject({ isBetter: false });
    expect(pointsOf(0.9995, 1)).toMatchObject({ isBetter: null });
    expect(pointsOf(0.4, 0)).toMatchObject({ points: 40 });
    expect(pointsOf(null, 1)).toBeNull();
  });
});

describe('the lead of a run', () => {
  it('says how many wait for their retry', () => {
    const run = runOf({ total: 59, done: 49, ready: 49, retrying: 10, etaMs: 1_000 });
    expect(leadText(run)).toBe('49 of 59 ready · 10 to be tried again · 1\u202fs left');
  });

  const run = runOf({ total: 3, done: 2, failed: 2, dialing: 1, successRate: 0, ratePerSecond: 1, etaMs: 3_000 });
  const ended = { ...run, state: 'finished', endedAtMs: 9, done: 3, dialing: 0, etaMs: 0 } as const;

  it('is how far it is while it runs', () => {
    expect(headlineOf(run)).toEqual({ share: 2 / 3, of: 'done' });
    expect(leadText(run)).toBe('0 of 3 ready · 2 failed · 3\u202fs left');
    expect(leadText({ ...run, etaMs: null, etaAtMostMs: 40_000 })).toBe(
      '0 of 3 ready · 2 failed · at most 40\u202fs left',
    );
  });

  it('says that it is paused, and while dials in flight still end', () => {
    const paused: WarmUpRun = { ...run, state: 'paused', failed: 0, etaMs: null };
    expect(headlineOf(paused).of).toBe('done');
    expect(leadText(paused)).toBe('0 of 3 ready · paused; dials in flight end');
    expect(leadText({ ...paused, dialing: 0 })).toBe('0 of 3 ready · paused');
  });

  it('names one host or two, and counts more', () => {
    const of = (hosts: string[]) => runTitle({ job: { ...warmUpJobSchema.parse({ hosts }), ips: null } });
    expect([of(['a']), of(['a', 'b']), of(['a', 'b', 'c'])]).toEqual(['a', 'a, b', '3 hosts']);
  });

  it('offers a retry for what failed, a host without an address included', () => {
    const unresolved = hostRunOf({ error: { class: 'dns', message: 'no address found' } });
    expect(hasFailures({ failed: 0, hosts: [hostRunOf()] })).toBe(false);
    expect(hasFailures({ failed: 1, hosts: [hostRunOf()] })).toBe(true);
    expect(hasFailures({ failed: 0, hosts: [hostRunOf(), unresolved] })).toBe(true);
  });

  it('is what is ready when it has ended: a failed run is at 0 %, and says failed once', () => {
    const failed: WarmUpRun = { ...ended, failed: 3, outcome: 'failed' };
    expect(headlineOf(failed)).toEqual({ share: 0, of: 'ready' });
    expect(leadText(failed)).toBe('0 of 3 ready · 3 failed');
    const ok: WarmUpRun = { ...ended, ready: 3, failed: 0, outcome: 'ok' };
    expect(headlineOf(ok)).toEqual({ share: 1, of: 'ready' });
    expect(leadText(ok)).toBe('3 of 3 ready · all ready');
    const leftOut = hostRunOf({ forbidden: { count: 2, ejected: 0, examples: [] } });
    expect(leadText({ ...ok, hosts: [leftOut] })).toBe('3 of 3 ready · 2 IPs left out');
  });

  it('is that nothing was dialled, and why, where there was nothing to dial', () => {
    const nothing: WarmUpRun = { ...ended, total: 0, done: 0, failed: 0, outcome: 'nothing-dialled' };
    expect([isNothing(run), isNothing(ended), isNothing(nothing)]).toEqual([false, false, true]);
    const host = hostRunOf({ forbidden: { count: 4, ejected: 3, examples: [] } });
    const lists = { key: 'no-allowed-ip', limit: 0, inUse: 0 } as const;
    expect(whyNothing({ ...nothing, hosts: [host], clippedBy: lists })).toBe(
      '1 IP is blocked by the access lists, 3 IPs are ejected until a probe is good: left out.',
    );
    const full = { key: 'max_connections', limit: 500, inUse: 500 } as const;
    expect(whyNothing({ ...nothing, clippedBy: full })).toBe('max_connections is 500 and 500 of it are taken.');
    const gone = hostRunOf({ error: { class: 'dns', message: 'gone.test has no address' } });
    expect(whyNothing({ ...nothing, hosts: [gone, gone], outcome: 'failed' })).toBe(
      'DNS failed: gone.test has no address',
    );
    expect(whyNothing({ ...nothing, outcome: 'ok' })).toBe('Each IP had a warm connection.');
    expect(whyNothing({ ...nothing, outcome: 'cancelled' })).toBe('cancelled');
  });
});

describe('what a retry meets', () => {
  const hosts = [hostRunOf({ host: 'a.test', total: 4 }), hostRunOf({ host: 'b.test' })];
  const cells = [
    cellOf({ ip: '192.0.2.1', state: 'failed' }),
    cellOf({ ip: '192.0.2.1', state: 'failed', index: 1 }),
    cellOf({ ip: '192.0.2.2', state: 'failed', index: 2 }),
    cellOf({ ip: '192.0.2.3', state: 'ready', index: 3 }),
  ];
  const health = (ip: string, state: IpHealth['state'], nextProbeAtMs: number | null = null) => ({
    ...{ host: 'a.test', ip, state, nextProbeAtMs },
  });

  it('is told of the failed IPs that are ejected for that very host, each once, with the next probe', () => {
    const known = [
      health('192.0.2.1', 'ejected', 7),
      health('192.0.2.2', 'ejected', 5),
      health('192.0.2.3', 'ejected', 3),
    ];
    expect(retryOutlook({ hosts }, cells, known)).toEqual({ ejected: 2, nextProbeAtMs: 5, allBlocked: false });
    const ofOther = known.map((one) => ({ ...one, host: 'b.test' }));
    expect(retryOutlook({ hosts }, cells, ofOther)).toEqual({ ejected: 0, nextProbeAtMs: null, allBlocked: false });
    expect(actionWords.retry.label(4, 0)).toBe('Retry 4 failed');
    expect(actionWords.retry.label(4, 1)).toBe('Probe and retry 4 failed');
  });

  it('is nothing where a person has blocked all that failed, unless a host is to be resolved again', () => {
    const known = [health('192.0.2.1', 'blocked'), health('192.0.2.2', 'blocked'), health('192.0.2.3', 'unknown')];
    expect(retryOutlook({ hosts }, cells, known).allBlocked).toBe(true);
    expect(retryOutlook({ hosts }, cells, known.slice(1)).allBlocked).toBe(false);
    const gone = hostRunOf({ host: 'c.test', error: { class: 'dns', message: 'gone' } });
    expect(retryOutlook({ hosts: [...hosts, gone] }, cells, known).allBlocked).toBe(false);
    expect(retryOutlook({ hosts }, [], []).allBlocked).toBe(false);
  });
});

describe('WarmUpStore', () => {
  it('merges runs and cells, newest run first, and forgets at a reset', async () => {
    const bridge = new MemoryBridge({ maxConnections: 500 });
    const { runId } = await bridge.request('warmUp.start', { hosts: ['edge.demo.test'], connections: 5 });
    const run = bridge.warmUps.jobs.get(runId)?.run;
    const store = new WarmUpStore(new RecordingApi(), new FakeVisibility());
    if (!run) {
      throw new Error('the fake did not start a run');
    }
    const cell = cellOf({ index: 2, state: 'dialing' });
    store.apply({ reset: true, runs: [run], remembered: [runId], cells: [{ runId, cells: [cell] }] });
    store.apply({
      reset: false,
      runs: [
        { ...run, id: runId + 1 },
        { ...run, done: 3 },
      ],
      remembered: [runId, runId + 1],
      cells: [{ runId, cells: [{ ...cell, state: 'ready', connectionId: 9 }] }],
    });
    expect(store.runs().map((entry) => [entry.id, entry.done])).toEqual([
      [runId + 1, 0],
      [runId, 3],
    ]);
    expect(store.cells(runId)[2]).toMatchObject({ state: 'ready', connectionId: 9 });
    store.apply({ reset: true, runs: [], remembered: [], cells: [] });
    expect(store.runs()).toEqual([]);
    expect(store.cells(runId)).toEqual([]);
  });
});

it('the store forgets what the engine no longer remembers, and its cells', () => {
  const store = new WarmUpStore(new RecordingApi(), new FakeVisibility());
  const finished = (id: number): WarmUpRun => runOf({ id, state: 'finished', outcome: 'ok' });
  const runs = [runOf({ id: 1 }), finished(2), finished(3)];
  store.apply({ reset: true, runs, remembered: [1, 2, 3], cells: [{ runId: 2, cells: [cellOf()] }] });
  store.apply({ reset: false, runs: [finished(4)], remembered: [1, 3, 4], cells: [] });
  expect(store.runs().map(({ id }) => id)).toEqual([4, 3, 1]);
  expect(store.cells(2)).toEqual([]);
});
