/** The right to use one connection, from acquire to release. A value with an end: `using lease = await pool.acquire('host')`. */
import type { IncomingHttpHeaders } from 'node:http';
import { Dispatcher, fetch as undiciFetch } from 'undici';
import type { Protocol } from '../contract/vocabulary.ts';
import { endsConnection } from '../dial/keep-alive.ts';
import type { NamedServer } from '../dial/transport.ts';
import { Exchange, type ExchangeEnd, type ExchangeLedger } from './exchange.ts';
import type { HotConnection } from './hot-connection.ts';
import { ConnectionClosedError, endsOfPeers, LeaseEndedError } from './pool-errors.ts';

/**
 * - `ok`: the connection serves the next one.
 * - `failed`: HTTP went wrong; its flag goes down and it is looked at again after a second.
 * - `broken`: the network went wrong; it is closed and dialled again at once.
 */
export type ReleaseOutcome = 'ok' | 'failed' | 'broken';

/** What the pool does for a lease. */
export interface LeaseKeeper extends Omit<ExchangeLedger, 'finished' | 'answered' | 'told'> {
  /** Ends the lease. The promise resolves when the connection is usable again or closed; null when it is so already. */
  giveBack(lease: Lease, outcome: ReleaseOutcome): Promise<void> | null;
  /** A request on a lease has finished. */
  requestFinished(lease: Lease, end: ExchangeEnd, responseMs: number, status: number | null, error: Error | null): void;
  /** The answer of a request names a Retry-After. */
  askedToWait(lease: Lease, status: number, retryAfter: string | string[]): void;
  /** A lease was used after its end: where leases begin and end is remembered of every one from now on. */
  misused(): void;
}

/** Options of {@link Lease.request}; undici's own, on the lease's host. */
export type LeaseRequest = Omit<Dispatcher.RequestOptions, 'origin'>;

/** undici's own `request`. Of a Dispatcher it needs `dispatch` alone, and one made for each lease costs more than the lease. */
const requestOn = Dispatcher.prototype.request as (
  this: Pick<Dispatcher, 'dispatch'>,
  options: Dispatcher.RequestOptions & NamedServer,
) => Promise<Dispatcher.ResponseData>;

const endedUse = 'this lease has been released and cannot be used any more';

export class Lease implements ExchangeLedger, Disposable, AsyncDisposable {
  readonly #connection: HotConnection;
  readonly #keeper: LeaseKeeper;
  /** Its stack is the place of the acquire; null when it was not sampled. */
  readonly #acquired: Error | null;
  #released: Error | null = null;
  #ended = false;
  #settling: Promise<void> | null = null;
  #dispatcher: Dispatcher | null = null;
  /** Requests whose responses have not come to their end: one as a rule, more only on HTTP/2. */
  #exchanges: Exchange[] | null = null;
  /** Of the acquire's end, monotonic. */
  readonly sinceMs: number;
  /** Its place in the leak watch; kept by that. */
  heldAt = -1;
  /** A request of it broke: the connection is looked at before it serves again, for its end may not have been heard yet. */
  troubled = false;
  /** A request of it was answered by a 403: its host's own path is asked for before the connection serves again. */
  doubted = false;

  /** Made by the pool alone. */
  constructor(connection: HotConnection, keeper: LeaseKeeper, sinceMs: number, acquired: Error | null) {
    this.#connection = connection;
    this.#keeper = keeper;
    this.sinceMs = Math.floor(sinceMs);
    this.#acquired = acquired;
  }

  get connectionId(): number {
    return this.#connection.id;
  }

  /** `host` or `host:port`. */
  get host(): string {
    return this.#connection.upstream.endpoint.host.name;
  }

  get ip(): string {
    return this.#connection.upstream.endpoint.ip;
  }

  get port(): number {
    return this.#connection.upstream.endpoint.port;
  }

  get protocol(): Protocol {
    return this.#connection.transport?.protocol ?? 'http/1.1';
  }

  get released(): boolean {
    return this.#ended;
  }

  /** The place of the acquire, if it was sampled. */
  get acquiredAt(): string | null {
    return this.#acquired ? placeOf(this.#acquired) : null;
  }

  /** The place of the release, if there was one and that of the acquire was sampled. */
  get releasedAt(): string | null {
    return this.#released ? placeOf(this.#released) : null;
  }

  /**
   * A request on this very connection.
   * @throws LeaseEndedError after the release, ConnectionClosedError when the pool has closed the connection; otherwise what
   * undici throws.
   */
  request(options: LeaseRequest): Promise<Dispatcher.ResponseData> {
    this.#assertHeld(endedUse);
    const { host } = this.#connection;
    // The one copy of them: with the server's name in it the transport needs none of its own.
    return requestOn.call(this, { ...options, origin: host.origin, servername: host.host.hostname });
  }

  /**
   * fetch() on this very connection; `input` is a path or a URL of the lease's host. Redirects to another host are refused.
   * @throws LeaseEndedError after the release; otherwise what undici's fetch throws.
   */
  fetch(input: string | URL, init: Parameters<typeof undiciFetch>[1] = {}): ReturnType<typeof undiciFetch> {
    const url = new URL(input, this.#connection.host.origin);
    return undiciFetch(url, { ...init, dispatcher: this.dispatcher() });
  }

  /**
   * An undici Dispatcher of this very connection, for `undici.request`, `stream` and `pipeline`.
   * @throws LeaseEndedError after the release.
   */
  dispatcher(): Dispatcher {
    this.#assertHeld(endedUse);
    this.#dispatcher ??= new LeaseDispatcher(this);
    return this.#dispatcher;
  }

  /**
   * Gives the connection back. A response not read to its end is thrown away within a bound, or the connection closed.
   * @throws LeaseEndedError when it was released before; it names both places where they were sampled.
   */
  release(outcome: ReleaseOutcome = 'ok'): void {
    this.#assertHeld('this lease was released twice');
    this.#ended = true;
    if (this.#acquired) {
      this.#released = new Error('released');
    }
    this.#settling = this.#keeper.giveBack(this, outcome);
  }

  /** Releases it with `ok` unless it was released. */
  [Symbol.dispose](): void {
    if (!this.#ended) {
      this.release();
    }
  }

  /** As {@link Lease[Symbol.dispose]}, and waits until the connection is usable again or closed. */
  async [Symbol.asyncDispose](): Promise<void> {
    this[Symbol.dispose]();
    await this.#settling;
  }

  /** For the pool. */
  get connection(): HotConnection {
    return this.#connection;
  }

  /** For the pool: responses that have not come to their end. */
  get openExchanges(): readonly Exchange[] | null {
    return this.#exchanges && this.#exchanges.length > 0 ? this.#exchanges : null;
  }

  /** For its exchanges. */
  finished(exchange: Exchange, end: ExchangeEnd, responseMs: number, status: number | null, error: Error | null): void {
    this.#forget(exchange);
    // HTTP/1.1 cannot give up a request without giving up its connection.
    this.troubled ||= end === 'broken' || (end === 'aborted' && this.protocol === 'http/1.1');
    this.#keeper.requestFinished(this, end, responseMs, status, error);
  }

  /** For its exchanges. */
  answered(status: number, headers: IncomingHttpHeaders): void {
    const connection = this.#connection;
    // HTTP/2 says so by GOAWAY.
    connection.closing ||= !connection.multiplexes && endsConnection(status, headers);
    const retryAfter = headers['retry-after'];
    if (retryAfter !== undefined) {
      this.#keeper.askedToWait(this, status, retryAfter);
    }
  }

  /** For its exchanges: where the pool has closed the connection, that is said, and why. */
  told(error: Error): Error {
    const { id, state, closeReason } = this.#connection;
    return state === 'closed' && closeReason !== null && !endsOfPeers.has(closeReason)
      ? new ConnectionClosedError({ id, host: this.host, ip: this.ip, reason: closeReason }, error)
      : error;
  }

  /** For its exchanges. */
  isGood(status: number): boolean {
    return this.#keeper.isGood(status);
  }

  /** For its exchanges. */
  nowMs(): number {
    return this.#keeper.nowMs();
  }

  /** For its dispatcher and the pool's. @throws LeaseEndedError after the release, RangeError for another host's origin. */
  dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    this.#assertHeld(endedUse);
    const { transport, host } = this.#connection;
    const { origin } = host;
    if (options.origin && options.origin !== origin && new URL(options.origin).origin !== origin) {
      throw new RangeError(`this lease is for ${origin}, not for ${String(options.origin)}`);
    }
    if (!transport) {
      throw new LeaseEndedError('this lease has no transport', this.acquiredAt, null);
    }
    const exchange = new Exchange(this, handler);
    if (this.#exchanges) {
      this.#exchanges.push(exchange);
    } else {
      this.#exchanges = [exchange];
    }
    this.#connection.requests += 1;
    try {
      return transport.dispatch(options, exchange);
    } catch (error) {
      this.#forget(exchange);
      this.#connection.requests -= 1;
      throw error instanceof Error ? this.told(error) : error;
    }
  }

  /** The last takes the place of the one that goes. */
  #forget(exchange: Exchange): void {
    const last = this.#exchanges?.pop();
    if (this.#exchanges && last && last !== exchange) {
      this.#exchanges[this.#exchanges.indexOf(exchange)] = last;
    }
  }

  #assertHeld(message: string): void {
    if (this.#ended) {
      this.#keeper.misused();
      throw new LeaseEndedError(message, this.acquiredAt, this.releasedAt);
    }
  }
}

class LeaseDispatcher extends Dispatcher {
  readonly #lease: Lease;

  constructor(lease: Lease) {
    super();
    this.#lease = lease;
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    return this.#lease.dispatch(options, handler);
  }

  get closed(): boolean {
    return this.#lease.connection.state === 'closed';
  }

  get destroyed(): boolean {
    return this.closed;
  }
}

/** The lines of a stack that lie outside this file. */
function placeOf(error: Error): string {
  const lines = (error.stack ?? '').split('\n').slice(1);
  const outside = lines.filter((line) => !line.includes('/core/pool/'));
  return (outside.length > 0 ? outside : lines).map((line) => line.trim().replace(/^at /, '')).join('\n    ');
}
