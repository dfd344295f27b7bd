/** The engine's events for the console: the latest ones first, then each as it happens, debug left out. */
import { aboveDebug, type EventBus } from '../base/event-bus.ts';
import type { ToldEvent } from '../contract/events.ts';
import type { Cursor, LiveSource } from './stream-pump.ts';

/** A new reader sees so many of the past. */
const pastEvents = 200;
/** Kept for readers that are slow; one that falls behind by more begins anew. */
const keptEvents = 1_000;

interface EventsFrame {
  reset: boolean;
  events: ToldEvent[];
}

/** Listens from its making, so that the first reader hears of what happened before it came. */
export class LiveEvents implements LiveSource<EventsFrame> {
  readonly #kept: ToldEvent[] = [];
  /** How many events there have been; the newest one's number. */
  #count = 0;
  #wake: () => void = () => {};

  constructor(events: Pick<EventBus, 'subscribe'>) {
    events.subscribe((event) => this.#keep(event), aboveDebug);
  }

  start(wake: () => void): () => void {
    this.#wake = wake;
    return () => {
      this.#wake = () => {};
    };
  }

  open(): Cursor<EventsFrame> {
    /** null before the first frame. */
    let seen: number | null = null;
    return {
      unfinished: false,
      pull: () => {
        const missed = seen === null ? Number.POSITIVE_INFINITY : this.#count - seen;
        if (missed === 0) {
          return null;
        }
        seen = this.#count;
        const reset = missed > this.#kept.length;
        return { reset, events: this.#kept.slice(-(reset ? pastEvents : missed)) };
      },
      close: () => {},
    };
  }

  #keep(event: ToldEvent): void {
    this.#count += 1;
    this.#kept.push(event);
    // In strides, so that keeping costs nothing per event.
    if (this.#kept.length >= 2 * keptEvents) {
      this.#kept.splice(0, this.#kept.length - keptEvents);
    }
    this.#wake();
  }
}
