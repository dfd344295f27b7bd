/** The time machine: the whole pool as it was, and what is another from one moment to a later one. */
import { z } from 'zod';
import { connectionIdSchema, connectionRowSchema } from './connections.ts';
import { hostHealthSchema, ipHealthSchema, localOutageSchema } from './health.ts';
import { poolStatisticsSchema } from './statistics.ts';
import { closeReasonSchema, epochMsSchema } from './vocabulary.ts';
import { warmUpProgressSchema } from './warm-up-progress.ts';

/** So far back there is a moment for each second or a few; beyond, one each ten minutes, for a week. */
export const denseMomentsMs = 86_400_000;

export const historyMomentInputSchema = z
  .object({
    atMs: epochMsSchema,
    /**
     * The `atMs` of an answer that the reader has: then only what is different is given, which is how the past is played,
     * at any speed, step by step. null: everything.
     */
    sinceMs: epochMsSchema.nullable().default(null),
  })
  .refine(
    ({ atMs, sinceMs }) => sinceMs === null || sinceMs <= atMs,
    'the past is played forward: sinceMs is before atMs',
  );

export type HistoryMomentInput = z.input<typeof historyMomentInputSchema>;

export const historyMomentSchema = z.object({
  /** Of what is shown: the last that was written down at the moment asked for or before, a second apart where it is dense. */
  atMs: epochMsSchema,
  /** Forget what you have: this is everything. */
  reset: z.boolean(),
  /** As the pool told them then. */
  statistics: poolStatisticsSchema,
  upserts: z.array(connectionRowSchema),
  /** null: why is not known, for it went between two moments that are kept far apart. */
  removes: z.array(z.object({ id: connectionIdSchema, reason: closeReasonSchema.nullable() })),
  health: z.object({
    localOutage: localOutageSchema.nullable(),
    /** All of them, always. */
    hosts: z.array(hostHealthSchema),
    /** Figures of an address are those of its last look. */
    upserts: z.array(ipHealthSchema),
    removes: z.array(z.object({ host: z.string(), ip: z.string(), port: z.int() })),
  }),
  /** Those that went on then; none is known of moments that an older version has written down. */
  warmUps: z.array(warmUpProgressSchema).default([]),
  /** The oldest and the newest moment that can be asked for. */
  firstMs: epochMsSchema,
  lastMs: epochMsSchema,
});
export type HistoryMoment = z.infer<typeof historyMomentSchema>;
