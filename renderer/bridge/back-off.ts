/** How long to wait before the next attempt: doubling from 0.25 s to 8 s, spread so that many tabs do not come at once. */
const firstMs = 250;
const longestMs = 8_000;

/** `attempts`: failed ones in a row, 1 and up. `random` in [0, 1). The wait is between half and all of the doubled base. */
export function backOffMs(attempts: number, random: () => number): number {
  const base = Math.min(longestMs, firstMs * 2 ** (attempts - 1));
  return Math.round(base * (0.5 + random() * 0.5));
}
