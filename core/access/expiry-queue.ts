/** Calls back when an entry's time is over; an entry may be given more time, or be gone, at no cost. */
import type { Clock, Timer } from '../base/clock.ts';

interface Expiring {
  readonly expiresAtMs: number | null;
}

interface Appointment<Item> {
  readonly atMs: number;
  readonly item: Item;
}

/** Wall clocks jump and laptops sleep: nothing waits longer than this for the next look. */
const longestWaitMs = 60_000;

/** A heap of appointments. Those of items that were prolonged or dropped are found out only when they come up. */
export class ExpiryQueue<Item extends Expiring> {
  readonly #clock: Clock;
  readonly #isPresent: (item: Item) => boolean;
  readonly #onExpired: (items: readonly Item[]) => void;
  readonly #heap: Appointment<Item>[] = [];
  #timer: Timer | null = null;
  #timerDueMs = 0;

  /** `onExpired` gets the items whose time is over and that are still `isPresent`. */
  constructor(clock: Clock, isPresent: (item: Item) => boolean, onExpired: (items: readonly Item[]) => void) {
    this.#clock = clock;
    this.#isPresent = isPresent;
    this.#onExpired = onExpired;
  }

  add(item: Item): void {
    if (item.expiresAtMs === null) {
      return;
    }
    this.#push({ atMs: item.expiresAtMs, item });
    this.#arm();
  }

  close(): void {
    this.#timer?.cancel();
    this.#timer = null;
    this.#heap.length = 0;
  }

  #arm(): void {
    const first = this.#heap[0];
    if (!first) {
      return;
    }
    const nowMs = this.#clock.epochMs();
    const dueMs = Math.min(first.atMs, nowMs + longestWaitMs);
    if (this.#timer) {
      if (this.#timerDueMs <= dueMs) {
        return;
      }
      this.#timer.cancel();
    }
    this.#timerDueMs = dueMs;
    this.#timer = this.#clock.after(Math.max(0, dueMs - nowMs), () => {
      this.#timer = null;
      this.#fire();
    });
  }

  #fire(): void {
    const nowMs = this.#clock.epochMs();
    const expired: Item[] = [];
    for (let first = this.#heap[0]; first && first.atMs <= nowMs; first = this.#heap[0]) {
      this.#pop();
      const { item } = first;
      if (!this.#isPresent(item) || item.expiresAtMs === null) {
        continue;
      }
      if (item.expiresAtMs <= nowMs) {
        expired.push(item);
      } else {
        this.#push({ atMs: item.expiresAtMs, item });
      }
    }
    this.#arm();
    if (expired.length > 0) {
      this.#onExpired(expired);
    }
  }

  #push(appointment: Appointment<Item>): void {
    const heap = this.#heap;
    let at = heap.length;
    for (;;) {
      const parentAt = (at - 1) >> 1;
      const parent = at > 0 ? heap[parentAt] : undefined;
      if (!parent || parent.atMs <= appointment.atMs) {
        heap[at] = appointment;
        return;
      }
      heap[at] = parent;
      at = parentAt;
    }
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (!last || heap.length === 0) {
      return;
    }
    let at = 0;
    for (;;) {
      let childAt = 2 * at + 1;
      let child = heap[childAt];
      const other = heap[childAt + 1];
      if (child && other && other.atMs < child.atMs) {
        child = other;
        childAt += 1;
      }
      if (!child || child.atMs >= last.atMs) {
        heap[at] = last;
        return;
      }
      heap[at] = child;
      at = childAt;
    }
  }
}
