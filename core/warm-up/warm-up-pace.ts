/** How fast results come in, and how long the rest will take. */
import type { Clock } from '../base/clock.ts';

/** The rate that is shown follows the last seconds; the time left follows a longer stretch, so that it settles. */
const rateWindowMs = 3_000;
const etaWindowMs = 10_000;
const slotMs = 250;
/** Before this nothing can be told. */
const shortestTellingMs = 300;
const fewestTellingResults = 3;

export class WarmUpPace {
  readonly #clock: Clock;
  readonly #startMs: number;
  /** Results by slot of 250 ms, as a ring over the longer window. */
  readonly #slots = new Array<number>(etaWindowMs / slotMs).fill(0);
  #latestSlot = 0;
  #results = 0;
  #endMs: number | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#startMs = clock.monotonicMs();
  }

  record(): void {
    const slot = this.#turnTo(this.#clock.monotonicMs());
    this.#slots[slot] = (this.#slots[slot] ?? 0) + 1;
    this.#results += 1;
  }

  end(): void {
    this.#endMs ??= this.#clock.monotonicMs();
  }

  get elapsedMs(): number {
    return (this.#endMs ?? this.#clock.monotonicMs()) - this.#startMs;
  }

  /** Results a second: over the last seconds while running, over the whole run afterwards. */
  ratePerSecond(): number {
    return this.#endMs === null ? this.#recentRate(rateWindowMs) : perSecond(this.#results, this.elapsedMs);
  }

  /** null until it can be told, and when nothing has come for a while; 0 when it has ended. */
  etaMs(remaining: number): number | null {
    if (this.#endMs !== null) {
      return 0;
    }
    if (this.#results < fewestTellingResults || this.elapsedMs < shortestTellingMs) {
      return null;
    }
    const rate = this.#recentRate(etaWindowMs);
    return rate === 0 ? null : (remaining / rate) * 1_000;
  }

  #recentRate(windowMs: number): number {
    const latest = this.#turnTo(this.#clock.monotonicMs());
    const slots = windowMs / slotMs;
    let results = 0;
    for (let back = 0; back < slots; back += 1) {
      results += this.#slots[(latest - back + this.#slots.length) % this.#slots.length] ?? 0;
    }
    // The latest slot has only begun: the window is as long as what of it has passed.
    const passedMs = (slots - 1) * slotMs + (this.elapsedMs % slotMs);
    return perSecond(results, Math.min(this.elapsedMs, passedMs));
  }

  /** Clears the slots that have passed without a result. Returns the index of the slot of now. */
  #turnTo(nowMs: number): number {
    const slot = Math.floor((nowMs - this.#startMs) / slotMs);
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
