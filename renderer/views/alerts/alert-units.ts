/** The keys of `[alerts]` as an operator thinks of them: shares in per cent, the engine's lag in milliseconds. The file keeps its own units. */
import { alertRuleFacts } from '../../../core/contract/alerts.ts';
import type { ConfigKey, ConfigValue } from '../../../core/contract/config.ts';
import { typedOf } from '../../base/field-value.ts';
import type { FieldUnit } from '../../config-edit/key-field.tsx';
import { exactPercent, exactSeconds } from '../../words/format.ts';

type Key = Pick<ConfigKey, 'path' | 'kind' | 'unit'>;

interface ShownUnit {
  /** Of what is in the file. */
  readonly times: number;
  readonly unit: FieldUnit | null;
}

function shownUnit({ path, kind, unit }: Key): ShownUnit {
  if (kind === 'share') {
    return { times: 100, unit: '%' };
  }
  if (path === alertRuleFacts['loop-delay'].key) {
    return { times: 1_000, unit: 'ms' };
  }
  return { times: 1, unit: unit === 's' || unit === 'MB' ? unit : null };
}

/** Without what binary fractions add: 100 times 0.57 is 57 to a person. */
function scaled(value: number, times: number): string {
  return String(Number((value * times).toPrecision(12)));
}

export function fieldUnit(key: Key): FieldUnit | null {
  return shownUnit(key).unit;
}

/** `80` for a share of 0.8. */
export function asShown(key: Key, value: ConfigValue): string {
  return typeof value === 'number' ? scaled(value, shownUnit(key).times) : typedOf(value);
}

/** What was typed in shown units, in those of the file; what is no number goes to the engine as it stands, which has the words for it. */
export function inFileUnits(
  keys: readonly Key[],
  typed: Readonly<Record<string, string | null>>,
): Readonly<Record<string, string | null>> {
  const times = new Map(keys.map((key) => [key.path, shownUnit(key).times]));
  return Object.fromEntries(
    Object.entries(typed).map(([path, text]) => {
      const number = Number(text);
      const isNumber = text !== null && text.trim() !== '' && Number.isFinite(number);
      return [path, isNumber ? scaled(number, 1 / (times.get(path) ?? 1)) : text];
    }),
  );
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
