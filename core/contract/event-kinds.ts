/**
 * Everything that the engine tells of: a closed list of kinds, each with the data that its sentence is made of. A new kind
 * gets a line here and its words in `event-words-en.ts` and `event-words-zh.ts`; the types ask for both.
 *
 * Values are flat, so that a log line can be searched and shipped as it is. `host` and `ip` stand in each event that is
 * about one, under these names: by them events are filtered and indexed. What is said by the event's `subject` alone (a
 * file, a connection's id) is not repeated. `message` is what the system, or a peer, said: English, as it came.
 */
import { z } from 'zod';
import { accessAuthorSchema, accessListNameSchema, accessOriginSchema } from './access.ts';
import { alertRuleSchema } from './alerts.ts';
import { configVersionSources } from './config.ts';
import { ejectionReasonSchema } from './health.ts';
import { loadRunStates } from './load-run.ts';
import {
  closeReasonSchema,
  countSchema,
  durationMsSchema,
  type ErrorClass,
  errorClasses,
  errorClassSchema,
  protocolSchema,
  shareSchema,
} from './vocabulary.ts';
import { connectionLimitSchema } from './warm-up-plan.ts';
import { warmUpOutcomes } from './warm-up-run.ts';

const message = z.string();
const host = z.string();
const ip = z.string();
/** Words of our own, as `inEvent` gives them. */
const told = { message, phrase: z.string().exactOptional() };
const none = z.object({});
const failed = z.object({ message });
const ofHost = z.object({ host });
const ofAddress = z.object({ host, ip });
const failedAt = z.object({ host, ip, class: errorClassSchema, code: z.string(), message });

const newlyListed = { whitelisted: countSchema, blacklisted: countSchema };

const alert = {
  alertId: z.int(),
  rule: alertRuleSchema,
  value: z.number().nullable(),
  threshold: z.number().nullable(),
  detail: z.string().nullable(),
};
/** The alert of which the webhook was to tell. */
const delivery = {
  rule: alertRuleSchema,
  about: z.string(),
  value: z.number().nullable(),
  threshold: z.number().nullable(),
  detail: z.string().nullable(),
};
/** `status`: of an answer that says no; `message`: why there was none. */
const undelivered = { why: z.enum(['status', 'no-answer']), status: z.int().nullable(), message: message.nullable() };

/** For what an IP is out of use, or deserves to be. */
export const chargeSchema = z.object({
  reason: ejectionReasonSchema,
  /** What failed; `outlier` where nothing did that others do not, null where an earlier run knew it. */
  failure: z.enum([...errorClasses, 'outlier']).nullable(),
  /** Of the failure; null: of an outlier, and of a ban of an earlier run. */
  code: z.string().nullable(),
  /** Of an outlier: so many of `looked` went well. */
  good: countSchema.nullable(),
  looked: countSchema.nullable(),
  responseMs: durationMsSchema.nullable(),
  /** What the list says of a ban of an earlier run. */
  note: z.string().nullable(),
});
const charged = z.object({ host, ip, ...chargeSchema.shape });

const warmUpCounts = {
  runId: z.int(),
  done: countSchema,
  total: countSchema,
  ready: countSchema,
  failed: countSchema,
  healthyNow: countSchema,
  ratePerSecond: z.number(),
};
/** null: none can be told. */
const warmUpProgress = z.object({ ...warmUpCounts, percent: countSchema, leftMs: durationMsSchema.nullable() });

type ErrorCounts = { readonly [Class in ErrorClass as `error.${Class}`]: z.ZodExactOptional<typeof countSchema> };
/** How many failed with each class; a class that did not come is left out. */
const errorCounts = Object.fromEntries(
  errorClasses.map((name) => [`error.${name}`, countSchema.exactOptional()]),
) as unknown as ErrorCounts;

const moved = z.object({ runId: z.int(), done: countSchema, total: countSchema });
const keptAs = z.object({
  /** Where the damaged file is; null: it stayed where it was. */
  keptAs: z.string().nullable(),
  message,
});

/** By area, as the first word of the kind says it. */
export const eventKinds = {
  'access.changed': z.object({
    who: accessAuthorSchema,
    act: z.enum(['added', 'moved', 'edited', 'removed']),
    list: accessListNameSchema,
    origin: accessOriginSchema,
    /** The list that it leaves for this one. */
    from: accessListNameSchema.nullable(),
    before: z.string().nullable(),
    after: z.string().nullable(),
    reason: z.string(),
    ...newlyListed,
  }),
  'access.changed-many': z.object({
    who: accessAuthorSchema,
    added: countSchema,
    removed: countSchema,
    /** A few of them. */
    named: z.string(),
    reason: z.string(),
    ...newlyListed,
  }),
  'access.changed-routine': z.object({ who: accessAuthorSchema, changes: countSchema, ...newlyListed }),
  /** IPs that came back from the black list by themselves, told at most once a minute. */
  'access.recovered': z.object({ ips: countSchema }),
  'access.save-failed': failed,
  'access.file-gone': none,
  'access.file-bad': z.object({ at: z.string(), ...told, issues: countSchema }),
  'access.file-good': none,
  'access.audit-bad': z.object({ lines: countSchema }),
  'access.audit-failed': z.object({ step: z.enum(['open', 'write']), message }),

  'acquire.timeout': z.object({
    host,
    waitedMs: durationMsSchema,
    /** Told at once that it could not be served in time. */
    early: z.boolean(),
    total: countSchema,
    leased: countSchema,
    idle: countSchema,
    waiting: countSchema,
    dialing: countSchema,
    restMs: durationMsSchema,
    lastDial: z.string().nullable(),
  }),

  'alert.firing': z.object(alert),
  'alert.reopened': z.object(alert),
  'alert.resolved': z.object({ ...alert, seconds: countSchema }),
  'alert.acknowledged': z.object({ ...alert, by: z.string(), reason: z.string() }),
  'alert.muted': z.object({ ...alert, minutes: z.number() }),
  'alert.unmuted': z.object(alert),
  'alert.webhook-failed': z.object({ ...delivery, ...undelivered, tries: countSchema }),
  'alert.webhook-gave-up': z.object({
    ...delivery,
    ...undelivered,
    /** Beside a last try that failed: too many were waiting, or there is no webhook any more. */
    why: z.enum([...undelivered.why.options, 'too-many', 'removed']),
    tries: countSchema,
  }),

  'config.saved': none,
  'config.changed': z.object({
    by: z.enum(configVersionSources),
    file: z.string(),
    keys: countSchema,
    changes: z.string(),
  }),
  'config.file-gone': none,
  'config.mended': none,
  'config.refused': z.object({ faults: countSchema, ...told }),
  'config.warning': z.object(told),
  'config.version-lost': failed,

  'connection.ready': z.object({
    host,
    ip,
    protocol: protocolSchema,
    tcpMs: durationMsSchema,
    tlsMs: durationMsSchema,
  }),
  'connection.closed': z.object({ host, ip, reason: closeReasonSchema, leases: countSchema, errors: countSchema }),
  'connection.dial-failed': failedAt,
  'connection.unhealthy': ofAddress,

  'console.client-lost': failed,
  'console.internal-error': failed,
  'console.internal-error-stack': z.object({ stack: z.string() }),

  'demo.failed': failed,
  /** `fault` null: switched off. */
  'demo.fault': z.object({ fault: z.string().nullable(), endpoints: countSchema, of: countSchema }),
  'demo.left': none,

  'dns.changed': z.object({ host, addresses: countSchema, added: countSchema, vanished: countSchema }),
  'dns.recovered': ofHost,
  'dns.refresh-failed': z.object({ host, addresses: countSchema, message }),

  'engine.started': z.object({ mode: z.enum(['config', 'demo']), hosts: z.string() }),

  'headless.accept-failed': failed,
  'headless.answer-failed': failed,

  'health.check-broken': failed,
  'health.check-failed': failedAt,
  'health.cleaned-up': z.object({ closed: countSchema }),
  'health.ejected': charged.extend({ seconds: countSchema, ejections: countSchema }),
  'health.host-blocks-us': z.object({ host, inUse: countSchema, ips: countSchema }),
  'health.host-unblocks-us': z.object({ host, inUse: countSchema, ips: countSchema }),
  'health.local-outage': none,
  'health.local-outage-over': none,
  'health.local-trouble': z.object({ ip, code: z.string(), message }),
  'health.panic': z.object({ host, available: countSchema, permitted: countSchema }),
  'health.panic-over': z.object({ host, available: countSchema, permitted: countSchema }),
  'health.recovered': ofAddress,
  'health.released': z.object({
    host,
    ip,
    why: z.enum(['not-watched', 'rule', 'unbanned', 'share', 'local-outage']),
    /** Of the host's IPs, so many may be ejected. */
    mayEject: countSchema,
  }),
  'health.share-full': charged.extend({ mayEject: countSchema }),
  'health.trial-void': charged,

  'history.put-aside': z.object({
    why: z.enum(['locked', 'damaged', 'newer']),
    /** Its name from now on. */
    aside: z.string(),
    /** What the system said. */
    message,
  }),
  'history.resumed': z.object({ lost: countSchema }),
  'history.stopped': failed,

  'host.forgotten': ofHost,

  'lease.leaked': z.object({
    host,
    ip,
    thresholdMs: durationMsSchema,
    /** null: it was not sampled. */
    acquiredAt: z.string().nullable(),
  }),

  'load.started': z.object({ runId: z.int(), concurrency: countSchema, durationMs: durationMsSchema }),
  'load.finished': z.object({
    runId: z.int(),
    state: z.enum(loadRunStates),
    requests: countSchema,
    failures: countSchema,
    successRate: shareSchema.nullable(),
    requestsPerSecond: z.number(),
  }),
  'load.not-read': keptAs,
  'load.not-saved': failed,

  'log.not-written': failed,
  'log.written-again': z.object({ lostLines: countSchema }),

  'metrics.accept-failed': failed,
  'metrics.listening': none,
  'metrics.not-listening': failed,

  'pool.closed': z.object({ leases: countSchema, requests: countSchema }),
  'pool.closing': z.object({ leases: countSchema, drainTimeoutMs: durationMsSchema }),
  'pool.woke': z.object({ seconds: countSchema }),

  /** An operator's own. `ip` null: no connection was had; `failure` null: an answer came. */
  'request.sent': z.object({
    host,
    ip: ip.nullable(),
    connectionId: z.int().nullable(),
    method: z.string(),
    url: z.string(),
    status: z.int().nullable(),
    totalMs: durationMsSchema,
    failure: z.string().nullable(),
    message: message.nullable(),
  }),
  'request.retried': z.object({ host, attempt: countSchema, delayMs: durationMsSchema, message }),

  'preferences.not-read': keptAs,

  'scores.not-read': keptAs,
  'scores.not-saved': failed,

  'warm-up.by-target': z.object({
    runId: z.int(),
    host,
    /** null: one to each of its IPs. */
    connections: countSchema.nullable(),
    /** They had been there. */
    lost: z.boolean(),
  }),
  'warm-up.started': z.object({
    runId: z.int(),
    total: countSchema,
    ips: countSchema,
    hosts: countSchema,
    concurrency: countSchema,
    /** Dials begun in a second at most; null: the job has no pace of its own. */
    perSecond: countSchema.nullable().default(null),
  }),
  'warm-up.milestone': warmUpProgress,
  'warm-up.progress': warmUpProgress,
  'warm-up.paused': moved,
  'warm-up.resumed': moved,
  'warm-up.low-success': z.object({
    ...warmUpCounts,
    successRate: shareSchema,
    threshold: shareSchema,
    ...errorCounts,
  }),
  'warm-up.clipped': z.object({
    runId: z.int(),
    host,
    wanted: countSchema,
    fits: countSchema,
    key: connectionLimitSchema.shape.key,
    limit: countSchema,
    inUse: countSchema,
    /** Of this host's; would fit with these changes of the configuration. */
    wouldFit: countSchema,
    changes: z.string(),
  }),
  'warm-up.forbidden': z.object({
    runId: z.int(),
    host,
    forbidden: countSchema,
    /** The first of them. */
    ip,
    why: z.string(),
  }),
  'warm-up.failed': z.object({
    runId: z.int(),
    host,
    ip,
    class: errorClassSchema,
    code: z.string(),
    message,
  }),
  'warm-up.host-failed': z.object({
    runId: z.int(),
    host,
    ready: countSchema,
    total: countSchema,
    class: errorClassSchema,
    message,
  }),
  'warm-up.finished': z.object({
    ...warmUpCounts,
    outcome: z.enum(warmUpOutcomes),
    cancelled: countSchema,
    /** IPs that the access lists forbid, or that were ejected. */
    leftOut: countSchema.default(0),
    elapsedMs: durationMsSchema,
    healthy: countSchema,
    unhealthy: countSchema,
    /** Addresses with fewer healthy connections than it had made ready, and the first of them with why. */
    lostIps: countSchema,
    lost: z.string(),
    meanResponseMs: durationMsSchema.nullable(),
    baselineMs: durationMsSchema.nullable(),
    ...errorCounts,
  }),
} as const;

/** See {@link chargeSchema}. */
export type Charge = z.infer<typeof chargeSchema>;
export type EventKind = keyof typeof eventKinds;
export type EventDataOf<Kind extends EventKind> = z.infer<(typeof eventKinds)[Kind]>;

export function isEventKind(kind: string): kind is EventKind {
  return Object.hasOwn(eventKinds, kind);
}
