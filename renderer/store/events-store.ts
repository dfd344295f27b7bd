/** The engine's latest events as they happen, while somebody looks at them. */
import type { ToldEvent } from '../../core/contract/events.ts';
import type { ConsoleApi } from '../../core/contract/index.ts';
import { Observable } from '../base/observable.ts';
import { type PageVisibility, RetainedStream } from './retained-stream.ts';

/** What is older is read from the history. */
const kept = 2_000;
/** After as many the history is to be read anew, long before those that it gave and those that are kept are apart. */
const readAnewAfter = kept / 2;

export class EventsStore {
  readonly changes = new Observable();
  readonly #stream: RetainedStream<'events'>;
  #events: readonly ToldEvent[] = [];
  #readings = 0;
  #sinceReading = 0;

  constructor(api: ConsoleApi, visibility: PageVisibility) {
    this.#stream = new RetainedStream(api, 'events', visibility, ({ reset, events }) => this.apply(reset, events));
  }

  /** Oldest first. */
  readonly latest = (): readonly ToldEvent[] => this.#events;

  /**
   * Rises whenever the history before the latest is to be read: with each new picture, and before what came since the last
   * reading is let go of.
   */
  readonly readings = (): number => this.#readings;

  readonly retain = (): (() => void) => this.#stream.retain();

  apply(reset: boolean, events: readonly ToldEvent[]): void {
    this.#sinceReading += events.length;
    if (reset || this.#sinceReading >= readAnewAfter) {
      this.#readings += 1;
      this.#sinceReading = 0;
    }
    this.#events = (reset ? [...events] : [...this.#events, ...events]).slice(-kept);
    this.changes.changed();
  }
}
