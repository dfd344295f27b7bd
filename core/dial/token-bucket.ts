/** So many a second, evenly: at most a tenth of a second's worth at once, so that a burst does not make the loop late. */
export class TokenBucket {
  readonly #perMs: number;
  readonly #capacity: number;
  #tokens: number;
  #filledMs: number;

  /** 0 a second means no limit. */
  constructor(perSecond: number, nowMs: number) {
    this.#perMs = perSecond / 1_000;
    this.#capacity = Math.max(1, perSecond / 10);
    this.#tokens = this.#capacity;
    this.#filledMs = nowMs;
  }

  /** Takes one and returns 0, or takes none and returns in how many milliseconds there will be one. */
  take(nowMs: number): number {
    if (this.#perMs === 0) {
      return 0;
    }
    this.#tokens = Math.min(this.#capacity, this.#tokens + (nowMs - this.#filledMs) * this.#perMs);
    this.#filledMs = nowMs;
    // A timer that was set for exactly one token finds it, whatever the fractions have lost on the way.
    if (this.#tokens >= 1 - 1e-9) {
      this.#tokens -= 1;
      return 0;
    }
    return (1 - this.#tokens) / this.#perMs;
  }
}
