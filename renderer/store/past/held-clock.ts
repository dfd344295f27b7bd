/** A clock that stands at a moment of the past until it is put to another. */
import { EngineClock } from '../engine-clock.ts';

export class HeldClock extends EngineClock {
  #atMs = 0;

  override observe(): void {
    // What is shown says nothing about how late it is.
  }

  override now(): number {
    return this.#atMs;
  }

  put(atMs: number): void {
    this.#atMs = atMs;
    this.tick.changed();
    this.moved.changed();
  }
}
