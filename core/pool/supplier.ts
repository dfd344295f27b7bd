/**
 * Makes connections when somebody waits: existing ones first, then dials.
 *
 * A supplier works for the queue, not for one waiter (late binding): whoever's turn it is when its connection is ready
 * gets it, and a waiter is served by whatever is free first. Before each attempt it looks whether it is still needed.
 */
import { sleep } from '../base/clock.ts';
import { whyWords } from '../contract/why-text.ts';
import { ClassifiedError } from '../dial/classified-error.ts';
import { isOurOwnEnd } from '../dial/error-classes.ts';
import { anyNotTo, chooseForDial, isDialable, isStale, pickAvailable, pickAvailableTo } from './choice.ts';
import type { ConnectionCloser } from './connection-closer.ts';
import type { Establisher } from './establisher.ts';
import { onTrialWords, refusal } from './explain-words.ts';
import type { HandOff } from './hand-off.ts';
import { HappyEyeballs, isServing } from './happy-eyeballs.ts';
import type { HostPool } from './host-pool.ts';
import type { HotConnection } from './hot-connection.ts';
import type { Inspector } from './inspector.ts';
import { isConnected, isLastWord, namedError, restingError } from './named-address.ts';
import type { PoolContext } from './pool-context.ts';
import { NoAllowedEndpointError, type RefusedAddress, UrlRejectedError } from './pool-errors.ts';
import type { Upstream } from './upstream.ts';

/** Document 000: three retries of a dial, one second apart. */
export const dialRetries = 3;
export const dialRetryMs = 1_000;

export interface SupplierParts {
  readonly closer: ConnectionCloser;
  readonly inspector: Inspector;
  readonly establisher: Establisher;
  readonly handOff: HandOff;
}

export class Supplier {
  readonly #context: PoolContext;
  readonly #parts: SupplierParts;
  readonly #onWake: (host: HostPool) => void;
  readonly #awake = new Set<HostPool>();
  /** Hosts with waiters that found `max_connections` full. */
  readonly #starved = new Set<HostPool>();
  readonly #eyeballs: HappyEyeballs;
  /** Checks of idle connections under way for those who wait. */
  readonly #checks = new WeakMap<HostPool | Upstream, number>();

  /** `onWake` is told of each host that is looked at, after its waiters were. */
  constructor(context: PoolContext, parts: SupplierParts, onWake: (host: HostPool) => void) {
    this.#context = context;
    this.#parts = parts;
    this.#onWake = onWake;
    this.#eyeballs = new HappyEyeballs(context, (host, upstream) => void this.#supplyByDial(host, null, upstream));
  }

  /** Something about this host is different: who waits, what is idle, what has gone. Looked at before the next task. */
  wake(host: HostPool): void {
    if (this.#awake.size === 0) {
      queueMicrotask(() => this.#look());
    }
    this.#awake.add(host);
  }

  /** A connection lies idle. Whoever could use it had his turn; but it may make room for others, of this host or another. */
  rested(host: HostPool): void {
    if (this.#starved.size > 0 || host.waiting > 0) {
      this.wake(host);
    }
  }

  /** One more connection to this host fits the limits, or one that lies idle elsewhere could make room for it. */
  mayGrow(host: HostPool): boolean {
    const { manager } = this.#context;
    const full = manager.fullLimit(host);
    return !full || (full.key === 'max_connections' && manager.idle.size > 0);
  }

  #look(): void {
    const hosts = [...this.#awake, ...this.#starved];
    this.#awake.clear();
    this.#starved.clear();
    for (const host of new Set(hosts)) {
      if (this.#context.isClosing) {
        return;
      }
      this.#supply(host);
      this.#onWake(host);
    }
  }

  #supply(host: HostPool): void {
    const { waiters } = host;
    if (waiters.length === 0) {
      return;
    }
    for (const upstream of [...waiters.boundUpstreams()]) {
      this.#supplyFor(host, upstream, () => waiters.boundTo(upstream));
    }
    this.#supplyFor(host, null, () => waiters.unbound);
  }

  /** Existing ones first, whatever else is under way for those who wait; then dials. */
  #supplyFor(host: HostPool, bound: Upstream | null, waiting: () => number): void {
    const counter = bound ?? host;
    while (waiting() > 0 && this.#tryAvailable(host, bound, waiting() > (this.#checks.get(counter) ?? 0))) {
      // One more is checked or has been served.
    }
    const hasRoom = (): boolean =>
      this.#canDialNow(host, bound) ? this.#makeRoom(host, bound) : this.#mayHaveRoom(host, bound);
    while (waiting() > counter.suppliers && hasRoom()) {
      void this.#supplyByDial(host, bound, null);
    }
  }

  /** False while a supplier has to resolve, to let an address rest, or to refuse first: nobody has to make room for that. */
  #canDialNow(host: HostPool, bound: Upstream | null): boolean {
    const nowMs = this.#context.nowMs();
    return bound
      ? bound.restUntilMs <= nowMs && this.#context.verdict(bound).allowed
      : host.upstreams.some((upstream) => upstream.restUntilMs <= nowMs && isDialable(this.#context, upstream));
  }

  /** Whether a place is free or could be made; evicts nothing. */
  #mayHaveRoom(host: HostPool, bound: Upstream | null): boolean {
    return bound !== null || this.mayGrow(host) || this.#makeRoom(host, bound);
  }

  /** False when nothing that is there can serve. `mayCheck`: for somebody who waits, nothing is being checked yet. */
  #tryAvailable(host: HostPool, bound: Upstream | null, mayCheck: boolean): boolean {
    const nowMs = this.#context.nowMs();
    const available = bound ? pickAvailableTo(bound) : pickAvailable(this.#context, host, nowMs);
    if (available && isStale(this.#context, available, nowMs)) {
      if (mayCheck) {
        void this.#supplyByCheck(host, bound, available);
      }
      return mayCheck;
    }
    return available !== null && this.#serveFrom(available);
  }

  /** It has streams to spare since a setting was raised; false when nobody was served after all. */
  #serveFrom(connection: HotConnection): boolean {
    const { waiters } = connection.host;
    const before = waiters.length;
    this.#parts.handOff.usable(connection);
    return waiters.length < before;
  }

  /** A place for one more connection: free, or freed by evicting one that lies idle. */
  #makeRoom(host: HostPool, bound: Upstream | null): boolean {
    const { manager } = this.#context;
    const full = manager.fullLimit(host);
    if (!full) {
      return true;
    }
    // While others drain above a lowered limit, one less makes no room.
    const isAbove = full.inUse > full.limit;
    const inTheWay = isAbove
      ? null
      : full.key === 'max_connections'
        ? manager.idle.longest()
        : bound && anyNotTo(host, bound);
    if (inTheWay) {
      this.#parts.closer.close(inTheWay, 'evicted');
    }
    const left = inTheWay ? manager.fullLimit(host) : full;
    if (left?.key === 'max_connections') {
      this.#starved.add(host);
    }
    return left === null;
  }

  async #supplyByCheck(host: HostPool, bound: Upstream | null, connection: HotConnection): Promise<void> {
    const counter = bound ?? host;
    counter.suppliers += 1;
    this.#checks.set(counter, (this.#checks.get(counter) ?? 0) + 1);
    try {
      await this.#parts.inspector.check(connection);
    } finally {
      counter.suppliers -= 1;
      this.#checks.set(counter, (this.#checks.get(counter) ?? 1) - 1);
      this.wake(host);
    }
  }

  /** `joining`: the address for the first attempt, where others are being dialled already; else the best is chosen. */
  async #supplyByDial(host: HostPool, bound: Upstream | null, joining: Upstream | null): Promise<void> {
    const counter = bound ?? host;
    counter.suppliers += 1;
    try {
      await this.#dialUntilServed(host, bound, joining);
    } catch (reason) {
      this.#refuse(host, bound, reason);
    } finally {
      counter.suppliers -= 1;
      if (host.suppliers === 0) {
        this.#eyeballs.end(host);
      }
      // Also when it was not needed: others may have thought so of themselves at the same moment.
      this.wake(host);
    }
  }

  /** @throws what all who wait are to hear: no address, none allowed, the pool is closing. */
  async #dialUntilServed(host: HostPool, bound: Upstream | null, joining: Upstream | null): Promise<void> {
    const { closing } = this.#context;
    const tried = new Set<Upstream>();
    let roundBeganMs = this.#context.nowMs();
    let failures = 0;
    for (let first = true; ; first = false) {
      if (!host.resolved && !bound) {
        await this.resolve(host, closing.signal);
      }
      const joins = first ? joining : null;
      if (!(joins || this.#needed(host, bound)) || !this.#mayHaveRoom(host, bound)) {
        return;
      }
      const upstream = joins ?? this.#choose(host, bound, tried);
      const restMs = upstream.restUntilMs - this.#context.nowMs();
      if (restMs > 0) {
        if (bound && !isConnected(bound)) {
          throw restingError(bound, restMs);
        }
        // Every address has asked to be left alone. Meanwhile another may come, or a connection be released.
        await sleep(this.#context.clock, Math.min(restMs, dialRetryMs), closing.signal);
        continue;
      }
      if (!this.#makeRoom(host, bound)) {
        return;
      }
      if (!bound) {
        this.#eyeballs.dialling(host, upstream);
      }
      try {
        await this.#parts.establisher.establish(upstream, { priority: 'acquire', timeoutMs: null });
        return;
      } catch (error) {
        if (error instanceof ClassifiedError && isOurOwnEnd(error)) {
          // Ended by us, because its address was blocked or has gone: nothing failed, so there is nothing to wait for.
          continue;
        }
        tried.add(upstream);
        this.#refuseByStatus(host, error);
        if (bound && isLastWord(error) && !isConnected(bound)) {
          throw namedError(bound, error, Math.max(0, bound.restUntilMs - this.#context.nowMs()));
        }
        failures += 1;
        if (failures % (dialRetries + 1) === 0) {
          this.#refuseOldest(host, bound, roundBeganMs, error);
          tried.clear();
          roundBeganMs = this.#context.nowMs();
        }
        if (!bound && this.#hasOtherFamily(host, upstream)) {
          // No way from here to this one's family: that is no failure of the host's, and the other need not wait for it.
          continue;
        }
      }
      await sleep(this.#context.clock, dialRetryMs, closing.signal);
    }
  }

  /** This machine cannot reach the family of `upstream`, but there is an address of the other that it may reach. */
  #hasOtherFamily(host: HostPool, upstream: Upstream): boolean {
    const { families } = this.#context;
    const nowMs = this.#context.nowMs();
    return (
      !families.canReach(upstream, nowMs) &&
      host.upstreams.some((other) => families.canReach(other, nowMs) && isDialable(this.#context, other))
    );
  }

  /** Makes the host's addresses known. @throws ClassifiedError of class `dns`; the signal's reason when it aborts first. */
  async resolve(host: HostPool, signal?: AbortSignal): Promise<void> {
    if (!host.resolved) {
      try {
        const addresses = await this.#context.parts.hosts.addresses(host.host, signal);
        if (!host.resolved) {
          host.resolvedTo(addresses, this.#context.nowMs());
        }
      } catch (error) {
        if (!signal?.aborted) {
          const failure = error instanceof Error ? error : new Error(String(error));
          host.lastDialError = failure;
          host.record.record(failure, this.#context.nowMs());
          host.history.record('resolve-failed', '', this.#context.nowMs());
        }
        throw error;
      }
    }
  }

  #choose(host: HostPool, bound: Upstream | null, tried: ReadonlySet<Upstream>): Upstream {
    const { parts } = this.#context;
    const upstream = bound
      ? this.#context.verdict(bound).allowed
        ? bound
        : null
      : chooseForDial(this.#context, host, tried, this.#context.nowMs());
    if (upstream) {
      return upstream;
    }
    const [first, ...others] = bound ? [bound] : host.upstreams;
    if (!first) {
      throw new ClassifiedError('dns', 'NO_ADDRESS', whyWords('no-address', { host: host.host.name }));
    }
    parts.access.recordHit(first.endpoint.ip);
    host.history.record('refused', first.endpoint.ip, this.#context.nowMs());
    throw new NoAllowedEndpointError(
      host.host.name,
      [this.#refused(first), ...others.map((other) => this.#refused(other))],
      { oneAsked: bound !== null },
    );
  }

  #refused(upstream: Upstream): RefusedAddress {
    const verdict = this.#context.verdict(upstream);
    return {
      ip: upstream.endpoint.ip,
      rule: verdict.allowed ? null : verdict.rule,
      why: verdict.allowed ? onTrialWords : refusal(verdict),
    };
  }

  /** More wait than are being served by others. */
  #needed(host: HostPool, bound: Upstream | null): boolean {
    return bound ? host.waiters.boundTo(bound) >= bound.suppliers : host.waiters.unbound >= host.suppliers;
  }

  /** A new connection's own URL answered with a status that does not count as good: who asked for that URL hears it. */
  #refuseByStatus(host: HostPool, error: unknown): void {
    if (!(error instanceof ClassifiedError) || error.errorClass !== 'bad-status') {
      return;
    }
    for (const waiter of host.waiters.forPath(host.path)) {
      const status = Number(error.code);
      const url = `https://${host.host.name}${host.path}`;
      this.#parts.handOff.refuse(waiter, new UrlRejectedError(url, Number.isNaN(status) ? null : status, error));
    }
  }

  /**
   * A whole round of dials has failed. When nothing that he could use may come back, the one who has waited for the whole
   * of it is told why; else he may still be served by a release.
   */
  #refuseOldest(host: HostPool, bound: Upstream | null, roundBeganMs: number, reason: unknown): void {
    const oldest = host.waiters.oldest(bound);
    const mayBeServed = bound ? isConnected(bound) : isServing(host);
    if (!mayBeServed && oldest && oldest.sinceMs <= roundBeganMs) {
      this.#parts.handOff.refuse(oldest, reason);
    }
  }

  #refuse(host: HostPool, bound: Upstream | null, reason: unknown): void {
    if (this.#context.isClosing) {
      return;
    }
    for (let waiter = host.waiters.oldest(bound); waiter; waiter = host.waiters.oldest(bound)) {
      this.#parts.handOff.refuse(waiter, reason);
    }
  }
}
