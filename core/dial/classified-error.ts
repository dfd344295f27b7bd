/** A failure that has been read: its class, and with it what it means. */
import type { ErrorClass } from '../contract/vocabulary.ts';

export class ClassifiedError extends Error {
  override readonly name: string = 'ClassifiedError';
  readonly errorClass: ErrorClass;
  /** The code or status it was read from: `ECONNREFUSED`, `CERT_HAS_EXPIRED`, `403`. */
  readonly code: string;
  /** From Retry-After, milliseconds from now; null when the server did not say. */
  readonly retryAfterMs: number | null;
  /** A dialer that is asked for the same once more, at once, will do it in another way, and do better or know more. */
  readonly isInconclusive: boolean;
  /** The deadline that ended a dial: `conn_timeout`, or a shorter one of who asked for it; null when something else did. */
  readonly withinMs: number | null;

  constructor(
    errorClass: ErrorClass,
    code: string,
    message: string,
    options: { cause?: unknown; retryAfterMs?: number | null; isInconclusive?: boolean; withinMs?: number | null } = {},
  ) {
    super(message, { cause: options.cause });
    this.errorClass = errorClass;
    this.code = code;
    this.retryAfterMs = options.retryAfterMs ?? null;
    this.isInconclusive = options.isInconclusive ?? false;
    this.withinMs = options.withinMs ?? null;
  }
}
