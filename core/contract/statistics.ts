/** The pool's statistics, field by field as the reference names them, by the formulas of the design's figures. */
import { z } from 'zod';
import { alertRules } from './alerts.ts';
import { query, stream } from './define.ts';
import { countSchema, durationMsSchema, epochMsSchema, shareSchema } from './vocabulary.ts';

/** Counted over a window: since the start, or the last 60 s. */
export const windowStatisticsSchema = z.object({
  totalRequests: countSchema,
  /** Finished with a good status. */
  successfulRequests: countSchema,
  /** Finished otherwise, or broken; a broken one counts as finished. */
  failedRequests: countSchema,
  /** successful / finished; 1 when none has finished. */
  successRate: shareSchema,
  /** Mean over finished requests; null when none has finished. */
  avgResponseMs: durationMsSchema.nullable(),
  /** Median over the same; null when none has finished, or in what an older version has written down. */
  responseP50Ms: durationMsSchema.nullable().default(null),
  leases: countSchema,
  /** Leases on a connection that had served before / leases; null before the first lease. */
  connReuseRate: shareSchema.nullable(),
  /** Connections that served more than once / connections that served; the reference's own division. */
  connectionsReused: shareSchema.nullable(),
  releases: countSchema,
  /** Releases after which the connection was usable again / releases; null before the first release. */
  recyclingRate: shareSchema.nullable(),
  /** From the release call to usable again. */
  recyclingDelayMeanMs: durationMsSchema.nullable(),
  recyclingDelayP95Ms: durationMsSchema.nullable(),
  /**
   * Acquire call to lease; and of acquires that ended without one (timed out, given up, every dial failed) call to end. One
   * that was refused at once because it could not be served in time counts with the time it was ready to wait, or the
   * figure would look the better the more are refused. What a rule refuses (lists, a URL's status, a closed pool) is no wait.
   */
  waitP50Ms: durationMsSchema.nullable(),
  waitP95Ms: durationMsSchema.nullable(),
  dials: countSchema,
  dialFailures: countSchema,
  /** Mean of TCP + TLS + first validated answer over new connections with a full handshake: what a cold request pays. */
  coldMs: durationMsSchema.nullable(),
  /** Mean time of a full TLS handshake, in which the certificate was verified. */
  fullTlsMs: durationMsSchema.nullable(),
  /** New connections that resumed a session, and the mean time of their TLS handshake, at which no certificate is sent. */
  resumedHandshakes: countSchema,
  resumedTlsMs: durationMsSchema.nullable(),
  checks: countSchema,
  checkFailures: countSchema,
});
export type WindowStatistics = z.infer<typeof windowStatisticsSchema>;

/** The process that runs the engine. */
export const engineStatisticsSchema = z.object({
  /** Event-loop delay over the last second, milliseconds. */
  loopDelayP50Ms: durationMsSchema,
  loopDelayP99Ms: durationMsSchema,
  /** Share of one core, 0 and up, over the last second. */
  cpuShare: z.number().min(0),
  rssBytes: countSchema,
  /** null where the system does not tell. */
  openFileDescriptors: countSchema.nullable(),
  bytesIn: countSchema,
  bytesOut: countSchema,
  uptimeMs: durationMsSchema,
});
export type EngineStatistics = z.infer<typeof engineStatisticsSchema>;

export const verdictLevels = ['healthy', 'degraded', 'unhealthy', 'empty'] as const;
/** One line for the operator: how the pool is, since when, and why. */
export const verdictSchema = z.object({
  level: z.enum(verdictLevels),
  /** The alerts that fire, each with its figure and its threshold; empty when healthy. */
  reasons: z.array(
    z.object({
      /** `dials`: there is no connection because they fail; its value is how many did in the last minute, its threshold of how many. */
      metric: z.enum(['connections', 'dials', ...alertRules]),
      /** `pool`, a host, a file. */
      subject: z.string(),
      /** null where there is no figure. */
      value: z.number().nullable(),
      threshold: z.number().nullable(),
      sinceMs: epochMsSchema,
      /** null for the lack of connections and for dials, which are no alerts. */
      alertId: z.int().min(1).nullable(),
      /** The figure is good again, but has not held yet. */
      clearing: z.boolean(),
    }),
  ),
  sinceMs: epochMsSchema,
});
export type Verdict = z.infer<typeof verdictSchema>;

/** One host's part of the pool. */
export const hostStatisticsSchema = z.object({
  host: z.string(),
  ips: countSchema,
  total: countSchema,
  dialing: countSchema,
  idle: countSchema,
  leased: countSchema,
  healthy: countSchema,
  waiting: countSchema,
});
export type HostStatistics = z.infer<typeof hostStatisticsSchema>;

export const poolStatisticsSchema = z.object({
  /** LastUpdateTime of the reference. */
  atMs: epochMsSchema,
  startedAtMs: epochMsSchema,
  maxConnections: countSchema,
  /** Everything that is not closed, dialing included. */
  totalConnections: countSchema,
  dialingConnections: countSchema,
  validatingConnections: countSchema,
  checkingConnections: countSchema,
  /** Leased. */
  activeConnections: countSchema,
  idleConnections: countSchema,
  drainingConnections: countSchema,
  /** Established and the healthy flag up. */
  healthyConnections: countSchema,
  /** Connections that speak h2, from the handshake on; those being validated included. */
  h2Connections: countSchema,
  waiting: countSchema,
  leasesOverLeakThreshold: countSchema,
  whitelistIps: countSchema,
  blacklistIps: countSchema,
  whitelistMoves: countSchema,
  newConnectionsFromDns: countSchema,
  /** total > 0 and healthy > 0 and success over 60 s >= 0.5, as in the reference. */
  isHealthy: z.boolean(),
  sinceStart: windowStatisticsSchema,
  last60s: windowStatisticsSchema,
  engine: engineStatisticsSchema,
  verdict: verdictSchema,
  hosts: z.array(hostStatisticsSchema),
});
export type PoolStatistics = z.infer<typeof poolStatisticsSchema>;

/** One second of the pool, for the overview's curves. */
export const poolSampleSchema = z.object({
  atMs: epochMsSchema,
  /** Requests finished in this second. */
  requests: countSchema,
  failures: countSchema,
  responseP50Ms: durationMsSchema.nullable(),
  responseP95Ms: durationMsSchema.nullable(),
  responseP99Ms: durationMsSchema.nullable(),
  total: countSchema,
  active: countSchema,
  healthy: countSchema,
});
export type PoolSample = z.infer<typeof poolSampleSchema>;

export const statisticsFrameSchema = z.object({
  statistics: poolStatisticsSchema,
  /** The first frame brings the last 15 minutes at most; each further one the seconds since. */
  samples: z.array(poolSampleSchema),
});
export type StatisticsFrame = z.infer<typeof statisticsFrameSchema>;

export const statisticsRequests = {
  'statistics.get': query(z.object({}), poolStatisticsSchema),
} as const;

export const statisticsStreams = {
  /** Counters alone, once a second. */
  statistics: stream(statisticsFrameSchema),
} as const;
