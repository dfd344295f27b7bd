/** Which preset fits the measured rate, without going to and fro between two. */
import type { PoolSample } from '../contract/statistics.ts';
import type { PresetName } from './presets.ts';

/** Document 004: under 10, 10 to 100, over 100 requests a second. */
const borders = [10, 100] as const;
const inOrder: readonly PresetName[] = ['low', 'medium', 'high'];
/** A rate has to be so much beyond a border, for longer than a burst fills the window, before another is suggested. */
const beyond = 0.1;
const heldSeconds = 120;
const windowSeconds = 60;

type Second = Pick<PoolSample, 'atMs' | 'requests'>;

export class PresetAdvice {
  readonly #window: number[] = [];
  #sum = 0;
  #seenMs = Number.NEGATIVE_INFINITY;
  #level: number | null = null;
  /** Seconds in a row in which another preset would have fitted better. */
  #otherFor = 0;

  /** The seconds since the last call; those that were seen before are left out. */
  observe(seconds: readonly Second[]): void {
    for (const { atMs, requests } of seconds) {
      if (atMs > this.#seenMs) {
        this.#seenMs = atMs;
        this.#window.push(requests);
        this.#sum += requests - (this.#window.length > windowSeconds ? (this.#window.shift() ?? 0) : 0);
        this.#judge();
      }
    }
  }

  /** Of the last second that was seen, for the next call. */
  get seenMs(): number {
    return this.#seenMs;
  }

  /** Mean over the last minute; null before there is one. */
  get requestsPerSecond(): number | null {
    return this.#window.length < windowSeconds ? null : this.#sum / windowSeconds;
  }

  /** null before there is a minute with a request in it. */
  get suggested(): PresetName | null {
    return this.#level === null ? null : (inOrder[this.#level] ?? null);
  }

  #judge(): void {
    const rate = this.requestsPerSecond;
    if (rate === null || (rate === 0 && this.#level === null)) {
      return;
    }
    const fits = borders.filter((border) => rate >= border).length;
    if (this.#level === null) {
      this.#level = fits;
      return;
    }
    const clearly = borders.filter((border) => rate >= border * (fits > (this.#level ?? 0) ? 1 + beyond : 1 - beyond));
    this.#otherFor = clearly.length === this.#level ? 0 : this.#otherFor + 1;
    if (this.#otherFor >= heldSeconds) {
      this.#level = clearly.length;
      this.#otherFor = 0;
    }
  }
}
