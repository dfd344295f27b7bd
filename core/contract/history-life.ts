/** One connection's life, from its dial to its end, as far as it is remembered. */
import { z } from 'zod';
import { connectionExplanationSchema, recentLeaseSchema } from './explain.ts';
import { historyChecksSchema } from './history-health.ts';
import { connectionLifeSchema } from './history-lives.ts';
import { closeReasonSchema, countSchema, epochMsSchema } from './vocabulary.ts';

export const historyLifeInputSchema = z.object({
  connectionId: z.int().min(1),
  /** As a life tells it; null: the running engine's. */
  engineStartedAtMs: epochMsSchema.nullable().default(null),
});

export const historyLifeSchema = z.object({
  /** With its counters. */
  life: connectionLifeSchema.extend({
    /** null while it lives. */
    closedAtMs: epochMsSchema.nullable(),
    reason: closeReasonSchema.nullable(),
  }),
  /** Why it is as it is, the parts of its making, what befell it; null when only what is on disk is left of it. */
  explanation: connectionExplanationSchema.nullable(),
  /** Its last leases, oldest first, at most 1,000; none of one whose engine has ended. */
  leases: z.array(recentLeaseSchema),
  /** That came before them, or that only their number is known of. */
  earlierLeases: countSchema,
  /** Looks at its address while it lived, newest first; `cursor` is for `history.checks` over the same time. */
  checks: historyChecksSchema,
});
export type HistoryLife = z.infer<typeof historyLifeSchema>;
