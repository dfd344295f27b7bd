/** Changing a configuration while the engine runs: whole, or not at all; in memory, or in the file's text in place. */

import { PhraseError } from '../base/phrase-error.ts';
import type { ConfigChange, ConfigDifference, ConfigTarget, ConfigValue } from '../contract/config.ts';
import { phrase, type Told } from '../contract/phrase.ts';
import { parseHostName } from '../dial/endpoint.ts';
import { ConfigError, type ConfigIssue, showValue } from './config-error.ts';
import { addTomlTable, removeTomlTable, setTomlValue, type TomlPlace, unsetTomlValue } from './edit-toml.ts';
import { type LoadedConfig, makeConfig, parseConfig } from './load-config.ts';
import { nearestName } from './nearest-name.ts';
import type { GivenValues } from './resolve-values.ts';
import { type ConfigPath, configKeys, configPaths, isConfigPath } from './schema.ts';
import { isTargetKey, targetKeys } from './target-keys.ts';

/** What differs, key by key: those of the schema in its order, then those of the targets. */
export function diffConfig(before: LoadedConfig, after: LoadedConfig): ConfigDifference {
  const keys = configPaths.flatMap((path) => {
    const [was, is] = [before.values[path], after.values[path]];
    return isSame(was, is) ? [] : [{ path, before: was, after: is, applies: configKeys[path].applies }];
  });
  return [...keys, ...diffTargets(before.targets, after.targets)];
}

function diffTargets(before: readonly ConfigTarget[], after: readonly ConfigTarget[]): ConfigDifference {
  const was = new Map(before.map((target) => [target.host, target]));
  const is = new Map(after.map((target) => [target.host, target]));
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((host) => {
    const [old, now] = [was.get(host), is.get(host)];
    const row = (key: string, from: ConfigValue | undefined, to: ConfigValue | undefined): ConfigDifference =>
      isSame(from, to)
        ? []
        : [{ path: targetPath(host, key), before: from ?? null, after: to ?? null, applies: appliesOf(key) }];
    const keys = new Set([...Object.keys(old?.values ?? {}), ...Object.keys(now?.values ?? {})]);
    return [
      ...row('host', old?.host, now?.host),
      ...[...keys].flatMap((key) => row(key, old?.values[key], now?.values[key])),
    ];
  });
}

function appliesOf(key: string): ConfigDifference[number]['applies'] {
  return isTargetKey(key) ? targetKeys[key].applies : 'at-once';
}

function targetPath(host: string, key: string): string {
  return `targets[${host}].${key}`;
}

/** Canonical names of the hosts of which this key of their target differs. */
export function hostsWithOther(key: keyof typeof targetKeys, diff: ConfigDifference): ReadonlySet<string> {
  return new Set(diff.flatMap(({ path }) => (path.endsWith(`].${key}`) ? targetOf(path) : [])));
}

/** Whether the connections to a host were made under settings that are others by now. */
export function needsReconnect(diff: ConfigDifference): (host: string) => boolean {
  const hosts = diff.filter(({ applies }) => applies === 'reconnect').map(({ path }) => targetOf(path)[0] ?? null);
  return (host) => hosts.includes(null) || hosts.includes(host);
}

/** The host of a target's path; empty for another key. */
function targetOf(path: string): string[] {
  return /^targets\[(.*)\]\.[^\].]*$/.exec(path)?.slice(1) ?? [];
}

/**
 * The configuration after a change, by path and in the operator's units. Of a file it is the file's text that is changed,
 * in place, and read again. Keys that were never written follow a lowered limit, and are then part of the diff.
 * @throws ConfigError naming every unknown key and every value that is not allowed; nothing is changed then.
 */
export function changeConfig(current: LoadedConfig, change: ConfigChange): LoadedConfig {
  const issues: ConfigIssue[] = [];
  const values = readChanges(current, change.changes, issues);
  const targets = readTargetChanges(current, change.targets, issues);
  const { file } = current;
  if (current.text === null || file === null) {
    // With issues this throws them, and with them what clashes among the values that are right.
    return changeInMemory(current, values, issues);
  }
  const text = editText(current, current.text, values, targets);
  if (issues.length > 0) {
    // What else is wrong is told with them: nobody mends one fault to hear of the next.
    throw new ConfigError(file, [...issues, ...issuesOf(() => parseConfig(text, file))]);
  }
  const changed = parseConfig(text, file);
  verify(current, changed, values, targets);
  return changed;
}

function issuesOf(parse: () => unknown): readonly ConfigIssue[] {
  try {
    parse();
    return [];
  } catch (error) {
    if (error instanceof ConfigError) {
      return error.issues;
    }
    throw error;
  }
}

/** null: back to the default. */
type ValueChanges = ReadonlyMap<ConfigPath, ConfigValue | null>;

interface TargetChanges {
  readonly set: readonly { readonly host: string; readonly values: Readonly<Record<string, ConfigValue | null>> }[];
  readonly remove: readonly string[];
}

function readChanges(
  current: LoadedConfig,
  changes: Readonly<Record<string, ConfigValue | null>>,
  issues: ConfigIssue[],
): ValueChanges {
  const read = new Map<ConfigPath, ConfigValue | null>();
  for (const [path, value] of Object.entries(changes)) {
    const issue = (wrong: Told, allowed: Told): void => {
      issues.push({ path, position: null, wrong, allowed });
    };
    if (!isConfigPath(path)) {
      issue(phrase('config.unknown-key', { path, near: nearestName(path, configPaths) }), '');
      continue;
    }
    const key = configKeys[path];
    if (!key.editable) {
      issue(phrase('config.only-in-file', { path }), phrase('allowed.own-entries'));
      continue;
    }
    try {
      const wanted = value === null ? null : key.read(value);
      if (!isSame(wanted, wanted === null ? (current.given[path] ?? null) : current.values[path])) {
        read.set(path, wanted);
      }
    } catch (error) {
      if (!(error instanceof PhraseError)) {
        throw error;
      }
      issue(phrase('config.value', { path, value: showValue(value), wrong: error.phrase }), key.allowed);
    }
  }
  return read;
}

/** Hosts by their canonical names; what a target's values may be is for the reader of the changed text to say. */
function readTargetChanges(
  current: LoadedConfig,
  { set, remove }: ConfigChange['targets'],
  issues: ConfigIssue[],
): TargetChanges {
  const refuse = (wrong: Told): void => {
    issues.push({ path: 'targets', position: null, wrong, allowed: '' });
  };
  if (current.text === null && set.length + remove.length > 0) {
    refuse(phrase('config.hosts-of-no-file'));
  }
  const named = (host: string): string[] => {
    try {
      return [parseHostName(host).name];
    } catch (error) {
      if (!(error instanceof PhraseError)) {
        throw error;
      }
      refuse(error.phrase);
      return [];
    }
  };
  const removed = remove.flatMap(named);
  for (const host of removed) {
    if (!current.targets.some((target) => target.host === host)) {
      refuse(phrase('config.not-watched', { host }));
    }
  }
  return {
    // A host that cannot be read has a name of its own here, so that its other keys are read as well.
    set: set.map(({ host, values }, index) => ({ host: named(host)[0] ?? `host-${index}.invalid`, values })),
    remove: removed,
  };
}

function changeInMemory(current: LoadedConfig, values: ValueChanges, issues: readonly ConfigIssue[]): LoadedConfig {
  const given: Record<string, ConfigValue> = { ...current.given };
  for (const [path, value] of values) {
    if (value === null) {
      delete given[path];
    } else {
      given[path] = value;
    }
  }
  return makeConfig({ file: current.file, given: given as GivenValues, targets: current.settings.targets }, issues);
}

function editText(current: LoadedConfig, before: string, values: ValueChanges, targets: TargetChanges): string {
  let text = before;
  const edit = (place: TomlPlace, value: ConfigValue | null): void => {
    text = value === null ? unsetTomlValue(text, place) : setTomlValue(text, place, value);
  };
  try {
    for (const [path, value] of values) {
      const [section = '', key = ''] = path.split('.');
      edit([section, key], value);
    }
    const indexOf = (host: string): number => current.targets.findIndex((target) => target.host === host);
    for (const { host, values: keys } of targets.set) {
      const index = indexOf(host);
      if (index === -1) {
        const written = Object.entries(keys).filter((entry): entry is [string, ConfigValue] => entry[1] !== null);
        text = addTomlTable(text, 'targets', { host, ...Object.fromEntries(written) });
      } else {
        for (const [key, value] of Object.entries(keys)) {
          edit(['targets', index, key], value);
        }
      }
    }
    for (const index of targets.remove.map(indexOf).toSorted((a, b) => b - a)) {
      text = removeTomlTable(text, 'targets', index);
    }
  } catch (error) {
    if (!(error instanceof PhraseError)) {
      throw error;
    }
    throw new ConfigError(current.file, [{ path: '', position: null, wrong: error.phrase, allowed: '' }]);
  }
  return text;
}

/** The edited text means what was wanted, and nothing else has changed. @throws ConfigError when it does not. */
function verify(before: LoadedConfig, after: LoadedConfig, values: ValueChanges, targets: TargetChanges): void {
  const touched = new Set([...targets.set.map(({ host }) => host), ...targets.remove]);
  const others = ({ targets: all }: LoadedConfig): ConfigTarget[] => all.filter(({ host }) => !touched.has(host));
  const wrong = configPaths.find((path) => {
    const wanted = values.has(path) ? values.get(path) : before.given[path];
    return !isSame(after.given[path] ?? null, wanted ?? null);
  });
  if (wrong !== undefined || !isSame(others(before), others(after))) {
    const path = wrong ?? 'targets';
    const told = phrase('config.not-in-place', { path });
    throw new ConfigError(before.file, [{ path, position: null, wrong: told, allowed: '' }]);
  }
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
