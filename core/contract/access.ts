/** Access lists: who may be dialled. */
import { z } from 'zod';
import { command, query, stream } from './define.ts';
import { contractIssueSchema } from './errors.ts';
import { countSchema, epochMsSchema } from './vocabulary.ts';

export const accessListNames = ['white', 'black'] as const;
export const accessListNameSchema = z.enum(accessListNames);
export type AccessListName = z.infer<typeof accessListNameSchema>;

/** Who put an entry there. An entry of one origin never changes one of another. */
export const accessOrigins = ['operator', 'file', 'config', 'automatic'] as const;
export const accessOriginSchema = z.enum(accessOrigins);
export type AccessOrigin = z.infer<typeof accessOriginSchema>;

export const accessEntrySchema = z.object({
  list: accessListNameSchema,
  /** Canonical IPv4, IPv6 or CIDR. */
  value: z.string(),
  origin: accessOriginSchema,
  note: z.string(),
  addedAtMs: epochMsSchema,
  /** null: never. An automatic entry always has one. */
  expiresAtMs: epochMsSchema.nullable(),
  /** How often it decided, since the start. */
  hits: countSchema,
  lastHitAtMs: epochMsSchema.nullable(),
});
export type AccessEntry = z.infer<typeof accessEntrySchema>;

/** What the console writes: operator entries only. */
export const accessAdditionSchema = z.object({
  list: accessListNameSchema,
  /** IPv4, IPv6 or CIDR; canonicalised by the engine. */
  value: z.string().trim().min(1).max(64),
  note: z.string().max(500).default(''),
  expiresAtMs: epochMsSchema.nullable().default(null),
});
export type AccessAddition = z.input<typeof accessAdditionSchema>;

export const accessRemovalSchema = z.object({
  list: accessListNameSchema,
  value: z.string().trim().min(1).max(64),
  /** Config entries cannot be removed here, only overridden by an operator's entry. */
  origin: z.enum(['operator', 'file', 'automatic']),
});
export type AccessRemoval = z.infer<typeof accessRemovalSchema>;

export const accessChangeSchema = z.object({
  add: z.array(accessAdditionSchema).max(100_000).default([]),
  remove: z.array(accessRemovalSchema).max(100_000).default([]),
});
export type AccessChange = z.input<typeof accessChangeSchema>;

/** What a change would do to connections that live now. */
export const accessImpactSchema = z.object({
  closesConnections: countSchema,
  /** Of those: leased now; they finish their request first. */
  ofThemLeased: countSchema,
});
export type AccessImpact = z.infer<typeof accessImpactSchema>;

export const accessParsedSchema = z.object({
  /** Canonical, without duplicates, in the order of the text. */
  entries: z.array(z.object({ line: z.int().min(1), value: z.string(), note: z.string() })),
  /** `at` is `line 3` or `line 3, entry 2`. */
  issues: z.array(contractIssueSchema),
});
export type AccessParsed = z.infer<typeof accessParsedSchema>;

export const accessFrameSchema = z.object({
  /** Rises with every change of the lists, hits excepted. */
  revision: countSchema,
  whitelistMode: z.enum(['prefer', 'enforce']),
  entries: z.array(accessEntrySchema),
  /** Bad lines of `access-lists.toml`; while there are any, the file is left as it is and changes are refused. */
  fileIssues: z.array(contractIssueSchema),
  /** Where the lists are kept, for the operator who edits by hand. */
  file: z.string(),
});
export type AccessFrame = z.infer<typeof accessFrameSchema>;

export const accessRequests = {
  /** Reads a pasted text: one or more entries a line, separated by commas or spaces; `#` begins a note. */
  'access.parse': query(z.object({ text: z.string().max(8_000_000) }), accessParsedSchema),
  'access.preview': query(accessChangeSchema, accessImpactSchema),
  /** Applied whole or not at all, and on disk before it answers. */
  'access.apply': command(
    accessChangeSchema,
    z.object({ revision: countSchema, added: countSchema, removed: countSchema, impact: accessImpactSchema }),
  ),
} as const;

export const accessStreams = {
  /** A complete picture at each change; hits alone at most once a second. */
  access: stream(accessFrameSchema),
} as const;
