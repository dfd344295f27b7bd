/** What failed checks failed of, class by class over time, from counts that are kept. */
import { z } from 'zod';
import { placeShape } from './history-health.ts';
import { rangeSchema } from './history-range.ts';
import { countSchema, durationMsSchema, epochMsSchema, errorClassSchema } from './vocabulary.ts';

export const historyErrorsInputSchema = rangeSchema.safeExtend({
  ...placeShape,
  /** At most so many. */
  columns: z.int().min(1).max(300).default(60),
});

export const errorSeriesSchema = z.object({
  errorClass: errorClassSchema,
  count: countSchema,
  /** Failures in each column. */
  counts: z.array(countSchema),
  /** Where it happened last, to the second where it is long ago. */
  last: z.object({ host: z.string(), ip: z.string(), port: z.int().min(1).max(65_535), atMs: epochMsSchema }),
});
export type ErrorSeries = z.infer<typeof errorSeriesSchema>;

export const historyErrorsSchema = z.object({
  /** Begin of the first column: whole steps, so that columns do not move while time goes on. */
  fromMs: epochMsSchema,
  stepMs: durationMsSchema,
  columns: countSchema,
  /** The most frequent first; this machine's own failures are among them. */
  classes: z.array(errorSeriesSchema),
});
export type HistoryErrors = z.infer<typeof historyErrorsSchema>;
