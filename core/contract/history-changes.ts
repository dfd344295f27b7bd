/** What people and the engine changed: the access lists and the configuration. */
import { z } from 'zod';
import { accessAuditedChangeSchema, accessAuthorSchema } from './access.ts';
import { configDifferenceSchema, configVersionSources } from './config.ts';
import { rangeSchema } from './history-range.ts';
import { countSchema, epochMsSchema } from './vocabulary.ts';

/** A record of the lists' audit. */
export const listChangeSchema = z.object({
  kind: z.literal('lists'),
  atMs: epochMsSchema,
  who: accessAuthorSchema,
  reason: z.string(),
  /** Of the record, for `access.undo`; one that is too old is not in the audit any more. */
  auditId: z.int().min(1),
  /** The record whose change this one took back. */
  undoes: z.int().nullable(),
  /** Entries that came, went, or got other words. */
  total: countSchema,
  /** The first of them. */
  changes: z.array(accessAuditedChangeSchema),
});

export const settingsChangeSchema = z.object({
  kind: z.literal('config'),
  atMs: epochMsSchema,
  /** Who brought it: the console, a hand edit of the file, or a return to an earlier version. */
  who: z.enum(configVersionSources),
  diff: configDifferenceSchema,
});

export const rememberedChangeSchema = z.discriminatedUnion('kind', [listChangeSchema, settingsChangeSchema]);
export type RememberedChange = z.infer<typeof rememberedChangeSchema>;

export const historyChangesInputSchema = rangeSchema.safeExtend({
  kind: z.enum(['lists', 'config']).nullable().default(null),
  /** Somewhere in what is stored of it: an IP, a note, a key, a reason. */
  text: z.string().trim().max(200).default(''),
  /** What the automaton and the clock do to the lists is most of it, and seldom what is asked for. */
  byPeople: z.boolean().default(false),
  limit: z.int().min(1).max(200).default(50),
  cursor: z.int().min(1).nullable().default(null),
});

export const historyChangesSchema = z.object({
  /** Newest first. A page may be short, or empty, while there is a cursor: so much was searched in one go. */
  changes: z.array(rememberedChangeSchema),
  cursor: z.int().min(1).nullable(),
});
export type HistoryChanges = z.infer<typeof historyChangesSchema>;
