/** Diagnosis: what is wrong or could be better, with the figures behind it, what to do, and a remedy where one is safe. */
import { z } from 'zod';
import { configValueSchema } from './config.ts';
import { query } from './define.ts';
import { epochMsSchema, hostNameSchema } from './vocabulary.ts';
import { warmUpScenarioNames } from './warm-up-job.ts';

/**
 * One for each rule; `core/diagnosis/sources.ts` says which rows of the specification each stands for. Its words are in
 * `diagnosis-words.ts` and `diagnosis-words-zh.ts`.
 */
export const diagnosisRuleIds = [
  'success-low',
  'response-alert',
  'response-slow',
  'failures-of-one-class',
  'retries-off',
  'wait-long',
  'pool-full',
  'host-full',
  'queue-long',
  'acquires-time-out',
  'timeouts-in-wrong-order',
  'streams-unused',
  'http2-rare',
  'reuse-low',
  'idle-too-short',
  'lifetime-too-short',
  'recycling-low',
  'recycling-slow',
  'leases-leak',
  'healthy-few',
  'unhealthy-left',
  'breaks-often',
  'checks-fail-by-time',
  'checks-heavy',
  'checks-silent',
  'checks-rare',
  'cleanup-late',
  'peers-close',
  'network-breaks',
  'dials-time-out',
  'dials-refused',
  'handshakes-fail',
  'protocols-refused',
  'answers-bad',
  'host-cold',
  'nothing-left',
  'host-blocks-us',
  'host-panics',
  'machine-offline',
  'names-fail',
  'warm-up-times-out',
  'warm-up-fails',
  'warm-up-slow',
  'warm-up-rests',
  'warm-up-clipped',
  'warm-up-slower-than-usual',
  'cold-starts',
  'scenario-high-availability',
  'scenario-medium-load',
  'scenario-low-latency',
  'scenario-unstable-network',
  'lists-empty',
  'bad-ips-unlisted',
  'lists-block-all',
  'loop-late',
  'cpu-high',
  'memory-grows',
  'memory-high',
  'churn-high',
  'pace-fixed',
  'preset-low-fits',
  'preset-medium-fits',
  'preset-high-fits',
  'outside-recommended',
  'alerts-off',
  'log-too-quiet',
  'log-too-loud',
  'limits-untested',
  'history-stopped',
] as const;
export const diagnosisRuleIdSchema = z.enum(diagnosisRuleIds);
export type DiagnosisRuleId = z.infer<typeof diagnosisRuleIdSchema>;

export const findingSeverities = [
  /** Requests fail, or wait, because of it. */
  'problem',
  /** It costs time, connections or money. */
  'advice',
  /** Worth to know. */
  'note',
] as const;
export const findingSeveritySchema = z.enum(findingSeverities);
export type FindingSeverity = z.infer<typeof findingSeveritySchema>;

export const findingSubjectSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('pool') }),
  z.object({ kind: z.literal('host'), host: z.string() }),
  z.object({ kind: z.literal('warm-up'), runId: z.int().min(1) }),
]);
export type FindingSubject = z.infer<typeof findingSubjectSchema>;

/** What can be done about it with one click. */
export const remedySchema = z.discriminatedUnion('kind', [
  /** Ready for `config.preview` and `config.update`. */
  z.object({ kind: z.literal('config'), changes: z.record(z.string(), configValueSchema) }),
  z.object({ kind: z.literal('check-all') }),
  z.object({ kind: z.literal('clean-up-unhealthy') }),
  z.object({ kind: z.literal('retry-failed'), runId: z.int().min(1) }),
  /** Of this host, or of all; a scenario where one fits. */
  z.object({
    kind: z.literal('warm-up'),
    host: hostNameSchema.nullable(),
    scenario: z.enum(warmUpScenarioNames).nullable(),
  }),
]);
export type Remedy = z.infer<typeof remedySchema>;

/** A number in the unit that its name ends with: `…Ms`, `…Share` (0 to 1), `…Bytes`, `…PerSecond`, else a count; or a word. */
export const findingFiguresSchema = z.record(z.string(), z.union([z.number(), z.string()]));
export type FindingFigures = z.infer<typeof findingFiguresSchema>;

export const findingSchema = z.object({
  rule: diagnosisRuleIdSchema,
  /** Rows of the specification, by their ids. */
  sources: z.array(z.string()),
  severity: findingSeveritySchema,
  subject: findingSubjectSchema,
  figures: findingFiguresSchema,
  /** The keys that it has to do with, and their values now. */
  config: z.array(z.object({ path: z.string(), value: configValueSchema })),
  remedy: remedySchema.nullable(),
  /** Since when it has been found without a break. */
  sinceMs: epochMsSchema,
});
export type Finding = z.infer<typeof findingSchema>;

export const diagnosisSchema = z.object({
  atMs: epochMsSchema,
  /** Problems first, then by age. */
  findings: z.array(findingSchema),
  /** How many rules were asked. */
  rules: z.int().min(0),
});
export type Diagnosis = z.infer<typeof diagnosisSchema>;

export const diagnosisRequests = {
  /** Everything that is found now. Cheap: asked every few seconds by a view that shows it. */
  'diagnosis.run': query(z.object({}), diagnosisSchema),
} as const;
