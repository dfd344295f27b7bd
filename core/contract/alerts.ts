/** What is wrong with the pool, in the engine's own words: each alert from its first second to its end. */
import { z } from 'zod';
import { command, query, stream } from './define.ts';
import { countSchema, durationMsSchema, epochMsSchema } from './vocabulary.ts';

/** What is watched. A rule speaks of one subject at a time: the pool, a host, a file. */
export const alertRules = [
  'success-rate',
  'response-time',
  'healthy-share',
  'reuse-rate',
  'warm-up-success',
  'wait-p95',
  'loop-delay',
  'leak',
  'host-blocks-us',
  'disk-full',
  'lists-unread',
  'lists-unsaved',
] as const;
export const alertRuleSchema = z.enum(alertRules);
export type AlertRule = z.infer<typeof alertRuleSchema>;

/** What is worth knowing and no trouble is an event, never an alert. */
export const alertSeverities = ['critical', 'warning'] as const;
export const alertSeveritySchema = z.enum(alertSeverities);
export type AlertSeverity = z.infer<typeof alertSeveritySchema>;

/** What a rule's figure is in. `state`: there is no figure, it holds or it does not. */
export type AlertUnit = 'share' | 'milliseconds' | 'bytes' | 'count' | 'state';

export interface AlertRuleFacts {
  readonly severity: AlertSeverity;
  readonly unit: AlertUnit;
  /** The side of the threshold that is bad. */
  readonly bad: 'below' | 'above';
  /** The key of `[alerts]` that holds its threshold; null: it has none. */
  readonly key: string | null;
  /** Waits for `alerts.hold` before it fires; the others have been judged by whoever tells them. */
  readonly held: boolean;
}

export const alertRuleFacts: Readonly<Record<AlertRule, AlertRuleFacts>> = {
  'success-rate': { severity: 'critical', unit: 'share', bad: 'below', key: 'alerts.success_rate', held: true },
  'response-time': { severity: 'warning', unit: 'milliseconds', bad: 'above', key: 'alerts.response_time', held: true },
  'healthy-share': { severity: 'critical', unit: 'share', bad: 'below', key: 'alerts.healthy_share', held: true },
  'reuse-rate': { severity: 'warning', unit: 'share', bad: 'below', key: 'alerts.reuse_rate', held: true },
  'warm-up-success': { severity: 'warning', unit: 'share', bad: 'below', key: 'alerts.warm_up_success', held: false },
  'wait-p95': { severity: 'warning', unit: 'milliseconds', bad: 'above', key: 'alerts.wait_p95', held: true },
  'loop-delay': { severity: 'warning', unit: 'milliseconds', bad: 'above', key: 'alerts.loop_delay', held: true },
  leak: { severity: 'warning', unit: 'count', bad: 'above', key: null, held: false },
  'host-blocks-us': { severity: 'critical', unit: 'state', bad: 'above', key: null, held: false },
  'disk-full': { severity: 'critical', unit: 'bytes', bad: 'below', key: 'alerts.disk_free', held: false },
  'lists-unread': { severity: 'critical', unit: 'count', bad: 'above', key: null, held: false },
  'lists-unsaved': { severity: 'critical', unit: 'state', bad: 'above', key: null, held: false },
};

export const alertStates = [
  /** Beyond its threshold, but not yet for long enough. */
  'pending',
  'firing',
  /** Still firing; somebody has said that they know. */
  'acknowledged',
  /** Still firing; nobody is to be told until a moment that was given. */
  'muted',
  'resolved',
] as const;
export const alertStateSchema = z.enum(alertStates);
export type AlertState = z.infer<typeof alertStateSchema>;

export const alertAcknowledgementSchema = z.object({
  /** As they called themselves; the console knows no users. */
  by: z.string(),
  reason: z.string(),
  atMs: epochMsSchema,
});

export const alertSchema = z.object({
  /** Its own over restarts; a later alert has a larger one. */
  id: z.int().min(1),
  rule: alertRuleSchema,
  /** `pool`, a host, a file or a folder. */
  subject: z.string(),
  severity: alertSeveritySchema,
  state: alertStateSchema,
  /** When its figure went beyond the threshold. */
  sinceMs: epochMsSchema,
  /** When that had held for long enough; null while it is pending. */
  firedAtMs: epochMsSchema.nullable(),
  /** Since when its figure is good again; it is resolved when that has held. null while it is not. */
  clearSinceMs: epochMsSchema.nullable(),
  resolvedAtMs: epochMsSchema.nullable(),
  /** How often it has fired: one that comes back soon goes on as the same alert. */
  firings: countSchema,
  /** Of this moment, or the last one of a resolved alert; null when it cannot be told, and where there is no figure. */
  value: z.number().nullable(),
  /** The value furthest from good. */
  worst: z.number().nullable(),
  /** null where there is none. */
  threshold: z.number().nullable(),
  /** What the value must reach to count as good again; null where there is no threshold. */
  clearAt: z.number().nullable(),
  /** How long it must be beyond the threshold to fire, and good again to be resolved. */
  holdMs: durationMsSchema,
  clearHoldMs: durationMsSchema,
  /** What the figure alone does not say, in one sentence; null when there is no more to say. */
  detail: z.string().nullable(),
  acknowledged: alertAcknowledgementSchema.nullable(),
  mutedUntilMs: epochMsSchema.nullable(),
});
export type Alert = z.infer<typeof alertSchema>;

/** One rule on one subject, in trouble or not. */
export const alertWatchSchema = z.object({
  rule: alertRuleSchema,
  subject: z.string(),
  severity: alertSeveritySchema,
  /** null: it cannot be told now, or there is no figure. */
  value: z.number().nullable(),
  threshold: z.number().nullable(),
  clearAt: z.number().nullable(),
  /** Of its alert, if it has one that is not resolved. */
  alertId: z.int().min(1).nullable(),
  /** The figure's last minutes, oldest first, the last one of this moment; null where it could not be told. Empty without a threshold. */
  trail: z.array(z.number().nullable()),
});
export type AlertWatch = z.infer<typeof alertWatchSchema>;

/** Between two points of a trail. */
export const alertTrailStepMs = 5_000;

const alertIdSchema = z.object({ id: z.int().min(1) });
const oneAlertSchema = z.object({ alert: alertSchema });

/** What is not resolved, oldest first, and what was resolved lately, newest first. */
export const alertListSchema = z.object({ active: z.array(alertSchema), resolved: z.array(alertSchema) });
export type AlertList = z.infer<typeof alertListSchema>;

export const pastAlertsInputSchema = z
  .object({
    fromMs: epochMsSchema,
    toMs: epochMsSchema,
    /** null: every rule. */
    rule: alertRuleSchema.nullable().default(null),
    limit: z.int().min(1).max(500).default(100),
    /** As the last answer gave it; null: from the newest on. */
    cursor: z.int().min(1).nullable().default(null),
  })
  .refine(({ fromMs, toMs }) => fromMs < toMs, 'the range must begin before it ends');
export type PastAlertsWish = z.output<typeof pastAlertsInputSchema>;

export const pastAlertsSchema = z.object({
  /** By the time of their begin, newest first; those that still stand among them. */
  alerts: z.array(alertSchema),
  /** For the next page; null when there is nothing older. */
  cursor: z.int().min(1).nullable(),
});
export type PastAlerts = z.infer<typeof pastAlertsSchema>;

export const alertRequests = {
  'alerts.list': query(z.object({}), alertListSchema),
  /** Those that stood at some time of the range, over restarts. `conflict` when the history cannot be read. */
  'alerts.past': query(pastAlertsInputSchema, pastAlertsSchema),
  /**
   * Says that somebody knows of a firing alert: it stays until it is resolved, and notifies no more. Acknowledging again
   * replaces the reason. `not-found`; `conflict` when it is pending or resolved.
   */
  'alerts.acknowledge': command(
    alertIdSchema.extend({
      reason: z.string().trim().min(1, 'say why, so that others know').max(500),
      by: z.string().trim().min(1).max(80).default('operator'),
    }),
    oneAlertSchema,
  ),
  /**
   * Tells nobody of this rule on this subject until the time is over, whether this alert goes on or others come after it.
   * `not-found`; `conflict` when it is resolved.
   */
  'alerts.mute': command(alertIdSchema.extend({ minutes: z.int().min(1).max(10_080) }), oneAlertSchema),
  /** An alert that still fires is then told like a new one. `not-found` */
  'alerts.unmute': command(alertIdSchema, oneAlertSchema),
} as const;

export const alertStreams = {
  /** A complete picture whenever one is new or different, at most once a second; the last 50 resolved. */
  alerts: stream(alertListSchema),
  /** Everything that is watched, once a second. */
  alertWatches: stream(z.object({ atMs: epochMsSchema, watches: z.array(alertWatchSchema) })),
} as const;
