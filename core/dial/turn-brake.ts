/**
 * Keeps the turns of the event loop short while many dials compute. What a turn costs is what all dials in flight that are
 * ready in it cost together, so a pace that is judged twice a second is too slow for the first moments of a warm-up, or for
 * a machine that is busy with other things: this looks at each turn. After a long one nothing more is begun, dials in
 * flight end, and the turns grow short again.
 */
import type { Clock } from '../base/clock.ts';

/** Well below the 20 ms that the loop may be late (p99): a turn is measured from its first dial on, not from its beginning. */
const longTurnMs = 6;
/**
 * Dials begun in one turn. They compute together from then on, a third of a millisecond each in every turn that they are
 * ready in. Fewer leave more turns, which have a price of their own: with 4 a warm-up makes a tenth less connections, with 8
 * a hundredth less than with 12, and its longest turns are a seventh shorter.
 */
const beginsPerTurn = 8;

export class TurnBrake {
  readonly #clock: Clock;
  /** Called when more may begin. */
  readonly #onRelease: () => void;
  #begun = 0;
  #wasLong = false;
  #measuring = false;

  constructor(clock: Clock, onRelease: () => void) {
    this.#clock = clock;
    this.#onRelease = onRelease;
  }

  get mayBegin(): boolean {
    return !this.#wasLong && this.#begun < beginsPerTurn;
  }

  begun(): void {
    this.#begun += 1;
    this.#measure();
  }

  /** A timer that is due at once is called in the next turn: it is late by what is left of this one. */
  #measure(): void {
    if (this.#measuring) {
      return;
    }
    this.#measuring = true;
    const sinceMs = this.#clock.monotonicMs();
    this.#clock.after(0, () => {
      this.#measuring = false;
      this.#begun = 0;
      this.#wasLong = this.#clock.monotonicMs() - sinceMs > longTurnMs;
      if (this.#wasLong) {
        this.#measure();
      } else {
        this.#onRelease();
      }
    });
  }
}
