/**
 * Where a connection that failed is tried next. Where somebody wants an IP warm, the retry stays on that IP; where he wants
 * so many connections of a host, another IP is as good.
 */
import type { Endpoint } from '../dial/endpoint.ts';

export class OtherAddresses {
  /** Of one host, best known first. */
  readonly #endpoints: readonly Endpoint[];
  /** Connections of this run that are, or will be, there. */
  readonly #connections = new Map<Endpoint, number>();
  /** Attempts of this run that failed there. */
  readonly #failures = new Map<Endpoint, number>();

  /** `dealt`: where the connections of the run begin. */
  constructor(endpoints: readonly Endpoint[], dealt: readonly Endpoint[]) {
    this.#endpoints = endpoints;
    for (const endpoint of dealt) {
      add(this.#connections, endpoint, 1);
    }
  }

  /**
   * For a connection that has failed at `failed`: the IP with the fewest failures, of these the one with the fewest
   * connections. It stays where it is when the host has no other that `mayDial`.
   */
  after(failed: Endpoint, mayDial: (endpoint: Endpoint) => boolean): Endpoint {
    add(this.#failures, failed, 1);
    let best: Endpoint | null = null;
    for (const endpoint of this.#endpoints) {
      if (endpoint !== failed && (best === null || this.#isBetter(endpoint, best)) && mayDial(endpoint)) {
        best = endpoint;
      }
    }
    if (best === null) {
      return failed;
    }
    add(this.#connections, failed, -1);
    add(this.#connections, best, 1);
    return best;
  }

  #isBetter(one: Endpoint, other: Endpoint): boolean {
    const failures = count(this.#failures, one) - count(this.#failures, other);
    return failures < 0 || (failures === 0 && count(this.#connections, one) < count(this.#connections, other));
  }
}

function count(counts: ReadonlyMap<Endpoint, number>, endpoint: Endpoint): number {
  return counts.get(endpoint) ?? 0;
}

function add(counts: Map<Endpoint, number>, endpoint: Endpoint, by: number): void {
  counts.set(endpoint, count(counts, endpoint) + by);
}
