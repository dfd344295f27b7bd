/** The engine's typed events, as the console and the log hear them. */
import { z } from 'zod';
import { stream } from './define.ts';
import { epochMsSchema } from './vocabulary.ts';

export const eventLevels = ['debug', 'info', 'warn', 'error'] as const;
export const eventLevelSchema = z.enum(eventLevels);
export type EventLevel = z.infer<typeof eventLevelSchema>;

export const engineEventSchema = z.object({
  seq: z.int().min(1),
  atMs: epochMsSchema,
  level: eventLevelSchema,
  /** A dotted word: `connection.closed`, `access.changed`, `warm-up.finished`. */
  kind: z.string(),
  /** What it is about: a host, an IP, a connection id, a file. */
  subject: z.string(),
  /** One sentence in English. */
  text: z.string(),
  data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type EngineEvent = z.infer<typeof engineEventSchema>;

export const eventStreams = {
  /** The last 200 first, then each as it happens, debug excepted. */
  events: stream(z.object({ reset: z.boolean(), events: z.array(engineEventSchema) })),
} as const;
