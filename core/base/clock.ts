/** Time comes in as an argument, so that tests run whole hours in milliseconds and twice the same. */
import { performance } from 'node:perf_hooks';

export interface Timer {
  /** Cancelling twice, or after it fired, does nothing. */
  cancel(): void;
}

export interface Clock {
  /** Milliseconds that never go back; only differences mean something. For durations and deadlines. */
  monotonicMs(): number;
  /** Milliseconds since 1970 UTC; may jump. For what an operator reads and what is kept on disk. */
  epochMs(): number;
  /** Calls back once after `delayMs` (0 or more). The timer never keeps the process alive. */
  after(delayMs: number, callback: () => void): Timer;
}

/** Node's timers hold at most a signed 32-bit number of milliseconds. */
const longestTimerMs = 2 ** 31 - 1;

export const systemClock: Clock = {
  monotonicMs: () => performance.now(),
  epochMs: () => Date.now(),
  after(delayMs, callback) {
    const timeout = setTimeout(callback, Math.min(Math.max(delayMs, 0), longestTimerMs));
    timeout.unref();
    return { cancel: () => clearTimeout(timeout) };
  },
};

/**
 * Waits `delayMs`.
 * @throws the signal's reason when it aborts first.
 */
export function sleep(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const onAbort = (): void => {
      timer.cancel();
      reject(signal?.reason);
    };
    const timer = clock.after(delayMs, () => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    });
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
