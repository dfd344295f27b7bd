/** Connections that have been closed, over restarts. */
import { z } from 'zod';
import { rangeSchema } from './history-range.ts';
import { closeReasonSchema, countSchema, durationMsSchema, epochMsSchema, protocolSchema } from './vocabulary.ts';

/** A connection that has been closed. */
export const connectionLifeSchema = z.object({
  /** When the engine that had it was started: ids begin anew with each start. */
  engineStartedAtMs: epochMsSchema,
  id: z.int().min(1),
  host: z.string(),
  ip: z.string(),
  port: z.int().min(1).max(65_535),
  profile: z.string(),
  protocol: protocolSchema.nullable(),
  resumed: z.boolean(),
  createdAtMs: epochMsSchema,
  closedAtMs: epochMsSchema,
  reason: closeReasonSchema,
  tcpMs: durationMsSchema.nullable(),
  tlsMs: durationMsSchema.nullable(),
  lastResponseMs: durationMsSchema.nullable(),
  leases: countSchema,
  requests: countSchema,
  errors: countSchema,
});
export type ConnectionLife = z.infer<typeof connectionLifeSchema>;

export const historyLivesInputSchema = rangeSchema.safeExtend({
  host: z.string().max(261).nullable().default(null),
  ip: z.string().max(64).nullable().default(null),
  reason: closeReasonSchema.nullable().default(null),
  limit: z.int().min(1).max(500).default(100),
  cursor: z.int().min(1).nullable().default(null),
});

export const historyLivesSchema = z.object({
  /** By the time of closing, newest first. */
  lives: z.array(connectionLifeSchema),
  cursor: z.int().min(1).nullable(),
});
export type HistoryLives = z.infer<typeof historyLivesSchema>;
