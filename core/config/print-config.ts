/** Writes configuration files: the commented default, and the presets. */
import { inEnglish } from '../contract/phrase.ts';
import { formatNumber } from './config-key.ts';
import type { ConfigPreset } from './presets.ts';
import { type ConfigPath, configKeys, configPaths, configSections } from './schema.ts';
import { targetKeys } from './target-keys.ts';
import { tomlValue } from './toml-value.ts';

const width = 100;

/** Every key with its meaning, its ranges and its default: what `config/default.toml` holds. */
export function printDefaultConfig(): string {
  const sections = Object.entries(configSections).map(([section, meaning]) => {
    const keys = configPaths.filter((path) => path.startsWith(`${section}.`)).map(printKey);
    return `${comment(meaning)}[${section}]\n\n${keys.join('\n')}`;
  });
  return `${comment(
    'Hotpool Console: every key, with its default. Copy this file to hotpool.toml in the data folder, or give a copy by --config FILE. Keys that are left out have their defaults. A value outside the recommended range is warned about; one outside the allowed range, or a key that is not here, is refused.',
  )}\n${sections.join('\n')}\n${printTargetExample()}`;
}

/** What a file of the operator's own begins with: what is not in it has its default, that of a later version too. */
export function printOwnConfig(): string {
  return comment(
    'Hotpool Console: what differs from the defaults, and the hosts to watch. The settings of the console name every key with its meaning, default and range; so does config/default.toml beside the program.',
  );
}

/** The preset's keys alone, ready to be copied. */
export function printPreset(preset: ConfigPreset): string {
  const lines = Object.entries(preset.values).map(([path, value]) => `${path.split('.')[1]} = ${tomlValue(value)}\n`);
  return `${comment(preset.title)}\n[pool]\n${lines.join('')}`;
}

function printKey(path: ConfigPath): string {
  const key = configKeys[path];
  const unit = key.unit === '' ? '' : ` ${key.unit}`;
  const recommended = key.recommended ? `Recommended: ${range(key.recommended)}${unit}. ` : '';
  const allowed = key.hard ? `${range(key.hard)}${unit}` : inEnglish(key.allowed);
  const ranges = comment(`${recommended}Allowed: ${allowed}.`);
  return `${comment(key.meaning)}${ranges}${path.split('.')[1]} = ${tomlValue(key.default)}\n`;
}

function range([least, most]: readonly [number, number]): string {
  return `${formatNumber(least)} to ${formatNumber(most)}`;
}

function printTargetExample(): string {
  const keys = Object.entries(targetKeys);
  // Files that are not there would make the example wrong once its hash signs are gone.
  const lines = keys.map(([key, { example }]) => `${key.endsWith('_file') ? '# ' : ''}# ${key} = ${example}\n`);
  const meanings = keys.map(([key, { meaning }]) => comment(`${key}: ${meaning}`));
  return `${comment('The hosts to watch, one section each.')}${meanings.join('')}#\n# [[targets]]\n${lines.join('')}`;
}

/** Wrapped lines that begin with a hash sign; nothing for no text. */
function comment(text: string): string {
  const lines: string[] = [];
  let line = '#';
  for (const word of text.split(' ').filter((part) => part !== '')) {
    if (line.length + 1 + word.length > width) {
      lines.push(line);
      line = '#';
    }
    line += ` ${word}`;
  }
  return text === '' ? '' : `${[...lines, line].join('\n')}\n`;
}
