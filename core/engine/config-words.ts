/** What is said of the running configuration, and of changes that were made for another one. */
import { ConfigError } from '../config/config-error.ts';
import type { LoadedConfig } from '../config/load-config.ts';
import type { ConfigDifference } from '../contract/config.ts';
import { ContractError } from '../contract/errors.ts';
import { phrase } from '../contract/phrase.ts';

export function staleConfig(file: string): ContractError {
  return new ContractError('conflict', phrase('refused.stale-config', { file }));
}

function showConfigValue(value: ConfigDifference[number]['before']): string {
  return Array.isArray(value) ? `[${value.join(', ')}]` : value === null ? '–' : String(value);
}

/** `pool.idle_timeout 60 → 90, …`, for the log. Whoever has a webhook's address may write to it: it stays out of what is shipped. */
export function showDifference(difference: ConfigDifference): string {
  return difference
    .map(({ path, before, after }) =>
      path === 'alerts.webhook_url'
        ? `${path} *** → ***`
        : `${path} ${showConfigValue(before)} → ${showConfigValue(after)}`,
    )
    .join(', ');
}

/** @throws ContractError `invalid-input` with an issue per fault: by key, or by its place in the text. */
export function readRight(make: () => LoadedConfig, inText = false): LoadedConfig {
  try {
    return make();
  } catch (error) {
    if (error instanceof ConfigError) {
      throw new ContractError('invalid-input', error.told, inText ? error.toTextIssues() : error.toContractIssues());
    }
    throw error;
  }
}

/** What stands in the file has to be right before anything is added to it. @throws ContractError `refused`. */
export function readMended(make: () => LoadedConfig): LoadedConfig {
  try {
    return make();
  } catch (error) {
    if (error instanceof ConfigError) {
      throw new ContractError('refused', phrase('refused.config-unmended', { faults: error.told }));
    }
    throw error;
  }
}
