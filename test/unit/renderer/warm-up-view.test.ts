import { describe, expect, it } from 'vitest';
import type { ConfigKey } from '../../../core/contract/config.ts';
import { type WarmUpRun, warmUpJobSchema, warmUpScenarioNames } from '../../../core/contract/warm-up.ts';
import { MemoryBridge } from '../../../renderer/bridge/memory/memory-bridge.ts';
import { WarmUpStore } from '../../../renderer/store/warm-up-store.ts';
import {
  ipsLeftOut,
  jobOf,
  scenarioForm,
  scenarioOf,
  useWarmUpForm,
} from '../../../renderer/views/warm-up/form-state.ts';
import { limitsFor } from '../../../renderer/views/warm-up/limits.ts';
import { headlineOf, leadText } from '../../../renderer/views/warm-up/run-lead.ts';
import { cellOf, planOf, runOf } from '../../support/warm-up-fixtures.ts';
import { FakeVisibility, RecordingApi } from './fixtures.ts';

const key = (path: string, value: number): ConfigKey => ({
  path: `pool.${path}`,
  value,
  default: value,
  unit: 'connections',
  meaning: '',
  recommended: [50, 500],
  hard: [1, 20_000],
  kind: 'whole-number',
  options: [],
  allowed: '',
  applies: 'at-once',
  editable: true,
  written: true,
});
const change = { path: 'pool.max_conns_per_host', before: 10, after: 62 };

describe('limitsFor', () => {
  it('shows the change that the plan proposes beside what is recommended', () => {
    expect(limitsFor(planOf({ changes: [change] }), [key('max_conns_per_host', 10)])).toEqual([
      { ...change, recommended: [50, 500] },
    ]);
  });
});

describe('the form', () => {
  it.each(warmUpScenarioNames)('recognises scenario %s and makes a job the contract takes', (name) => {
    const form = { host: null, ...scenarioForm(name) };
    expect(scenarioOf(form)).toBe(name);
    expect(warmUpJobSchema.safeParse(jobOf(form, 'edge.demo.test')).success).toBe(true);
    expect(scenarioOf({ ...form, retries: form.retries + 5 })).toBeNull();
  });

  it('asks for one connection for each IP to begin with', () => {
    expect(jobOf(useWarmUpForm.getState(), 'h')).toMatchObject({ connections: 'all-ips', timeoutMs: 10_000 });
  });
});

describe('what is left out', () => {
  const form = useWarmUpForm.getState();

  it('is what the plan lacks of the known addresses, where one per IP is asked for', () => {
    expect(ipsLeftOut(form, planOf({ ips: 29 }), 30)).toBe(1);
    expect(ipsLeftOut(form, planOf({ ips: 31 }), 30)).toBe(0);
    expect(ipsLeftOut({ ...form, allIps: false }, planOf({ ips: 29 }), 30)).toBe(0);
  });
});

describe('the lead of a run', () => {
  const run = runOf({ total: 3, done: 2, failed: 2, dialing: 1, successRate: 0, ratePerSecond: 1, etaMs: 3_000 });
  const ended = { ...run, state: 'finished', endedAtMs: 9, done: 3, dialing: 0, etaMs: 0 } as const;

  it('is how far it is while it runs', () => {
    expect(headlineOf(run)).toEqual({ share: 0.66, of: 'done' });
    expect(leadText(run)).toBe('0 of 3 ready · 2 failed · 3\u202fs left');
  });

  it('is what is ready when it has ended: a failed run is at 0 %, and says failed once', () => {
    const failed: WarmUpRun = { ...ended, failed: 3, outcome: 'failed' };
    expect(headlineOf(failed)).toEqual({ share: 0, of: 'ready' });
    expect(leadText(failed)).toBe('0 of 3 ready · 3 failed');
    const ok: WarmUpRun = { ...ended, ready: 3, failed: 0, outcome: 'ok' };
    expect(headlineOf(ok)).toEqual({ share: 1, of: 'ready' });
    expect(leadText(ok)).toBe('3 of 3 ready · all ready');
  });

  it('claims no share where nothing was planned', () => {
    const nothing: WarmUpRun = { ...ended, total: 0, done: 0, failed: 0, outcome: 'failed' };
    expect(headlineOf(nothing).share).toBeNull();
    expect(leadText(nothing)).toBe('0 of 0 ready · failed');
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
    store.apply({ reset: true, runs: [run], cells: [{ runId, cells: [cell] }] });
    store.apply({
      reset: false,
      runs: [
        { ...run, id: runId + 1 },
        { ...run, done: 3 },
      ],
      cells: [{ runId, cells: [{ ...cell, state: 'ready', connectionId: 9 }] }],
    });
    expect(store.runs().map((entry) => [entry.id, entry.done])).toEqual([
      [runId + 1, 0],
      [runId, 3],
    ]);
    expect(store.cells(runId)[2]).toMatchObject({ state: 'ready', connectionId: 9 });
    store.apply({ reset: true, runs: [], cells: [] });
    expect(store.runs()).toEqual([]);
    expect(store.cells(runId)).toEqual([]);
  });
});
