/** How far a warm-up had come at one moment: what the time machine shows of a run that went on then. */
import { z } from 'zod';
import { countSchema, durationMsSchema, epochMsSchema } from './vocabulary.ts';
import { successOf, type WarmUpRun } from './warm-up-run.ts';

export const warmUpProgressSchema = z.object({
  /** Of the run; with its begin no other engine's run is taken for it. */
  id: z.int().min(1),
  startedAtMs: epochMsSchema,
  state: z.enum(['running', 'paused']),
  total: countSchema,
  done: countSchema,
  ready: countSchema,
  failed: countSchema,
  cancelled: countSchema,
  dialing: countSchema,
  retrying: countSchema.default(0),
  healthyNow: countSchema,
  activeMs: durationMsSchema,
  ratePerSecond: z.number().min(0),
  etaMs: durationMsSchema.nullable(),
  etaAtMostMs: durationMsSchema.nullable(),
  /** In the order of the run's hosts. */
  hosts: z.array(z.object({ total: countSchema, done: countSchema, ready: countSchema, failed: countSchema })),
});
export type WarmUpProgress = z.infer<typeof warmUpProgressSchema>;

/** null: it has ended. Times are whole milliseconds, for it is kept each second. */
export function progressOf(run: WarmUpRun): WarmUpProgress | null {
  const {
    id,
    startedAtMs,
    state,
    total,
    done,
    ready,
    failed,
    cancelled,
    dialing,
    retrying,
    healthyNow,
    etaMs,
    etaAtMostMs,
  } = run;
  if (state === 'finished') {
    return null;
  }
  return {
    ...{ id, startedAtMs, state, total, done, ready, failed, cancelled, dialing, retrying, healthyNow },
    activeMs: Math.round(run.activeMs),
    ratePerSecond: Math.round(run.ratePerSecond * 10) / 10,
    etaMs: etaMs && Math.round(etaMs),
    etaAtMostMs: etaAtMostMs && Math.round(etaAtMostMs),
    hosts: run.hosts.map((host) => ({
      total: host.total,
      done: host.done,
      ready: host.ready,
      failed: host.failed,
    })),
  };
}

/** The run as it was then; what is known of its end alone is left out. */
export function runUnderWay(run: WarmUpRun, then: WarmUpProgress): WarmUpRun {
  const { hosts, ...counts } = then;
  return {
    ...run,
    ...counts,
    outcome: null,
    endedAtMs: null,
    report: null,
    successRate: successOf(then),
    lost: { count: 0, examples: [] },
    tcp: null,
    tls: null,
    firstByte: null,
    errors: [],
    hosts: run.hosts.map((host, index) => ({
      ...host,
      ...(hosts[index] ?? { total: 0, done: 0, ready: 0, failed: 0 }),
      healthyNow: 0,
      error: null,
      times: { tcp: null, tls: null, firstByte: null },
      baseline: null,
      deviation: null,
    })),
  };
}
