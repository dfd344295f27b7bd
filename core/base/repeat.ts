import type { Clock } from './clock.ts';

/** Calls back again and again; returns the function that stops it. */
export function repeat(clock: Clock, intervalMs: number, callback: () => void): () => void {
  let timer = clock.after(intervalMs, tick);
  function tick(): void {
    timer = clock.after(intervalMs, tick);
    callback();
  }
  return () => timer.cancel();
}
