/** A number with what is counted, for the engine's own words: `1 connection`, `1,204 connections`, `1 entry`, `2 entries`. */
const wholeNumbers = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

export function counted(value: number, one: string, many = `${one}s`): string {
  return `${wholeNumbers.format(value)} ${value === 1 ? one : many}`;
}
