/**
 * How live pictures reach their readers: pulled, never pushed. A source marks what is new on a cursor of each subscriber;
 * the pump pulls one frame from it when the subscriber may have one. A slow subscriber is pulled less often and its cursor
 * coalesces meanwhile, so there is no queue that could grow.
 */
import type { Clock, Timer } from '../base/clock.ts';

/** What one subscriber has not seen yet. */
export interface Cursor<Frame> {
  /** The next frame, the first one being a complete picture; null when the subscriber has seen everything. */
  pull(): Frame | null;
  /** The picture is still being sent: pull again at once instead of after the pause. */
  readonly unfinished: boolean;
  /** The subscriber is gone. */
  close(): void;
}

export interface LiveSource<Frame> {
  /** The first subscriber came. `wake` is cheap and may be called at every change. Returns what stops the work again. */
  start(wake: () => void): () => void;
  open(): Cursor<Frame>;
}

export interface SubscribeOptions {
  /** Back-pressure: false while the way to the subscriber is full. Frames wait, coalesced, until it is true. */
  readonly isReady?: (() => boolean) | undefined;
}

interface Subscriber<Frame> {
  readonly cursor: Cursor<Frame>;
  readonly listener: (frame: Frame) => void;
  readonly isReady: () => boolean;
  notBeforeMs: number;
}

/** At most one frame in this time to one subscriber, and how soon a full way is looked at again. */
export const framePauseMs = 100;

/** One source, any number of subscribers; each gets its frames one pause apart. No work while there are none. */
export class StreamPump<Frame> {
  readonly #clock: Clock;
  readonly #source: LiveSource<Frame>;
  readonly #pauseAfter: (frame: Frame) => number;
  readonly #subscribers = new Set<Subscriber<Frame>>();
  #stop: (() => void) | null = null;
  #timer: Timer | null = null;

  /** `pauseAfter`: milliseconds to the subscriber's next frame; longer after a frame that is dear to send and to read. */
  constructor(clock: Clock, source: LiveSource<Frame>, pauseAfter: (frame: Frame) => number = () => framePauseMs) {
    this.#clock = clock;
    this.#source = source;
    this.#pauseAfter = pauseAfter;
  }

  get subscribers(): number {
    return this.#subscribers.size;
  }

  /** The first frame comes soon, but never before this returns. Returns the function that ends the subscription. */
  subscribe(listener: (frame: Frame) => void, options: SubscribeOptions = {}): () => void {
    this.#stop ??= this.#source.start(() => this.#wake());
    const subscriber: Subscriber<Frame> = {
      cursor: this.#source.open(),
      listener,
      isReady: options.isReady ?? (() => true),
      notBeforeMs: this.#clock.monotonicMs(),
    };
    this.#subscribers.add(subscriber);
    this.#beatAt(subscriber.notBeforeMs);
    return () => this.#unsubscribe(subscriber);
  }

  close(): void {
    for (const subscriber of [...this.#subscribers]) {
      this.#unsubscribe(subscriber);
    }
  }

  #unsubscribe(subscriber: Subscriber<Frame>): void {
    if (!this.#subscribers.delete(subscriber)) {
      return;
    }
    subscriber.cursor.close();
    if (this.#subscribers.size === 0) {
      this.#timer?.cancel();
      this.#timer = null;
      this.#stop?.();
      this.#stop = null;
    }
  }

  #wake(): void {
    if (this.#timer) {
      return;
    }
    let earliestMs = Number.POSITIVE_INFINITY;
    for (const subscriber of this.#subscribers) {
      earliestMs = Math.min(earliestMs, subscriber.notBeforeMs);
    }
    this.#beatAt(earliestMs);
  }

  /** A new subscriber's first frame may be due before the beat that is already set. */
  #beatAt(dueMs: number): void {
    if (dueMs === Number.POSITIVE_INFINITY) {
      return;
    }
    this.#timer?.cancel();
    this.#timer = this.#clock.after(Math.max(0, dueMs - this.#clock.monotonicMs()), () => this.#beat());
  }

  #beat(): void {
    this.#timer = null;
    const nowMs = this.#clock.monotonicMs();
    let nextMs = Number.POSITIVE_INFINITY;
    for (const subscriber of [...this.#subscribers]) {
      if (!this.#subscribers.has(subscriber)) {
        continue;
      }
      if (subscriber.notBeforeMs <= nowMs) {
        subscriber.notBeforeMs = nowMs + framePauseMs;
        if (subscriber.isReady()) {
          const frame = subscriber.cursor.pull();
          if (!frame) {
            // Everything is seen: nothing is scheduled for it until the source wakes.
            subscriber.notBeforeMs = nowMs;
            continue;
          }
          subscriber.notBeforeMs = nowMs + (subscriber.cursor.unfinished ? 0 : this.#pauseAfter(frame));
          subscriber.listener(frame);
        }
      }
      nextMs = Math.min(nextMs, subscriber.notBeforeMs);
    }
    // A change that a listener caused has set its own beat already.
    if (!this.#timer || nextMs <= nowMs) {
      this.#beatAt(nextMs);
    }
  }
}
