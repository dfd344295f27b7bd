/** The engine's one stream of typed events. Nothing in the engine prints; a logger listens here. */
import type { EventDataOf, EventKind } from '../contract/event-kinds.ts';
import type { EngineEvent, EventLevel } from '../contract/events.ts';
import type { Clock } from './clock.ts';

export interface EventSink {
  /**
   * Whether anybody listens to this level, whatever the kind: the data of an event that nobody hears need not be found.
   * Not there: somebody does.
   */
  wants?(level: EventLevel): boolean;
  /**
   * `kind` is one of `eventKinds`, which says what its data is; `subject` what it is about. Its sentence is made where it
   * is read, by the words of its kind in each language.
   */
  emit<Kind extends EventKind>(level: EventLevel, kind: Kind, subject: string, data: EventDataOf<Kind>): void;
}

export type EventListener = (event: EngineEvent) => void;

/** Of events of this level and kind; a kind of its own, '', stands for any. */
export type EventWish = (level: EventLevel, kind: EventKind | '') => boolean;

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

  emit<Kind extends EventKind>(level: EventLevel, kind: Kind, subject: string, data: EventDataOf<Kind>): void {
    this.#seq += 1;
    // The compiler does not see that a kind and its own data are one of the pairs.
    const event = { seq: this.#seq, atMs: this.#clock.epochMs(), level, kind, subject, data } as EngineEvent;
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
