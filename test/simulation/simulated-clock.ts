/** A clock that moves only when it is told, with a heap of timers: those due at the same instant fire in the order they were set. */
import type { Clock, Timer } from '../../core/base/clock.ts';

interface Pending {
  readonly dueMs: number;
  readonly order: number;
  /** null: cancelled. It stays in the heap until it comes up. */
  callback: (() => void) | null;
}

const epochAtZeroMs = Date.UTC(2026, 0, 1);

export class SimulatedClock implements Clock {
  readonly #heap: Pending[] = [];
  #nowMs = 0;
  #order = 0;
  #timers = 0;

  monotonicMs(): number {
    return this.#nowMs;
  }

  epochMs(): number {
    return epochAtZeroMs + this.#nowMs;
  }

  after(delayMs: number, callback: () => void): Timer {
    this.#order += 1;
    const pending: Pending = { dueMs: this.#nowMs + Math.max(0, delayMs), order: this.#order, callback };
    this.#timers += 1;
    this.#push(pending);
    return {
      cancel: () => {
        if (pending.callback) {
          pending.callback = null;
          this.#timers -= 1;
        }
      },
    };
  }

  /** Timers that have not fired and were not cancelled. */
  get timers(): number {
    return this.#timers;
  }

  /** Moves to the next timer due at `untilMs` or before and fires it; false, and moves to `untilMs`, when there is none. */
  fireNext(untilMs: number): boolean {
    for (let next = this.#heap[0]; next && next.dueMs <= untilMs; next = this.#heap[0]) {
      this.#pop();
      const { callback } = next;
      if (callback) {
        next.callback = null;
        this.#timers -= 1;
        this.#nowMs = Math.max(this.#nowMs, next.dueMs);
        callback();
        return true;
      }
    }
    this.#nowMs = Math.max(this.#nowMs, untilMs);
    return false;
  }

  #push(pending: Pending): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(pending);
    while (at > 0) {
      const parentAt = (at - 1) >> 1;
      const parent = heap[parentAt];
      if (!parent || isBefore(parent, pending)) {
        break;
      }
      heap[at] = parent;
      at = parentAt;
    }
    heap[at] = pending;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (!last || heap.length === 0) {
      return;
    }
    let at = 0;
    for (;;) {
      const left = heap[2 * at + 1];
      const right = heap[2 * at + 2];
      const child = left && right && isBefore(right, left) ? right : left;
      if (!child || isBefore(last, child)) {
        break;
      }
      heap[at] = child;
      at = child === right ? 2 * at + 2 : 2 * at + 1;
    }
    heap[at] = last;
  }
}

/** The same time; counts the timers that were set through it, to tell its user's from others'. */
export class ClockShare implements Clock {
  /** Timers of this user that have not fired and were not cancelled. */
  timers = 0;
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  monotonicMs(): number {
    return this.#clock.monotonicMs();
  }

  epochMs(): number {
    return this.#clock.epochMs();
  }

  after(delayMs: number, callback: () => void): Timer {
    let pending = true;
    const end = (): void => {
      this.timers -= pending ? 1 : 0;
      pending = false;
    };
    this.timers += 1;
    const timer = this.#clock.after(delayMs, () => {
      end();
      callback();
    });
    return {
      cancel: () => {
        end();
        timer.cancel();
      },
    };
  }
}

function isBefore(one: Pending, other: Pending): boolean {
  return one.dueMs < other.dueMs || (one.dueMs === other.dueMs && one.order < other.order);
}
