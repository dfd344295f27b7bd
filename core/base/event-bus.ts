/** The engine's one stream of typed events. Nothing in the engine prints; a logger listens here. */
import type { EngineEvent, EventLevel } from '../contract/events.ts';
import type { Clock } from './clock.ts';

export type EventData = EngineEvent['data'];

export interface EventSink {
  /** `kind` is a dotted word, `subject` what it is about, `text` one sentence in English. */
  emit(level: EventLevel, kind: string, subject: string, text: string, data?: EventData): void;
}

export type EventListener = (event: EngineEvent) => void;

export class EventBus implements EventSink {
  readonly #clock: Clock;
  readonly #listeners = new Set<EventListener>();
  #seq = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  emit(level: EventLevel, kind: string, subject: string, text: string, data: EventData = {}): void {
    this.#seq += 1;
    const event: EngineEvent = { seq: this.#seq, atMs: this.#clock.epochMs(), level, kind, subject, text, data };
    for (const listener of this.#listeners) {
      try {
        listener(event);
      } catch (error) {
        // A listener's fault must not reach the pool; it surfaces where Node reports unhandled errors.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  /** Returns the function that stops listening. */
  subscribe(listener: EventListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
