/** Reads a configuration: whole, or not at all with every fault at once. */
import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { parse, TomlError, type TomlTable } from 'smol-toml';
import { PhraseError } from '../base/phrase-error.ts';
import { type ConfigKey, type ConfigTarget, type ConfigValue, configValueSchema } from '../contract/config.ts';
import { type Phrase, phrase, type Told } from '../contract/phrase.ts';
import { ConfigError, type ConfigIssue, showValue } from './config-error.ts';
import { type ConfigKeyDeclaration, readAddress } from './config-key.ts';
import { engineSettings } from './engine-settings.ts';
import { floorWarnings } from './floor-warnings.ts';
import { nearestName } from './nearest-name.ts';
import { readTargets } from './read-targets.ts';
import { type GivenValues, resolveValues } from './resolve-values.ts';
import { type ConfigPath, type ConfigValues, configKeys, configPaths, configSections, isConfigPath } from './schema.ts';
import type { EngineSettings, TargetSettings } from './settings.ts';
import { type TextPosition, TomlPositions } from './toml-positions.ts';
import { isTomlTable } from './toml-value.ts';

export interface LoadedConfig {
  /** The file's path as it was given; null when the configuration was made by a program. */
  readonly file: string | null;
  /** What the file says, byte for byte; null without a file. */
  readonly text: string | null;
  readonly settings: EngineSettings;
  /** Canonical. */
  readonly whitelist: readonly string[];
  readonly blacklist: readonly string[];
  /** One for each value outside of its recommended range, among others. */
  readonly warnings: readonly Phrase[];
  /** Every key with its value, for the console. */
  readonly keys: readonly ConfigKey[];
  readonly values: ConfigValues;
  /** What was written, as against defaults. */
  readonly given: GivenValues;
  /** The targets as they are written, for the console; in the order of `settings.targets`. */
  readonly targets: readonly ConfigTarget[];
}

/** @throws ConfigError, also when the file cannot be read. */
export async function loadConfig(file: string): Promise<LoadedConfig> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError(file, [
      { path: '', position: null, wrong: phrase('config.unreadable', { message: reason }), allowed: '' },
    ]);
  }
  return parseConfig(text, file);
}

/**
 * `file` names the text in messages, and its folder is where the certificates that it names are looked for.
 * @throws ConfigError that names every fault with its line, the value, and what is allowed.
 */
export function parseConfig(text: string, file: string): LoadedConfig {
  const table = parseToml(text, file);
  const issues: ConfigIssue[] = [];
  let positions: TomlPositions | undefined;
  const find = (path: readonly (string | number)[]): TextPosition | null => {
    positions ??= new TomlPositions(text);
    return positions.find(path);
  };
  const fault = (path: readonly (string | number)[], wrong: Told, allowed: Told): void => {
    issues.push({ path: path.join('.'), position: find(path), wrong, allowed });
  };
  const given: Partial<Record<ConfigPath, unknown>> = {};
  let targets: TargetSettings[] = [];
  for (const [section, content] of Object.entries(table)) {
    if (section === 'targets') {
      targets = readTargets(content, dirname(file), fault);
    } else if (!Object.hasOwn(configSections, section)) {
      refuseSection(section, content, fault);
    } else if (isTomlTable(content)) {
      readSection(section, content, given, fault);
    } else {
      fault(
        [section],
        phrase('config.not-section', { section, value: showValue(content) }),
        phrase('allowed.section-line', { section }),
      );
    }
  }
  return makeConfig(
    {
      file,
      text,
      given: given as GivenValues,
      targets,
      writtenTargets: table.targets,
      positionOf: (path) => find(path.split('.')),
    },
    issues,
  );
}

export interface ConfigParts {
  readonly file: string | null;
  /** Each value is right by its own key. */
  readonly given: GivenValues;
  readonly targets: readonly TargetSettings[];
  readonly text?: string;
  /** What stands under `targets` in the file; left out it is made from the settings. */
  readonly writtenTargets?: unknown;
  readonly positionOf?: (path: ConfigPath) => TextPosition | null;
}

/**
 * Puts a configuration together from its parts: for programs, and for what an operator changes while the engine runs.
 * @throws ConfigError with `found` and what the rules between keys add to it.
 */
export function makeConfig(parts: ConfigParts, found: readonly ConfigIssue[] = []): LoadedConfig {
  const { file, given, targets } = parts;
  const { values, issues, warnings } = resolveValues(given, parts.positionOf ?? (() => null));
  const all = [...found, ...issues];
  if (all.length > 0) {
    const place = ({ position }: ConfigIssue): number => (position ? position.line * 1_000 + position.column : 0);
    throw new ConfigError(
      file,
      all.toSorted((a, b) => place(a) - place(b)),
    );
  }
  return {
    file,
    text: parts.text ?? null,
    settings: engineSettings(values, targets),
    whitelist: values['whitelist.ips'],
    blacklist: values['blacklist.ips'],
    warnings: [
      ...warnings,
      ...floorWarnings(values, targets.length),
      ...(file !== null && targets.length === 0 ? [noTargets(file)] : []),
    ],
    keys: configPaths.map((path) => describeKey(path, values, given)),
    values,
    given,
    targets: describeTargets(targets, parts.writtenTargets),
  };
}

function describeTargets(targets: readonly TargetSettings[], written: unknown): ConfigTarget[] {
  return targets.map(({ host, path, ips }, index) => {
    const table: unknown = Array.isArray(written) ? written[index] : { path, ...(ips && { ips: [...ips] }) };
    const values: Record<string, ConfigValue> = {};
    for (const [key, value] of Object.entries(isTomlTable(table) ? table : {})) {
      const read = configValueSchema.safeParse(value);
      // The host and its port are the target's name.
      if (read.success && key !== 'host' && key !== 'port') {
        values[key] = read.data;
      }
    }
    return { host: host.name, values };
  });
}

/** Only of a file: what a program puts together may get its hosts elsewhere. */
function noTargets(file: string): Phrase {
  return phrase('config.no-targets', { file: basename(file) });
}

function describeKey(path: ConfigPath, values: ConfigValues, given: GivenValues): ConfigKey {
  const {
    default: preset,
    recommended,
    hard,
    kind,
    options,
    unit,
    meaning,
    allowed,
    applies,
    editable,
  } = configKeys[path] as ConfigKeyDeclaration<ConfigValue>;
  return {
    path,
    value: values[path],
    default: preset,
    kind,
    options: [...options],
    unit,
    meaning,
    recommended: recommended && [...recommended],
    hard: hard && [...hard],
    allowed,
    applies,
    editable,
    written: given[path] !== undefined,
  };
}

/** @throws ConfigError with the place where it is no TOML. */
export function parseToml(text: string, file: string): TomlTable {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) {
      throw error;
    }
    const [reason = ''] = error.message.split('\n');
    const toml = reason.replace(/^Invalid TOML document: /, '');
    const position = { line: error.line, column: error.column };
    const wrong = phrase('config.not-toml', { file: basename(file), toml });
    throw new ConfigError(file, [{ path: '', position, wrong, allowed: '' }]);
  }
}

type Fault = (path: readonly (string | number)[], wrong: Told, allowed: Told) => void;

function refuseSection(section: string, content: unknown, fault: Fault): void {
  const names = [...Object.keys(configSections), 'targets'];
  const home = configPaths.find((path) => path.endsWith(`.${section}`));
  if (home !== undefined && !isTomlTable(content)) {
    const [of = ''] = home.split('.');
    fault(
      [section],
      phrase('config.outside-section', { name: section }),
      phrase('allowed.under-section', { name: section, section: of }),
    );
    return;
  }
  const near = nearestName(section, names);
  fault([section], phrase('config.unknown-section', { section, near }), names.join(', '));
}

function readSection(
  section: string,
  content: Readonly<Record<string, unknown>>,
  given: Partial<Record<ConfigPath, unknown>>,
  fault: Fault,
): void {
  const names = configPaths
    .filter((path) => path.startsWith(`${section}.`))
    .map((path) => path.slice(section.length + 1));
  for (const [name, written] of Object.entries(content)) {
    const path = `${section}.${name}`;
    if (!isConfigPath(path)) {
      const home = configPaths.find((other) => other.endsWith(`.${name}`));
      const near =
        home === undefined
          ? nearestName(name, names)
          : phrase('config.belongs-to', { section: home.split('.')[0] ?? '' });
      fault([section, name], phrase('config.unknown-key', { path, near }), near === '' ? names.join(', ') : '');
      continue;
    }
    const { allowed } = configKeys[path];
    if (path.endsWith('.ips') && Array.isArray(written)) {
      given[path] = readAddresses(path, written, allowed, fault);
      continue;
    }
    try {
      given[path] = configKeys[path].read(written);
    } catch (error) {
      if (!(error instanceof PhraseError)) {
        throw error;
      }
      fault([section, name], phrase('config.value', { path, value: showValue(written), wrong: error.phrase }), allowed);
    }
  }
}

/** Element by element, so that each fault has its own line. */
function readAddresses(path: ConfigPath, written: readonly unknown[], allowed: Told, fault: Fault): string[] {
  const values = new Set<string>();
  for (const [index, value] of written.entries()) {
    try {
      values.add(readAddress(value));
    } catch (error) {
      if (!(error instanceof PhraseError)) {
        throw error;
      }
      fault([...path.split('.'), index], phrase('config.element', { path, wrong: error.phrase }), allowed);
    }
  }
  return [...values];
}
