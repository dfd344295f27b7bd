/** Warm-up: plan, start, watch, cancel. */
import { z } from 'zod';
import { command, query, stream } from './define.ts';
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

export const warmUpJobSchema = z.object({
  host: hostNameSchema,
  /** How many connections, spread over the host's IPs; `all-ips` means one for each IP. */
  connections: z.union([z.literal('all-ips'), z.int().min(1).max(20_000)]),
  /** The job's ceiling of dials in flight; the engine's own budget may hold it lower. */
  concurrency: z.int().min(1).max(1_000).default(10),
  /** Bounds one attempt from dial to verdict. */
  timeoutMs: z.int().min(100).max(300_000).default(10_000),
  /** Retries after the first attempt. */
  retries: z.int().min(0).max(10).default(3),
});
export type WarmUpJob = z.infer<typeof warmUpJobSchema>;
export type WarmUpJobInput = z.input<typeof warmUpJobSchema>;

/** What a job would do now, before it starts. */
export const warmUpPlanSchema = z.object({
  host: z.string(),
  ips: countSchema,
  wanted: countSchema,
  /** What fits the limits now. */
  fits: countSchema,
  /** Which limit holds it to `fits`; null when nothing does. */
  clippedBy: z
    .object({
      key: z.enum(['max_connections', 'max_conns_per_host', 'max_idle_conns', 'no-allowed-ip']),
      limit: countSchema,
      inUse: countSchema,
    })
    .nullable(),
});
export type WarmUpPlan = z.infer<typeof warmUpPlanSchema>;

export const warmUpOutcomes = ['ok', 'partly-failed', 'failed', 'cancelled'] as const;
export const warmUpAttemptStates = ['waiting', 'dialing', 'ready', 'failed', 'cancelled'] as const;

export const warmUpTimesSchema = z.object({
  meanMs: durationMsSchema,
  p50Ms: durationMsSchema,
  p95Ms: durationMsSchema,
});
export type WarmUpTimes = z.infer<typeof warmUpTimesSchema>;

export const warmUpErrorGroupSchema = z.object({
  class: errorClassSchema,
  count: countSchema,
  /** One message of this class, as an example. */
  example: z.string(),
});

export const warmUpRunSchema = z.object({
  id: z.int().min(1),
  job: warmUpJobSchema,
  state: z.enum(['running', 'finished']),
  /** null while it runs. `failed` only when every connection failed. */
  outcome: z.enum(warmUpOutcomes).nullable(),
  startedAtMs: epochMsSchema,
  endedAtMs: epochMsSchema.nullable(),
  /** Connections that this run is for, after clipping. */
  total: countSchema,
  clippedBy: warmUpPlanSchema.shape.clippedBy,
  done: countSchema,
  ready: countSchema,
  failed: countSchema,
  cancelled: countSchema,
  dialing: countSchema,
  /** Of the ready ones: healthy in the pool at this moment. */
  healthyNow: countSchema,
  /** ready / done; 1 before the first result. */
  successRate: shareSchema,
  /** Results a second over the last seconds while running, over the whole run afterwards. */
  ratePerSecond: z.number().min(0),
  /** null until it can be told, 0 when finished. */
  etaMs: durationMsSchema.nullable(),
  tcp: warmUpTimesSchema.nullable(),
  tls: warmUpTimesSchema.nullable(),
  firstByte: warmUpTimesSchema.nullable(),
  errors: z.array(warmUpErrorGroupSchema),
});
export type WarmUpRun = z.infer<typeof warmUpRunSchema>;

/** One cell: one wanted connection of a run. */
export const warmUpCellSchema = z.object({
  index: countSchema,
  ip: z.string(),
  state: z.enum(warmUpAttemptStates),
  error: errorClassSchema.nullable(),
  connectionId: z.int().nullable(),
});
export type WarmUpCell = z.infer<typeof warmUpCellSchema>;

export const warmUpFrameSchema = z.object({
  /** A complete picture: forget what was known before. */
  reset: z.boolean(),
  /** Runs that are new or changed, newest last; at most the last 50 are kept. */
  runs: z.array(warmUpRunSchema),
  /** Changed cells of those runs. */
  cells: z.array(z.object({ runId: z.int(), cells: z.array(warmUpCellSchema) })),
});
export type WarmUpFrame = z.infer<typeof warmUpFrameSchema>;

const runIdSchema = z.object({ runId: z.int().min(1) });

export const warmUpRequests = {
  'warmUp.plan': query(warmUpJobSchema, warmUpPlanSchema),
  /** Starts and answers at once; the run goes on in the engine. */
  'warmUp.start': command(warmUpJobSchema, runIdSchema),
  /** Stops dialing; connections that are already warm stay. */
  'warmUp.cancel': command(runIdSchema, z.object({ cancelled: z.boolean() })),
} as const;

export const warmUpStreams = {
  warmUp: stream(warmUpFrameSchema),
} as const;
