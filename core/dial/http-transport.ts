/**
 * One handshaken socket, HTTP/1.1 or HTTP/2 as ALPN has chosen. The first request puts an undici `Client` on it; on
 * HTTP/1.1 the pool's own HEADs need none before that. The pool owns idling, lifetime and reconnecting: everything that
 * undici would do of its own accord is switched off here.
 */
import diagnostics from 'node:diagnostics_channel';
import type { ClientHttp2Session, ClientHttp2Stream, Settings } from 'node:http2';
import type { TLSSocket } from 'node:tls';
import type { Client, Dispatcher } from 'undici';
import type { Clock } from '../base/clock.ts';
import type { Protocol } from '../contract/vocabulary.ts';
import { CompleteAnswer } from './cancelled-answer.ts';
import { ClassifiedError } from './classified-error.ts';
import type { HostName } from './endpoint.ts';
import { classify } from './error-classes.ts';
import { HeadAsker } from './head-asker.ts';
import { endsAfterHead, readKeepAliveTimeout } from './keep-alive.ts';
import { ProbeAnswer, readRetryAfter } from './probe-answer.ts';
import { mostStreams, quietClient, type SocketTaker } from './quiet-client.ts';
import type { ResponseHead } from './response-head.ts';
import { withServerName } from './server-name.ts';
import type { DialTimings, Probe, ProbeResult, Transport, TransportEnd } from './transport.ts';
import { destroyedError, goawayError } from './transport-errors.ts';
import { type GiveUp, type Settle, withinDeadline } from './within-deadline.ts';

export interface HttpTransportOptions {
  /** Handshaken, its certificate verified; the transport owns it from now on. */
  readonly socket: TLSSocket;
  readonly host: HostName;
  readonly timings: DialTimings;
  readonly clock: Clock;
}

/**
 * What had arrived when its server went is read to its end, unless nothing of it was read at so many looks in a row. Counted,
 * not timed: a process that was not let run for a while has not had its chance to read.
 */
const idleLooks = 10;
const lookEveryMs = 5;

const nothingUnderWay = { running: 0, pending: 0 };

const streamCreated = diagnostics.channel('http2.client.stream.created');

export class HttpTransport implements Transport {
  readonly protocol: Protocol;
  readonly timings: DialTimings;
  readonly resumed: boolean;
  readonly #socket: TLSSocket;
  /** null before the first request. */
  #client: Client | null = null;
  /** Reads an HTTP/1.1 socket until the client does. */
  #asker: HeadAsker | null;
  readonly #host: HostName;
  readonly #clock: Clock;
  /** null on HTTP/1.1, and until the first request has opened it. */
  #session: ClientHttp2Session | null = null;
  #maxStreams = 1;
  #serverIdleLimitMs: number | null = null;
  #connected = false;
  #destroyed = false;
  #socketError: Error | null = null;
  #end: TransportEnd | null = null;
  #onEnd: ((end: TransportEnd) => void) | null = null;
  #onMaxStreams: (() => void) | null = null;
  /** Before the first request, while nothing is asked: Node adds them up anew for each who wants to know. */
  #quietBytes: { readonly in: number; readonly out: number } | null = null;

  constructor({ socket, host, timings, clock }: HttpTransportOptions) {
    this.protocol = socket.alpnProtocol === 'h2' ? 'h2' : 'http/1.1';
    this.timings = timings;
    this.resumed = socket.isSessionReused();
    this.#socket = socket;
    this.#host = host;
    this.#clock = clock;
    socket.on('error', (error) => {
      this.#socketError ??= error;
      // An alert of TLS leaves the socket of an HTTP/2 session open, and nobody would ever notice.
      socket.destroy();
    });
    // What has arrived before the server's end is still to be read.
    socket.allowHalfOpen = true;
    socket.once('end', () => this.#peerEnded());
    // After undici has put its own things in order: a client destroyed before that, with requests in flight, throws.
    socket.once('close', () => queueMicrotask(() => this.#closed()));
    this.#asker = this.protocol === 'http/1.1' ? new HeadAsker(socket, host.name) : null;
  }

  get maxStreams(): number {
    return this.#maxStreams;
  }

  get serverIdleLimitMs(): number | null {
    return this.#serverIdleLimitMs;
  }

  /** HTTP's bytes: what TLS adds around them, its handshake included, is not told by Node. */
  get bytesIn(): number {
    return this.#bytes.in;
  }

  get bytesOut(): number {
    return this.#bytes.out;
  }

  get #bytes(): { readonly in: number; readonly out: number } {
    if (this.#quietBytes) {
      return this.#quietBytes;
    }
    const bytes = { in: this.#socket.bytesRead, out: this.#socket.bytesWritten };
    if (this.#client === null && this.#asker?.isQuiet) {
      this.#quietBytes = bytes;
    }
    return bytes;
  }

  dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    this.#client ??= this.#makeClient();
    this.#quietBytes = null;
    const sent = withServerName(options, this.#host.hostname);
    return this.#client.dispatch(sent, this.protocol === 'h2' ? new CompleteAnswer(handler) : handler);
  }

  probe(probe: Probe): Promise<ProbeResult> {
    const over = this.#overError();
    if (over) {
      return Promise.reject(over);
    }
    if (probe.kind === 'readable') {
      return this.#probeReadable();
    }
    // Before its first request an HTTP/2 connection has no session to ping on; a HEAD opens it and says more.
    if (probe.kind === 'ping' && this.#session) {
      return this.#probePing(this.#session, probe);
    }
    if (probe.kind !== 'GET' && this.#asker?.mayAsk(probe.path)) {
      return this.#probeHead(this.#asker, probe);
    }
    return this.#probeRequest(probe.kind === 'GET' ? 'GET' : 'HEAD', probe);
  }

  onEnd(listener: (end: TransportEnd) => void): void {
    this.#onEnd = listener;
    if (this.#end) {
      const end = this.#end;
      queueMicrotask(() => listener(end));
    }
  }

  onMaxStreams(listener: () => void): void {
    this.#onMaxStreams = listener;
  }

  destroy(): void {
    if (this.#destroyed) {
      return;
    }
    this.#destroyed = true;
    const error = destroyedError();
    this.#client?.destroy(error, ignore);
    // The client lets go of a socket that got GOAWAY, and does not hold one before its first request.
    this.#socket.destroy();
    this.#asker?.closed(error);
  }

  #makeClient(): Client {
    const client = quietClient(this.#host, (taker) => {
      const give = (): void => this.#giveSocket(client, taker);
      if (this.#asker) {
        this.#asker.release(give);
      } else {
        queueMicrotask(give);
      }
    });
    if (this.#destroyed) {
      client.destroy(destroyedError(), ignore);
    }
    return client;
  }

  #giveSocket(client: Client, taker: SocketTaker): void {
    this.#asker = null;
    if (this.#connected || this.#end || this.#socket.destroyed) {
      const error = this.#closedError();
      // Destroyed first: a client with requests in flight would ask for a socket again, and again.
      client.destroy(error, ignore);
      taker(error, null);
      return;
    }
    this.#connected = true;
    if (this.protocol === 'http/1.1') {
      taker(null, this.#socket);
      return;
    }
    // undici does not show its HTTP/2 session. It opens the session, and on it the stream of the request for which it
    // connects, within this call; Node's documented channel shows that stream, and with it the session.
    const onStream = (message: unknown): void => {
      const { stream } = message as { stream: ClientHttp2Stream };
      if (stream.session) {
        this.#opened(stream.session as ClientHttp2Session);
      }
    };
    const before = new Set(this.#socket.listeners('end'));
    streamCreated.subscribe(onStream);
    try {
      taker(null, this.#socket);
    } finally {
      streamCreated.unsubscribe(onStream);
    }
    // undici would destroy the socket at its end, and with it answers that are complete but not read yet.
    for (const listener of this.#socket.listeners('end')) {
      if (!before.has(listener)) {
        this.#socket.off('end', listener as () => void);
      }
    }
  }

  /**
   * The server sends no more. On HTTP/2 it may have answered all it was asked before (nginx does that after its last
   * request, and goes): those answers have a moment to be read. On HTTP/1.1 undici knows what to do.
   */
  #peerEnded(): void {
    if (this.protocol === 'http/1.1') {
      if (!this.#connected) {
        this.#socket.destroy();
      }
      return;
    }
    let unread = -1;
    let idle = 0;
    const look = (): void => {
      const { running, pending } = this.#client?.stats ?? nothingUnderWay;
      const received = this.#session?.destroyed === false ? (this.#session.state.effectiveRecvDataLength ?? 0) : 0;
      const stillUnread = running + received;
      idle = stillUnread === unread ? idle + 1 : 0;
      unread = stillUnread;
      if (running + pending === 0 || idle >= idleLooks) {
        this.#socket.destroy();
      } else if (!this.#destroyed) {
        this.#clock.after(lookEveryMs, look);
      }
    };
    look();
    if (!this.#socket.destroyed) {
      this.#ended({ reason: 'goaway', error: null });
    }
  }

  #opened(session: ClientHttp2Session): void {
    if (this.#session) {
      return;
    }
    this.#session = session;
    session.on('remoteSettings', ({ maxConcurrentStreams }: Settings) => {
      const allowed = Math.min(maxConcurrentStreams ?? mostStreams, mostStreams);
      if (allowed !== this.#maxStreams) {
        this.#maxStreams = allowed;
        this.#onMaxStreams?.();
      }
    });
    session.once('error', (error) => {
      this.#socketError ??= error;
    });
    session.once('goaway', (code: number) => {
      const error = code === 0 ? null : classify(goawayError(code), 'http');
      this.#ended({ reason: 'goaway', error });
    });
  }

  #closed(): void {
    const error = this.#socketError ? classify(this.#socketError, 'http') : null;
    const byPeer = error === null || error.errorClass === 'closed-by-peer';
    this.#ended({ reason: byPeer ? 'peer-closed' : 'broken', error });
    this.#asker?.closed(error ?? this.#closedError());
  }

  #closedError(): ClassifiedError {
    return new ClassifiedError('closed-by-peer', 'CLOSED', `the connection to ${this.#host.name} is closed`);
  }

  #ended(end: TransportEnd): void {
    const isOver = this.#end !== null && (this.#end.reason !== 'goaway' || end.reason === 'goaway');
    if (isOver || this.#destroyed) {
      return;
    }
    this.#end = end;
    this.#onEnd?.(end);
  }

  /** Why nothing can be asked any more; null: it can. */
  #overError(): ClassifiedError | null {
    if (this.#destroyed) {
      return destroyedError();
    }
    if (this.#end) {
      const { reason, error } = this.#end;
      const message = `the connection to ${this.#host.name} has ended: ${reason}`;
      return error ? classify(error, 'http') : new ClassifiedError('closed-by-peer', 'CLOSED', message);
    }
    return null;
  }

  /** Never writes. An idle socket is read all the time and ended for any byte, so being alive is the answer. */
  async #probeReadable(): Promise<ProbeResult> {
    const startedMs = this.#clock.monotonicMs();
    // Two turns of the event loop: whatever had arrived when we began has been read then.
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    const over = this.#overError();
    if (over) {
      throw over;
    }
    return result('readable', this.#clock.monotonicMs() - startedMs);
  }

  #probePing(session: ClientHttp2Session, probe: Probe): Promise<ProbeResult> {
    return this.#inTime(probe, ({ succeed, fail }) => {
      try {
        session.ping((error, durationMs) => (error ? fail(error) : succeed(() => result('ping', durationMs))));
      } catch (error) {
        fail(error);
      }
      return ignore;
    });
  }

  #probeHead(asker: HeadAsker, probe: Probe): Promise<ProbeResult> {
    return this.#inTime(probe, ({ succeed, fail }) => {
      const startedMs = this.#clock.monotonicMs();
      this.#quietBytes = null;
      const onAnswer = ({ status, http10, fields }: ResponseHead): void => {
        const durationMs = this.#clock.monotonicMs() - startedMs;
        const closing = endsAfterHead(http10, fields.connection);
        const retryAfterMs = readRetryAfter(fields['retry-after'], this.#clock.epochMs());
        this.#serverIdleLimitMs = readKeepAliveTimeout(fields['keep-alive']) ?? this.#serverIdleLimitMs;
        succeed(() => ({ kind: 'HEAD', status, durationMs, retryAfterMs, closing }));
        if (closing) {
          this.#socket.destroy();
        }
      };
      return asker.ask(probe.path, onAnswer, fail);
    });
  }

  #probeRequest(kind: 'HEAD' | 'GET', probe: Probe): Promise<ProbeResult> {
    return this.#inTime(probe, ({ succeed, fail }) => {
      const startedMs = this.#clock.monotonicMs();
      const onDone = (error: Error | null): void => {
        if (error) {
          fail(error);
          return;
        }
        succeed(() => {
          this.#serverIdleLimitMs = answer.idleLimitMs ?? this.#serverIdleLimitMs;
          return {
            kind,
            status: answer.status,
            durationMs: answer.headersMs - startedMs,
            retryAfterMs: answer.retryAfterMs,
            closing: answer.closing,
          };
        });
      };
      const answer = new ProbeAnswer(this.#clock, this.protocol, onDone);
      this.dispatch({ method: kind, path: probe.path, headersTimeout: 0, bodyTimeout: 0 }, answer);
      return (error) => answer.abort(error);
    });
  }

  #inTime(probe: Probe, begin: (settle: Settle<ProbeResult>) => GiveUp): Promise<ProbeResult> {
    const { kind, timeoutMs, signal } = probe;
    // What killed the socket says more than what it did to this request.
    const blame = (error: unknown): ClassifiedError =>
      classify(error instanceof ClassifiedError ? error : (this.#socketError ?? error), 'http');
    return withinDeadline(this.#clock, { what: `the ${kind} to ${this.#host.name}`, timeoutMs, signal, blame }, begin);
  }
}

function result(kind: 'ping' | 'readable', durationMs: number): ProbeResult {
  return { kind, status: null, durationMs, retryAfterMs: null, closing: false };
}

function ignore(): void {}
