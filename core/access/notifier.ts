/** Tells listeners that something is different: at once, or gathered with what follows. */
import type { Clock, Timer } from '../base/clock.ts';

const gatherMs = 100;

export class Notifier {
  readonly #clock: Clock;
  readonly #listeners = new Set<() => void>();
  #pending: Timer | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Returns the function that stops listening. */
  subscribe(listener: () => void): () => void {
    const own = (): void => listener();
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  }

  notify(): void {
    this.close();
    for (const listener of [...this.#listeners]) {
      listener();
    }
  }

  notifySoon(): void {
    this.#pending ??= this.#clock.after(gatherMs, () => this.notify());
  }

  close(): void {
    this.#pending?.cancel();
    this.#pending = null;
  }
}
