/** The engine's time on this page's screen: its clock may differ from ours, so ages are counted from its own frames. */
import { Observable } from '../base/observable.ts';

/** Time runs on between two frames, but not for long without one: ages of what is not seen any more stand still. */
const mostAheadMs = 3_000;

export class EngineClock {
  /** Tells once a second while somebody listens. */
  readonly tick = new Observable();
  /** Told when time jumps: what was asked for by it is to be asked for anew. Time that goes on is no jump. */
  readonly moved = new Observable();
  #offsetMs: number | null = null;
  #lastAtMs = 0;
  #timer: ReturnType<typeof setInterval> | undefined;
  #listeners = 0;

  /** A frame that was made at `atMs` has arrived. The least delay seen wins: a late frame does not turn time back. */
  observe(atMs: number): void {
    this.#lastAtMs = atMs;
    const offset = atMs - performance.now();
    if (this.#offsetMs === null || offset > this.#offsetMs || this.#offsetMs - offset > 5_000) {
      this.#offsetMs = offset;
    }
  }

  /** Milliseconds since 1970 by the engine's clock; ours before the first frame. */
  now(): number {
    return this.#offsetMs === null
      ? Date.now()
      : Math.min(performance.now() + this.#offsetMs, this.#lastAtMs + mostAheadMs);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    const end = this.tick.subscribe(listener);
    this.#listeners += 1;
    this.#timer ??= setInterval(() => this.tick.changed(), 1_000);
    return () => {
      end();
      this.#listeners -= 1;
      if (this.#listeners === 0) {
        clearInterval(this.#timer);
        this.#timer = undefined;
      }
    };
  };

  /** The engine's time, whole seconds: stable between two ticks. */
  readonly second = (): number => Math.floor(this.now() / 1_000);
}
