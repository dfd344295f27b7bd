/**
 * The text of a configuration's file as it is edited: what it says, key by key, and single values written into it. It need
 * not be right: a value that is not allowed is written as it was typed, so that its fault has a line.
 */
import { PhraseError } from '../base/phrase-error.ts';
import { type ConfigValue, configValueSchema } from '../contract/config.ts';
import { phrase } from '../contract/phrase.ts';
import { ConfigError, showValue } from './config-error.ts';
import { setTomlValue, unsetTomlValue } from './edit-toml.ts';
import { type LoadedConfig, parseConfig, parseToml } from './load-config.ts';
import { nearestName } from './nearest-name.ts';
import { type GivenValues, resolveValues } from './resolve-values.ts';
import { type ConfigPath, configKeys, configPaths, isConfigPath } from './schema.ts';
import { isTomlTable } from './toml-value.ts';

export interface EditedText {
  /** With the changes in it; as it was given where they could not be written. */
  readonly text: string;
  /** Of every key: as written, right or wrong, else by default. null: the text is no TOML. */
  readonly values: Readonly<Record<string, ConfigValue>> | null;
  /** @throws ConfigError naming what is wrong with it, or why the changes could not be written. */
  readonly load: () => LoadedConfig;
}

/** `changes` by path, in the operator's units; null takes a key out. A change to what the text says already leaves it as it is. */
export function editConfigText(
  text: string,
  changes: Readonly<Record<string, ConfigValue | null>>,
  file: string,
): EditedText {
  let before: Said;
  try {
    before = readSaid(text, file);
  } catch (error) {
    return refused(text, null, asConfigError(error, file));
  }
  try {
    const edited = writeChanges(text, before, changes, file);
    return { text: edited, values: readSaid(edited, file).values, load: () => parseConfig(edited, file) };
  } catch (error) {
    return refused(text, before.values, asConfigError(error, file));
  }
}

function refused(text: string, values: EditedText['values'], fault: ConfigError): EditedText {
  return {
    text,
    values,
    load: () => {
      throw fault;
    },
  };
}

interface Said {
  readonly written: ReadonlyMap<ConfigPath, ConfigValue>;
  readonly values: Readonly<Record<string, ConfigValue>>;
}

/** @throws ConfigError when it is no TOML. */
function readSaid(text: string, file: string): Said {
  const table = parseToml(text, file);
  const written = new Map<ConfigPath, ConfigValue>();
  const right: Partial<Record<ConfigPath, unknown>> = {};
  const wrong: Record<string, ConfigValue> = {};
  for (const path of configPaths) {
    const [section = '', name = ''] = path.split('.');
    const content = table[section];
    const value = isTomlTable(content) ? content[name] : undefined;
    if (value === undefined) {
      continue;
    }
    const read = asRead(path, value);
    written.set(path, read.value);
    if (read.isRight) {
      right[path] = read.value;
    } else {
      wrong[path] = read.value;
    }
  }
  return { written, values: { ...resolveValues(right as GivenValues, () => null).values, ...wrong } };
}

/** As its key reads it; as it stands where that refuses it. */
function asRead(path: ConfigPath, value: unknown): { readonly value: ConfigValue; readonly isRight: boolean } {
  try {
    return { value: configKeys[path].read(value), isRight: true };
  } catch (error) {
    if (!(error instanceof PhraseError)) {
      throw error;
    }
    const plain = configValueSchema.safeParse(value);
    return { value: plain.success ? plain.data : showValue(value), isRight: false };
  }
}

/** @throws ConfigError, PhraseError */
function writeChanges(
  text: string,
  { written, values }: Said,
  changes: Readonly<Record<string, ConfigValue | null>>,
  file: string,
): string {
  let edited = text;
  const touched = new Map<ConfigPath, ConfigValue | null>();
  for (const [path, change] of Object.entries(changes)) {
    if (!isConfigPath(path) || !configKeys[path].editable) {
      const wrong = isConfigPath(path)
        ? phrase('config.only-in-file', { path })
        : phrase('config.unknown-key', { path, near: nearestName(path, configPaths) });
      throw new ConfigError(file, [{ path, position: null, wrong, allowed: '' }]);
    }
    const wanted = change === null ? null : asRead(path, change).value;
    if (isSame(wanted, wanted === null ? (written.get(path) ?? null) : values[path])) {
      continue;
    }
    const [section = '', name = ''] = path.split('.');
    edited = wanted === null ? unsetTomlValue(edited, [section, name]) : setTomlValue(edited, [section, name], wanted);
    touched.set(path, wanted);
  }
  verify(text, edited, touched, file);
  return edited;
}

/** The edited text says what was wanted, and of all else what it said before. @throws ConfigError when it does not. */
function verify(
  before: string,
  after: string,
  touched: ReadonlyMap<ConfigPath, ConfigValue | null>,
  file: string,
): void {
  const was = readSaid(before, file).written;
  const is = readSaid(after, file).written;
  const wrong =
    configPaths.find((path) => {
      const wanted = touched.has(path) ? touched.get(path) : was.get(path);
      return !isSame(is.get(path) ?? null, wanted ?? null);
    }) ?? (isSame(othersOf(before, file), othersOf(after, file)) ? undefined : 'targets');
  if (wrong !== undefined) {
    const told = phrase('config.not-in-place', { path: wrong });
    throw new ConfigError(file, [{ path: wrong, position: null, wrong: told, allowed: '' }]);
  }
}

/** What is no key of a section: the targets, and what does not belong into the file. */
function othersOf(text: string, file: string): unknown {
  return Object.entries(parseToml(text, file))
    .map(([section, content]) => [
      section,
      isTomlTable(content) ? Object.entries(content).filter(([name]) => !isConfigPath(`${section}.${name}`)) : content,
    ])
    .filter(([, content]) => !(Array.isArray(content) && content.length === 0));
}

function asConfigError(error: unknown, file: string): ConfigError {
  if (error instanceof ConfigError) {
    return error;
  }
  if (error instanceof PhraseError) {
    return new ConfigError(file, [{ path: '', position: null, wrong: error.phrase, allowed: '' }]);
  }
  throw error;
}

function isSame(one: unknown, other: unknown): boolean {
  // A number of TOML may be larger than JSON can write.
  const plain = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);
  return JSON.stringify(one, plain) === JSON.stringify(other, plain);
}
