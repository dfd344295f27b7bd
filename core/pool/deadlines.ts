/**
 * Many deadlines, few timers. Deadlines of the same delay fall due in the order they were set, so each delay has one
 * list and one timer for its head: setting and cancelling cost O(1), allocate nothing, and leave timers alone.
 */
import type { Clock, Timer } from '../base/clock.ts';

/** Something that has a deadline; the links are {@link Deadlines}' own. */
export interface Due<T> {
  dueMs: number;
  dueIn: DelayList<T> | null;
  dueBefore: T | null;
  dueAfter: T | null;
}

interface DelayList<T> {
  readonly delayMs: number;
  head: T | null;
  tail: T | null;
  timer: Timer | null;
}

export class Deadlines<T extends Due<T>> {
  readonly #clock: Clock;
  readonly #onDue: (subject: T) => void;
  readonly #lists = new Map<number, DelayList<T>>();
  #lastUsed: DelayList<T> | null = null;

  constructor(clock: Clock, onDue: (subject: T) => void) {
    this.#clock = clock;
    this.#onDue = onDue;
  }

  /** `nowMs` is what the clock says now; the caller has usually read it already. */
  set(subject: T, nowMs: number, delayMs: number): void {
    const list = this.#lastUsed?.delayMs === delayMs ? this.#lastUsed : this.#listOf(delayMs);
    subject.dueMs = nowMs + delayMs;
    subject.dueIn = list;
    subject.dueBefore = list.tail;
    if (list.tail) {
      list.tail.dueAfter = subject;
    } else {
      list.head = subject;
    }
    list.tail = subject;
    if (!list.timer) {
      this.#arm(list, delayMs);
    }
  }

  /** Cancelling one that fell due or was cancelled does nothing. */
  cancel(subject: T): void {
    const list = subject.dueIn;
    if (!list) {
      return;
    }
    const { dueBefore, dueAfter } = subject;
    if (dueBefore) {
      dueBefore.dueAfter = dueAfter;
    } else {
      list.head = dueAfter;
    }
    if (dueAfter) {
      dueAfter.dueBefore = dueBefore;
    } else {
      list.tail = dueBefore;
    }
    subject.dueIn = null;
    subject.dueBefore = null;
    subject.dueAfter = null;
  }

  /** Drops every deadline and disarms every timer. */
  clear(): void {
    for (const list of this.#lists.values()) {
      list.timer?.cancel();
      while (list.head) {
        this.cancel(list.head);
      }
    }
    this.#lists.clear();
    this.#lastUsed = null;
  }

  #listOf(delayMs: number): DelayList<T> {
    let list = this.#lists.get(delayMs);
    if (!list) {
      list = { delayMs, head: null, tail: null, timer: null };
      this.#lists.set(delayMs, list);
    }
    this.#lastUsed = list;
    return list;
  }

  #arm(list: DelayList<T>, delayMs: number): void {
    list.timer = this.#clock.after(delayMs, () => this.#fire(list));
  }

  #fire(list: DelayList<T>): void {
    list.timer = null;
    const nowMs = this.#clock.monotonicMs();
    for (let head = list.head; head && head.dueMs <= nowMs; head = list.head) {
      this.cancel(head);
      this.#onDue(head);
    }
    if (list.timer) {
      return;
    }
    if (list.head) {
      this.#arm(list, list.head.dueMs - nowMs);
    } else {
      this.#lists.delete(list.delayMs);
      if (this.#lastUsed === list) {
        this.#lastUsed = null;
      }
    }
  }
}
