/** A change of the configuration that was looked at a while ago. */
import type { ConfigApplied, ConfigValue } from '../../core/contract/config.ts';
import { ContractError } from '../../core/contract/errors.ts';
import type { ConsoleApi } from '../../core/contract/index.ts';
import { isSame } from '../base/field-value.ts';
import { words } from './words.ts';

export interface SeenChange {
  readonly path: string;
  /** As the operator saw it. */
  readonly before: ConfigValue;
  /** null: the default. */
  readonly after: ConfigValue | null;
}

/**
 * Changes the keys if each still has the value that was seen; what somebody else has set meanwhile is not set back.
 * @throws ContractError `conflict` with the keys that have another value by now; otherwise as `config.update`.
 */
export async function updateSeen(
  api: Pick<ConsoleApi, 'request'>,
  changes: readonly SeenChange[],
): Promise<ConfigApplied> {
  const { keys, revision } = await api.request('config.get', {});
  const values = new Map(keys.map(({ path, value }) => [path, value]));
  const others = changes.filter(({ path, before }) => !isSame(values.get(path) ?? '', before));
  if (others.length > 0) {
    throw new ContractError('conflict', words.changedSince(others.map(({ path }) => path).join(', ')));
  }
  return api.request('config.update', {
    changes: Object.fromEntries(changes.map(({ path, after }) => [path, after])),
    revision,
  });
}
