/** The pool's side of undici's `Dispatcher`: each request gets a lease of its own, and gives it back when it has ended. */
import { type Dispatcher, Dispatcher1Wrapper } from 'undici';
import type { Clock } from '../base/clock.ts';
import type { EventSink } from '../base/event-bus.ts';
import type { ProcessHold } from '../base/process-hold.ts';
import type { RetrySettings } from '../config/settings.ts';
import type { AcquireOptions } from './hand-off.ts';
import type { Lease } from './lease.ts';
import { PooledRequest, type RequestContext } from './pooled-request.ts';
import { RetryBudget } from './retry-budget.ts';

export interface RequestRoute {
  readonly clock: Clock;
  readonly events: EventSink;
  /** Taken between two attempts. */
  readonly hold: ProcessHold;
  /** A lease that is free this very moment; null when it must be waited for. */
  take(host: string): Lease | null;
  /** A lease to an IP that is not among the failed ones, if the host has another. */
  acquire(host: string, failedIps: ReadonlySet<string>, options: AcquireOptions): Promise<Lease>;
  /** Attempts of one request in all; 0 and 1 mean one. */
  maxAttempts(): number;
  /** How much of the traffic may be retries. */
  readonly retry: () => RetrySettings;
  /** Aborted when the pool begins to close. */
  readonly closing: AbortSignal;
}

/** Origins whose host is remembered; a program that goes through more of them parses again. */
const rememberedOrigins = 1_000;

/**
 * undici 8 has it, its types do not: handlers of undici 7, which is Node's built-in fetch, become handlers of undici 8.
 * A handler of undici 8 comes back as it is.
 */
const { wrapHandler } = Dispatcher1Wrapper as unknown as {
  wrapHandler(handler: Dispatcher.DispatchHandler): Dispatcher.DispatchHandler;
};

export class RequestDispatcher {
  readonly #route: RequestRoute;
  readonly #budget: RetryBudget;
  readonly #onDrain: (origin: URL) => void;
  /** By origin, as it was written. */
  readonly #contexts = new Map<string, RequestContext>();
  #waiting = 0;
  /** Somebody was told to wait for `drain`. */
  #owesDrain = false;

  /** `onDrain` is called when no request waits for a connection any more, after some did. */
  constructor(route: RequestRoute, onDrain: (origin: URL) => void) {
    this.#route = route;
    this.#budget = new RetryBudget(route.clock, route.retry);
    this.#onDrain = onDrain;
  }

  /**
   * Sends one request of undici's `request`, `stream`, `fetch` or Node's fetch. False is back-pressure: others wait for a
   * connection already; `drain` follows. Failures reach the handler.
   * @throws TypeError when the options name no https origin, or ask for an upgrade.
   */
  dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    if (options.upgrade || options.method === 'CONNECT') {
      throw new TypeError('a connection of the pool cannot be upgraded: it serves the next request afterwards');
    }
    const context = this.#contextOf(options.origin);
    this.#budget.deposit();
    new PooledRequest(context, options, wrapHandler(handler)).start();
    const goOn = this.#waiting <= 1;
    this.#owesDrain ||= !goOn;
    return goOn;
  }

  async #acquire(host: string, failedIps: ReadonlySet<string>, signal: AbortSignal): Promise<Lease> {
    this.#waiting += 1;
    try {
      return await this.#route.acquire(host, failedIps, { signal });
    } finally {
      this.#waiting -= 1;
      if (this.#waiting === 0 && this.#owesDrain) {
        this.#owesDrain = false;
        this.#onDrain(new URL(`https://${host}`));
      }
    }
  }

  #contextOf(origin: string | URL | undefined): RequestContext {
    const text = String(origin ?? '');
    let context = this.#contexts.get(text);
    if (!context) {
      const url = URL.canParse(text) ? new URL(text) : null;
      if (url?.protocol !== 'https:') {
        throw new TypeError(`"${text}" is not an https origin: the pool holds TLS connections only`);
      }
      context = this.#contextFor(url.host);
      if (this.#contexts.size >= rememberedOrigins) {
        this.#contexts.clear();
      }
      this.#contexts.set(text, context);
    }
    return context;
  }

  #contextFor(host: string): RequestContext {
    const { clock, closing, events, hold } = this.#route;
    return {
      clock,
      closing,
      events,
      hold,
      host,
      maxAttempts: () => this.#route.maxAttempts(),
      mayRetry: () => this.#budget.withdraw(),
      take: () => this.#route.take(host),
      acquire: (failedIps, signal) => this.#acquire(host, failedIps, signal),
    };
  }
}
