/** Why something failed, in the language of the screen: whoever asks the engine says it in the same way. */
import { ContractError } from '../../core/contract/errors.ts';
import { words } from './failure-words.ts';

export function failureText(error: unknown): string {
  if (error instanceof ContractError) {
    return words.failure(error);
  }
  return error instanceof Error ? error.message : String(error);
}
