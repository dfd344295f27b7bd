/** What is said of the running configuration, and of changes that were made for another one. */
import type { ConfigDifference } from '../contract/config.ts';
import { ContractError } from '../contract/errors.ts';

export function staleConfig(file: string): ContractError {
  return new ContractError(
    'conflict',
    `Nothing was changed: the configuration (${file}) is another by now. Look at it again.`,
  );
}

export function showConfigValue(value: ConfigDifference[number]['before']): string {
  return Array.isArray(value) ? `[${value.join(', ')}]` : value === null ? 'nothing' : String(value);
}
