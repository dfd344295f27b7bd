/** Configuration: read it, change it whole or not at all. */
import { z } from 'zod';
import { command, query } from './define.ts';

export const configValueSchema = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.array(z.union([z.string(), z.number()])),
]);
export type ConfigValue = z.infer<typeof configValueSchema>;

/** One key as the operator writes it: seconds, not milliseconds. */
export const configKeySchema = z.object({
  /** `pool.max_connections` */
  path: z.string(),
  value: configValueSchema,
  default: configValueSchema,
  /** `s`, `connections`, … or the empty string. */
  unit: z.string(),
  meaning: z.string(),
  recommended: z.tuple([z.number(), z.number()]).nullable(),
  hard: z.tuple([z.number(), z.number()]).nullable(),
});
export type ConfigKey = z.infer<typeof configKeySchema>;

export const configDiffSchema = z.array(
  z.object({ path: z.string(), before: configValueSchema, after: configValueSchema }),
);
export type ConfigDiff = z.infer<typeof configDiffSchema>;

export const configRequests = {
  'config.get': query(z.object({}), z.object({ keys: z.array(configKeySchema), warnings: z.array(z.string()) })),
  /**
   * Changes keys of the running engine; validated together, applied to timers and limits at once, or refused whole
   * with `invalid-input` and an issue per key path.
   */
  'config.update': command(
    z.object({ changes: z.record(z.string(), configValueSchema) }),
    z.object({ diff: configDiffSchema, warnings: z.array(z.string()) }),
  ),
} as const;
