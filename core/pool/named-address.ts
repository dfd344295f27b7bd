/**
 * What those hear who asked for one IP by name. No other address can serve them, so where the next dial would meet the
 * same answer they are told it now, not at the end of their wait.
 */
import { whyWords } from '../contract/why-text.ts';
import { ClassifiedError } from '../dial/classified-error.ts';
import { errorTraits } from '../dial/error-classes.ts';
import { duration } from './explain-words.ts';
import type { Upstream } from './upstream.ts';

/** Its server answered, and would answer the same a moment later: what is wrong is permanent, or it is busy. */
export function isLastWord(error: unknown): error is ClassifiedError {
  if (!(error instanceof ClassifiedError)) {
    return false;
  }
  const { duration: lasts, scope } = errorTraits[error.errorClass];
  return scope === 'remote' && (lasts === 'permanent' || error.errorClass === 'busy');
}

/** It has a connection that serves, or will again when it is released or looked at. */
export function isConnected({ connections }: Upstream): boolean {
  return connections.values().some(({ established, state }) => established && state !== 'draining');
}

/** `restMs`: for so long its server has asked to be left alone; 0: it has not. */
export function namedError({ endpoint }: Upstream, error: ClassifiedError, restMs: number): ClassifiedError {
  const { errorClass, code, message } = error;
  const told = { ip: endpoint.ip, message };
  const words =
    restMs > 0 ? whyWords('named-rests', { ...told, duration: duration(restMs) }) : whyWords('named-failed', told);
  return new ClassifiedError(errorClass, code, words, { cause: error, retryAfterMs: restMs > 0 ? restMs : null });
}

/** Nobody dials it while it rests: what it answered last, and for how long it rests. */
export function restingError(upstream: Upstream, restMs: number): ClassifiedError {
  const { last } = upstream.record;
  const busy = new ClassifiedError('busy', last?.class === 'busy' ? last.code : 'RETRY_AFTER', last?.message ?? 'busy');
  return namedError(upstream, busy, restMs);
}
