/** Changing a configuration while the engine runs: whole, or not at all. */
import type { ConfigDiff, ConfigValue } from '../contract/config.ts';
import { type ConfigIssue, showValue } from './config-error.ts';
import { type LoadedConfig, makeConfig } from './load-config.ts';
import { nearestName } from './nearest-name.ts';
import type { GivenValues } from './resolve-values.ts';
import { configKeys, configPaths, isConfigPath } from './schema.ts';

/** What differs, key by key, in the order of the schema. */
export function diffConfig(before: LoadedConfig, after: LoadedConfig): ConfigDiff {
  return configPaths.flatMap((path) => {
    const [was, is] = [before.values[path], after.values[path]];
    return JSON.stringify(was) === JSON.stringify(is) ? [] : [{ path, before: was, after: is }];
  });
}

/**
 * The configuration with some keys changed, by path and in the operator's units (`{ 'pool.idle_timeout': 90 }`). Keys
 * that were never written follow a lowered limit, and are then part of the diff.
 * @throws ConfigError naming every unknown key and every value that is not allowed; nothing is changed then.
 */
export function applyChanges(
  current: LoadedConfig,
  changes: Readonly<Record<string, ConfigValue>>,
): { config: LoadedConfig; diff: ConfigDiff } {
  const issues: ConfigIssue[] = [];
  const given: Record<string, ConfigValue> = { ...current.given };
  for (const [path, value] of Object.entries(changes)) {
    const issue = (message: string, allowed: string): void => {
      issues.push({ path, position: null, message, allowed });
    };
    if (!isConfigPath(path)) {
      issue(`${path} is not a key${nearestName(path, configPaths)}`, '');
      continue;
    }
    const { live, allowed, read } = configKeys[path];
    if (!live) {
      issue(`${path} is changed in the file alone`, 'entries of your own in the access lists, which go before these');
      continue;
    }
    try {
      given[path] = read(value);
    } catch (error) {
      if (!(error instanceof RangeError)) {
        throw error;
      }
      issue(`${path} = ${showValue(value)} ${error.message}`, allowed);
    }
  }
  const config = makeConfig(
    { file: current.file, given: given as GivenValues, targets: current.settings.targets },
    issues,
  );
  return { config, diff: diffConfig(current, config) };
}
