/** What is said of the running configuration, and of changes that were made for another one. */
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
