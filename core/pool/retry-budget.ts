/** How many requests may be sent again: a share of the traffic, so that retries never become the load (Envoy's retry budget). */
import type { Clock } from '../base/clock.ts';
import type { RetrySettings } from '../config/settings.ts';

const windowSeconds = 10;

export class RetryBudget {
  readonly #clock: Clock;
  readonly #settings: () => RetrySettings;
  /** Per second of the window; a slot is of the second in `#seconds` at its index. */
  readonly #requests = new Float64Array(windowSeconds);
  readonly #retries = new Float64Array(windowSeconds);
  readonly #seconds = new Float64Array(windowSeconds).fill(-1);

  /** `settings` is asked at each retry, so that a change holds at once. */
  constructor(clock: Clock, settings: () => RetrySettings) {
    this.#clock = clock;
    this.#settings = settings;
  }

  /** A request is sent for the first time. */
  deposit(): void {
    const slot = this.#slot();
    this.#requests[slot] = (this.#requests[slot] ?? 0) + 1;
  }

  /** True when one more retry is within the budget; it is then charged. */
  withdraw(): boolean {
    const slot = this.#slot();
    const [requests, retries] = this.#sums();
    const { budget, minPerSecond } = this.#settings();
    if (retries + 1 > Math.max(requests * budget, minPerSecond * windowSeconds)) {
      return false;
    }
    this.#retries[slot] = (this.#retries[slot] ?? 0) + 1;
    return true;
  }

  #sums(): readonly [requests: number, retries: number] {
    const oldest = this.#second() - windowSeconds + 1;
    let requests = 0;
    let retries = 0;
    for (let slot = 0; slot < windowSeconds; slot += 1) {
      if ((this.#seconds[slot] ?? -1) >= oldest) {
        requests += this.#requests[slot] ?? 0;
        retries += this.#retries[slot] ?? 0;
      }
    }
    return [requests, retries];
  }

  #slot(): number {
    const second = this.#second();
    const slot = second % windowSeconds;
    if (this.#seconds[slot] !== second) {
      this.#seconds[slot] = second;
      this.#requests[slot] = 0;
      this.#retries[slot] = 0;
    }
    return slot;
  }

  #second(): number {
    return Math.floor(this.#clock.monotonicMs() / 1000);
  }
}
