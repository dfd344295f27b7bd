import { describe, expect, it } from 'vitest';
import type { ExplainedEndpoint } from '../../../core/contract/explain.ts';
import type { HostHealth, IpHealth } from '../../../core/contract/health.ts';
import type { Verdict } from '../../../core/contract/statistics.ts';
import { awaitProbe, probeResult } from '../../../renderer/actions/probe-result.ts';
import { endpointFacts } from '../../../renderer/ip-drawer/endpoint-facts.ts';
import { shownVerdict } from '../../../renderer/shell/shown-verdict.ts';
import { HealthStore } from '../../../renderer/store/health-store.ts';
import { FakeVisibility, RecordingApi } from './fixtures.ts';

const endpoint = { host: 'a.test', ip: '192.0.2.1', port: 443 };

function healthOf(change: Partial<IpHealth> = {}): IpHealth {
  return {
    ...endpoint,
    state: 'allowed',
    reason: null,
    ejectedUntilMs: null,
    ejectedForMs: null,
    nextProbeAtMs: null,
    ejections: 0,
    heldInUse: false,
    consecutiveFailures: 0,
    goodProbes: 0,
    successShare: null,
    asked: 0,
    latencyMs: null,
    lastError: null,
    ...change,
  };
}

function hostOf(change: Partial<HostHealth> = {}): HostHealth {
  return {
    host: 'a.test',
    ips: 30,
    available: 30,
    blocked: 0,
    ejected: 0,
    mayEject: 15,
    held: 0,
    panic: false,
    blocksUs: false,
    ...change,
  };
}

describe('HealthStore', () => {
  const frame = { reset: false, atMs: 0, localOutage: null, hosts: [hostOf()], upserts: [], removes: [] };

  it('gives the addresses of one host, the same array until one comes or goes', () => {
    const store = new HealthStore(new RecordingApi(), new FakeVisibility());
    expect(store.ipsOf('a.test')).toEqual([]);
    store.apply({
      ...frame,
      reset: true,
      upserts: [healthOf(), healthOf({ ip: '192.0.2.2' }), healthOf({ host: 'b.test' })],
    });
    const ips = store.ipsOf('a.test');
    expect(ips).toEqual(['192.0.2.1', '192.0.2.2']);
    store.apply({ ...frame, upserts: [healthOf({ state: 'ejected' })] });
    expect(store.ipsOf('a.test')).toBe(ips);
    store.apply({ ...frame, removes: [endpoint] });
    expect(store.ipsOf('a.test')).toEqual(['192.0.2.2']);
  });

  it('knows each address of each host, until it is none of its host any more', () => {
    const store = new HealthStore(new RecordingApi(), new FakeVisibility());
    store.apply({ ...frame, reset: true, upserts: [healthOf(), healthOf({ host: 'b.test', state: 'ejected' })] });
    expect(store.flag(endpoint)).toBeNull();
    expect(store.flag({ ...endpoint, host: 'b.test' })).toBe('ejected');
    store.apply({ ...frame, upserts: [healthOf({ heldInUse: true })], removes: [{ ...endpoint, host: 'b.test' }] });
    expect(store.flag(endpoint)).toBe('held');
    expect(store.of({ ...endpoint, host: 'b.test' })).toBeUndefined();
    store.apply({ ...frame, reset: true });
    expect(store.of(endpoint)).toBeUndefined();
  });
});

describe('the verdict that is shown', () => {
  const healthy: Verdict = { level: 'healthy', reasons: [], sinceMs: 1 };

  it('is the engine’s while the hosts are well', () => {
    expect(shownVerdict(healthy, [hostOf()], null)).toEqual({ level: 'healthy', recovers: false, reasons: [] });
  });

  it('names the host in panic before the alerts that follow from it', () => {
    const low: Verdict = {
      level: 'unhealthy',
      reasons: [
        {
          metric: 'success-rate',
          subject: 'pool',
          value: 0.2,
          threshold: 0.8,
          sinceMs: 7,
          alertId: 3,
          clearing: false,
        },
      ],
      sinceMs: 7,
    };
    expect(shownVerdict(low, [hostOf({ panic: true, available: 3 })], null)).toEqual({
      level: 'unhealthy',
      recovers: false,
      reasons: [
        { text: 'a.test in panic: 3 of 30 IPs available, so ejections are ignored', sinceMs: null, alertId: null },
        { text: 'success rate 20\u202f% < 80\u202f%', sinceMs: 7, alertId: 3 },
      ],
    });
  });

  it('recovers while all that was wrong is good again, without the time for which it was wrong', () => {
    const reason = { metric: 'host-blocks-us', subject: 'a.test', value: null, threshold: null, sinceMs: 7 } as const;
    const verdict: Verdict = { level: 'degraded', reasons: [{ ...reason, alertId: 3, clearing: true }], sinceMs: 9 };
    expect(shownVerdict(verdict, [hostOf()], null)).toEqual({
      level: 'degraded',
      recovers: true,
      reasons: [{ text: 'a.test no longer blocks us', sinceMs: null, alertId: 3 }],
    });
    const still = { ...reason, alertId: 4, clearing: false };
    expect(shownVerdict({ ...verdict, reasons: [...verdict.reasons, still] }, [], null).recovers).toBe(false);
  });

  it('is an outage, not an empty pool, while this machine is cut off', () => {
    const empty: Verdict = { level: 'empty', reasons: [], sinceMs: 1 };
    expect(shownVerdict(empty, [], { sinceMs: 5, reason: 'ENETUNREACH' }).level).toBe('unhealthy');
    expect(shownVerdict(empty, [hostOf({ panic: true })], null).level).toBe('empty');
  });

  it('is never healthy over a host in trouble, and blames this machine first', () => {
    const { level, reasons } = shownVerdict(healthy, [hostOf({ panic: true })], { sinceMs: 5, reason: 'EMFILE' });
    expect(level).toBe('degraded');
    expect(reasons[0]).toEqual({
      text: 'this machine’s own trouble: EMFILE; no IP is blamed',
      sinceMs: 5,
      alertId: null,
    });
  });
});

describe('what is said of an address', () => {
  const explained: ExplainedEndpoint = {
    ...endpoint,
    access: { allowed: true, list: null, rule: null },
    vanished: false,
    connections: 3,
    idle: 2,
    leased: 1,
    dialing: 0,
    waiting: 0,
    responseMs: null,
    slowStartShare: 1,
    failuresInARow: 0,
    failuresByClass: [],
    ejection: null,
    backOffUntilMs: null,
    lastError: null,
    events: [],
    earlierEvents: 0,
  };
  const names = (facts: readonly (readonly [string, string])[]) => facts.map(([name]) => name);

  it('is short where there is nothing to say', () => {
    expect(endpointFacts(explained, healthOf(), 0)).toEqual([
      ['State', 'on a white list'],
      ['Connections', '3: 2 idle, 1 leased'],
    ]);
  });

  it('is why it was ejected, until when, and when it is tried again', () => {
    const health = healthOf({
      state: 'ejected',
      reason: 'permanent-failure',
      ejectedUntilMs: 60_000,
      ejectedForMs: 90_000,
      nextProbeAtMs: 30_000,
      ejections: 2,
      consecutiveFailures: 3,
    });
    const facts = endpointFacts(explained, health, 0);
    expect(names(facts)).toEqual([
      'State',
      'Because of',
      'Ejected until',
      'Ejected for',
      'Next probe',
      'Ejections',
      'Failures in a row',
      'Connections',
    ]);
    expect(Object.fromEntries(facts)['Ejected until']).toMatch(/, in 1\u202fmin$/);
  });

  it('does without the automaton for an address that left its host', () => {
    expect(names(endpointFacts({ ...explained, vanished: true, connections: 0 }, undefined, 0))).toEqual([
      'DNS',
      'Connections',
    ]);
  });
});

describe('what came of a probe', () => {
  const before = healthOf({ state: 'ejected', lastError: { class: 'reset', code: 'ECONNRESET', atMs: 1_000 } });

  it('is well when it is in use again, failed by an error that is new, and open as long as it is on trial', () => {
    expect(probeResult(before, { ...before, state: 'allowed' })).toEqual({ kind: 'well' });
    expect(probeResult(before, { ...before, state: 'probing', goodProbes: 1 })).toEqual({ kind: 'open' });
    const lastError = { class: 'blocked', code: '403', atMs: 2_000 } as const;
    expect(probeResult(before, { ...before, lastError })).toEqual({ kind: 'failed', errorClass: 'blocked' });
    const held = { ...before, state: 'allowed', heldInUse: true } as const;
    expect(probeResult(held, held)).toEqual({ kind: 'open' });
    expect(probeResult(held, { ...held, heldInUse: false })).toEqual({ kind: 'well' });
  });

  it('is told by the first frame that has it', async () => {
    const store = new HealthStore(new RecordingApi(), new FakeVisibility());
    const frame = { atMs: 0, localOutage: null, hosts: [], removes: [] };
    store.apply({ ...frame, reset: true, upserts: [before] });
    const result = awaitProbe(store, endpoint, store.of(endpoint));
    store.apply({ ...frame, reset: false, upserts: [{ ...before, state: 'probing' }] });
    store.apply({ ...frame, reset: false, upserts: [{ ...before, state: 'allowed' }] });
    expect(await result).toEqual({ kind: 'well' });
  });
});
