/** Why something failed. */
import type { ContractError } from '../../core/contract/errors.ts';
import { inEnglish } from '../../core/contract/phrase.ts';

export const words = {
  failure: ({ told }: ContractError) => inEnglish(told),
};
