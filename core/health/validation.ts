/** Is this connection good for this path? What is asked, and the answer in one word. */
import type { ClassifiedError } from '../dial/classified-error.ts';
import type { ProbeKind, Transport } from '../dial/transport.ts';

/**
 * - `good`: an answer inside `status_good`, or a probe without HTTP that came back.
 * - `blocked`, `auth`, `busy`: by the status lists of the configuration.
 * - `bad-status`: any other status; the connection itself works.
 * - `broken`: no answer in time, reset, closed, not HTTP: the connection is of no use.
 */
export type ValidationVerdict = 'good' | 'blocked' | 'auth' | 'busy' | 'bad-status' | 'broken';

export interface Validation {
  readonly verdict: ValidationVerdict;
  /** null when good. */
  readonly error: ClassifiedError | null;
  readonly probe: ProbeKind;
  readonly status: number | null;
  /** Of the last attempt. */
  readonly durationMs: number;
  /** The server closes this connection after its answer: not a fault, but not to be handed out again. */
  readonly closing: boolean;
}

/** A PING shows that the connection lives; every third check asks for the path instead, so that a 403 is seen. */
export const requestEvery = 3;

export interface ConnectionValidator {
  /**
   * A new connection, on its own socket: HEAD (or GET by config) of the path, at most two retries after 0.5 and 1 s
   * while the answer is busy. Never rejects; an abort is `broken` with class `aborted`.
   */
  validate(transport: Transport, path: string, signal: AbortSignal): Promise<Validation>;
  /**
   * A connection that was idle: h2 PING, and at every third check (`ordinal` 3, 6, …) a HEAD of the path; HTTP/1.1
   * passive readability, then HEAD. One immediate retry. Never rejects.
   */
  check(transport: Transport, path: string, ordinal: number, signal: AbortSignal): Promise<Validation>;
}
