/** From what an operator has written to a value for every key, checked for itself and together. */
import type { ConfigValue } from '../contract/config.ts';
import { type Phrase, phrase } from '../contract/phrase.ts';
import { type ConfigIssue, showValue } from './config-error.ts';
import { formatNumber } from './config-key.ts';
import { type ConfigPath, type ConfigValues, configKeys, configPaths, orderRules } from './schema.ts';
import type { TextPosition } from './toml-positions.ts';

/** What is written, checked by its own key already. What is not here has its default. */
export type GivenValues = { readonly [Path in ConfigPath]?: ConfigValues[Path] };

export interface ResolvedValues {
  readonly values: ConfigValues;
  readonly issues: readonly ConfigIssue[];
  readonly warnings: readonly Phrase[];
}

export const defaultValues: ConfigValues = collect((path) => configKeys[path].default);

/**
 * Fills in the defaults and applies the rules between keys. A default gives way where a written limit is lower:
 * `max_connections = 5` alone means 5 for one host as well. Two written values that clash are an issue.
 */
export function resolveValues(
  given: GivenValues,
  positionOf: (path: ConfigPath) => TextPosition | null,
): ResolvedValues {
  const numbers = new Map<ConfigPath, number>();
  const issues: ConfigIssue[] = [];
  for (const { lower, upper, upperYields } of orderRules) {
    const low = numbers.get(lower) ?? numberAt(given, lower);
    const high = numbers.get(upper) ?? numberAt(given, upper);
    if (low <= high) {
      continue;
    }
    if (upperYields === true && given[upper] === undefined) {
      numbers.set(upper, low);
    } else if (given[lower] === undefined) {
      numbers.set(lower, high);
    } else {
      issues.push({
        path: lower,
        position: positionOf(lower),
        wrong: phrase('config.above-other', {
          lower,
          low: formatNumber(low),
          upper,
          high: formatNumber(high),
          unset: given[upper] === undefined ? phrase('config.unset') : '',
        }),
        allowed: phrase('allowed.at-most', { high: formatNumber(high), upper }),
      });
    }
  }
  const values = collect((path) => numbers.get(path) ?? given[path] ?? configKeys[path].default);
  return {
    values,
    issues: [...issues, ...statusIssues(values, positionOf)],
    warnings: [...rangeWarnings(given), ...listWarnings(values)],
  };
}

/** One for each value outside of its recommended range. Defaults are never warned about. */
function rangeWarnings(given: GivenValues): Phrase[] {
  return configPaths.flatMap((path) => {
    const { recommended, unit } = configKeys[path];
    const value = given[path];
    if (!recommended || typeof value !== 'number' || (value >= recommended[0] && value <= recommended[1])) {
      return [];
    }
    const [least, most] = [formatNumber(recommended[0]), formatNumber(recommended[1])];
    const told = { path, value: formatNumber(value), least, most, unit: unit === '' ? '' : ` ${unit}` };
    return [phrase('config.outside-recommended', told)];
  });
}

function listWarnings(values: ConfigValues): Phrase[] {
  const black = new Set(values['blacklist.ips']);
  return values['whitelist.ips'].filter((ip) => black.has(ip)).map((ip) => phrase('config.on-both-lists', { ip }));
}

/** A status means one thing. */
function statusIssues(values: ConfigValues, positionOf: (path: ConfigPath) => TextPosition | null): ConfigIssue[] {
  const lists = ['health.status_blocked', 'health.status_busy', 'health.status_auth'] as const;
  const meaning = new Map<number, ConfigPath>();
  const issues: ConfigIssue[] = [];
  for (const path of lists) {
    for (const status of values[path]) {
      const other = meaning.get(status);
      if (other !== undefined && other !== path) {
        const wrong = phrase('config.status-twice', { path, value: showValue(values[path]), status, other });
        issues.push({ path, position: positionOf(path), wrong, allowed: phrase('allowed.one-list') });
      }
      meaning.set(status, path);
    }
  }
  return issues;
}

function numberAt(given: GivenValues, path: ConfigPath): number {
  return Number(given[path] ?? configKeys[path].default);
}

/** Each key's own declaration vouches for the type of its value. */
function collect(valueAt: (path: ConfigPath) => ConfigValue): ConfigValues {
  return Object.fromEntries(configPaths.map((path) => [path, valueAt(path)])) as ConfigValues;
}
