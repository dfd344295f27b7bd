/** Randomness comes in as an argument, so that a failing run can be played again. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
}

export const systemRandom: Random = { next: () => Math.random() };

/** A whole number in [0, below); `below` is at least 1. */
export function randomIndex(random: Random, below: number): number {
  return Math.floor(random.next() * below);
}

/** `value` spread evenly by ± `share` (0 to 1) of itself. */
export function jittered(random: Random, value: number, share: number): number {
  return value * (1 + share * (2 * random.next() - 1));
}

/** mulberry32: the same seed gives the same run. For simulations and the demo; not for secrets. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return {
    next() {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
    },
  };
}
