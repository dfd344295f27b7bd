/** The engine's typed events, as the console and the log hear them. */
import { z } from 'zod';
import { stream } from './define.ts';
import type { EventDataOf, EventKind } from './event-kinds.ts';
import { epochMsSchema } from './vocabulary.ts';

export const eventLevels = ['debug', 'info', 'warn', 'error'] as const;
export const eventLevelSchema = z.enum(eventLevels);
export type EventLevel = z.infer<typeof eventLevelSchema>;

/**
 * An event as it travels and as it is read back: of any kind, since the history keeps those of other versions. Its
 * sentence is made by `eventText`, in the reader's language.
 */
export const toldEventSchema = z.object({
  seq: z.int().min(1),
  atMs: epochMsSchema,
  level: eventLevelSchema,
  /** A dotted word: `connection.closed`, `access.changed`, `warm-up.finished`. */
  kind: z.string(),
  /** What it is about: a host, an IP, a connection id, a file. */
  subject: z.string(),
  /** As `eventKinds` says it of the kind. */
  data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type ToldEvent = z.infer<typeof toldEventSchema>;

interface Stamp {
  readonly seq: number;
  readonly atMs: number;
  readonly level: EventLevel;
  readonly subject: string;
}

/** An event as the engine makes it: its kind says what its data is. */
export type EngineEvent = {
  [Kind in EventKind]: Stamp & { readonly kind: Kind; readonly data: EventDataOf<Kind> };
}[EventKind];

export const eventStreams = {
  /** The last 200 first, then each as it happens, debug excepted. */
  events: stream(z.object({ reset: z.boolean(), events: z.array(toldEventSchema) })),
} as const;
