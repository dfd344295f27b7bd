/** How fast results come in. */
import type { Clock } from '../base/clock.ts';

/** The rate that is shown follows the last seconds. */
const rateWindowMs = 3_000;
const slotMs = 250;

export class WarmUpPace {
  readonly #clock: Clock;
  readonly #startMs: number;
  /** Results by slot of 250 ms, as a ring over the window. */
  readonly #slots = new Array<number>(rateWindowMs / slotMs).fill(0);
  #latestSlot = 0;
  #results = 0;
  /** While it does not go on, because it is paused or has ended: since when. */
  #stoppedMs: number | null = null;
  #pausedForMs = 0;
  #ended = false;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#startMs = clock.monotonicMs();
  }

  record(): void {
    const slot = this.#turn();
    this.#slots[slot] = (this.#slots[slot] ?? 0) + 1;
    this.#results += 1;
  }

  /** Time stands still until {@link resume}; twice does nothing. */
  pause(): void {
    this.#stoppedMs ??= this.#clock.monotonicMs();
  }

  resume(): void {
    if (this.#stoppedMs !== null && !this.#ended) {
      this.#pausedForMs += this.#clock.monotonicMs() - this.#stoppedMs;
      this.#stoppedMs = null;
    }
  }

  end(): void {
    this.#stoppedMs ??= this.#clock.monotonicMs();
    this.#ended = true;
  }

  /** Since the start; pauses are left out. */
  get activeMs(): number {
    return (this.#stoppedMs ?? this.#clock.monotonicMs()) - this.#startMs - this.#pausedForMs;
  }

  /** Results a second: over the last seconds while running, over the whole run afterwards, 0 while paused. */
  ratePerSecond(): number {
    if (this.#ended) {
      return perSecond(this.#results, this.activeMs);
    }
    return this.#stoppedMs === null ? this.#recentRate() : 0;
  }

  #recentRate(): number {
    this.#turn();
    const results = this.#slots.reduce((sum, count) => sum + count, 0);
    // The latest slot has only begun: the window is as long as what of it has passed.
    const passedMs = (this.#slots.length - 1) * slotMs + (this.activeMs % slotMs);
    return perSecond(results, Math.min(this.activeMs, passedMs));
  }

  /** Clears the slots that have passed without a result. Returns the index of the slot of now. */
  #turn(): number {
    const slot = Math.floor(this.activeMs / slotMs);
    const passed = Math.min(slot - this.#latestSlot, this.#slots.length);
    for (let step = 1; step <= passed; step += 1) {
      this.#slots[(this.#latestSlot + step) % this.#slots.length] = 0;
    }
    this.#latestSlot = Math.max(this.#latestSlot, slot);
    return this.#latestSlot % this.#slots.length;
  }
}

function perSecond(results: number, overMs: number): number {
  return overMs <= 0 ? 0 : (results * 1_000) / overMs;
}
