/** Warm-up runs as they are remembered, each with what came of every connection that it was for. */
import { z } from 'zod';
import { rangeSchema } from './history-range.ts';
import { countSchema, epochMsSchema } from './vocabulary.ts';
import { warmUpCellSchema, warmUpRunSchema } from './warm-up-run.ts';

/** A cell with the port of its address, which a name's answer may have given it. */
export const rememberedCellSchema = warmUpCellSchema.extend({ port: z.int().min(1).max(65_535) });
export type RememberedCell = z.infer<typeof rememberedCellSchema>;

export const rememberedWarmUpSchema = z.object({
  /** Its own over restarts. */
  key: z.int().min(1),
  /** When the engine that did it was started: its connections and their ids are of that engine alone. */
  engineStartedAtMs: epochMsSchema,
  /** When it was told last. One whose engine was killed has not ended, and never will. */
  toldAtMs: epochMsSchema,
  run: warmUpRunSchema,
});
export type RememberedWarmUp = z.infer<typeof rememberedWarmUpSchema>;

/** Runs that began in the range. */
export const historyWarmUpsInputSchema = rangeSchema.safeExtend({
  limit: z.int().min(1).max(200).default(50),
  cursor: z.int().min(1).nullable().default(null),
});

export const historyWarmUpsSchema = z.object({
  /** Newest first. */
  warmUps: z.array(rememberedWarmUpSchema),
  cursor: z.int().min(1).nullable(),
});
export type HistoryWarmUps = z.infer<typeof historyWarmUpsSchema>;

export const historyWarmUpCellsInputSchema = z.object({
  key: z.int().min(1),
  /** By index. */
  offset: countSchema.default(0),
  limit: z.int().min(1).max(2_000).default(1_000),
});

export const historyWarmUpCellsSchema = z.object({
  /** By index; those that had no result when the run was told last are left out. */
  cells: z.array(rememberedCellSchema),
});
export type HistoryWarmUpCells = z.infer<typeof historyWarmUpCellsSchema>;
