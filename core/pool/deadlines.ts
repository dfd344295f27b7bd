/**
 * Many deadlines, few timers. Deadlines of the same delay fall due in the order they were set, so each delay has one
 * list and one timer for its head: setting and cancelling cost O(1), allocate nothing, and leave timers alone. Only so many
 * delays have a list that is kept; where every delay is another (what is left of a caller's own deadline), each deadline has
 * a timer of its own, which goes with it.
 */
import type { Clock, Timer } from '../base/clock.ts';
import type { ProcessHold } from '../base/process-hold.ts';

/** Delays with a list for all who share them. */
export const mostSharedDelays = 64;

/** Something that has a deadline; the links are {@link Deadlines}' own. */
export interface Due<T> {
  /** When its deadline was set, monotonic. */
  readonly sinceMs: number;
  dueIn: DelayList<T> | null;
  dueBefore: T | null;
  dueAfter: T | null;
}

interface DelayList<T> {
  readonly delayMs: number;
  /** False: of one deadline only. */
  readonly isShared: boolean;
  head: T | null;
  tail: T | null;
  timer: Timer | null;
}

export class Deadlines<T extends Due<T>> {
  readonly #clock: Clock;
  readonly #onDue: (subject: T) => void;
  /** The one looked at longest ago first. */
  readonly #shared = new Map<number, DelayList<T>>();
  readonly #single = new Set<DelayList<T>>();
  #lastUsed: DelayList<T> | null = null;
  readonly #hold: ProcessHold;
  #waiting = 0;

  /** `hold` is taken while there is a deadline: who waits for it keeps the process alive. */
  constructor(clock: Clock, hold: ProcessHold, onDue: (subject: T) => void) {
    this.#clock = clock;
    this.#hold = hold;
    this.#onDue = onDue;
  }

  /** Due `delayMs` after `subject.sinceMs`, which is now: the caller has read the clock already. */
  set(subject: T, delayMs: number): void {
    const list = this.#lastUsed?.delayMs === delayMs ? this.#lastUsed : this.#listOf(delayMs);
    if (this.#waiting === 0) {
      this.#hold.take();
    }
    this.#waiting += 1;
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
    this.#waiting -= 1;
    if (this.#waiting === 0) {
      this.#hold.release();
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
    if (!list.isShared) {
      this.#drop(list);
    }
  }

  /** Drops every deadline and disarms every timer. */
  clear(): void {
    for (const list of [...this.#shared.values(), ...this.#single]) {
      while (list.head) {
        this.cancel(list.head);
      }
      this.#drop(list);
    }
  }

  #listOf(delayMs: number): DelayList<T> {
    const known = this.#shared.get(delayMs);
    if (known) {
      this.#lastUsed = known;
      return known;
    }
    const isShared = this.#hasRoom();
    const list: DelayList<T> = { delayMs, isShared, head: null, tail: null, timer: null };
    if (isShared) {
      this.#shared.set(delayMs, list);
      this.#lastUsed = list;
    } else {
      this.#single.add(list);
    }
    return list;
  }

  /** For one more delay: an empty list gives its place. One is looked at each time, in turn. */
  #hasRoom(): boolean {
    if (this.#shared.size < mostSharedDelays) {
      return true;
    }
    const [list] = this.#shared.values();
    if (list?.head) {
      this.#shared.delete(list.delayMs);
      this.#shared.set(list.delayMs, list);
      return false;
    }
    if (list) {
      this.#drop(list);
    }
    return true;
  }

  #drop(list: DelayList<T>): void {
    list.timer?.cancel();
    list.timer = null;
    if (!list.isShared) {
      this.#single.delete(list);
      return;
    }
    this.#shared.delete(list.delayMs);
    if (this.#lastUsed === list) {
      this.#lastUsed = null;
    }
  }

  #arm(list: DelayList<T>, delayMs: number): void {
    list.timer = this.#clock.after(delayMs, () => this.#fire(list));
  }

  #fire(list: DelayList<T>): void {
    list.timer = null;
    const nowMs = this.#clock.monotonicMs();
    for (let head = list.head; head && head.sinceMs + list.delayMs <= nowMs; head = list.head) {
      this.cancel(head);
      this.#onDue(head);
    }
    if (list.timer) {
      return;
    }
    if (list.head) {
      this.#arm(list, list.head.sinceMs + list.delayMs - nowMs);
    } else {
      this.#drop(list);
    }
  }
}
