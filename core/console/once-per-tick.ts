/** A stream that has one frame at each tick, the same tick for all who listen. */
import type { Clock } from '../base/clock.ts';
import { repeat } from '../base/repeat.ts';
import type { Cursor } from './stream-pump.ts';

const tickMs = 1_000;

export class OncePerTick {
  readonly #clock: Clock;
  #ticks = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Returns what ends it. */
  start(wake: () => void): () => void {
    return repeat(this.#clock, tickMs, () => {
      this.#ticks += 1;
      wake();
    });
  }

  /** The first frame at once, then one for each tick. */
  open<Frame>(frame: () => Frame): Cursor<Frame> {
    let seenTicks = -1;
    return {
      unfinished: false,
      pull: () => {
        if (seenTicks === this.#ticks) {
          return null;
        }
        seenTicks = this.#ticks;
        return frame();
      },
      close: () => {},
    };
  }
}
