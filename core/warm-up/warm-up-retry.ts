/** When a failed attempt of a warm-up is made again: the same IP, after a fixed second (document 000, "dialing"). */
import type { ClassifiedError } from '../dial/classified-error.ts';
import { errorTraits } from '../dial/error-classes.ts';

const fixedDelayMs = 1_000;

/**
 * A permanent failure would meet the same answer again, and a server that asks for a longer wait (Retry-After) than an
 * attempt may take is not waited for.
 */
export function isWorthRetrying(error: ClassifiedError, timeoutMs: number): boolean {
  return (
    errorTraits[error.errorClass].duration === 'temporary' &&
    (error.retryAfterMs ?? 0) <= Math.max(timeoutMs, fixedDelayMs)
  );
}

export function retryDelayMs(error: ClassifiedError): number {
  return Math.max(fixedDelayMs, error.retryAfterMs ?? 0);
}
