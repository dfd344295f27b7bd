/**
 * One request on a leased connection, between undici's client and the caller's handler. It times and counts, and when the
 * lease ends before the response does, it takes the caller's place: what still comes is thrown away within a bound, so
 * that the next user of the connection never sees it.
 */
import type { IncomingHttpHeaders } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Dispatcher } from 'undici';

/**
 * - `good`, `bad`: answered to the end, with a status that counts as good, or not.
 * - `broken`: no answer, or not to its end.
 * - `aborted`: the caller gave it up, which says nothing about the server.
 */
export type ExchangeEnd = 'good' | 'bad' | 'broken' | 'aborted';

export interface ExchangeLedger {
  /** `responseMs` from sent to headers, or to the break; `status` null: no answer began; `error`: why it broke. */
  finished(exchange: Exchange, end: ExchangeEnd, responseMs: number, status: number | null, error: Error | null): void;
  /** The headers of an answer are there. */
  answered(status: number, headers: IncomingHttpHeaders): void;
  /** What its caller is told in place of what the transport says. */
  told(error: Error): Error;
  /** A good status by configuration. */
  isGood(status: number): boolean;
  nowMs(): number;
}

/** Bytes of an abandoned response that are worth reading to keep the connection. */
const worthDraining = 128 * 1024;

const nobody: Dispatcher.DispatchHandler = {};

export class Exchange implements Dispatcher.DispatchHandler, Dispatcher.DispatchController {
  readonly #ledger: ExchangeLedger;
  #handler: Dispatcher.DispatchHandler;
  readonly #beganMs: number;
  #controller: Dispatcher.DispatchController | null = null;
  #status: number | null = null;
  #responseMs = 0;
  #abortedByCaller = false;
  #finished = false;
  /** Set when the lease has ended: called once with whether the response came to its end. */
  #onDrained: ((drained: boolean) => void) | null = null;
  #thrownAway = 0;

  constructor(ledger: ExchangeLedger, handler: Dispatcher.DispatchHandler) {
    this.#ledger = ledger;
    this.#handler = handler;
    this.#beganMs = ledger.nowMs();
  }

  /**
   * The caller hears `reason` and nothing more; the rest of the response is thrown away. `onDrained(false)` when there
   * is more of it than is worth reading.
   */
  abandon(reason: Error, onDrained: (drained: boolean) => void): void {
    this.#onDrained = onDrained;
    try {
      this.#handler.onResponseError?.(this, reason);
    } catch (error) {
      // The caller's fault must not cost the pool its connection; it surfaces where Node reports unhandled errors.
      queueMicrotask(() => {
        throw error;
      });
    }
    this.#controller?.resume();
  }

  /** Resets the stream; on HTTP/1.1 that ends the connection. */
  reset(reason: Error): void {
    this.#controller?.abort(reason);
  }

  get aborted(): boolean {
    return this.#controller?.aborted ?? false;
  }

  get paused(): boolean {
    return this.#controller?.paused ?? false;
  }

  get reason(): Error | null {
    return this.#controller?.reason ?? null;
  }

  get rawHeaders(): Buffer[] | string[] | IncomingHttpHeaders | null {
    return this.#controller?.rawHeaders ?? null;
  }

  get rawTrailers(): Buffer[] | string[] | IncomingHttpHeaders | null {
    return this.#controller?.rawTrailers ?? null;
  }

  abort(reason: Error): void {
    if (!this.#onDrained && !this.#finished) {
      this.#abortedByCaller = true;
      this.#controller?.abort(reason);
    }
  }

  pause(): void {
    if (!this.#onDrained) {
      this.#controller?.pause();
    }
  }

  resume(): void {
    this.#controller?.resume();
  }

  onRequestStart(controller: Dispatcher.DispatchController, context: unknown): void {
    this.#controller = controller;
    if (!this.#onDrained) {
      this.#handler.onRequestStart?.(this, context);
    }
  }

  onRequestUpgrade(
    _controller: Dispatcher.DispatchController,
    statusCode: number,
    headers: IncomingHttpHeaders,
    socket: Duplex,
  ): void {
    this.#finish(this.#ledger.isGood(statusCode) ? 'good' : 'bad');
    this.#handler.onRequestUpgrade?.(this, statusCode, headers, socket);
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    statusCode: number,
    headers: IncomingHttpHeaders,
    statusMessage?: string,
  ): void {
    // An informational answer (1xx) is not the answer.
    if (statusCode >= 200) {
      this.#status = statusCode;
      this.#responseMs = this.#ledger.nowMs() - this.#beganMs;
      this.#ledger.answered(statusCode, headers);
    }
    if (!this.#onDrained) {
      this.#handler.onResponseStart?.(this, statusCode, headers, statusMessage);
    }
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (!this.#onDrained) {
      this.#handler.onResponseData?.(this, chunk);
      return;
    }
    this.#thrownAway += chunk.length;
    if (this.#thrownAway > worthDraining) {
      this.#onDrained(false);
    }
  }

  onResponseEnd(_controller: Dispatcher.DispatchController, trailers: IncomingHttpHeaders): void {
    this.#finish(this.#status !== null && this.#ledger.isGood(this.#status) ? 'good' : 'bad');
    if (this.#onDrained) {
      this.#onDrained(true);
    } else {
      this.#handler.onResponseEnd?.(this, trailers);
    }
    this.#letGo();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#finish(this.#abortedByCaller ? 'aborted' : 'broken', error);
    if (this.#onDrained) {
      this.#onDrained(false);
    } else {
      this.#handler.onResponseError?.(this, this.#abortedByCaller ? error : this.#ledger.told(error));
    }
    this.#letGo();
  }

  onBodySent(chunk: Buffer): void {
    this.#handler.onBodySent?.(chunk);
  }

  onRequestSent(): void {
    this.#handler.onRequestSent?.();
  }

  /**
   * It is over, and reaches nothing any more. Caller, handler, body and lease hold one another; one of them that has grown
   * old when it dies keeps all that it reaches until the next full collection, which costs more than the request did.
   */
  #letGo(): void {
    this.#handler = nobody;
    this.#controller = null;
  }

  #finish(end: ExchangeEnd, error: Error | null = null): void {
    if (!this.#finished) {
      this.#finished = true;
      const responseMs = this.#responseMs || this.#ledger.nowMs() - this.#beganMs;
      this.#ledger.finished(this, end, responseMs, this.#status, error);
    }
  }
}
