/**
 * One request through the pool, from the wait for a connection to the end of its response. It stands between undici's
 * client and the caller's handler, so that the caller can abort or pause from the first moment, and so that a request that
 * failed before its answer began can be sent again on another IP.
 */
import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import { type Clock, sleep } from '../base/clock.ts';
import type { EventSink } from '../base/event-bus.ts';
import type { ProcessHold } from '../base/process-hold.ts';
import { ClassifiedError } from '../dial/classified-error.ts';
import { classify } from '../dial/error-classes.ts';
import type { Lease, ReleaseOutcome } from './lease.ts';

/** What the requests to one host share. */
export interface RequestContext {
  readonly clock: Clock;
  readonly events: EventSink;
  /** Taken between two attempts: nothing else may be left that keeps the process alive. */
  readonly hold: ProcessHold;
  readonly host: string;
  /** In all; 0 and 1 mean one. */
  maxAttempts(): number;
  /** Aborted when the pool begins to close: nothing is sent again from then on. */
  readonly closing: AbortSignal;
  /** Charges the retry budget; false when it is spent. */
  mayRetry(): boolean;
  /** A lease that is free this very moment; null when it must be waited for. */
  take(): Lease | null;
  acquire(failedIps: ReadonlySet<string>, signal: AbortSignal): Promise<Lease>;
}

/** RFC 9110, section 9.2.2: sending one of these twice has the effect of sending it once. */
const idempotentMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE', 'QUERY']);
const retryStepMs = 1_000;
const none: ReadonlySet<string> = new Set();

const nobody: Dispatcher.DispatchHandler = {};

export class PooledRequest implements Dispatcher.DispatchHandler, Dispatcher.DispatchController {
  readonly #context: RequestContext;
  readonly #options: Dispatcher.DispatchOptions;
  #handler: Dispatcher.DispatchHandler;
  /** Why the caller has left; null while it has not. */
  #left: Error | null = null;
  /** Ends the wait for a connection, or between two attempts; null when nothing was waited for yet. */
  #leaving: AbortController | null = null;
  /** null before the first failure. */
  #failedIps: Set<string> | null = null;
  #lease: Lease | null = null;
  #inner: Dispatcher.DispatchController | null = null;
  #attempt = 1;
  #isPaused = false;
  /** The answer has begun: from here on a failure is the caller's. */
  #isAnswered = false;

  constructor(context: RequestContext, options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler) {
    this.#context = context;
    this.#options = options;
    this.#handler = handler;
  }

  /** Tells the caller its controller at once, so that it can leave while it still waits. */
  start(): void {
    this.#handler.onRequestStart?.(this, null);
    const lease = this.aborted ? null : this.#context.take();
    if (lease) {
      this.#sendOn(lease);
    } else {
      void this.#send();
    }
  }

  get aborted(): boolean {
    return this.#left !== null;
  }

  get reason(): Error | null {
    return this.#left;
  }

  get paused(): boolean {
    return this.#isPaused;
  }

  get rawHeaders(): Buffer[] | string[] | IncomingHttpHeaders | null {
    return this.#inner?.rawHeaders ?? null;
  }

  get rawTrailers(): Buffer[] | string[] | IncomingHttpHeaders | null {
    return this.#inner?.rawTrailers ?? null;
  }

  abort(reason: Error): void {
    if (!this.aborted) {
      this.#left = reason;
      this.#leaving?.abort(reason);
      this.#inner?.abort(reason);
    }
  }

  pause(): void {
    this.#isPaused = true;
    this.#inner?.pause();
  }

  resume(): void {
    this.#isPaused = false;
    this.#inner?.resume();
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#inner = controller;
    if (this.#left) {
      controller.abort(this.#left);
    } else if (this.#isPaused) {
      controller.pause();
    }
  }

  onResponseStart(
    _inner: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
    text?: string,
  ): void {
    this.#isAnswered = true;
    this.#handler.onResponseStart?.(this, status, headers, text);
  }

  onResponseData(_inner: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#handler.onResponseData?.(this, chunk);
  }

  onResponseEnd(_inner: Dispatcher.DispatchController, trailers: IncomingHttpHeaders): void {
    // Before the caller hears of it: its next request then finds this connection.
    this.#giveBack('ok');
    this.#handler.onResponseEnd?.(this, trailers);
    this.#letGo();
  }

  onResponseError(_inner: Dispatcher.DispatchController, error: Error): void {
    const isUnprocessed = wasLeftUnprocessed(error);
    const wasSent = this.#inner !== null && !isUnprocessed;
    const lease = this.#lease;
    if (lease && isUnprocessed) {
      this.#giveBack('ok');
    } else if (lease) {
      this.#failedIps ??= new Set();
      this.#failedIps.add(lease.ip);
      this.#giveBack(this.aborted ? 'ok' : outcomeOf(error, lease));
    }
    if (this.#mayRetry(wasSent)) {
      void this.#sendAgain(error, isUnprocessed ? 0 : this.#attempt * retryStepMs);
    } else {
      this.#fail(error);
    }
  }

  onResponseStarted(): void {
    this.#handler.onResponseStarted?.();
  }

  onBodySent(chunk: Buffer): void {
    this.#handler.onBodySent?.(chunk);
  }

  onRequestSent(): void {
    this.#handler.onRequestSent?.();
  }

  async #send(): Promise<void> {
    let lease: Lease;
    try {
      lease = await this.#context.acquire(this.#failedIps ?? none, this.#leavingSignal());
    } catch (error) {
      // Only a failed dial may go better the next time; a full, forbidden or closed pool says so at once.
      if (error instanceof ClassifiedError && this.#mayRetry(false)) {
        await this.#sendAgain(error, this.#attempt * retryStepMs);
      } else {
        this.#fail(toError(error));
      }
      return;
    }
    this.#sendOn(lease);
  }

  #sendOn(lease: Lease): void {
    this.#lease = lease;
    this.#inner = null;
    try {
      lease.dispatch(this.#options, this);
    } catch (error) {
      // undici refuses bad options by throwing; the connection is as it was.
      this.#giveBack('ok');
      this.#fail(toError(error));
    }
  }

  async #sendAgain(cause: Error, delayMs: number): Promise<void> {
    const { clock, closing, events, hold, host } = this.#context;
    const told = { host, attempt: this.#attempt, delayMs, message: cause.message };
    events.emit('debug', 'request.retried', host, told);
    this.#attempt += 1;
    hold.take();
    try {
      await sleep(clock, delayMs, AbortSignal.any([this.#leavingSignal(), closing]));
    } catch (reason) {
      this.#fail(toError(reason));
      return;
    } finally {
      hold.release();
    }
    await this.#send();
  }

  #leavingSignal(): AbortSignal {
    this.#leaving ??= new AbortController();
    if (this.#left) {
      this.#leaving.abort(this.#left);
    }
    return this.#leaving.signal;
  }

  #mayRetry(wasSent: boolean): boolean {
    return (
      this.#attempt < this.#context.maxAttempts() &&
      !this.#context.closing.aborted &&
      !this.aborted &&
      !this.#isAnswered &&
      isReplayable(this.#options.body) &&
      (!wasSent || idempotentMethods.has(this.#options.method)) &&
      this.#context.mayRetry()
    );
  }

  #fail(error: Error): void {
    this.#handler.onResponseError?.(this, error);
    this.#letGo();
  }

  /** It is over, and reaches nothing any more; see {@link Exchange}. */
  #letGo(): void {
    this.#handler = nobody;
    this.#inner = null;
  }

  #giveBack(outcome: ReleaseOutcome): void {
    const lease = this.#lease;
    this.#lease = null;
    lease?.release(outcome);
  }
}

/** A stream is gone once it has been read. */
function isReplayable(body: Dispatcher.DispatchOptions['body']): boolean {
  return body === undefined || body === null || typeof body === 'string' || body instanceof Uint8Array;
}

/**
 * The server has said that it did nothing with this request: by GOAWAY with a lower last stream, or by REFUSED_STREAM
 * (RFC 9113, section 8.7). Any method may be sent again, at once, and its IP is not to blame.
 */
function wasLeftUnprocessed(error: Error): boolean {
  return /"GOAWAY" frame received with code 0$|NGHTTP2_REFUSED_STREAM/.test(error.message);
}

/** On HTTP/2 a stream may fail alone; on HTTP/1.1 its connection fails with it. */
function outcomeOf(error: Error, lease: Lease): ReleaseOutcome {
  const { errorClass } = classify(error, 'http');
  const isOfStream = errorClass === 'timeout-response' || errorClass === 'http-protocol' || errorClass === 'busy';
  return lease.protocol === 'h2' && isOfStream ? 'failed' : 'broken';
}

function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown), { cause: thrown });
}
