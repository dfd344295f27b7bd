/**
 * Happy eyeballs (RFC 8305): while nothing to the host serves yet and its dials take long, one to another address joins them
 * every 250 ms, IPv6 and IPv4 in turn, as far as the limits allow. The first that is ready serves. The others are let go on:
 * they become idle, serve the next, or fail by themselves and are blamed, so that a dead address is known.
 */
import type { Timer } from '../base/clock.ts';
import { chooseToJoin } from './choice.ts';
import type { HostPool } from './host-pool.ts';
import type { PoolContext } from './pool-context.ts';
import type { Upstream } from './upstream.ts';

/** RFC 8305, section 5: how long an attempt is left alone before the next one joins it. */
const joinAfterMs = 250;

export class HappyEyeballs {
  readonly #context: PoolContext;
  readonly #join: (host: HostPool, upstream: Upstream) => void;
  /** Hosts whose first dials take long, each with the timer of the next to join. */
  readonly #races = new Map<HostPool, Timer>();

  /** `join` dials one more address for those who wait. */
  constructor(context: PoolContext, join: (host: HostPool, upstream: Upstream) => void) {
    this.#context = context;
    this.#join = join;
  }

  /** `upstream` is about to be dialled for whoever waits for any address of the host. */
  dialling(host: HostPool, upstream: Upstream): void {
    host.dialledIPv6 = upstream.isIPv6;
    if (this.#races.has(host) || isServing(host)) {
      return;
    }
    const timer = this.#context.clock.after(joinAfterMs, () => {
      this.#races.delete(host);
      const next = chooseToJoin(this.#context, host, this.#context.nowMs());
      const isSlow = host.counts.dialing + host.counts.validating > 0 && !isServing(host);
      if (next && isSlow && host.waiters.unbound > 0 && !this.#context.manager.fullLimit(host)) {
        this.#join(host, next);
      }
    });
    this.#races.set(host, timer);
  }

  /** Nobody dials any more for those who wait. */
  end(host: HostPool): void {
    this.#races.get(host)?.cancel();
    this.#races.delete(host);
  }
}

/** It has connections that serve, or will again. */
export function isServing(host: HostPool): boolean {
  return host.live > host.counts.dialing + host.counts.validating;
}
