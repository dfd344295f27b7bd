/** Load runs (document 004's benchmark): requests through the pool for a time, and what they came to. */
import { z } from 'zod';
import { command, query, stream } from './define.ts';
import { countSchema, durationMsSchema, epochMsSchema, errorClasses, shareSchema } from './vocabulary.ts';

/** A run measures; it is no weapon, and no run outlives the patience of who started it. */
export const loadRunBounds = {
  durationMs: { min: 1_000, max: 300_000, default: 10_000 },
  concurrency: { min: 1, max: 256, default: 8 },
  timeoutMs: { min: 100, max: 60_000, default: 10_000 },
  urls: 20,
} as const;

/** So many finished runs are remembered, over restarts as well. */
export const keptLoadRuns = 20;
/** A run tells of so many IPs: those with failures first, then the slowest. */
export const loadRunIps = 200;

const { durationMs, concurrency, timeoutMs, urls } = loadRunBounds;

export const loadJobSchema = z.strictObject({
  /** https URLs, asked for in turn. The console takes those of watched hosts alone. */
  urls: z.array(z.string().trim().min(1).max(2_048)).min(1).max(urls),
  method: z.enum(['GET', 'HEAD']).default('GET'),
  /** No request is begun afterwards; those in flight end within `timeoutMs`. */
  durationMs: z.int().min(durationMs.min).max(durationMs.max).default(durationMs.default),
  /** Requests in flight. */
  concurrency: z.int().min(concurrency.min).max(concurrency.max).default(concurrency.default),
  /** Of one request, from the wait for a connection to the end of the body. */
  timeoutMs: z.int().min(timeoutMs.min).max(timeoutMs.max).default(timeoutMs.default),
});
export type LoadJob = z.output<typeof loadJobSchema>;
export type LoadJobInput = z.input<typeof loadJobSchema>;

export const loadRunStates = [
  'running',
  /** No request is begun any more; the last ones end. */
  'ending',
  'finished',
  'cancelled',
] as const;

/** What a failed request failed of: an error class, or what the pool itself says. */
export const loadFailures = [
  ...errorClasses,
  /** No connection in time. */
  'no-connection',
] as const;
export const loadFailureSchema = z.enum(loadFailures);
export type LoadFailure = z.infer<typeof loadFailureSchema>;

/** Milliseconds; null while nothing was measured. Percentiles are right to about 3 %. */
export const loadTimesSchema = z.object({
  count: countSchema,
  meanMs: durationMsSchema.nullable(),
  p50Ms: durationMsSchema.nullable(),
  p90Ms: durationMsSchema.nullable(),
  p95Ms: durationMsSchema.nullable(),
  p99Ms: durationMsSchema.nullable(),
  maxMs: durationMsSchema.nullable(),
});
export type LoadTimes = z.infer<typeof loadTimesSchema>;

export const loadIpSchema = z.object({
  host: z.string(),
  ip: z.string(),
  requests: countSchema,
  failures: countSchema,
  meanMs: durationMsSchema.nullable(),
  maxMs: durationMsSchema.nullable(),
});
export type LoadIp = z.infer<typeof loadIpSchema>;

export const loadRunSchema = z.object({
  id: z.int().min(1),
  job: loadJobSchema,
  state: z.enum(loadRunStates),
  startedAtMs: epochMsSchema,
  /** null while it goes on. */
  endedAtMs: epochMsSchema.nullable(),
  elapsedMs: durationMsSchema,
  /** Finished, with success or without. */
  requests: countSchema,
  successes: countSchema,
  failures: countSchema,
  /** null before the first. */
  successRate: shareSchema.nullable(),
  /** Finished requests by elapsed time. */
  requestsPerSecond: z.number().min(0),
  /** Of bodies, as they came. */
  bodyBytes: countSchema,
  /** Of answered requests: from the wait for a connection to the end of the body. */
  total: loadTimesSchema,
  /** The wait for a connection alone. */
  wait: loadTimesSchema,
  /** From sent to the answer's headers. */
  response: loadTimesSchema,
  /** `total` of requests that found a connection free. */
  hot: loadTimesSchema,
  /** `total` of requests that waited for a connection of somebody else's, or for its check. */
  queued: loadTimesSchema,
  /** `total` of requests for which one was made: they paid TCP, TLS and the validation. */
  cold: loadTimesSchema,
  /** Median of TCP + TLS + first answer of the connections made in the ten minutes before: what each request would pay without the pool. */
  coldStartMs: durationMsSchema.nullable(),
  /** Mean of cold / mean of hot; where no request was cold, (coldStartMs + hot) / hot. null before either is known. */
  coldByHot: z.number().min(0).nullable(),
  /** The most frequent first, each with the words of its first. */
  errors: z.array(z.object({ failure: loadFailureSchema, count: countSchema, example: z.string() })),
  ipCount: countSchema,
  ips: z.array(loadIpSchema).max(loadRunIps),
  /** One for each second that is over. */
  seconds: z.array(z.object({ requests: countSchema, failures: countSchema, p95Ms: durationMsSchema.nullable() })),
});
export type LoadRun = z.infer<typeof loadRunSchema>;

const runIdSchema = z.object({ runId: z.int().min(1) });

export const loadRunRequests = {
  /**
   * Begins a run in the background: whoever else asks for a connection goes first. Refused with `invalid-input` for what
   * is no https URL, `conflict` for a host that is not watched and while another run goes on.
   */
  'load.start': command(loadJobSchema, runIdSchema),
  /** False when there is no such run, or it has ended. */
  'load.cancel': command(runIdSchema, z.object({ cancelled: z.boolean() })),
  /** Those that are remembered, the newest first. */
  'load.runs': query(z.object({}), z.object({ runs: z.array(loadRunSchema) })),
} as const;

export const loadRunStreams = {
  /** The newest run first, then each as it changes, twice a second while it goes on. */
  loadRuns: stream(z.object({ reset: z.boolean(), runs: z.array(loadRunSchema) })),
} as const;
