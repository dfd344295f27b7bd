/** Why is this cold, waiting, closed or refused? One sentence to read, and the data behind it. */
import { z } from 'zod';
import { accessListNameSchema, accessOriginSchema } from './access.ts';
import { connectionIdSchema, connectionRowSchema } from './connections.ts';
import { query } from './define.ts';
import { ejectionReasonSchema } from './health.ts';
import {
  closeReasonSchema,
  countSchema,
  durationMsSchema,
  epochMsSchema,
  errorClassSchema,
  hostNameSchema,
  shareSchema,
} from './vocabulary.ts';
import { connectionLimitSchema } from './warm-up-plan.ts';

export const explainVerdicts = [
  /** Ready to serve at once. */
  'hot',
  /** Everything there is is in use. */
  'busy',
  /** Being dialled, validated or checked. */
  'making',
  /** Its flag is down: it serves nobody until it has been looked at again. */
  'suspect',
  /** Finishes its leases, then closes. */
  'draining',
  /** Nothing is there, and nobody waits for it. */
  'cold',
  /** Somebody waits. */
  'waiting',
  /** The access lists, or the host itself, refuse it. */
  'refused',
  'closed',
] as const;
export const explainVerdictSchema = z.enum(explainVerdicts);
export type ExplainVerdict = z.infer<typeof explainVerdictSchema>;

export const historyKinds = [
  'ready',
  'profile-refused',
  'dial-failed',
  'check',
  'lease',
  'flag-down',
  'flag-up',
  'draining',
  'closed',
  'timed-out',
  'refused',
  'resolved',
  'resolve-failed',
] as const;
export type HistoryKind = (typeof historyKinds)[number];

/** Something that happened. What happened in the same way several times in a row is one event with a count. */
export const historyEventSchema = z.object({
  kind: z.enum(historyKinds),
  /** A verdict, an outcome, a reason, an error class, an IP: whatever the kind leaves open. */
  detail: z.string(),
  firstAtMs: epochMsSchema,
  lastAtMs: epochMsSchema,
  count: z.int().min(1),
});
export type HistoryEvent = z.infer<typeof historyEventSchema>;

export const explainedErrorSchema = z.object({
  class: errorClassSchema.nullable(),
  code: z.string(),
  message: z.string(),
  atMs: epochMsSchema,
});
export type ExplainedError = z.infer<typeof explainedErrorSchema>;

/** The last events, oldest first; how many came before them. */
const historyShape = { events: z.array(historyEventSchema), earlierEvents: countSchema };

export const recentLeaseSchema = z.object({
  beganAtMs: epochMsSchema,
  heldMs: durationMsSchema,
  outcome: z.enum(['ok', 'failed', 'broken']),
});

/** A lease that is held for longer than `leak_threshold`: somebody may have forgotten to release it. */
export const overdueLeaseSchema = z.object({
  sinceMs: epochMsSchema,
  /** The place of the acquire; null when it was not sampled. */
  acquiredAt: z.string().nullable(),
});
export type OverdueLease = z.infer<typeof overdueLeaseSchema>;

const explanationShape = {
  atMs: epochMsSchema,
  verdict: explainVerdictSchema,
  /** One to three sentences in English. */
  sentence: z.string(),
};

export const connectionExplanationSchema = z.object({
  ...explanationShape,
  subject: z.literal('connection'),
  /** As it is now; as it was at its end when it is closed. */
  connection: connectionRowSchema,
  /** That are on it now. */
  activeLeases: countSchema,
  /** The parts of its making; null where it never came so far. */
  making: z.object({
    /** For its turn in the dial budget. */
    waitedMs: durationMsSchema.nullable(),
    tcpMs: durationMsSchema.nullable(),
    tlsMs: durationMsSchema.nullable(),
    /** From the handshake to the verdict of the validation. */
    validationMs: durationMsSchema.nullable(),
    readyAtMs: epochMsSchema.nullable(),
  }),
  checks: countSchema,
  /** When the last lease began; null before the first. */
  lastLeaseAtMs: epochMsSchema.nullable(),
  /** The last that failed, broke, or were held for a second or longer; oldest first. `connection.leases` counts all. */
  recentLeases: z.array(recentLeaseSchema),
  /** Of the leases on it those that are overdue, the oldest first. */
  overdueLeases: z.array(overdueLeaseSchema),
  /** When it will have lived its life; null when it is closed. */
  expiresAtMs: epochMsSchema.nullable(),
  closed: z.object({ atMs: epochMsSchema, reason: closeReasonSchema }).nullable(),
  /** The last that went wrong on it. */
  lastError: explainedErrorSchema.nullable(),
  ...historyShape,
});
export type ConnectionExplanation = z.infer<typeof connectionExplanationSchema>;

export const accessVerdictSchema = z.object({
  allowed: z.boolean(),
  list: accessListNameSchema.nullable(),
  rule: z.object({ value: z.string(), origin: accessOriginSchema }).nullable(),
});

/** One address of one host. */
export const explainedEndpointSchema = z.object({
  host: z.string(),
  ip: z.string(),
  port: z.int(),
  access: accessVerdictSchema,
  /** It is no longer among the host's addresses. */
  vanished: z.boolean(),
  /** Connections that are not closed. */
  connections: countSchema,
  idle: countSchema,
  leased: countSchema,
  dialing: countSchema,
  /** Who wait for this very address. */
  waiting: countSchema,
  /** A moving average; null before the first answer. */
  responseMs: durationMsSchema.nullable(),
  /** Its share in the slow start, 0.1 to 1. */
  slowStartShare: shareSchema,
  failuresInARow: countSchema,
  failuresByClass: z.array(z.object({ class: errorClassSchema, count: z.int().min(1) })),
  /** What the automaton holds against it; null: nothing. */
  ejection: z
    .object({
      reason: ejectionReasonSchema.nullable(),
      /** null while it is held in use. */
      untilMs: epochMsSchema.nullable(),
      nextProbeAtMs: epochMsSchema.nullable(),
      /** Ejections in a row: the back-off doubles with each. */
      count: countSchema,
      /** It deserves an ejection; the maximum share keeps it in use. */
      held: z.boolean(),
    })
    .nullable(),
  /** Until then other addresses are dialled first; null when it is not backing off. */
  backOffUntilMs: epochMsSchema.nullable(),
  lastError: explainedErrorSchema.nullable(),
  ...historyShape,
});
export type ExplainedEndpoint = z.infer<typeof explainedEndpointSchema>;

export const ipExplanationSchema = z.object({
  ...explanationShape,
  subject: z.literal('ip'),
  ip: z.string(),
  access: accessVerdictSchema,
  /** One for each host that has this address. */
  endpoints: z.array(explainedEndpointSchema),
});
export type IpExplanation = z.infer<typeof ipExplanationSchema>;

export const hostExplanationSchema = z.object({
  ...explanationShape,
  subject: z.literal('host'),
  host: z.string(),
  /** In `[[targets]]`. */
  watched: z.boolean(),
  /** Its addresses have been asked for with success. */
  resolved: z.boolean(),
  connections: countSchema,
  idle: countSchema,
  leased: countSchema,
  dialing: countSchema,
  healthy: countSchema,
  waiting: z.object({
    interactive: countSchema,
    background: countSchema,
    /** How long the one who has waited longest has waited; null when nobody waits. */
    longestMs: durationMsSchema.nullable(),
  }),
  /** What stands in the way of one more connection; null when nothing does. */
  limit: connectionLimitSchema.nullable(),
  /** How long the server keeps an idle connection, and how that is known; null: not known. */
  serverIdleLimit: z.object({ ms: durationMsSchema, source: z.enum(['told', 'observed']) }).nullable(),
  lastError: explainedErrorSchema.nullable(),
  /** Each address once; at most 100, those with trouble first. */
  endpoints: z.array(explainedEndpointSchema),
  addresses: countSchema,
  ...historyShape,
});
export type HostExplanation = z.infer<typeof hostExplanationSchema>;

export const explanationSchema = z.discriminatedUnion('subject', [
  connectionExplanationSchema,
  ipExplanationSchema,
  hostExplanationSchema,
]);
export type Explanation = z.infer<typeof explanationSchema>;

export const explainSubjectSchema = z.union([
  z.strictObject({ host: hostNameSchema }),
  z.strictObject({ ip: z.union([z.ipv4(), z.ipv6()]) }),
  z.strictObject({ connectionId: connectionIdSchema }),
]);
export type ExplainSubject = z.infer<typeof explainSubjectSchema>;

export const explainRequests = {
  /** Fails with `not-found` for a connection that never was, or of which nothing is remembered any more. */
  'pool.explain': query(explainSubjectSchema, explanationSchema),
} as const;
