/**
 * From acquire to release: who gets which connection.
 *
 * A connection that is free goes straight to the waiter whose turn it is; nobody is woken in vain, and nobody who comes
 * later overtakes, because a connection becomes available only when no waiter can use it.
 */
import { ClassifiedError } from '../dial/classified-error.ts';
import type { Validation } from '../health/validation.ts';
import { isStale, pickAvailable, pickAvailableTo } from './choice.ts';
import type { ConnectionCloser } from './connection-closer.ts';
import { Deadlines } from './deadlines.ts';
import type { ExchangeEnd } from './exchange.ts';
import type { HostPool } from './host-pool.ts';
import type { HotConnection } from './hot-connection.ts';
import type { Inspector } from './inspector.ts';
import { LeakWatch } from './leak-watch.ts';
import { Lease, type LeaseKeeper, type ReleaseOutcome } from './lease.ts';
import { LeaseRecycler } from './lease-recycler.ts';
import type { PoolContext } from './pool-context.ts';
import { AcquireTimeoutError, PoolClosedError, UrlRejectedError } from './pool-errors.ts';
import type { Upstream } from './upstream.ts';
import { type AcquirePriority, Waiter } from './waiter-queue.ts';

export interface AcquireOptions {
  readonly signal?: AbortSignal;
  /** Default: `acquire_timeout`. */
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

/** Connections that may turn out of no use for one waiter's path before it is told. */
const pathAttempts = 4;
/** One lease in so many remembers where it was acquired, since a stack costs more than the acquire; at log level debug, each one. */
const sampledEvery = 512;
/** After a leak from an unknown place each one does for so long. */
const watchfulMs = 600_000;

export class HandOff implements LeaseKeeper {
  readonly #context: PoolContext;
  readonly #parts: HandOffParts;
  readonly #recycler: LeaseRecycler;
  readonly #deadlines: Deadlines<Waiter>;
  readonly #leaks: LeakWatch;
  #untilSample = 0;
  /** Until then every lease remembers. */
  #watchfulUntilMs = Number.NEGATIVE_INFINITY;

  constructor(context: PoolContext, parts: HandOffParts) {
    this.#context = context;
    this.#parts = parts;
    this.#recycler = new LeaseRecycler(context, parts, (connection, nowMs) => this.#usable(connection, nowMs));
    this.#deadlines = new Deadlines(context.clock, (waiter) => this.#timedOut(waiter));
    this.#leaks = new LeakWatch(context, () => {
      this.#watchfulUntilMs = Math.max(this.#watchfulUntilMs, context.nowMs() + watchfulMs);
    });
  }

  /** @throws by rejection: AcquireTimeoutError, UrlRejectedError, PoolClosedError, ClassifiedError, the signal's reason. */
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
      return Promise.resolve(this.#leaseTo(connection, nowMs, nowMs, this.#samplePlace(nowMs)));
    }
    return this.#wait({ host, upstream, path }, options, nowMs, connection);
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
    return this.#leaseTo(connection, nowMs, nowMs, this.#samplePlace(nowMs));
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
    const { waiters } = connection.host;
    const capacity = connection.capacity(settings.pool.maxStreamsPerConnection);
    // `work` is set when a waiter's path made it a reservation.
    while (connection.healthy && connection.work === null && connection.activeLeases < capacity) {
      const waiter = waiters.take(connection.upstream, nowMs);
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
      waiter.reject(reason);
    }
  }

  giveBack(lease: Lease, outcome: ReleaseOutcome): Promise<void> | null {
    this.#leaks.end(lease);
    return this.#recycler.giveBack(lease, outcome, this.#context.nowMs());
  }

  /** Leases held longer than `leak_threshold`. */
  get overdue(): number {
    return this.#leaks.overdue;
  }

  /** Once a second. */
  watchLeaks(): void {
    this.#leaks.tick(this.#context.nowMs());
  }

  requestFinished(
    lease: Lease,
    end: ExchangeEnd,
    responseMs: number,
    status: number | null,
    error: Error | null,
  ): void {
    if (end === 'aborted') {
      return;
    }
    const { connection } = lease;
    if (this.#context.health(connection.upstream).requested({ end, status, responseMs, error })) {
      lease.doubted = true;
    }
    this.#context.recorder.request(end === 'good', responseMs);
    if (end === 'broken') {
      // How fast it broke says nothing about how fast it answers.
      connection.faults += 1;
    } else {
      connection.lastResponseMs = responseMs;
      connection.upstream.responded(responseMs);
    }
    if (end !== 'good') {
      connection.errors += 1;
    }
    this.#context.changed(connection);
  }

  isGood(status: number): boolean {
    return this.#context.settings.health.statusGood.some(([from, to]) => status >= from && status <= to);
  }

  misused(): void {
    this.#watchfulUntilMs = Number.POSITIVE_INFINITY;
  }

  nowMs(): number {
    return this.#context.nowMs();
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
    { host, upstream, path }: Pick<Waiter, 'host' | 'upstream' | 'path'>,
    { signal, timeoutMs, priority = 'interactive' }: AcquireOptions,
    nowMs: number,
    available: HotConnection | null,
  ): Promise<Lease> {
    const timeLeftMs = timeoutMs ?? this.#context.settings.pool.acquireTimeoutMs;
    if (!available && this.#expectedWaitMs(host, priority, nowMs) > timeLeftMs) {
      return Promise.reject(this.#timeoutError(host, 0, true));
    }
    const place = this.#samplePlace(nowMs);
    return new Promise((resolve, reject) => {
      const waiter = new Waiter({
        host,
        priority,
        upstream,
        path,
        sinceMs: nowMs,
        place,
        resolve,
        reject,
      });
      this.#deadlines.set(waiter, nowMs, timeLeftMs);
      if (signal) {
        const onAbort = (): void => this.refuse(waiter, signal.reason);
        signal.addEventListener('abort', onAbort, { once: true });
        waiter.stopListening = () => signal.removeEventListener('abort', onAbort);
      }
      if (available && path !== null) {
        // It is there, only its path is not known good: the validation is also the check of one that lay long.
        this.#serve(available, waiter, nowMs);
      } else {
        host.waiters.add(waiter);
        this.#parts.wake(host);
      }
    });
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
      void this.#serveAfterValidation(connection, waiter, waiter.path);
    }
  }

  /** Validates the path on the very socket that is handed out. */
  async #serveAfterValidation(connection: HotConnection, waiter: Waiter, path: string): Promise<void> {
    const { transport, upstream } = connection;
    if (!transport) {
      return;
    }
    const { manager, parts } = this.#context;
    // Beside other leases on HTTP/2 the probe takes a stream; alone it takes the connection.
    const shared = connection.activeLeases > 0;
    let signal: AbortSignal;
    if (shared) {
      signal = this.#context.closing.signal;
      connection.activeLeases += 1;
      upstream.inFlight += 1;
      manager.index(connection);
    } else {
      signal = this.#parts.inspector.reserve(connection);
    }
    const validation = await parts.validator.validate(transport, path, signal);
    const nowMs = this.#context.nowMs();
    if (connection.state === 'closed') {
      this.#tryAnother(connection, waiter, validation);
      return;
    }
    if (shared) {
      manager.unlease(connection);
    } else {
      connection.work = null;
    }
    if (validation.verdict !== 'broken') {
      upstream.keepPathVerdict(path, validation, nowMs);
      connection.touch(nowMs);
    }
    this.#afterValidation(connection, waiter, path, validation, nowMs);
  }

  #afterValidation(
    connection: HotConnection,
    waiter: Waiter,
    path: string,
    validation: Validation,
    nowMs: number,
  ): void {
    const { closer, inspector } = this.#parts;
    switch (validation.verdict) {
      case 'good':
        if (validation.closing || connection.state === 'draining') {
          closer.retire(connection, connection.closeReason ?? 'peer-closed');
          this.#tryAnother(connection, waiter, validation);
        } else if (waiter.state === 'matched' && this.#hasRoom(connection)) {
          this.#grant(connection, waiter, nowMs);
          // On HTTP/2 there may be streams left for others.
          this.#usable(connection, nowMs);
        } else {
          this.#recycler.recycle(connection, nowMs);
          this.#tryAnother(connection, waiter, validation);
        }
        return;
      case 'bad-status':
        // This URL is refused; the connection works.
        this.#recycler.recycle(connection, nowMs);
        this.refuse(waiter, rejection(connection, path, validation));
        return;
      case 'busy':
        inspector.blame(connection, validation);
        inspector.suspect(connection);
        this.#recycler.recycle(connection, nowMs);
        break;
      case 'blocked':
      case 'auth':
        inspector.blame(connection, validation);
        closer.retire(connection, 'unhealthy');
        break;
      case 'broken':
        inspector.blame(connection, validation);
        closer.close(connection, validation.error?.errorClass === 'aborted' ? 'aborted' : 'broken');
        break;
    }
    this.#tryAnother(connection, waiter, validation);
  }

  /** For one lease more: an HTTP/2 server may have lowered its number of streams while the validation ran. */
  #hasRoom(connection: HotConnection): boolean {
    return connection.activeLeases < connection.capacity(this.#context.settings.pool.maxStreamsPerConnection);
  }

  /** The connection was of no use: the waiter goes back to its turn, or is told when that happened too often. */
  #tryAnother(connection: HotConnection, waiter: Waiter, validation: Validation): void {
    if (waiter.state !== 'matched') {
      return;
    }
    const { host } = connection;
    const failure = failureOf(connection, validation);
    waiter.attempts += failure ? 1 : 0;
    if (this.#context.isClosing) {
      this.refuse(waiter, new PoolClosedError());
    } else if (failure && waiter.attempts >= pathAttempts) {
      this.refuse(waiter, failure);
    } else {
      host.waiters.putBack(waiter);
      this.#parts.wake(host);
    }
  }

  #grant(connection: HotConnection, waiter: Waiter, nowMs: number): void {
    this.#settle(waiter);
    waiter.resolve(this.#leaseTo(connection, nowMs, waiter.sinceMs, waiter.place));
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
    };
    const error = new AcquireTimeoutError(pressure, early);
    host.history.record('timed-out', early ? 'early' : 'late', this.#context.nowMs());
    this.#context.events.emit('warn', 'acquire.timeout', host.host.name, error.message, { waitedMs, early });
    return error;
  }

  #leaseTo(connection: HotConnection, nowMs: number, askedMs: number, place: Error | null): Lease {
    const { manager, recorder, settings } = this.#context;
    const reused = connection.leases > 0;
    manager.lease(connection, nowMs);
    recorder.lease(nowMs - askedMs, reused);
    const lease = new Lease(connection, this, nowMs, place);
    this.#leaks.begin(lease);
    this.#context.changed(connection);
    if (settings.pool.minIdlePerHost > 0) {
      this.#parts.wake(connection.host);
    }
    return lease;
  }

  /** Called where the caller's stack is still below. */
  #samplePlace(nowMs: number): Error | null {
    if (this.#untilSample > 0 && nowMs >= this.#watchfulUntilMs && !this.#context.debugging) {
      this.#untilSample -= 1;
      return null;
    }
    this.#untilSample = sampledEvery - 1;
    return new Error('acquired');
  }
}

/** Somebody waits for the same, and goes first: streams may have become free that he has not been given yet. */
function isAwaited({ waiters }: HostPool, upstream: Upstream | null): boolean {
  return waiters.length > 0 && (waiters.unbound > 0 || (upstream !== null && waiters.boundTo(upstream) > 0));
}

/** What stood between a waiter and this connection; null when we ended the connection ourselves, which says nothing about the path. */
function failureOf(connection: HotConnection, { error }: Validation): ClassifiedError | null {
  if (error?.errorClass !== 'aborted') {
    return error;
  }
  const { closeReason, upstream } = connection;
  const ip = upstream.endpoint.ip;
  if (closeReason === 'broken') {
    return new ClassifiedError('reset', 'BROKEN', `the connection to ${ip} broke while it was validated`);
  }
  if (closeReason === 'peer-closed' || closeReason === 'goaway') {
    return new ClassifiedError('closed-by-peer', 'CLOSED', `${ip} closed the connection while it was validated`);
  }
  return null;
}

function rejection(connection: HotConnection, path: string, validation: Validation): UrlRejectedError {
  return new UrlRejectedError(
    `https://${connection.upstream.endpoint.host.name}${path}`,
    validation.status,
    validation.error,
  );
}
