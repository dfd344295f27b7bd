/** Whole numbers in sentences, alone and with what is counted. */
const wholeNumbers = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

const tenths = new Intl.NumberFormat('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** `1,204.5`. */
export function oneDigit(value: number): string {
  return tenths.format(value);
}

/** `1,204`. */
export function whole(value: number): string {
  return wholeNumbers.format(value);
}

/** English: `1 connection`, `1,204 connections`, `1 entry`, `2 entries`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${whole(value)} ${value === 1 ? one : many}`;
}
