/** Connections: every row of the table, and what an operator may do to one. */
import { z } from 'zod';
import { command, stream } from './define.ts';
import { poolStatisticsSchema } from './statistics.ts';
import {
  closeReasonSchema,
  connectionStateSchema,
  countSchema,
  durationMsSchema,
  epochMsSchema,
  protocolSchema,
} from './vocabulary.ts';

export const connectionIdSchema = z.int().min(1);

/** One connection as the console sees it. Ages are not sent: they follow from the times and the frame's `atMs`. */
export const connectionRowSchema = z.object({
  id: connectionIdSchema,
  state: connectionStateSchema,
  /** A flag beside the state; shown as `unhealthy` when it is down. */
  healthy: z.boolean(),
  /** `host` or `host:port`, as the operator wrote it. */
  host: z.string(),
  ip: z.string(),
  port: z.int().min(1).max(65_535),
  /** null until the handshake has chosen. */
  protocol: protocolSchema.nullable(),
  /** The TLS profile it was dialled with. */
  profile: z.string(),
  createdAtMs: epochMsSchema,
  /** Since when it is unused; null unless it is idle or being checked. */
  idleSinceMs: epochMsSchema.nullable(),
  /** Since when it is leased; null unless it is. */
  leasedSinceMs: epochMsSchema.nullable(),
  leases: countSchema,
  requests: countSchema,
  errors: countSchema,
  tcpMs: durationMsSchema.nullable(),
  tlsMs: durationMsSchema.nullable(),
  /** From request sent to response headers, of the last finished request; null before the first. */
  lastResponseMs: durationMsSchema.nullable(),
  /** A resumed handshake checks no certificate, so it is never shown as verified. */
  resumed: z.boolean(),
});
export type ConnectionRow = z.infer<typeof connectionRowSchema>;

/**
 * A frame of the live table. `reset` begins a new picture: forget every row known before. `seq` rises by one per frame
 * and subscription; on a gap the reader subscribes anew. A large picture comes as several frames in a row, of which all but
 * the last are `unfinished`: what they hold is true, but not all.
 */
export const connectionsFrameSchema = z.object({
  seq: countSchema,
  atMs: epochMsSchema,
  reset: z.boolean(),
  unfinished: z.boolean(),
  upserts: z.array(connectionRowSchema),
  removes: z.array(z.object({ id: connectionIdSchema, reason: closeReasonSchema })),
  counters: poolStatisticsSchema,
});
export type ConnectionsFrame = z.infer<typeof connectionsFrameSchema>;

/** How many of the named connections were there and were acted on. */
export const connectionsActedSchema = z.object({ acted: countSchema });

const idsSchema = z.object({ ids: z.array(connectionIdSchema).min(1).max(20_000) });

export const connectionRequests = {
  /** Idle ones end at once, leased ones when their leases do, at most `drain_timeout` later. From now on they serve nobody. */
  'connections.drain': command(idsSchema, connectionsActedSchema),
  /** All end at once; what is under way on a leased one fails. */
  'connections.close': command(idsSchema, connectionsActedSchema),
  /** Check idle ones now; leased ones are left alone. Resolves when the checks are done. */
  'connections.check': command(idsSchema, connectionsActedSchema),
} as const;

export const connectionStreams = {
  /** Rows and counters, coalesced, at most one frame each 100 ms. */
  connections: stream(connectionsFrameSchema),
} as const;
