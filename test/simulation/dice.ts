/** Choices out of one stream of random numbers: the same seed makes the same choices. */
import type { Random } from '../../core/base/random.ts';
import { seededRandom } from '../support/seeded-random.ts';

export class Dice {
  readonly #random: Random;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
  }

  /** A whole number in [0, below). */
  below(below: number): number {
    return Math.floor(this.#random.next() * below);
  }

  /** A whole number in [from, to]. */
  between(from: number, to: number): number {
    return from + this.below(to - from + 1);
  }

  chance(share: number): boolean {
    return this.#random.next() < share;
  }

  /** One of a list that is not empty. */
  pick<T>(among: readonly T[]): T {
    const picked = among[this.below(among.length)];
    if (picked === undefined) {
      throw new RangeError('nothing to pick from');
    }
    return picked;
  }

  pickOrNull<T>(among: readonly T[]): T | null {
    return among.length === 0 ? null : this.pick(among);
  }
}
