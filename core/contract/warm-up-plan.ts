/** What a warm-up would do, before anything is dialled: what fits, what is left out, what is in the way. */
import { z } from 'zod';
import { configDiffSchema } from './config.ts';
import { countSchema, errorClassSchema } from './vocabulary.ts';

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
  /** IPs of the job's list that are not among the host's addresses. */
  notOfHost: countSchema,
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
