/**
 * Hosts outside the targets that nobody uses any more. A program may visit a million hosts; what is kept of each (addresses,
 * scores, histories, the health of its IPs, the timer that refreshes its DNS) goes when it has not been used for long.
 */
import type { HostPool } from './host-pool.ts';
import type { PoolContext } from './pool-context.ts';

/** So many are remembered, those in use included; beyond them the least recently used that is not in use goes first. */
export const mostVisitedHosts = 10_000;
const shortestMemoryMs = 600_000;

export class UnusedHosts {
  readonly #context: PoolContext;
  /** How many hosts there are when it is worth looking for some to forget: a tenth goes at a time. */
  #lookAt = mostVisitedHosts;

  constructor(context: PoolContext) {
    this.#context = context;
  }

  /** At each clean-up: those whose last use lies longer back than anything of them could still be worth. */
  forgetOld(nowMs: number): void {
    const { pool, dns } = this.#context.settings;
    const memoryMs = Math.max(shortestMemoryMs, pool.idleTimeoutMs, dns.graceMs);
    for (const host of [...this.#context.manager.hosts]) {
      if (isUnused(host) && nowMs - host.usedMs >= memoryMs) {
        this.#forget(host);
      }
    }
  }

  /** One more is about to be met. */
  makeRoom(): void {
    const { manager } = this.#context;
    if (manager.visitedHosts < this.#lookAt) {
      return;
    }
    const unused = [...manager.hosts].filter(isUnused).sort((one, other) => one.usedMs - other.usedMs);
    const step = mostVisitedHosts / 10;
    for (const host of unused.slice(0, manager.visitedHosts - mostVisitedHosts + step)) {
      this.#forget(host);
    }
    // Where more are in use at once, looking at each new one would find nothing again.
    this.#lookAt = Math.max(mostVisitedHosts, manager.visitedHosts + step);
  }

  #forget(host: HostPool): void {
    const { manager, parts, events } = this.#context;
    manager.removeHost(host);
    parts.hosts.forget(host.host);
    events.emit('debug', 'host.forgotten', host.host.name, { host: host.host.name });
  }
}

/** No target, no connection, nobody who waits, and nothing under way for anybody. */
function isUnused({ watched, live, waiters, suppliers, refilling, upstreams }: HostPool): boolean {
  const isIdle = !watched && live === 0 && waiters.length === 0 && suppliers === 0 && refilling === 0;
  return isIdle && upstreams.every((upstream) => upstream.suppliers === 0);
}
