/** From whatever a client sent to what the engine may see. */
import type { z } from 'zod';
import { ContractError, type ContractIssue } from '../contract/errors.ts';
import { type RequestName, type RequestParsed, requests } from '../contract/index.ts';
import { phrase } from '../contract/phrase.ts';

/** A wrong list of 100,000 entries does not make an error of 100,000 issues. */
const maxIssues = 100;

/** @throws ContractError `invalid-input` with the path of each issue. */
export function parseInput<Name extends RequestName>(name: Name, input: unknown): RequestParsed<Name> {
  const parsed = requests[name].input.safeParse(input);
  if (parsed.success) {
    // The table's type ties each name to its schema; the compiler cannot follow it through an index.
    return parsed.data as RequestParsed<Name>;
  }
  const issues = toIssues(parsed.error);
  const first = issues[0];
  const at = first && first.at !== '' ? `${first.at}: ` : '';
  const where = first ? phrase('refused.input-at', { at, message: first.message }) : '';
  throw new ContractError('invalid-input', phrase('refused.input', { name, where }), issues);
}

export function toIssues(error: z.ZodError): ContractIssue[] {
  return error.issues.slice(0, maxIssues).map((issue) => ({ at: issue.path.join('.'), message: issue.message }));
}
