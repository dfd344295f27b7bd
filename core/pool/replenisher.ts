/** Keeps the pool hot without being asked: the floor, the replacement of what broke, the successor of what grows old. */
import { sleep } from '../base/clock.ts';
import type { CloseReason } from '../contract/vocabulary.ts';
import { ClassifiedError } from '../dial/classified-error.ts';
import type { DialPriority } from '../dial/dial-budget.ts';
import { isOurOwnEnd } from '../dial/error-classes.ts';
import { chooseForDial, isDialable } from './choice.ts';
import type { Establisher } from './establisher.ts';
import type { HostPool } from './host-pool.ts';
import type { HotConnection } from './hot-connection.ts';
import type { PoolContext } from './pool-context.ts';
import { dialRetries, dialRetryMs, type Supplier } from './supplier.ts';
import type { Upstream } from './upstream.ts';

const longestRefillWaitMs = 30_000;
const none: ReadonlySet<Upstream> = new Set();

/** `not made`: we ended it ourselves, or it only made the next one possible. */
type Attempt = 'ready' | 'failed' | 'not made';

export class Replenisher {
  readonly #context: PoolContext;
  readonly #establisher: Establisher;
  readonly #supplier: Supplier;
  readonly #recoveredMs = new WeakMap<Upstream, number>();

  constructor(context: PoolContext, establisher: Establisher, supplier: Supplier) {
    this.#context = context;
    this.#establisher = establisher;
    this.#supplier = supplier;
  }

  /** Dials what the host's floor lacks, as far as the limits and the access lists allow. */
  fillFloor(host: HostPool): void {
    while (this.#isShort(host) && this.#context.manager.room(host).free > 0) {
      if (!host.resolved) {
        if (host.refilling === 0) {
          void this.#attend(host, this.#resolve(host));
        }
        return;
      }
      const upstream = chooseForDial(this.#context, host, none, this.#context.nowMs());
      if (!upstream || upstream.restUntilMs > this.#context.nowMs()) {
        // Nothing may be dialled: nothing has failed, so the next look may come as soon as that changes.
        return;
      }
      // It takes its place before this returns.
      void this.#attend(host, this.#tryOnce(upstream, 'refill', this.#context.closing.signal));
    }
  }

  #isShort({ watched, counts, refilling }: HostPool): boolean {
    const { isClosing, settings } = this.#context;
    return watched && !isClosing && counts.idle + counts.checking + refilling < settings.pool.minIdlePerHost;
  }

  /** A connection has closed: what broke is dialled again at once, and so is one that grew old without a successor. */
  replaceClosed(connection: HotConnection, reason: CloseReason): void {
    if (!connection.upstream.belongs) {
      return;
    }
    if (reason === 'broken') {
      void this.#redial(connection.upstream, 'recovery');
    } else if (reason === 'max-lifetime' && !connection.replacing) {
      void this.#redial(connection.upstream, 'refill');
    }
  }

  /** Dials the successor of a connection that will soon have lived its life; it goes the moment that one is ready. */
  async succeed(connection: HotConnection): Promise<void> {
    const { manager, closing } = this.#context;
    const { host, upstream } = connection;
    const mayDial =
      upstream.belongs && isDialable(this.#context, upstream) && upstream.restUntilMs <= this.#context.nowMs();
    if (manager.fullLimit(host) || !mayDial) {
      return;
    }
    connection.replacing = true;
    try {
      await this.#establisher.establish(upstream, {
        priority: 'refill',
        timeoutMs: null,
        signal: closing.signal,
        replaces: connection,
      });
    } catch {
      // The establisher has reported it. The old one serves to its end and is then dialled anew.
      connection.replacing = false;
    }
  }

  /** What is under way for one place of the floor. After a failure that place rests, longer each time. */
  async #attend(host: HostPool, attempt: Promise<Attempt>): Promise<void> {
    host.refilling += 1;
    const outcome = await attempt;
    if (outcome === 'ready') {
      host.refillFailures = 0;
    } else if (outcome === 'failed') {
      host.refillFailures += 1;
      const waitMs = Math.min(longestRefillWaitMs, dialRetryMs * 2 ** (host.refillFailures - 1));
      await sleep(this.#context.clock, waitMs, this.#context.closing.signal).catch(() => undefined);
    }
    host.refilling -= 1;
    this.#supplier.wake(host);
  }

  async #resolve(host: HostPool): Promise<Attempt> {
    try {
      await this.#supplier.resolve(host, this.#context.closing.signal);
      return 'not made';
    } catch {
      // The resolver has reported it.
      return 'failed';
    }
  }

  /** The same endpoint first, another on each retry. An endpoint that breaks at once is not dialled more than once a second. */
  async #redial(upstream: Upstream, priority: DialPriority): Promise<void> {
    const { manager, closing, clock } = this.#context;
    const host = manager.host(upstream.endpoint.host.name);
    const nowMs = this.#context.nowMs();
    if (!host || this.#context.isClosing) {
      return;
    }
    const sinceLastMs = nowMs - (this.#recoveredMs.get(upstream) ?? Number.NEGATIVE_INFINITY);
    this.#recoveredMs.set(upstream, nowMs);
    const tried = new Set<Upstream>();
    try {
      if (sinceLastMs < dialRetryMs) {
        await sleep(clock, dialRetryMs, closing.signal);
      }
      // Look again in each round: a host that nobody uses is forgotten.
      for (let attempt = 0; attempt <= dialRetries; attempt += 1) {
        const next =
          attempt === 0 && isDialable(this.#context, upstream)
            ? upstream
            : chooseForDial(this.#context, host, tried, this.#context.nowMs());
        const isHere = manager.host(host.host.name) === host;
        if (!isHere || !next || next.restUntilMs > this.#context.nowMs() || manager.room(host).free === 0) {
          return;
        }
        tried.add(next);
        if ((await this.#tryOnce(next, priority, closing.signal)) === 'ready') {
          return;
        }
        await sleep(clock, dialRetryMs, closing.signal);
      }
    } catch {
      // The pool is closing.
    }
  }

  async #tryOnce(upstream: Upstream, priority: DialPriority, signal: AbortSignal): Promise<Attempt> {
    this.#context.manager.opening += 1;
    try {
      await this.#establisher.establish(upstream, { priority, timeoutMs: null, signal });
      return 'ready';
    } catch (error) {
      // The establisher has reported it.
      return error instanceof ClassifiedError && isOurOwnEnd(error) ? 'not made' : 'failed';
    } finally {
      this.#context.manager.opening -= 1;
    }
  }
}
