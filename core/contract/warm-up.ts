/** Warm-up: read a list of IPs, plan, start, watch, pause, resume, cancel, retry. */
import { z } from 'zod';
import { configDiffSchema } from './config.ts';
import { command, query, stream } from './define.ts';
import { contractIssueSchema } from './errors.ts';
import {
  countSchema,
  durationMsSchema,
  epochMsSchema,
  errorClassSchema,
  hostNameSchema,
  shareSchema,
} from './vocabulary.ts';

export const warmUpScenarioNames = ['high-availability', 'medium-load', 'low-latency', 'unstable-network'] as const;

/** The reference's four scenarios (document 000), with the value taken in each range. */
export const warmUpScenarios = {
  'high-availability': { connections: 150, concurrency: 75, timeoutMs: 10_000, retries: 3 },
  'medium-load': { connections: 75, concurrency: 37, timeoutMs: 15_000, retries: 2 },
  'low-latency': { connections: 35, concurrency: 17, timeoutMs: 5_000, retries: 1 },
  'unstable-network': { connections: 20, concurrency: 7, timeoutMs: 20_000, retries: 4 },
} as const satisfies Record<
  (typeof warmUpScenarioNames)[number],
  { connections: number; concurrency: number; timeoutMs: number; retries: number }
>;

/** The most connections, and the most IPs, of one job. */
export const mostWarmUpConnections = 20_000;
/** Runs that somebody asked for and that are remembered, beside those that still go on. */
export const keptWarmUpRuns = 50;
/** The same of those that the engine began by itself, which take no place from the others. */
export const keptOwnWarmUpRuns = 10;
/** Cells of all remembered runs together; beyond so many the oldest runs go early. */
export const keptWarmUpCells = 100_000;
/** Dials in flight to one host where nobody says otherwise (document 000, maxConcurrentWarmup). */
export const defaultWarmUpConcurrency = 10;
/** Dials that a job may ask to be begun in a second at most. */
export const mostWarmUpDialsPerSecond = 1_000;

const warmUpJobKeys = {
  /** Warmed side by side; each once. */
  hosts: z.array(hostNameSchema).min(1, 'a host is needed').max(100),
  /** For each host: `all-ips` means one connection for each IP, a number that many, spread over the IPs. */
  connections: z
    .union([z.literal('all-ips'), z.int().min(1).max(mostWarmUpConnections)], {
      error: '"all-ips", or a whole number from 1 to 20,000',
    })
    .default('all-ips'),
  /** These IPs in place of the ones that each host has; null: the host's own. */
  ips: z.array(z.string().trim().min(1).max(64)).min(1).max(mostWarmUpConnections).nullable().default(null),
  /** IPs that have a healthy connection already are left out. */
  onlyCold: z.boolean().default(false),
  /** The job's ceiling of dials in flight, all hosts together; the engine's own pace may hold it lower. null: 10 to each host. */
  concurrency: z.int().min(1).max(1_000).nullable().default(null),
  /** The job's pace: dials begun in a second at most, retries among them, all hosts together. null: as fast as the engine dials. */
  dialsPerSecond: z.int().min(1).max(mostWarmUpDialsPerSecond).nullable().default(null),
  /** Bounds one attempt from dial to verdict. */
  timeoutMs: z.int().min(100).max(300_000).default(10_000),
  /** Retries after the first attempt. */
  retries: z.int().min(0).max(10).default(3),
};

/** A key that does not exist is refused: what somebody meant by it would be left out without a word. */
export const warmUpJobSchema = z.strictObject(warmUpJobKeys, {
  error: ({ code, keys }) =>
    code === 'unrecognized_keys'
      ? `a warm-up has no ${JSON.stringify(keys[0])}: it has ${Object.keys(warmUpJobKeys).join(', ')}`
      : undefined,
});
export type WarmUpJob = z.infer<typeof warmUpJobSchema>;
export type WarmUpJobInput = z.input<typeof warmUpJobSchema>;

/** A limit and how much of it is taken; `no-allowed-ip`: the access lists leave nothing to dial. */
export const connectionLimitSchema = z.object({
  key: z.enum(['max_connections', 'max_conns_per_host', 'max_idle_conns', 'no-allowed-ip']),
  limit: countSchema,
  inUse: countSchema,
});
export type ConnectionLimit = z.infer<typeof connectionLimitSchema>;

/** IPs that the access lists forbid: told, never dialled. */
export const forbiddenIpsSchema = z.object({
  count: countSchema,
  /** Of those: ejected by the automaton, until they are well again; the others a person has forbidden. */
  ejected: countSchema.default(0),
  /** The first of them, at most 100, each with the rule that forbids it in words. */
  examples: z.array(z.object({ ip: z.string(), why: z.string(), ejected: z.boolean().default(false) })),
});
export type ForbiddenIps = z.infer<typeof forbiddenIpsSchema>;

/** Why nothing at all could be done for a host: its name does not resolve. */
export const warmUpHostErrorSchema = z.object({ class: errorClassSchema, message: z.string() });
export type WarmUpHostError = z.infer<typeof warmUpHostErrorSchema>;

/** What a job would do for one of its hosts. */
export const warmUpHostPlanSchema = z.object({
  /** Canonical. */
  host: z.string(),
  /** That may be dialled. */
  ips: countSchema,
  /** Of those: with a healthy connection now. */
  warmIps: countSchema,
  /** Of the others: for which a run under way has one still to make. */
  comingIps: countSchema,
  wanted: countSchema,
  /** What fits the limits now. */
  fits: countSchema,
  /** Which limit holds it to `fits`; null when nothing does. */
  clippedBy: connectionLimitSchema.nullable(),
  /** What would fit after the plan's `changes`. */
  fitsAfterChanges: countSchema,
  forbidden: forbiddenIpsSchema,
  error: warmUpHostErrorSchema.nullable(),
});
export type WarmUpHostPlan = z.infer<typeof warmUpHostPlanSchema>;

/** What a job would do now, before it starts: its hosts, and their sums. */
export const warmUpPlanSchema = z.object({
  hosts: z.array(warmUpHostPlanSchema),
  ips: countSchema,
  warmIps: countSchema,
  comingIps: countSchema,
  wanted: countSchema,
  fits: countSchema,
  /** The first limit that holds a host to less than it wants. */
  clippedBy: connectionLimitSchema.nullable(),
  /** The change of limits with which most would fit, as `config.update` takes it; empty when no change is needed, or none helps. */
  changes: configDiffSchema,
  /** What would fit after `changes`. */
  fitsAfterChanges: countSchema,
});
export type WarmUpPlan = z.infer<typeof warmUpPlanSchema>;

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

export const warmUpFrameSchema = z.object({
  /** A complete picture: forget what was known before. */
  reset: z.boolean(),
  /** Runs that are new or changed, newest last. */
  runs: z.array(warmUpRunSchema),
  /** The ids of all runs that the engine remembers: the others are to be forgotten. */
  remembered: z.array(z.int()),
  /** Changed cells of those runs. */
  cells: z.array(z.object({ runId: z.int(), cells: z.array(warmUpCellSchema) })),
});
export type WarmUpFrame = z.infer<typeof warmUpFrameSchema>;

export const ipListFormats = ['json', 'csv', 'text'] as const;

/** What a pasted or imported text says. */
export const ipListSchema = z.object({
  format: z.enum(ipListFormats),
  /** Canonical, each once, in the order of the text; those that are forbidden are left out. */
  ips: z.array(z.string()),
  ipv4: countSchema,
  ipv6: countSchema,
  /** How often an IP stood there again. */
  duplicates: countSchema,
  forbidden: forbiddenIpsSchema,
  /** `at` is `line 3`, or `ipv4, entry 3` in JSON. */
  issues: z.array(contractIssueSchema),
});
export type IpList = z.infer<typeof ipListSchema>;

const runIdSchema = z.object({ runId: z.int().min(1) });

export const warmUpRequests = {
  /** JSON `{"ipv4": [], "ipv6": []}` or a list, CSV, or text: told apart by what stands there. */
  'warmUp.parseIps': query(z.object({ text: z.string().max(4_000_000) }), ipListSchema),
  'warmUp.plan': query(warmUpJobSchema, warmUpPlanSchema),
  /** Starts and answers at once; the run goes on in the engine. */
  'warmUp.start': command(warmUpJobSchema, runIdSchema),
  /** Begins no more dials; those in flight end. */
  'warmUp.pause': command(runIdSchema, z.object({ paused: z.boolean() })),
  'warmUp.resume': command(runIdSchema, z.object({ resumed: z.boolean() })),
  /** Stops dialing; connections that are already warm stay. */
  'warmUp.cancel': command(runIdSchema, z.object({ cancelled: z.boolean() })),
  /**
   * A new run for what failed in a finished one: the same IPs, hosts that could not be resolved anew. Refused with
   * `conflict` while the run goes on or when nothing failed, with `not-found` when it is not remembered.
   * `rest`: also what a cancelled run has left undone.
   */
  'warmUp.retryFailed': command(runIdSchema.extend({ rest: z.boolean().default(false) }), runIdSchema),
} as const;

export const warmUpStreams = {
  warmUp: stream(warmUpFrameSchema),
} as const;
