/** Work that calls back, under a deadline and a signal. */
import type { Clock } from '../base/clock.ts';
import { ClassifiedError } from './classified-error.ts';

/** One of the two is to be called; the second call and what follows do nothing. */
export interface Settle<Value> {
  /** The function makes the value, and is not called when it comes too late. */
  readonly succeed: (value: () => Value) => void;
  readonly fail: (error: unknown) => void;
}
/** Ends the work early, for the reason given. */
export type GiveUp = (error: Error) => void;

export interface DeadlineOptions {
  /** As in "`what` had no answer within 5 ms". */
  readonly what: string;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Says what went wrong, of whatever did. */
  readonly blame?: (error: unknown) => Error;
}

/**
 * Begins the work and waits until it settles. When the deadline strikes or the signal aborts first, the work is given up.
 * @throws ClassifiedError of class `timeout-response` or `aborted`; what the work settles with; each as `blame` says it.
 */
export function withinDeadline<Value>(
  clock: Clock,
  { what, timeoutMs, signal, blame }: DeadlineOptions,
  begin: (settle: Settle<Value>) => GiveUp,
): Promise<Value> {
  return new Promise((resolve, reject) => {
    const refuse = (error: unknown): void => reject(blame ? blame(error) : error);
    if (signal?.aborted) {
      refuse(givenUp(what, signal));
      return;
    }
    let settled = false;
    let giveUp: GiveUp | null = null;
    const finish = (outcome: () => void): void => {
      if (!settled) {
        settled = true;
        deadline.cancel();
        signal?.removeEventListener('abort', onAbort);
        outcome();
      }
    };
    const stop = (error: ClassifiedError): void =>
      finish(() => {
        refuse(error);
        giveUp?.(error);
      });
    const onAbort = (): void => stop(givenUp(what, signal));
    const deadline = clock.after(timeoutMs, () =>
      stop(new ClassifiedError('timeout-response', 'ETIMEDOUT', `${what} had no answer within ${timeoutMs} ms`)),
    );
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      giveUp = begin({
        succeed: (value) => finish(() => resolve(value())),
        fail: (error) => finish(() => refuse(error)),
      });
    } catch (error) {
      finish(() => refuse(error));
    }
  });
}

function givenUp(what: string, signal: AbortSignal | undefined): ClassifiedError {
  return new ClassifiedError('aborted', 'ABORT_ERR', `${what} was given up`, { cause: signal?.reason });
}
