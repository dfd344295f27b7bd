/** What follows a failed attempt of a warm-up: what is blamed, and another after a fixed second (document 000, "dialing"). */
import { ClassifiedError } from '../dial/classified-error.ts';
import { errorTraits, onTrialCode, vanishedCode } from '../dial/error-classes.ts';
import { hasConsequence } from '../dial/error-table.ts';
import type { Forbiddance } from '../pool/pool-ports.ts';

/** Before another attempt, where its server does not ask for more. */
export const retryPauseMs = 1_000;

/**
 * A permanent failure would meet the same answer again, and a server that asks for a longer wait (Retry-After) than an
 * attempt may take is not waited for. What is on trial may be back a moment later.
 */
export function isWorthRetrying(error: ClassifiedError, timeoutMs: number): boolean {
  return (
    (errorTraits[error.errorClass].duration === 'temporary' || isOnTrial(error)) &&
    (error.retryAfterMs ?? 0) <= Math.max(timeoutMs, retryPauseMs)
  );
}

/** Its probe goes on. */
export function isOnTrial({ code }: ClassifiedError): boolean {
  return code === onTrialCode;
}

/** It concerns the IP alone: another may do better, also where the same would not. */
export function concernsIp({ errorClass, code }: ClassifiedError): boolean {
  return hasConsequence(errorClass, 'other-ip') || errorClass === 'not-allowed' || code === vanishedCode;
}

/** `isElsewhere`: another IP is asked, which has not asked to be left alone. */
export function retryDelayMs(error: ClassifiedError, isElsewhere: boolean): number {
  return Math.max(retryPauseMs, isElsewhere ? 0 : (error.retryAfterMs ?? 0));
}

/** Where its own failures had its IP ejected before it was tried again, they are what failed; the `rule` is what came of it. */
export function blamedError(
  error: ClassifiedError,
  before: ClassifiedError | null,
  rule: Forbiddance | null,
): { readonly cause: ClassifiedError; readonly notAgain: string | null } {
  return error.errorClass === 'not-allowed' && before && !isOnTrial(before)
    ? { cause: before, notAgain: rule?.why ?? error.message }
    : { cause: error, notAgain: null };
}

export function classified(error: unknown): ClassifiedError {
  if (error instanceof ClassifiedError) {
    return error;
  }
  const message = error instanceof Error ? error.message : String(error);
  return new ClassifiedError('internal', 'UNEXPECTED', message, { cause: error });
}
