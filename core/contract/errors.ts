/** Errors that cross the contract: typed, with words an operator can act on. */
import { z } from 'zod';
import { inEnglish, type Phrase, phraseSchema, type Told } from './phrase.ts';

export const contractErrorCodes = [
  /** The message is not of the contract's form, or names a request or stream that does not exist. */
  'malformed-message',
  'unknown-request',
  'unknown-stream',
  /** The input does not fit the request's schema; `issues` says where. */
  'invalid-input',
  /** What the request names is not there (any more). */
  'not-found',
  /** The request is right but cannot be carried out now: a stale revision, a host that is not watched. */
  'conflict',
  'refused',
  /** The engine is closing or closed. */
  'closed',
  /** The host lost its engine, or the wire broke before an answer came. */
  'disconnected',
  'internal',
] as const;
export const contractErrorCodeSchema = z.enum(contractErrorCodes);
export type ContractErrorCode = z.infer<typeof contractErrorCodeSchema>;

export const contractIssueSchema = z.object({
  /** Where: a path in the input (`add.0.value`), or a line of a pasted text (`line 3`). */
  at: z.string(),
  message: z.string(),
  /** The message, for a reader of another language; left out where it is not the engine's own. */
  phrase: phraseSchema.exactOptional(),
});
export type ContractIssue = z.infer<typeof contractIssueSchema>;

export function issueAt(at: string, told: Told): ContractIssue {
  return { at, ...inWords(told) };
}

/** In English, and as the phrase that it is. */
function inWords(told: Told): { message: string; phrase?: Phrase } {
  return { message: inEnglish(told), ...(typeof told === 'object' && { phrase: told }) };
}

export const contractErrorSchema = z.object({
  code: contractErrorCodeSchema,
  /** One sentence: what, where, and what to do. */
  message: z.string(),
  /** As of an issue. */
  phrase: phraseSchema.exactOptional(),
  issues: z.array(contractIssueSchema).default([]),
});
export type ContractErrorData = z.infer<typeof contractErrorSchema>;

/** Thrown on both sides of the contract; {@link ContractErrorData} is its form on the wire. */
export class ContractError extends Error {
  override readonly name = 'ContractError';
  readonly code: ContractErrorCode;
  /** What it says; the message is its English. */
  readonly told: Told;
  readonly issues: readonly ContractIssue[];

  constructor(code: ContractErrorCode, told: Told, issues: readonly ContractIssue[] = []) {
    super(inEnglish(told));
    this.code = code;
    this.told = told;
    this.issues = issues;
  }

  toData(): ContractErrorData {
    return { code: this.code, ...inWords(this.told), issues: [...this.issues] };
  }

  static fromData({ code, message, phrase, issues }: ContractErrorData): ContractError {
    return new ContractError(code, phrase ?? message, issues);
  }
}
