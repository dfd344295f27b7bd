/** Hears the answer of a probe, and reads from it what the pool wants to know. */
import type { Dispatcher } from 'undici';
import type { Clock } from '../base/clock.ts';
import type { Protocol } from '../contract/vocabulary.ts';
import { endsConnection, readKeepAliveTimeout } from './keep-alive.ts';

type Headers = Parameters<NonNullable<Dispatcher.DispatchHandler['onResponseStart']>>[2];

export class ProbeAnswer implements Dispatcher.DispatchHandler {
  readonly #clock: Clock;
  readonly #http1: boolean;
  readonly #onDone: (error: Error | null) => void;
  #controller: Dispatcher.DispatchController | null = null;
  #abortedWith: Error | null = null;
  /** 0 before the answer. */
  status = 0;
  /** Monotonic: when the headers came. */
  headersMs = 0;
  retryAfterMs: number | null = null;
  idleLimitMs: number | null = null;
  /** The connection ends after this answer. */
  closing = false;

  constructor(clock: Clock, protocol: Protocol, onDone: (error: Error | null) => void) {
    this.#clock = clock;
    this.#http1 = protocol === 'http/1.1';
    this.#onDone = onDone;
  }

  /** On HTTP/1.1 this ends the connection: an answer that comes late would be taken for the next one's. */
  abort(error: Error): void {
    this.#abortedWith = error;
    this.#controller?.abort(error);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#abortedWith) {
      controller.abort(this.#abortedWith);
    }
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: Headers): void {
    if (status < 200) {
      return;
    }
    this.status = status;
    this.headersMs = this.#clock.monotonicMs();
    this.retryAfterMs = readRetryAfter(headers['retry-after'], this.#clock.epochMs());
    this.idleLimitMs = readKeepAliveTimeout(headers['keep-alive']);
    this.closing = this.#http1 && endsConnection(status, headers);
  }

  /** The body of a GET is read to its end, within the probe's deadline, so that the connection can be used again. */
  onResponseData(): void {}

  onResponseEnd(): void {
    this.#onDone(null);
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#onDone(error);
  }
}

/** Seconds, or a date (RFC 9110, section 10.2.3); milliseconds from now, null when it is neither. */
export function readRetryAfter(header: string | string[] | undefined, nowEpochMs: number): number | null {
  const text = joined(header).trim();
  if (/^\d+$/.test(text)) {
    return Number(text) * 1_000;
  }
  const atMs = text === '' ? Number.NaN : Date.parse(text);
  return Number.isNaN(atMs) ? null : Math.max(0, atMs - nowEpochMs);
}

function joined(header: string | string[] | undefined): string {
  return Array.isArray(header) ? header.join(',') : (header ?? '');
}
