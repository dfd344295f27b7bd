/** What the console is looking at: the first question of every window. */
import { z } from 'zod';
import { query } from './define.ts';
import { phraseSchema } from './phrase.ts';
import { countSchema, epochMsSchema } from './vocabulary.ts';

export const watchedHostSchema = z.object({
  /** `host` or `host:port`. */
  host: z.string(),
  path: z.string(),
  ips: countSchema,
  ipv6: countSchema,
});
export type WatchedHost = z.infer<typeof watchedHostSchema>;

export const consoleSessionSchema = z.object({
  version: z.string(),
  /** `demo`: the built-in fleet; `config`: the operator's own hosts. */
  mode: z.enum(['demo', 'config']),
  startedAtMs: epochMsSchema,
  /** null in demo mode without a file. */
  configFile: z.string().nullable(),
  dataFolder: z.string(),
  hosts: z.array(watchedHostSchema),
  /** Warnings of the configuration: values outside the recommended range. */
  warnings: z.array(phraseSchema),
});
export type ConsoleSession = z.infer<typeof consoleSessionSchema>;

export const consoleSessionRequests = {
  'session.describe': query(z.object({}), consoleSessionSchema),
} as const;
