/** What is wrong with a number that was typed, said in the unit of its field, which the file's need not be. */
import type { ConfigFault, ConfigKey } from '../../core/contract/config.ts';
import type { Phrase } from '../../core/contract/phrase.ts';
import { decimal } from '../words/format.ts';
import { faultInWords } from '../words/told.ts';
import { words } from './words.ts';

export type FieldUnit = keyof typeof words.units;

/** The unit in which a key is typed. */
export interface TypedUnit {
  readonly unit: FieldUnit | null;
  /** So many of it are one of the file's: 100 for a share that is typed in per cent. */
  readonly times: number;
}

/** Without what binary fractions add: 100 times 0.57 is 57 to a person. */
export function scaled(value: number, times: number): number {
  return Number((value * times).toPrecision(12));
}

/** As the file has it: seconds and megabytes are said beside the field, others by the key's name. */
export function fileUnit({ unit }: Pick<ConfigKey, 'unit'>): TypedUnit {
  return { unit: unit === 's' || unit === 'MB' ? unit : null, times: 1 };
}

/** What lies at fault in a value by itself; null of what is wrong with it beside others. */
function wrongOf({ phrase }: ConfigFault): string | null {
  const value = inside(phrase, 'config.fault', 'what');
  return inside(value, 'config.value', 'wrong')?.code ?? null;
}

function inside(told: Phrase | null | undefined, code: string, gap: string): Phrase | null {
  const filling = told?.code === code ? told.gaps[gap] : null;
  return typeof filling === 'object' ? filling : null;
}

/** `800 % is out of range; allowed: 0 to 100 %`; what is no number's own fault, as the engine says it. */
export function fieldFault(
  { hard, kind }: Pick<ConfigKey, 'hard' | 'kind'>,
  typed: string,
  { unit, times }: TypedUnit,
  fault: ConfigFault,
): string {
  const wrong = wrongOf(fault);
  if (hard === null || (wrong !== 'value.out-of-range' && wrong !== 'value.not-number')) {
    return faultInWords(fault);
  }
  const amount = (figure: string): string => words.typed.amount(figure, unit === null ? '' : words.units[unit]);
  const [least, most] = hard.map((end) => decimal(scaled(end, times)));
  const allowed = words.typed.allowed(least ?? '', amount(most ?? ''));
  const text = typed.trim();
  if (wrong === 'value.out-of-range') {
    return words.typed.outOfRange(amount(decimal(Number(text))), allowed);
  }
  return words.typed.notNumber(text, kind === 'whole-number', allowed);
}
