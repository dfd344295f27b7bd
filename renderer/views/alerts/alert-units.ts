/** The keys of `[alerts]` as an operator thinks of them: shares in per cent, the engine's lag in milliseconds. The file keeps its own units. */
import { alertRuleFacts } from '../../../core/contract/alerts.ts';
import type { ConfigFault, ConfigKey, ConfigValue } from '../../../core/contract/config.ts';
import { typedOf } from '../../base/field-value.ts';
import { fieldFault, fileUnit, scaled, type TypedUnit } from '../../config-edit/field-fault.ts';
import { exactPercent, exactSeconds } from '../../words/format.ts';
import { faultInWords } from '../../words/told.ts';

type Key = Pick<ConfigKey, 'path' | 'kind' | 'unit'>;

export function fieldUnit(key: Key): TypedUnit {
  const { path, kind } = key;
  if (kind === 'share') {
    return { times: 100, unit: '%' };
  }
  if (path === alertRuleFacts['loop-delay'].key) {
    return { times: 1_000, unit: 'ms' };
  }
  return fileUnit(key);
}

/** `80` for a share of 0.8. */
export function asShown(key: Key, value: ConfigValue): string {
  return typedOf(typeof value === 'number' ? scaled(value, fieldUnit(key).times) : value);
}

/** What was typed in shown units, in those of the file; what is no number goes to the engine as it stands, which has the words for it. */
export function inFileUnits(
  keys: readonly Key[],
  typed: Readonly<Record<string, string | null>>,
): Readonly<Record<string, string | null>> {
  const times = new Map(keys.map((key) => [key.path, fieldUnit(key).times]));
  return Object.fromEntries(
    Object.entries(typed).map(([path, text]) => {
      const number = Number(text);
      const isNumber = text !== null && text.trim() !== '' && Number.isFinite(number);
      return [path, isNumber ? String(scaled(number, 1 / (times.get(path) ?? 1))) : text];
    }),
  );
}

/** What is wrong with what was typed, in the unit that it was typed in. */
export function alertFault(
  keys: readonly ConfigKey[],
  typed: Readonly<Record<string, string | null>>,
  fault: ConfigFault,
): string {
  const key = keys.find(({ path }) => path === fault.path);
  return key ? fieldFault(key, typed[key.path] ?? '', fieldUnit(key), fault) : faultInWords(fault);
}

/** A value with its unit, for a difference: `80 %`, `1 s`, `50 ms`. */
export function amountShown(key: Key, value: ConfigValue): string {
  if (typeof value !== 'number') {
    return typedOf(value);
  }
  switch (key.kind) {
    case 'share':
      return exactPercent(value);
    case 'seconds':
      return exactSeconds(value);
    default:
      return [typedOf(value), key.unit].filter(Boolean).join('\u202f');
  }
}
