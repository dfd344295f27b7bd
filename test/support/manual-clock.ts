/** A clock that moves only when a test says so. */
import type { Clock, Timer } from '../../core/base/clock.ts';

interface Pending {
  readonly dueMs: number;
  readonly order: number;
  readonly callback: () => void;
}

export class ManualClock implements Clock {
  #nowMs = 0;
  #order = 0;
  readonly #pending = new Set<Pending>();
  #epochAtZeroMs: number;

  constructor(epochAtZeroMs = Date.UTC(2026, 0, 1)) {
    this.#epochAtZeroMs = epochAtZeroMs;
  }

  monotonicMs(): number {
    return this.#nowMs;
  }

  epochMs(): number {
    return this.#epochAtZeroMs + this.#nowMs;
  }

  after(delayMs: number, callback: () => void): Timer {
    this.#order += 1;
    const pending: Pending = { dueMs: this.#nowMs + Math.max(0, delayMs), order: this.#order, callback };
    this.#pending.add(pending);
    return { cancel: () => this.#pending.delete(pending) };
  }

  /** The time of day is set to another; monotonic time and timers go on as before. */
  jump(ms: number): void {
    this.#epochAtZeroMs += ms;
  }

  /** Timers that have not fired and were not cancelled. */
  get timers(): number {
    return this.#pending.size;
  }

  /** Fires, in order, all that falls due within the next `ms`, letting promises settle after each. */
  async advance(ms: number): Promise<void> {
    const untilMs = this.#nowMs + ms;
    await settle();
    for (let next = this.#earliest(untilMs); next; next = this.#earliest(untilMs)) {
      this.#pending.delete(next);
      this.#nowMs = Math.max(this.#nowMs, next.dueMs);
      next.callback();
      await settle();
    }
    this.#nowMs = untilMs;
    await settle();
  }

  /** The machine sleeps for so long: nothing fires meanwhile, and what fell due is late when it wakes. */
  sleep(ms: number): void {
    this.#nowMs += ms;
  }

  #earliest(untilMs: number): Pending | undefined {
    let earliest: Pending | undefined;
    for (const pending of this.#pending) {
      if (pending.dueMs > untilMs) {
        continue;
      }
      if (
        !earliest ||
        pending.dueMs < earliest.dueMs ||
        (pending.dueMs === earliest.dueMs && pending.order < earliest.order)
      ) {
        earliest = pending;
      }
    }
    return earliest;
  }
}

/** Lets every promise that can settle without time settle. */
export async function settle(): Promise<void> {
  await new Promise<void>((resolve) => setImmediate(resolve));
}

/** Its wall clock may be set, as by an operator or a time server, while durations go on as they did. */
export class SettableClock extends ManualClock {
  #setByMs = 0;

  override epochMs(): number {
    return super.epochMs() + this.#setByMs;
  }

  set(byMs: number): void {
    this.#setByMs += byMs;
  }
}
