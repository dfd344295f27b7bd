/** Access lists: who may be dialled. */
import { z } from 'zod';
import { command, query, stream } from './define.ts';
import { contractIssueSchema } from './errors.ts';
import { toldSchema } from './phrase.ts';
import { countSchema, epochMsSchema } from './vocabulary.ts';

export const accessListNames = ['white', 'black'] as const;
export const accessListNameSchema = z.enum(accessListNames);
export type AccessListName = z.infer<typeof accessListNameSchema>;

/** Who put an entry there. An entry of one origin never changes one of another. */
export const accessOrigins = ['operator', 'file', 'config', 'automatic'] as const;
export const accessOriginSchema = z.enum(accessOrigins);
export type AccessOrigin = z.infer<typeof accessOriginSchema>;

/** What an entry says, without what happened to it. */
export const accessWordsSchema = z.object({
  list: accessListNameSchema,
  /** Canonical IPv4, IPv6 or CIDR. */
  value: z.string(),
  origin: accessOriginSchema,
  note: z.string(),
  addedAtMs: epochMsSchema,
  /** null: never. An automatic entry always has one. */
  expiresAtMs: epochMsSchema.nullable(),
  /** For whom an automatic ban holds: the hosts that earned it. Left out: for all. */
  hosts: z.array(z.string()).optional(),
});
export type AccessWords = z.infer<typeof accessWordsSchema>;

export const accessEntrySchema = accessWordsSchema.extend({
  /** How often it decided, since the program's start: the file is for people, and would change with every dial. */
  hits: countSchema,
  lastHitAtMs: epochMsSchema.nullable(),
});
export type AccessEntry = z.infer<typeof accessEntrySchema>;

/** An entry's name: no two entries share list, origin and value. */
export function accessKey(list: AccessListName, origin: AccessOrigin, value: string): string {
  return `${origin} ${list} ${value}`;
}

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

/** Lines of one message of `access.stage`: with the longest notes they fit every host's wire. */
export const mostStagedAtOnce = 2_000;
/** Lines of one staged change: of two lists of 100,000 entries each, every entry moved to the other. */
export const mostStagedLines = 400_000;
const stageTicketSchema = z.string().min(1).max(64);

export const accessChangeSchema = z.object({
  add: z.array(accessAdditionSchema).max(100_000).default([]),
  remove: z.array(accessRemovalSchema).max(100_000).default([]),
  /** Of a long change: the ticket under which `access.stage` carried its first lines; those of this message follow them. */
  staged: stageTicketSchema.nullable().default(null),
  /**
   * The revision of the lists that this change was made against. When a person has changed one of its entries since then,
   * it is refused with `conflict` and an issue for each such entry. null: whatever is there is replaced.
   */
  expectedRevision: countSchema.nullable().default(null),
  /** Why; kept in the audit. */
  reason: z.string().trim().max(200).default(''),
});
export type AccessChange = z.input<typeof accessChangeSchema>;

/** Who changed the lists. The clock takes away what has expired. */
export const accessAuthors = ['operator', 'file', 'config', 'automaton', 'clock'] as const;
export const accessAuthorSchema = z.enum(accessAuthors);
export type AccessAuthor = z.infer<typeof accessAuthorSchema>;

/** An entry of a change that somebody has changed since the change's `expectedRevision`. */
export const accessConflictSchema = z.object({
  value: z.string(),
  who: accessAuthorSchema,
  atMs: epochMsSchema,
  /** Every entry of this value as it is now; none when it is gone. */
  now: z.array(accessWordsSchema),
});
export type AccessConflict = z.infer<typeof accessConflictSchema>;

/** What a change would do to connections that live now. */
export const accessImpactSchema = z.object({
  closesConnections: countSchema,
  /** Of those: leased now; they finish their request first. */
  ofThemLeased: countSchema,
});
export type AccessImpact = z.infer<typeof accessImpactSchema>;

export const accessPreviewSchema = accessImpactSchema.extend({
  /** Connections that live now, closed by the change or not. */
  ofConnections: countSchema,
  /** Of the lists that it looked at. */
  revision: countSchema,
  /** Those of the change's entries that would make `access.apply` refuse it; at most 1,000. */
  conflicts: z.array(accessConflictSchema),
  /** How many there are, from `conflictsFrom` on. */
  conflictCount: countSchema,
  /** The line to ask from for the conflicts that are not listed; null: all are. */
  nextConflict: countSchema.nullable(),
});
export type AccessPreview = z.infer<typeof accessPreviewSchema>;

export const accessAuditedChangeSchema = z.object({
  /** null: the entry is new. */
  before: accessWordsSchema.nullable(),
  /** null: the entry is gone. */
  after: accessWordsSchema.nullable(),
});
export type AccessAuditedChange = z.infer<typeof accessAuditedChangeSchema>;

/** One change of the lists, whoever made it. What the automaton does within seconds is one record. */
export const accessAuditRecordSchema = z.object({
  id: z.int().min(1),
  atMs: epochMsSchema,
  who: accessAuthorSchema,
  reason: z.string(),
  /** Entries that came, went, or got other words. */
  total: countSchema,
  /** The first of them. */
  changes: z.array(accessAuditedChangeSchema),
  /** The record whose change this one took back. */
  undoes: z.int().nullable(),
  /** The one that took this one back; null as well when that was taken back itself, so that this one holds again. */
  undoneBy: z.int().nullable(),
  /** Why nothing of it can be taken back now, by its first entry; null when something can, or when a change of hundreds was not looked at. */
  undoObstacle: toldSchema.nullable(),
});
export type AccessAuditRecord = z.infer<typeof accessAuditRecordSchema>;

/** What an undo would do now. */
export const accessUndoPreviewSchema = accessImpactSchema.extend({
  total: countSchema,
  /** The first 200 of what it would change. */
  changes: z.array(accessAuditedChangeSchema),
  /** What it cannot take back, and why: `at` is the entry's value. While there is any, only a partial undo goes through. */
  left: z.array(contractIssueSchema),
});
export type AccessUndoPreview = z.infer<typeof accessUndoPreviewSchema>;

/** Who decides about an IP or a range, and every rule that has a say in it. */
export const accessExplanationSchema = z.object({
  /** Canonical. */
  value: z.string(),
  allowed: z.boolean(),
  list: accessListNameSchema.nullable(),
  /** Those alone that the deciding entry is about: an ejection of the automaton. Empty: every host. */
  hosts: z.array(z.string()),
  /** In the order in which they count: the first one decides. */
  rules: z.array(accessEntrySchema.extend({ why: z.string() })),
  /** Of a range: narrower entries in it that decide for themselves. */
  inside: z.object({
    allowed: countSchema,
    blocked: countSchema,
    /** The first 100 of them. */
    entries: z.array(accessEntrySchema),
  }),
  /** One sentence, or two. */
  text: z.string(),
});
export type AccessExplanation = z.infer<typeof accessExplanationSchema>;

/** Something that an operator may not have meant. */
export const accessFindingSchema = z.object({
  /** `both-lists`: one value on both. `covered`: an entry that a wider one makes needless. `overruled`: one that can never decide. */
  kind: z.enum(['both-lists', 'covered', 'overruled']),
  entry: accessWordsSchema,
  /** The entry that decides in its place. */
  by: accessWordsSchema,
  /** One of the two comes with the change that was looked at; it is not in force yet. */
  fresh: z.boolean(),
});
export type AccessFinding = z.infer<typeof accessFindingSchema>;

export const accessParsedSchema = z.object({
  /** Canonical, without duplicates, in the order of the text. */
  entries: z.array(
    z.object({
      line: z.int().min(1),
      value: z.string(),
      note: z.string(),
      /** Where the text says so, as an exported list does. */
      list: accessListNameSchema.optional(),
      expiresAtMs: epochMsSchema.optional(),
    }),
  ),
  /** Of values that the text has twice, each later place; the first 100. The note of the first one counts. */
  repeats: z.array(z.object({ line: z.int().min(1), value: z.string(), firstLine: z.int().min(1) })),
  /** How many there are. */
  repeated: countSchema,
  /** `at` is `line 3` or `line 3, entry 2`. */
  issues: z.array(contractIssueSchema),
});
export type AccessParsed = z.infer<typeof accessParsedSchema>;

/** Faults of the file that one message names: whoever mends these sees the next; a file of another program has one in each line. */
export const mostFileIssues = 100;

export const accessFrameSchema = z.object({
  /** Forget everything: this is the beginning of a picture, of which several frames may follow. */
  reset: z.boolean(),
  /** Entries in the engine: the picture is complete when so many are here. */
  total: countSchema,
  /** Rises with every change of the lists, hits excepted. */
  revision: countSchema,
  whitelistMode: z.enum(['prefer', 'enforce']),
  upserts: z.array(accessEntrySchema),
  /** {@link accessKey} of entries that are gone. */
  removes: z.array(z.string()),
  /** The first bad lines of `access-lists.toml`; while there are any, the file is left as it is and changes are refused. */
  fileIssues: z.array(contractIssueSchema).max(mostFileIssues),
  /** How many bad lines there are beside them. */
  moreFileIssues: countSchema,
  /** The file was deleted: the lists live on in memory alone, until the next change or `access.save` writes it again. */
  fileGone: z.boolean(),
  /** Where the lists are kept, for the operator who edits by hand. */
  file: z.string(),
});
export type AccessFrame = z.infer<typeof accessFrameSchema>;

export const accessAppliedSchema = z.object({
  revision: countSchema,
  added: countSchema,
  removed: countSchema,
  changeId: z.int().nullable(),
  impact: accessImpactSchema,
});
export type AccessApplied = z.infer<typeof accessAppliedSchema>;

export const accessRequests = {
  /**
   * Reads a pasted text: one or more entries a line, separated by commas or spaces; `#` begins a note. Or JSON, CSV or TOML.
   * A long text may come in pieces, each with the number of its first line.
   */
  'access.parse': query(
    z.object({ text: z.string().max(8_000_000), firstLine: z.int().min(1).default(1) }),
    accessParsedSchema,
  ),
  /**
   * Carries a change that is too long for one message, in pieces of at most {@link mostStagedAtOnce} lines; `preview`, `findings`
   * and `apply` then name the ticket. `from`: how many lines the engine has of it; 0 begins anew. What nobody asks about for
   * five minutes is forgotten. `conflict` when the piece does not follow on, `refused` beyond {@link mostStagedLines} lines.
   */
  'access.stage': query(
    z.object({
      ticket: stageTicketSchema,
      from: countSchema,
      add: z.array(accessAdditionSchema).max(mostStagedAtOnce).default([]),
      remove: z.array(accessRemovalSchema).max(mostStagedAtOnce).default([]),
    }),
    z.object({ lines: countSchema }),
  ),
  /**
   * What the change would do now. `conflictsFrom`: a line of the change, additions first; conflicts are named from there on.
   * `not-found` when the ticket of a staged change is not known (any more).
   */
  'access.preview': query(accessChangeSchema.extend({ conflictsFrom: countSchema.default(0) }), accessPreviewSchema),
  /** Applied whole or not at all, and on disk before it answers; the same for an undo. `changeId`: null when nothing changed. */
  'access.apply': command(accessChangeSchema, accessAppliedSchema),
  /** The audit, newest first. `before`: only records older than this one, the cursor of the page before. */
  'access.audit': query(
    z.object({
      before: z.int().min(1).nullable().default(null),
      limit: z.int().min(1).max(200).default(50),
      /** Only these authors'; null: everybody's. */
      who: z.array(accessAuthorSchema).nullable().default(null),
      /** In the reason, or in one of the record's first entries. */
      text: z.string().max(100).default(''),
      /** Only what an undo of the last change goes through: changes that hold, that something can be taken back of, and no undo. */
      undoable: z.boolean().default(false),
    }),
    z.object({ records: z.array(accessAuditRecordSchema), next: z.int().nullable() }),
  ),
  'access.previewUndo': query(z.object({ changeId: z.int().min(1) }), accessUndoPreviewSchema),
  /** A new change that takes an earlier one back. `conflict` when later changes are in the way and `partial` is not said. */
  'access.undo': command(
    z.object({ changeId: z.int().min(1), partial: z.boolean().default(false) }),
    accessAppliedSchema,
  ),
  /** Writes the file now, from what is in force. `refused` when it cannot be written, or has faults to be mended first. */
  'access.save': command(z.object({}), z.object({ file: z.string() })),
  'access.explain': query(z.object({ value: z.string().trim().min(1).max(64) }), accessExplanationSchema),
  /**
   * Of all entries that people made, as they would be after the change; null: as they are. At most 500 are listed, those that
   * come with the change first.
   */
  'access.findings': query(
    z.object({ change: accessChangeSchema.nullable().default(null) }),
    z.object({
      revision: countSchema,
      total: countSchema,
      /** Of the total: those that come with the change. */
      fresh: countSchema,
      findings: z.array(accessFindingSchema),
    }),
  ),
} as const;

export const accessStreams = {
  /** A picture first, in frames of some thousand entries; then what changed, hits alone at most once a second. */
  access: stream(accessFrameSchema),
} as const;
