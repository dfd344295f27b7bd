/**
 * From acquire to grant: who gets which connection.
 *
 * A connection that is free goes straight to the waiter whose turn it is; nobody is woken in vain, and nobody who comes
 * later overtakes, because a connection becomes available only when no waiter can use it.
 */
import type { Validation } from '../health/validation.ts';
import { isStale, pickAvailable, pickAvailableTo } from './choice.ts';
import type { ConnectionCloser } from './connection-closer.ts';
import { Deadlines } from './deadlines.ts';
import type { HostPool } from './host-pool.ts';
import type { HotConnection } from './hot-connection.ts';
import type { Inspector } from './inspector.ts';
import type { Lease } from './lease.ts';
import { LeaseDesk } from './lease-desk.ts';
import { LeaseRecycler } from './lease-recycler.ts';
import { PathServer, rejection } from './path-server.ts';
import type { PoolContext } from './pool-context.ts';
import {
  AcquireTimeoutError,
  NoAllowedEndpointError,
  PoolClosedError,
  timeoutData,
  UrlRejectedError,
} from './pool-errors.ts';
import type { Upstream } from './upstream.ts';
import { type AcquirePriority, acquirePriorities, Waiter } from './waiter-queue.ts';

export interface AcquireOptions {
  readonly signal?: AbortSignal;
  /** 0 or more; `Infinity`: for ever. Default: `acquire_timeout`. */
  readonly timeoutMs?: number;
  /** Default: `interactive`, which goes before `background`. */
  readonly priority?: AcquirePriority;
}

export interface HandOffParts {
  readonly closer: ConnectionCloser;
  readonly inspector: Inspector;
  /** Somebody waits that nobody serves yet, or a place has become free. */
  readonly wake: (host: HostPool) => void;
  /** A connection could be dialled for one more who waits. */
  readonly mayGrow: (host: HostPool) => boolean;
  /** A connection lies idle: it may be evicted for another host's waiters. */
  readonly rested: (host: HostPool) => void;
}

export class HandOff {
  readonly #context: PoolContext;
  readonly #parts: HandOffParts;
  readonly #deadlines: Deadlines<Waiter>;
  readonly #paths: PathServer;
  readonly #desk: LeaseDesk;

  constructor(context: PoolContext, parts: HandOffParts) {
    this.#context = context;
    this.#parts = parts;
    this.#deadlines = new Deadlines(context.clock, context.hold, (waiter) => this.#timedOut(waiter));
    const usable = (connection: HotConnection, nowMs: number): void => this.#usable(connection, nowMs);
    const recycler = new LeaseRecycler(context, parts, usable);
    this.#desk = new LeaseDesk(context, { ...parts, recycler }, parts.wake);
    this.#paths = new PathServer(
      context,
      { ...parts, recycler },
      {
        grant: (connection, waiter, nowMs) => this.#grant(connection, waiter, nowMs),
        refuse: (waiter, reason) => this.refuse(waiter, reason),
        queued: ({ host }) => parts.wake(host),
        usable,
      },
    );
  }

  /** Leases held longer than `leak_threshold`. */
  get overdue(): number {
    return this.#desk.overdue;
  }

  /** Of one connection, the oldest first. */
  overdueOn(connectionId: number): readonly Lease[] {
    return this.#desk.overdueOn(connectionId);
  }

  /** Once a second. */
  watchLeaks(): void {
    this.#desk.watchLeaks();
  }

  /** @throws by rejection: AcquireTimeoutError, UrlRejectedError, PoolClosedError, ClassifiedError, RangeError, the signal's reason. */
  acquire(host: HostPool, upstream: Upstream | null, path: string | null, options: AcquireOptions): Promise<Lease> {
    if (this.#context.isClosing) {
      return Promise.reject(new PoolClosedError());
    }
    const { signal } = options;
    if (signal?.aborted) {
      return Promise.reject(signal.reason);
    }
    const nowMs = this.#context.nowMs();
    const connection = isAwaited(host, upstream) ? null : this.#pick(host, upstream, nowMs);
    if (connection && this.#isReady(connection, path, nowMs)) {
      return Promise.resolve(this.#desk.issue(connection, nowMs, nowMs, this.#desk.samplePlace(nowMs)));
    }
    return this.#wait(host, upstream, path, options, nowMs, connection);
  }

  /** A connection to any of the host's endpoints that is free this very moment; null when somebody must wait. */
  take(host: HostPool): Lease | null {
    if (this.#context.isClosing || isAwaited(host, null)) {
      return null;
    }
    const nowMs = this.#context.nowMs();
    const connection = pickAvailable(this.#context, host, nowMs);
    if (!connection || isStale(this.#context, connection, nowMs)) {
      return null;
    }
    return this.#desk.issue(connection, nowMs, nowMs, this.#desk.samplePlace(nowMs));
  }

  #pick(host: HostPool, upstream: Upstream | null, nowMs: number): HotConnection | null {
    return upstream ? pickAvailableTo(upstream) : pickAvailable(this.#context, host, nowMs);
  }

  /** The connection has a lease to give: to the waiter whose turn it is, or it lies idle. */
  usable(connection: HotConnection): void {
    this.#usable(connection, this.#context.nowMs());
  }

  #usable(connection: HotConnection, nowMs: number): void {
    const { manager, settings } = this.#context;
    const { host } = connection;
    const capacity = connection.capacity(settings.pool.maxStreamsPerConnection);
    // `work` is set when a waiter's path made it a reservation.
    while (host.waiting > 0 && connection.healthy && connection.work === null && connection.activeLeases < capacity) {
      const waiter = host.waiters.take(connection.upstream, nowMs);
      if (!waiter) {
        break;
      }
      this.#serve(connection, waiter, nowMs);
    }
    if (connection.activeLeases > 0) {
      manager.index(connection);
    } else if (connection.work === null && connection.state !== 'closed' && connection.state !== 'idle') {
      this.rest(connection);
    }
  }

  /** Becomes idle, if `max_idle_conns` has room for it: the one that has lain longest makes room. */
  rest(connection: HotConnection): void {
    const { manager, settings } = this.#context;
    const { maxIdleConnections, minIdlePerHost } = settings.pool;
    const itself = connection.state === 'checking' ? 1 : 0;
    while (manager.counts.idle + manager.counts.checking - itself >= maxIdleConnections) {
      const longest = manager.idle.longest(({ host }) => host === connection.host || host.counts.idle > minIdlePerHost);
      this.#parts.closer.close(longest ?? connection, 'evicted');
      if (!longest) {
        return;
      }
    }
    manager.move(connection, 'idle');
    this.#context.changed(connection);
    if (!connection.healthy) {
      this.#parts.inspector.lookAgain(connection);
    }
    this.#parts.rested(connection.host);
  }

  /** Refuses everyone who waits. */
  refuseAll(host: HostPool, reason: unknown): void {
    for (let waiter = host.waiters.first(); waiter; waiter = host.waiters.first()) {
      this.refuse(waiter, reason);
    }
  }

  /** Refuses one who waits, or whose connection is being validated. */
  refuse(waiter: Waiter, reason: unknown): void {
    if (this.#settle(waiter)) {
      if (!isByRule(reason)) {
        this.#context.recorder.waitedInVain(this.#context.nowMs() - waiter.sinceMs);
      }
      waiter.refuse(reason);
    }
  }

  /** No more deadlines: the pool is closed. */
  stop(): void {
    this.#deadlines.clear();
  }

  #isReady(connection: HotConnection, path: string | null, nowMs: number): boolean {
    if (isStale(this.#context, connection, nowMs)) {
      return false;
    }
    return path === null || this.#pathVerdict(connection.upstream, path, nowMs)?.verdict === 'good';
  }

  #pathVerdict(upstream: Upstream, path: string, nowMs: number): Validation | null {
    return upstream.pathVerdict(path, nowMs, this.#context.settings.pool.healthCheckIntervalMs);
  }

  #wait(
    host: HostPool,
    upstream: Upstream | null,
    path: string | null,
    { signal, timeoutMs, priority = 'interactive' }: AcquireOptions,
    nowMs: number,
    available: HotConnection | null,
  ): Promise<Lease> {
    const timeLeftMs = timeoutMs ?? this.#context.settings.pool.acquireTimeoutMs;
    if (!(timeLeftMs >= 0)) {
      const message = `timeoutMs is ${timeLeftMs}: give milliseconds, 0 or more, or leave it out`;
      return Promise.reject(new RangeError(message));
    }
    if (!acquirePriorities.includes(priority)) {
      const message = `priority is "${String(priority)}": give ${acquirePriorities.join(' or ')}, or leave it out`;
      return Promise.reject(new RangeError(message));
    }
    if (!available && this.#expectedWaitMs(host, priority, nowMs) > timeLeftMs) {
      this.#context.recorder.waitedInVain(timeLeftMs);
      return Promise.reject(this.#timeoutError(host, 0, true));
    }
    const place = this.#desk.samplePlace(nowMs);
    const waiter = new Waiter({ host, priority, upstream, path, sinceMs: nowMs, place });
    const granted = waiter.granted();
    this.#deadlines.set(waiter, timeLeftMs);
    host.usedMs = nowMs;
    if (signal) {
      this.#listen(waiter, signal);
    }
    if (available && path !== null) {
      // It is there, only its path is not known good: the validation is also the check of one that lay long.
      this.#serve(available, waiter, nowMs);
    } else {
      host.waiters.add(waiter);
      this.#parts.wake(host);
    }
    return granted;
  }

  /** Apart from {@link HandOff.#wait}: what a closure takes with it is made at each call, also when nobody gives a signal. */
  #listen(waiter: Waiter, signal: AbortSignal): void {
    const onAbort = (): void => this.refuse(waiter, signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    waiter.stopListening = () => signal.removeEventListener('abort', onAbort);
  }

  /** How long one who joins now waits at least; 0 while that cannot be told, or while the host may still get more connections. */
  #expectedWaitMs(host: HostPool, priority: AcquirePriority, nowMs: number): number {
    if (host.waiters.length === 0 || this.#parts.mayGrow(host)) {
      return 0;
    }
    // Connections that are being made will serve like the others.
    const { idle, checking, leased, dialing, validating } = host.counts;
    const serving = idle + checking + leased;
    const growth = (serving + dialing + validating) / serving;
    return host.waiters.expectedWaitMs(priority, nowMs, growth) ?? 0;
  }

  /** Gives `connection` to a waiter that is not in the queue: at once, or after a validation for its path. */
  #serve(connection: HotConnection, waiter: Waiter, nowMs: number): void {
    const verdict = waiter.path === null ? null : this.#pathVerdict(connection.upstream, waiter.path, nowMs);
    if (waiter.path === null || (verdict?.verdict === 'good' && !isStale(this.#context, connection, nowMs))) {
      this.#grant(connection, waiter, nowMs);
    } else if (verdict?.verdict === 'bad-status') {
      this.refuse(waiter, rejection(connection, waiter.path, verdict));
    } else {
      void this.#paths.serve(connection, waiter, waiter.path);
    }
  }

  #grant(connection: HotConnection, waiter: Waiter, nowMs: number): void {
    this.#settle(waiter);
    waiter.grant(this.#desk.issue(connection, nowMs, waiter.sinceMs, waiter.place));
  }

  /** Takes the waiter out of everything; false when it was settled before. */
  #settle(waiter: Waiter): boolean {
    if (waiter.state === 'settled') {
      return false;
    }
    if (waiter.state === 'queued') {
      waiter.host.waiters.remove(waiter);
    }
    waiter.state = 'settled';
    this.#deadlines.cancel(waiter);
    waiter.stopListening?.();
    return true;
  }

  #timedOut(waiter: Waiter): void {
    const { host } = waiter;
    const error = this.#timeoutError(host, this.#context.nowMs() - waiter.sinceMs, false);
    this.refuse(waiter, error);
  }

  #timeoutError(host: HostPool, waitedMs: number, early: boolean): AcquireTimeoutError {
    const { counts, live, waiters, lastDialError } = host;
    const pressure = {
      host: host.host.name,
      waitedMs,
      total: live,
      leased: counts.leased,
      idle: counts.idle,
      waiting: waiters.length,
      dialing: counts.dialing + counts.validating,
      lastDialError,
      restMs: host.restMs(this.#context.nowMs()),
    };
    const error = new AcquireTimeoutError(pressure, early);
    host.history.record('timed-out', early ? 'early' : 'late', this.#context.nowMs());
    this.#context.events.emit('warn', 'acquire.timeout', host.host.name, timeoutData(pressure, early));
    return error;
  }
}

/** What no longer wait would have changed. */
function isByRule(reason: unknown): boolean {
  return (
    reason instanceof NoAllowedEndpointError || reason instanceof UrlRejectedError || reason instanceof PoolClosedError
  );
}

/** Somebody waits for the same, and goes first: streams may have become free that he has not been given yet. */
function isAwaited({ waiting, waiters }: HostPool, upstream: Upstream | null): boolean {
  return waiting > 0 && (waiters.unbound > 0 || (upstream !== null && waiters.boundTo(upstream) > 0));
}
