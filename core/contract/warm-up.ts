/** Warm-up: read a list of IPs, plan, start, watch, pause, resume, cancel, retry. */
import { z } from 'zod';
import { command, query, stream } from './define.ts';
import { contractIssueSchema } from './errors.ts';
import { countSchema } from './vocabulary.ts';
import { warmUpJobSchema } from './warm-up-job.ts';
import { forbiddenIpsSchema, warmUpPlanSchema } from './warm-up-plan.ts';
import { warmUpCellSchema, warmUpRunSchema } from './warm-up-run.ts';

export const warmUpFrameSchema = z.object({
  /** A complete picture: forget what was known before. */
  reset: z.boolean(),
  /** Runs that are new or changed, newest last. */
  runs: z.array(warmUpRunSchema),
  /** The ids of all runs that the engine remembers: the others are to be forgotten. */
  remembered: z.array(z.int()),
  /** Changed cells of those runs. */
  cells: z.array(z.object({ runId: z.int(), cells: z.array(warmUpCellSchema) })),
});
export type WarmUpFrame = z.infer<typeof warmUpFrameSchema>;

export const ipListFormats = ['json', 'csv', 'text'] as const;

/** What a pasted or imported text says. */
export const ipListSchema = z.object({
  format: z.enum(ipListFormats),
  /** Canonical, each once, in the order of the text; those that are forbidden are left out. */
  ips: z.array(z.string()),
  ipv4: countSchema,
  ipv6: countSchema,
  /** How often an IP stood there again. */
  duplicates: countSchema,
  forbidden: forbiddenIpsSchema,
  /** `at` is `line 3`, or `ipv4, entry 3` in JSON. */
  issues: z.array(contractIssueSchema),
});
export type IpList = z.infer<typeof ipListSchema>;

const runIdSchema = z.object({ runId: z.int().min(1) });

export const warmUpRequests = {
  /** JSON `{"ipv4": [], "ipv6": []}` or a list, CSV, or text: told apart by what stands there. */
  'warmUp.parseIps': query(z.object({ text: z.string().max(4_000_000) }), ipListSchema),
  'warmUp.plan': query(warmUpJobSchema, warmUpPlanSchema),
  /** Starts and answers at once; the run goes on in the engine. */
  'warmUp.start': command(warmUpJobSchema, runIdSchema),
  /** Begins no more dials; those in flight end. */
  'warmUp.pause': command(runIdSchema, z.object({ paused: z.boolean() })),
  'warmUp.resume': command(runIdSchema, z.object({ resumed: z.boolean() })),
  /** Stops dialing; connections that are already warm stay. */
  'warmUp.cancel': command(runIdSchema, z.object({ cancelled: z.boolean() })),
  /**
   * A new run for what failed in a finished one: the same IPs, hosts that could not be resolved anew. Refused with
   * `conflict` while the run goes on or when nothing failed, with `not-found` when it is not remembered.
   * `rest`: also what a cancelled run has left undone.
   */
  'warmUp.retryFailed': command(runIdSchema.extend({ rest: z.boolean().default(false) }), runIdSchema),
} as const;

export const warmUpStreams = {
  warmUp: stream(warmUpFrameSchema),
} as const;
