/** What a request through the pool failed of, in one word and in its own words. */
import type { LoadFailure } from '../contract/load-run.ts';
import { classify } from '../dial/error-classes.ts';
import { AcquireTimeoutError, NoAllowedEndpointError } from './pool-errors.ts';

export interface RequestFault {
  readonly kind: LoadFailure;
  readonly words: string;
}

export function requestFaultOf(error: unknown): RequestFault {
  const words = error instanceof Error ? error.message : String(error);
  if (error instanceof AcquireTimeoutError) {
    return { kind: 'no-connection', words };
  }
  if (error instanceof NoAllowedEndpointError) {
    return { kind: 'not-allowed', words };
  }
  const { errorClass, message } = classify(error, 'http');
  return { kind: errorClass, words: message };
}
