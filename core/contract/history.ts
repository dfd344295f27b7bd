/** What the pool remembers, over restarts: curves, events, and the lives of connections that are gone. */
import { z } from 'zod';
import { query } from './define.ts';
import { eventLevelSchema, toldEventSchema } from './events.ts';
import { historyChangesInputSchema, historyChangesSchema } from './history-changes.ts';
import { historyErrorsInputSchema, historyErrorsSchema } from './history-errors.ts';
import {
  historyCellsInputSchema,
  historyCellsSchema,
  historyChecksInputSchema,
  historyChecksSchema,
  historySpansInputSchema,
  historySpansSchema,
} from './history-health.ts';
import { historyLifeInputSchema, historyLifeSchema } from './history-life.ts';
import { historyLivesInputSchema, historyLivesSchema } from './history-lives.ts';
import { historyMomentInputSchema, historyMomentSchema } from './history-moment.ts';
import { rangeSchema } from './history-range.ts';
import {
  historyWarmUpCellsInputSchema,
  historyWarmUpCellsSchema,
  historyWarmUpsInputSchema,
  historyWarmUpsSchema,
} from './history-warm-ups.ts';
import { poolSampleSchema } from './statistics.ts';
import { countSchema, durationMsSchema, epochMsSchema } from './vocabulary.ts';

/** Measured each second, of the pool and of each host: a state of that second, or a count within it. */
export const historyQuantities = [
  'total',
  'dialing',
  'idle',
  'active',
  'healthy',
  'waiting',
  'requests',
  'failures',
  'leases',
  'reusing-leases',
  'releases',
  'recycled',
  'dials',
  'dial-failures',
  'checks',
  'check-failures',
  'whitelist-ips',
  'blacklist-ips',
  'bytes-in',
  'bytes-out',
  'loop-delay-p99-ms',
  'cpu-share',
  'rss-bytes',
  'open-file-descriptors',
] as const;
export type HistoryQuantity = (typeof historyQuantities)[number];

/** Durations whose whole distribution is kept, so that a percentile over any range is one of values, not of percentiles. */
export const historyDistributions = ['response-ms', 'wait-ms', 'recycling-ms'] as const;
export type HistoryDistribution = (typeof historyDistributions)[number];

/** One sum divided by another over each point's time; none when there was nothing to divide by. */
export const historyShares = ['success-rate', 'reuse-rate', 'recycling-rate', 'healthy-share'] as const;
export type HistoryShare = (typeof historyShares)[number];

export const historyMetricSchema = z.enum([...historyQuantities, ...historyDistributions, ...historyShares]);
export type HistoryMetric = z.infer<typeof historyMetricSchema>;

export const historyPointSchema = z.object({
  /** Begin of the point's time. */
  atMs: epochMsSchema,
  /** Of a quantity its mean a second; of a distribution the mean of its values; of a share the share itself. */
  mean: z.number(),
  /** Of the single seconds; null for distributions (least) and shares. */
  min: z.number().nullable(),
  max: z.number().nullable(),
  /** Of distributions only. */
  p50: z.number().nullable(),
  p95: z.number().nullable(),
  p99: z.number().nullable(),
});
export type HistoryPoint = z.infer<typeof historyPointSchema>;

export const historySeriesInputSchema = rangeSchema.safeExtend({
  metric: historyMetricSchema,
  /** null: the whole pool. */
  host: z.string().max(261).nullable().default(null),
  /** At most so many points. */
  points: z.int().min(1).max(300).default(300),
});

export const historySeriesSchema = z.object({
  /** The time of one point. */
  stepMs: durationMsSchema,
  /** Oldest first; times of which nothing is known are left out. */
  points: z.array(historyPointSchema),
});
export type HistorySeries = z.infer<typeof historySeriesSchema>;

/** The curves of the overview as they were. */
export const historySamplesInputSchema = rangeSchema.safeExtend({
  /** At most so many. */
  points: z.int().min(1).max(900).default(900),
});

export const historySamplesSchema = z.object({
  /** The time of one sample. */
  stepMs: durationMsSchema,
  /**
   * Oldest first; times of which nothing is known are left out. Where a sample is of more than one second, its requests and
   * failures are means a second, and its percentiles are those of all that time.
   */
  samples: z.array(poolSampleSchema.extend({ requests: z.number().min(0), failures: z.number().min(0) })),
});
export type HistorySamples = z.infer<typeof historySamplesSchema>;

export const historyEventsInputSchema = rangeSchema.safeExtend({
  /** Somewhere in the sentence, of whichever language, in kind or subject; upper and lower case alike. */
  text: z.string().trim().max(200).default(''),
  /** None: every level. */
  levels: z.array(eventLevelSchema).default([]),
  /** `connection.closed`, or `connection` for all that begin so; null: all. */
  kind: z.string().max(100).nullable().default(null),
  host: z.string().max(261).nullable().default(null),
  ip: z.string().max(64).nullable().default(null),
  limit: z.int().min(1).max(500).default(100),
  /** As the last answer gave it; null: from the newest on. */
  cursor: z.int().min(1).nullable().default(null),
});

export const rememberedEventSchema = toldEventSchema.extend({
  /** Its own over restarts, where `seq` begins anew. */
  id: z.int().min(1),
  /** Its sentence in English as it was stored: of an event of another version all that there is. */
  text: z.string(),
});
export type RememberedEvent = z.infer<typeof rememberedEventSchema>;

export const historyEventsSchema = z.object({
  /** Newest first. A page may be short, or empty, while there is a cursor: so much was searched in one go. */
  events: z.array(rememberedEventSchema),
  /** For the next page; null when there is nothing older in the range. */
  cursor: z.int().min(1).nullable(),
});
export type HistoryEvents = z.infer<typeof historyEventsSchema>;

/** An alert as its keeper told it last. The words of `rule`, `state` and `details` are the keeper's own. */
export const rememberedAlertSchema = z.object({
  /** Its own over restarts. */
  id: z.string().min(1).max(200),
  rule: z.string(),
  /** What it is about: the pool, a host, an IP. */
  subject: z.string(),
  state: z.string(),
  beganAtMs: epochMsSchema,
  /** null: it still stands. */
  endedAtMs: epochMsSchema.nullable(),
  /** When something of it last became another. */
  changedAtMs: epochMsSchema,
  /** Figures, who acknowledged it and why, until when it is mute: given back as it was told. */
  details: z.json(),
});
export type RememberedAlert = z.infer<typeof rememberedAlertSchema>;

/** Alerts that stood at some time of the range. */
export const historyAlertsInputSchema = rangeSchema.safeExtend({
  rule: z.string().max(100).nullable().default(null),
  subject: z.string().max(300).nullable().default(null),
  /** Only those that have not ended yet. */
  standing: z.boolean().default(false),
  limit: z.int().min(1).max(500).default(100),
  cursor: z.int().min(1).nullable().default(null),
});

export const historyAlertsSchema = z.object({
  /** By the time of their begin, newest first. */
  alerts: z.array(rememberedAlertSchema),
  cursor: z.int().min(1).nullable(),
});
export type HistoryAlerts = z.infer<typeof historyAlertsSchema>;

export const historyStatusSchema = z.object({
  recording: z.boolean(),
  /** Why nothing is recorded, in one sentence; null while all is well. */
  fault: z.string().nullable(),
  file: z.string(),
  /** null: not known yet, for the file has not been read since the start; the two moments below are not known then either. */
  sizeBytes: countSchema.nullable(),
  /** Of the oldest second that is kept whole; null while there is none. */
  oldestAtMs: epochMsSchema.nullable(),
  /** The first moment that `history.moment` can put together; null while there is none. */
  firstMomentMs: epochMsSchema.nullable(),
  /** Seconds, events and lives that could not be stored, since the start. */
  lost: countSchema,
});
export type HistoryStatus = z.infer<typeof historyStatusSchema>;

export const historyRequests = {
  'history.series': query(historySeriesInputSchema, historySeriesSchema),
  'history.samples': query(historySamplesInputSchema, historySamplesSchema),
  'history.events': query(historyEventsInputSchema, historyEventsSchema),
  'history.lives': query(historyLivesInputSchema, historyLivesSchema),
  /** Of a connection that lives as well. Fails with `not-found` when nothing is remembered of it. */
  'history.life': query(historyLifeInputSchema, historyLifeSchema),
  'history.alerts': query(historyAlertsInputSchema, historyAlertsSchema),
  /** Every look at every address. */
  'history.checks': query(historyChecksInputSchema, historyChecksSchema),
  /** When which address was ejected, tried, blocked, and back. */
  'history.spans': query(historySpansInputSchema, historySpansSchema),
  /** Addresses over time. */
  'history.cells': query(historyCellsInputSchema, historyCellsSchema),
  /** What failed checks failed of, over time. */
  'history.errors': query(historyErrorsInputSchema, historyErrorsSchema),
  /** Over restarts; those of the running engine and of the last ones are in the stream `warmUp` as well. */
  'history.warmUps': query(historyWarmUpsInputSchema, historyWarmUpsSchema),
  'history.warmUpCells': query(historyWarmUpCellsInputSchema, historyWarmUpCellsSchema),
  /** The pool as it was; with `sinceMs` it is played. Fails with `conflict` when nothing of that time is remembered. */
  'history.moment': query(historyMomentInputSchema, historyMomentSchema),
  /** Of the lists and of the configuration. */
  'history.changes': query(historyChangesInputSchema, historyChangesSchema),
  'history.status': query(z.object({}), historyStatusSchema),
} as const;
