/** Why something failed. */
import type { ContractError } from '../../core/contract/errors.ts';
import { inEnglish } from '../../core/contract/phrase.ts';

export const words = {
  pastShown: 'Not possible here: the past is shown. Go back to now first',
  failure: ({ told }: ContractError) => inEnglish(told),
};
