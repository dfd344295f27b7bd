/** A number as somebody types it: taken whole, or not at all. */

export interface NumberBounds {
  readonly min: number;
  readonly max: number;
  /** Half a connection is none. */
  readonly whole: boolean;
}

/** Digits, in groups of three or not: `1,5` is neither 1.5 nor 15. An exponent is read as it is in a file. */
const written = /^[+-]?(\d+|\d{1,3}([,\s]\d{3})+)?(\.\d*)?(e[+-]?\d+)?$/i;
/** What no number is made of. */
const foreign = /[^\d\s.,e+\-−]/i;

function plain(text: string): string {
  return text.trim().replace('−', '-');
}

/** null: it is no number, or none between the bounds. */
export function readNumber(text: string, { min, max, whole }: NumberBounds): number | null {
  const typed = plain(text);
  if (typed === '' || !written.test(typed)) {
    return null;
  }
  const number = Number(typed.replaceAll(/[,\s]/g, ''));
  const fits = number >= min && number <= max && (!whole || Number.isInteger(number));
  return fits ? number : null;
}

/** Whatever is typed behind it, it will not fit: one that is too small may still grow under the operator's hands. */
export function isHopeless(text: string, { max }: NumberBounds): boolean {
  return foreign.test(text) || Number(plain(text).replaceAll(/[,\s]/g, '')) > max;
}
