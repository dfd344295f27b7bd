/** Pictures of warm-ups in which nothing has happened, to be changed by who needs more. */

import { warmUpJobSchema } from '../../core/contract/warm-up-job.ts';
import type { WarmUpHostPlan, WarmUpPlan } from '../../core/contract/warm-up-plan.ts';
import { type WarmUpCell, type WarmUpHostRun, type WarmUpRun, waitingCell } from '../../core/contract/warm-up-run.ts';

export function cellOf(change: Partial<WarmUpCell> = {}): WarmUpCell {
  return { ...waitingCell({ index: 0, host: 0, ip: '127.0.0.1' }), ...change };
}

export function runOf(change: Partial<WarmUpRun> = {}): WarmUpRun {
  return {
    id: 1,
    job: { ...warmUpJobSchema.parse({ hosts: ['a.test'] }), ips: null },
    cause: 'asked',
    retryOf: null,
    state: 'running',
    outcome: null,
    startedAtMs: 0,
    endedAtMs: null,
    activeMs: 0,
    total: 0,
    wanted: 0,
    clippedBy: null,
    done: 0,
    ready: 0,
    failed: 0,
    cancelled: 0,
    dialing: 0,
    retrying: 0,
    healthyNow: 0,
    lost: { count: 0, examples: [] },
    concurrency: 10,
    paceConcurrency: 32,
    successRate: 1,
    ratePerSecond: 0,
    etaMs: null,
    etaAtMostMs: null,
    tcp: null,
    tls: null,
    firstByte: null,
    errors: [],
    hosts: [],
    report: null,
    ...change,
  };
}

export function hostRunOf(change: Partial<WarmUpHostRun> = {}): WarmUpHostRun {
  return {
    host: 'a.test',
    total: 0,
    done: 0,
    ready: 0,
    failed: 0,
    healthyNow: 0,
    clippedBy: null,
    forbidden: { count: 0, ejected: 0, examples: [] },
    error: null,
    times: { tcp: null, tls: null, firstByte: null },
    baseline: null,
    deviation: null,
    ...change,
  };
}

export function hostPlanOf(change: Partial<WarmUpHostPlan> = {}): WarmUpHostPlan {
  return {
    host: 'a.test',
    ips: 0,
    warmIps: 0,
    comingIps: 0,
    wanted: 0,
    fits: 0,
    clippedBy: null,
    fitsAfterChanges: 0,
    forbidden: { count: 0, ejected: 0, examples: [] },
    notOfHost: 0,
    error: null,
    ...change,
  };
}

export function planOf(change: Partial<WarmUpPlan> = {}): WarmUpPlan {
  return {
    hosts: [],
    ips: 0,
    warmIps: 0,
    comingIps: 0,
    wanted: 0,
    fits: 0,
    clippedBy: null,
    changes: [],
    fitsAfterChanges: 0,
    ...change,
  };
}
