/**
 * An answer over HTTP/2 that its server has cancelled in the middle. Node ends such a stream as if it were complete, and so
 * it does with every stream of a connection that is lost; undici passes that on, and half a body would count as a whole one
 * where no Content-Length says otherwise. The code of the stream knows better (RFC 9113, section 8.1.1).
 */
import diagnostics from 'node:diagnostics_channel';
import { type ClientHttp2Stream, constants } from 'node:http2';
import type { Dispatcher } from 'undici';
import { ClassifiedError } from './classified-error.ts';

type Handler = Dispatcher.DispatchHandler;
type Controller = Dispatcher.DispatchController;
type Headers = Parameters<NonNullable<Handler['onResponseEnd']>>[1];

/** undici opens the stream of a request in the very call in which it has told its handler of the start. */
let starting: CompleteAnswer | null = null;

diagnostics.channel('http2.client.stream.created').subscribe((message) => {
  starting?.opened((message as { stream: ClientHttp2Stream }).stream);
  starting = null;
});

/** Hears an answer for another, and tells an end that is none as the error that it is. */
export class CompleteAnswer implements Handler {
  readonly #handler: Handler;
  #stream: ClientHttp2Stream | null = null;

  constructor(handler: Handler) {
    this.#handler = handler;
  }

  opened(stream: ClientHttp2Stream): void {
    this.#stream = stream;
  }

  onRequestStart(controller: Controller, context: unknown): void {
    starting = this;
    this.#handler.onRequestStart?.(controller, context);
  }

  onResponseStart(controller: Controller, status: number, headers: Headers, statusMessage?: string): void {
    this.#handler.onResponseStart?.(controller, status, headers, statusMessage);
  }

  onResponseData(controller: Controller, chunk: Buffer): void {
    this.#handler.onResponseData?.(controller, chunk);
  }

  onResponseEnd(controller: Controller, trailers: Headers): void {
    if (this.#stream?.rstCode === constants.NGHTTP2_CANCEL) {
      const message = 'the server cancelled its answer before the end';
      this.#handler.onResponseError?.(controller, new ClassifiedError('closed-by-peer', 'NGHTTP2_CANCEL', message));
    } else {
      this.#handler.onResponseEnd?.(controller, trailers);
    }
  }

  onResponseError(controller: Controller, error: Error): void {
    this.#handler.onResponseError?.(controller, error);
  }

  onBodySent(chunk: Buffer): void {
    this.#handler.onBodySent?.(chunk);
  }

  onRequestSent(): void {
    this.#handler.onRequestSent?.();
  }
}
