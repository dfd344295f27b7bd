/** A warm-up that goes on or has ended: its counts, its times, its hosts, its connections one by one. */
import { z } from 'zod';
import { countSchema, durationMsSchema, epochMsSchema, errorClassSchema, shareSchema } from './vocabulary.ts';
import { warmUpJobKeys } from './warm-up-job.ts';
import { connectionLimitSchema, forbiddenIpsSchema, warmUpHostErrorSchema } from './warm-up-plan.ts';

/** Runs that somebody asked for and that are remembered, beside those that still go on. */
export const keptWarmUpRuns = 50;
/** The same of those that the engine began by itself, which take no place from the others. */
export const keptOwnWarmUpRuns = 10;
/** Cells of all remembered runs together; beyond so many the oldest runs go early. */
export const keptWarmUpCells = 100_000;

/**
 * Who began a run: the operator or a program (`asked`), the `warm` of a target, or an address that DNS newly gave to a
 * host which is kept warm.
 */
export const warmUpCauses = ['asked', 'target', 'new-address'] as const;
export type WarmUpCause = (typeof warmUpCauses)[number];

/** `nothing-dialled`: the limits, or the access lists, left no place to any of the connections that were wanted. */
export const warmUpOutcomes = ['ok', 'partly-failed', 'failed', 'nothing-dialled', 'cancelled'] as const;
export const warmUpStates = ['running', 'paused', 'finished'] as const;
export const warmUpAttemptStates = ['waiting', 'dialing', 'ready', 'failed', 'cancelled'] as const;

export const warmUpTimesSchema = z.object({
  meanMs: durationMsSchema,
  p50Ms: durationMsSchema,
  p95Ms: durationMsSchema,
  p99Ms: durationMsSchema,
});
export type WarmUpTimes = z.infer<typeof warmUpTimesSchema>;

/** The parts of a new connection; null before the first. */
export const warmUpPartsSchema = z.object({
  tcp: warmUpTimesSchema.nullable(),
  /** Of full handshakes: resumed ones are faster and would hide them. */
  tls: warmUpTimesSchema.nullable(),
  /** From the validating request to its answer: the response time. */
  firstByte: warmUpTimesSchema.nullable(),
});
export type WarmUpParts = z.infer<typeof warmUpPartsSchema>;

/** What is usual for new connections to a host under one band of load: means over quiet minutes, kept over a restart. */
export const usualTimesSchema = z.object({
  /** The most dials and validations under way of the band: 1, 4, 16, 64 … */
  load: z.int().min(1),
  /** Of the request that validates a connection. */
  responseMs: durationMsSchema,
  tcpMs: durationMsSchema,
  /** Of full handshakes; null where there was none. */
  tlsMs: durationMsSchema.nullable(),
  /** That it stands on. */
  connections: z.int().min(1),
});
export type UsualTimes = z.infer<typeof usualTimesSchema>;

/**
 * What is usual for the connections of a run: each of them is held against what its host needs under the load that there
 * was when it was dialled.
 */
export const responseBaselineSchema = z.object({
  responseMs: durationMsSchema,
  tcpMs: durationMsSchema.nullable(),
  tlsMs: durationMsSchema.nullable(),
  /** Connections of the run that could be compared; 0: an older version has stored it, which did not count them. */
  compared: countSchema.default(0),
});
export type ResponseBaseline = z.infer<typeof responseBaselineSchema>;

/** An address at which fewer connections are healthy than the run had made ready. */
export const lostConnectionsSchema = z.object({
  host: z.string(),
  ip: z.string(),
  /** That the run had made ready, and that have no healthy one in their place. */
  connections: z.int().min(1),
  /** In words; it may stand alone. */
  why: z.string(),
  /** null when it is not known. */
  sinceMs: epochMsSchema.nullable(),
});
export type LostConnections = z.infer<typeof lostConnectionsSchema>;

/** How many examples of them are told. */
export const mostLostTold = 50;

export const lostListSchema = z.object({
  /** Addresses. */
  count: countSchema,
  /** The first of them, at most {@link mostLostTold}, those that lost most before the others. */
  examples: z.array(lostConnectionsSchema),
});
export type LostList = z.infer<typeof lostListSchema>;

const nothingLost: LostList = { count: 0, examples: [] };

export const warmUpErrorGroupSchema = z.object({
  class: errorClassSchema,
  count: countSchema,
  /** One message of this class, as an example. */
  example: z.string(),
});

/** How a run goes for one of its hosts. */
export const warmUpHostRunSchema = z.object({
  /** Canonical. */
  host: z.string(),
  total: countSchema,
  done: countSchema,
  ready: countSchema,
  failed: countSchema,
  healthyNow: countSchema,
  clippedBy: connectionLimitSchema.nullable(),
  forbidden: forbiddenIpsSchema,
  /** One for each host that has failures: that its name does not resolve, else the failure that is most frequent. */
  error: warmUpHostErrorSchema.nullable(),
  times: warmUpPartsSchema,
  /** null while too little is known of such connections under such load. */
  baseline: responseBaselineSchema.nullable(),
  /**
   * Mean response time of those connections that could be compared against what is usual for them: 0.5 is half as slow
   * again. null while these are less than half of the host's.
   */
  deviation: z.number().min(-1).nullable(),
});
export type WarmUpHostRun = z.infer<typeof warmUpHostRunSchema>;

const slowerFrom = 0.5;
const slowerByMs = 5;

/** Half as slow again as usual, and by so much that it is no chance of a few milliseconds. */
export function isSlowerThanUsual({ deviation, baseline }: Pick<WarmUpHostRun, 'deviation' | 'baseline'>): boolean {
  return deviation !== null && deviation > slowerFrom && deviation * (baseline?.responseMs ?? 0) >= slowerByMs;
}

/** What a run has left behind, at the moment it ended. */
export const warmUpReportSchema = z.object({
  healthy: countSchema,
  /** Ready in this run, and no longer good at its end. */
  unhealthy: countSchema,
  errors: z.array(warmUpErrorGroupSchema),
  /** Those that were no longer good at its end. */
  lost: lostListSchema.default(nothingLost),
  /** Mean response time of the run, and what is usual for it; null while unknown. */
  responseMs: durationMsSchema.nullable(),
  baselineMs: durationMsSchema.nullable(),
  /** As of the hosts, all together. */
  deviation: z.number().min(-1).nullable().default(null),
  elapsedMs: durationMsSchema,
});
export type WarmUpReport = z.infer<typeof warmUpReportSchema>;

export const warmUpRunSchema = z.object({
  id: z.int().min(1),
  /** `ips`: how many were named; null: the hosts' own. */
  job: z.object({ ...warmUpJobKeys, ips: countSchema.nullable() }),
  cause: z.enum(warmUpCauses),
  /** The run whose failed connections this one tries again. */
  retryOf: z.int().min(1).nullable(),
  state: z.enum(warmUpStates),
  /** null until it has ended. `failed` only when every connection failed. */
  outcome: z.enum(warmUpOutcomes).nullable(),
  startedAtMs: epochMsSchema,
  endedAtMs: epochMsSchema.nullable(),
  /** Time in which it ran: pauses are left out. */
  activeMs: durationMsSchema,
  /** Connections that this run is for, after clipping. */
  total: countSchema,
  /** The first limit that clipped it, and the connections that were wanted. */
  clippedBy: connectionLimitSchema.nullable(),
  wanted: countSchema,
  done: countSchema,
  ready: countSchema,
  failed: countSchema,
  cancelled: countSchema,
  dialing: countSchema,
  /** Connections that have failed and have no result yet: they wait for their next attempt, or are at it. */
  retrying: countSchema.default(0),
  /** Of the ready ones: healthy in the pool at this moment, they themselves or what has replaced them. */
  healthyNow: countSchema,
  /** Which of the ready ones are not, at this moment. */
  lost: lostListSchema.default(nothingLost),
  /** The job's ceiling of dials in flight. */
  concurrency: z.int().min(1),
  /** The ceiling of all the engine's dials at this moment, which the adaptive pace moves. */
  paceConcurrency: z.int().min(1),
  /** Of the connections that were tried: those that are ready, against those that failed, for good or until their retry; 1 before the first. */
  successRate: shareSchema,
  /** Results a second over the last seconds while running, over the whole run afterwards. */
  ratePerSecond: z.number().min(0),
  /** null until it can be told and while paused, 0 when finished. */
  etaMs: durationMsSchema.nullable(),
  /** Longer it does not take at the present pace, if each attempt that may still be made takes all of its time. */
  etaAtMostMs: durationMsSchema.nullable().default(null),
  tcp: warmUpTimesSchema.nullable(),
  /** Of full handshakes: resumed ones are faster and would hide them. */
  tls: warmUpTimesSchema.nullable(),
  firstByte: warmUpTimesSchema.nullable(),
  errors: z.array(warmUpErrorGroupSchema),
  /** In the order of the job; empty until the hosts are resolved. */
  hosts: z.array(warmUpHostRunSchema),
  /** null until it has ended. */
  report: warmUpReportSchema.nullable(),
});
export type WarmUpRun = z.infer<typeof warmUpRunSchema>;

/** {@link WarmUpRun.successRate}. What was refused and waits for its retry is no success yet. */
export function successOf({ ready, done, retrying }: Pick<WarmUpRun, 'ready' | 'done' | 'retrying'>): number {
  const tried = done + retrying;
  return tried === 0 ? 1 : ready / tried;
}

/** One cell: one wanted connection of a run, and what came of it. */
export const warmUpCellSchema = z.object({
  index: countSchema,
  /** Index of its host in the run's `hosts`. */
  host: countSchema,
  ip: z.string(),
  state: z.enum(warmUpAttemptStates),
  /** Dials begun. */
  attempts: countSchema,
  /** Of the last attempt that failed; a `ready` one has none. */
  error: errorClassSchema.nullable(),
  message: z.string().nullable(),
  /** What has kept it from being tried again after that, in words: that its IP was ejected meanwhile. null: nothing. */
  notAgain: z.string().nullable().default(null),
  tcpMs: durationMsSchema.nullable(),
  tlsMs: durationMsSchema.nullable(),
  firstByteMs: durationMsSchema.nullable(),
  connectionId: z.int().nullable(),
});
export type WarmUpCell = z.infer<typeof warmUpCellSchema>;

/** A wanted connection before anything was tried. */
export function waitingCell({ index, host, ip }: Pick<WarmUpCell, 'index' | 'host' | 'ip'>): WarmUpCell {
  return {
    ...{ index, host, ip },
    state: 'waiting',
    attempts: 0,
    error: null,
    message: null,
    notAgain: null,
    tcpMs: null,
    tlsMs: null,
    firstByteMs: null,
    connectionId: null,
  };
}
