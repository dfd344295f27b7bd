/**
 * What the engine knows of the network: it dials an endpoint and gets a ready transport, or a classified error.
 * The real one is a TLS socket, with an undici Client on it once it is asked for more than HEADs; the simulation has its own.
 */
import type { Dispatcher } from 'undici';
import type { CloseReason, Protocol } from '../contract/vocabulary.ts';
import type { Endpoint } from './endpoint.ts';

export interface DialRequest {
  readonly endpoint: Endpoint;
  /** Name of a TLS profile that the dialer knows. */
  readonly profile: string;
  /** For the whole dial: TCP and TLS together. Each part has its own deadline within it. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export interface Dialer {
  /**
   * One handshake, no more: another is the caller's, who has a budget for them. @throws ClassifiedError, `isInconclusive`
   * when the same dial once more tells more; a socket that was begun is destroyed before it throws.
   */
  dial(request: DialRequest): Promise<Transport>;
}

export interface DialTimings {
  readonly tcpMs: number;
  readonly tlsMs: number;
}

export type ProbeKind = 'ping' | 'readable' | 'HEAD' | 'GET';

export interface Probe {
  readonly kind: ProbeKind;
  /** For HEAD and GET; begins with a slash. */
  readonly path: string;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

export interface ProbeResult {
  readonly kind: ProbeKind;
  /** null for probes without an answer of HTTP. */
  readonly status: number | null;
  readonly durationMs: number;
  /** From Retry-After, in milliseconds from now; null when not said. */
  readonly retryAfterMs: number | null;
  /** The server said that it closes this connection: noticed, not a fault. */
  readonly closing: boolean;
}

/** Why a transport ended by itself. */
export interface TransportEnd {
  readonly reason: Extract<CloseReason, 'peer-closed' | 'goaway' | 'broken'>;
  readonly error: Error | null;
}

/** undici takes it with each request, its types do not know it. */
export interface NamedServer {
  readonly servername: string;
}

/** One handshaken connection. It never dials again by itself. */
export interface Transport {
  readonly protocol: Protocol;
  readonly timings: DialTimings;
  /** A resumed handshake checked no certificate. */
  readonly resumed: boolean;
  /** Requests that may be in flight at once by the server's word, which may be none; 1 on HTTP/1.1. */
  readonly maxStreams: number;
  /** What the server said of how long it keeps an idle connection (Keep-Alive: timeout), milliseconds; null when it did not. */
  readonly serverIdleLimitMs: number | null;
  /** Bytes since the handshake began. */
  readonly bytesIn: number;
  readonly bytesOut: number;

  /** undici's dispatch on this very connection. */
  dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean;

  /** @throws ClassifiedError: no answer in time, a broken connection, an answer that is not HTTP. A status is a result, not an error. */
  probe(probe: Probe): Promise<ProbeResult>;

  /**
   * Called once when the peer closes or the connection breaks, and before that when it sends GOAWAY; never for our own
   * `destroy`. Set before anything else is done.
   */
  onEnd(listener: (end: TransportEnd) => void): void;

  /** Called whenever the server has changed `maxStreams`. Set before anything else is done. */
  onMaxStreams(listener: () => void): void;

  /** Ends it at once: the socket is gone when this returns. Twice is fine. */
  destroy(): void;
}
