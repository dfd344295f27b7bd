/** How the fakes answer the contract: each subject's answers are made in a file of their own. */
import type { RequestName, RequestOutput, RequestParsed } from '../../../core/contract/index.ts';

export type Answers = { readonly [Name in RequestName]: (input: RequestParsed<Name>) => RequestOutput<Name> };

/** Those whose names begin with the subject: `access.parse`, `access.apply`, … */
export type AnswersOf<Subject extends string> = Pick<Answers, Extract<RequestName, `${Subject}.${string}`>>;
