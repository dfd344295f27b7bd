/** The engine's one stream of typed events. Nothing in the engine prints; a logger listens here. */
import type { EngineEvent, EventLevel } from '../contract/events.ts';
import type { Clock } from './clock.ts';

export type EventData = EngineEvent['data'];

export interface EventSink {
  /**
   * Whether anybody listens to this level, whatever the kind: the words of an event that nobody hears need not be found.
   * Not there: somebody does.
   */
  wants?(level: EventLevel): boolean;
  /** `kind` is a dotted word, `subject` what it is about, `text` one sentence in English. */
  emit(level: EventLevel, kind: string, subject: string, text: string, data?: EventData): void;
}

export type EventListener = (event: EngineEvent) => void;

/** Of events of this level and kind; a kind of its own, '', stands for any. */
export type EventWish = (level: EventLevel, kind: string) => boolean;

/** Every level. */
const any: EventWish = () => true;
/** What is not routine. */
export const aboveDebug = (level: EventLevel): boolean => level !== 'debug';

export class EventBus implements EventSink {
  readonly #clock: Clock;
  /** With the levels that each wants. */
  readonly #listeners = new Map<EventListener, EventWish>();
  #seq = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  emit(level: EventLevel, kind: string, subject: string, text: string, data: EventData = {}): void {
    this.#seq += 1;
    const event: EngineEvent = { seq: this.#seq, atMs: this.#clock.epochMs(), level, kind, subject, text, data };
    for (const [listener, isWanted] of this.#listeners) {
      if (!isWanted(level, kind)) {
        continue;
      }
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

  wants(level: EventLevel): boolean {
    for (const isWanted of this.#listeners.values()) {
      if (isWanted(level, '')) {
        return true;
      }
    }
    return false;
  }

  /** `isWanted` is asked at each event, so that it may change its mind. Returns the function that stops listening. */
  subscribe(listener: EventListener, isWanted: EventWish = any): () => void {
    this.#listeners.set(listener, isWanted);
    return () => this.#listeners.delete(listener);
  }
}
