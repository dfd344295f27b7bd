/** Which TLS profile the next dial to a host begins with, and which are offered after it where that one is refused. */
import { type Random, randomIndex } from '../base/random.ts';
import type { HostName } from './endpoint.ts';
import { defaultTlsProfiles, type TlsProfileName } from './tls-profiles.ts';

/**
 * - `first`: the first of the set, the others only where it is refused.
 * - `random`: each dial takes any of the set.
 * - `rotate`: each dial to the host takes the next of the set.
 */
export const profileChoices = ['first', 'random', 'rotate'] as const;
export type ProfileChoiceRule = (typeof profileChoices)[number];

export interface ProfileSet {
  /** At least one; a host is never offered another. */
  readonly profiles: readonly TlsProfileName[];
  readonly choice: ProfileChoiceRule;
}

export const defaultProfileSet: ProfileSet = { profiles: defaultTlsProfiles, choice: 'first' };

export class ProfileChoice {
  readonly #random: Random;
  readonly #sets = new Map<string, ProfileSet>();
  /** By host: where in its set the next dial begins. */
  readonly #turns = new Map<string, number>();

  constructor(random: Random) {
    this.#random = random;
  }

  /** The sets of the hosts that have one of their own; all others have {@link defaultProfileSet}. */
  configure(sets: Iterable<readonly [HostName, ProfileSet]>): void {
    this.#sets.clear();
    for (const [host, set] of sets) {
      this.#sets.set(host.name, set);
    }
    for (const name of this.#turns.keys()) {
      if (!this.#sets.has(name)) {
        this.#turns.delete(name);
      }
    }
  }

  /**
   * For one dial: the whole set, in the order in which it is offered. What this address has refused comes last, for it
   * may have been changed since.
   */
  next(host: HostName, refused: ReadonlySet<string>): readonly TlsProfileName[] {
    const { profiles, choice } = this.#sets.get(host.name) ?? defaultProfileSet;
    const start = this.#start(host, profiles.length, choice);
    const order = start === 0 ? profiles : [...profiles.slice(start), ...profiles.slice(0, start)];
    if (refused.size === 0) {
      return order;
    }
    return [...order.filter((name) => !refused.has(name)), ...order.filter((name) => refused.has(name))];
  }

  #start(host: HostName, count: number, choice: ProfileChoiceRule): number {
    switch (choice) {
      case 'first':
        return 0;
      case 'random':
        return randomIndex(this.#random, count);
      case 'rotate': {
        const turn = (this.#turns.get(host.name) ?? 0) % count;
        this.#turns.set(host.name, turn + 1);
        return turn;
      }
    }
  }
}
