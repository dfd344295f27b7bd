/** What the pool remembers of the health of each address: every look at it, its states, and both as cells of a picture. */
import { z } from 'zod';
import { ejectionReasonSchema, ipStateSchema } from './health.ts';
import { rangeSchema } from './history-range.ts';
import { countSchema, durationMsSchema, epochMsSchema, errorClassSchema } from './vocabulary.ts';

export const checkKinds = [
  /** A new connection was dialled, and asked for its host's path. */
  'dial',
  /** The same, of an address whose back-off is over: it decides whether it comes back. */
  'probe',
  /** A connection that was there was asked for its host's path. */
  'check',
  /** It was only seen to be alive: a PING, or nothing to read where nothing should be. */
  'ping',
] as const;
export const checkKindSchema = z.enum(checkKinds);
export type CheckKind = z.infer<typeof checkKindSchema>;

export const checkOutcomes = ['good', 'blocked', 'auth', 'busy', 'bad-status', 'broken'] as const;
export const checkOutcomeSchema = z.enum(checkOutcomes);
export type CheckOutcome = z.infer<typeof checkOutcomeSchema>;

const endpointShape = { host: z.string(), ip: z.string(), port: z.int().min(1).max(65_535) };

export const rememberedCheckSchema = z.object({
  ...endpointShape,
  /** When it ended. */
  atMs: epochMsSchema,
  kind: checkKindSchema,
  outcome: checkOutcomeSchema,
  /** null when good. */
  errorClass: errorClassSchema.nullable(),
  /** null where nothing of HTTP was answered. */
  status: z.int().min(0).max(999).nullable(),
  /** Of an answer its response time, of a failure what it took; null where neither is known. */
  ms: durationMsSchema.nullable(),
});
export type RememberedCheck = z.infer<typeof rememberedCheckSchema>;

/** Which addresses: all of a host, of a network (`10.0.0.0/24`, `2001:db8:1::/48`), or one. */
export const placeShape = {
  host: z.string().max(261).nullable().default(null),
  prefix: z.string().max(64).nullable().default(null),
  ip: z.string().max(64).nullable().default(null),
};

export const historyChecksInputSchema = rangeSchema.safeExtend({
  ...placeShape,
  /** None: every outcome. */
  outcomes: z.array(checkOutcomeSchema).default([]),
  limit: z.int().min(1).max(500).default(100),
  cursor: z.int().min(1).nullable().default(null),
});

export const historyChecksSchema = z.object({
  /** Newest first. A page may be short, or empty, while there is a cursor: so much was searched in one go. */
  checks: z.array(rememberedCheckSchema),
  cursor: z.int().min(1).nullable(),
});
export type HistoryChecks = z.infer<typeof historyChecksSchema>;

/** A stretch of time in which an address had one state. */
export const healthSpanSchema = z.object({
  ...endpointShape,
  state: ipStateSchema,
  /** Why it is ejected or probed; null otherwise. */
  reason: ejectionReasonSchema.nullable(),
  fromMs: epochMsSchema,
  /** null: it still has this state. */
  untilMs: epochMsSchema.nullable(),
});
export type HealthSpan = z.infer<typeof healthSpanSchema>;

/** Spans that lie in the range, or reach into it. */
export const historySpansInputSchema = rangeSchema.safeExtend({
  ...placeShape,
  /** None: every state. */
  states: z.array(ipStateSchema).default([]),
  limit: z.int().min(1).max(500).default(100),
  cursor: z.int().min(1).nullable().default(null),
});

export const historySpansSchema = z.object({
  /** By their begin, newest first. */
  spans: z.array(healthSpanSchema),
  cursor: z.int().min(1).nullable(),
});
export type HistorySpans = z.infer<typeof historySpansSchema>;

/** What a cell says of its time, from the best to the worst, each by a letter. */
export const cellStates = {
  /** Nothing was asked. */
  quiet: '.',
  good: 'g',
  /** Some checks failed; in a row of several addresses, some of the checks of all of them. */
  failing: 'f',
  /** On trial after an ejection, at some time of the cell's; in a row of several addresses, any of them. */
  probing: 'p',
  /** All checks failed; in a row of several addresses, all checks of all of them. */
  down: 'd',
  /** The automaton kept it out of use; in a row of several addresses, any of them. */
  ejected: 'e',
  /** A person's rule kept it out of use; in a row of several addresses, all of them. */
  blocked: 'b',
} as const;
export type CellState = keyof typeof cellStates;

export const cellGroupings = ['host', 'prefix', 'ip'] as const;

export const historyCellsInputSchema = rangeSchema.safeExtend({
  ...placeShape,
  /** One row for each host, each network of a host (/24, /48), or each of its IPs. */
  by: z.enum(cellGroupings).default('ip'),
  /** At most so many. */
  columns: z.int().min(1).max(300).default(300),
  limit: z.int().min(1).max(2_000).default(500),
  /** Rows to leave out, for the next page. */
  offset: countSchema.default(0),
});

/** A column is a letter, or a number of a text with spaces between: half a million cells are a few strings. */
export const cellRowSchema = z.object({
  host: z.string(),
  /** null in a row of a whole host. */
  prefix: z.string().nullable(),
  /** null in a row of several addresses. */
  ip: z.string().nullable(),
  /** IPs that make up what the row tells, whatever their ports. */
  addresses: countSchema,
  /** No answer of DNS has them: only callers named them, as a warm-up of listed IPs does. */
  named: z.boolean(),
  /** IPs that are only named, beside those that the host has or had: how they fare says nothing of the host. */
  leftOut: countSchema,
  /**
   * The worst in each column: a letter of {@link cellStates}. An address that a person has blocked counts only for what it
   * did besides.
   */
  states: z.string(),
  /** How many checks ended in each column, of those that say something about the address. */
  checks: z.string(),
  failures: z.string(),
});
export type CellRow = z.infer<typeof cellRowSchema>;

export const historyCellsSchema = z.object({
  /** Begin of the first column: whole steps, so that columns do not move while time goes on. */
  fromMs: epochMsSchema,
  stepMs: durationMsSchema,
  columns: countSchema,
  /** Of hosts by name, and of addresses in their order. */
  rows: z.array(cellRowSchema),
  /** Rows that there are, without `limit`. */
  total: countSchema,
});
export type HistoryCells = z.infer<typeof historyCellsSchema>;

/** The numbers of `checks` or `failures`. */
export function readCellCounts(text: string): number[] {
  return text === '' ? [] : text.split(' ').map(Number);
}
