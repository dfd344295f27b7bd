/** The engine's latest events as they happen, while somebody looks at them. */
import type { ToldEvent } from '../../core/contract/events.ts';
import type { ConsoleApi } from '../../core/contract/index.ts';
import { Observable } from './observable.ts';
import { type PageVisibility, RetainedStream } from './retained-stream.ts';

/** What is older is read from the history. */
const kept = 2_000;

export class EventsStore {
  readonly changes = new Observable();
  readonly #stream: RetainedStream<'events'>;
  #events: readonly ToldEvent[] = [];
  #pictures = 0;

  constructor(api: ConsoleApi, visibility: PageVisibility) {
    this.#stream = new RetainedStream(api, 'events', visibility, ({ reset, events }) => this.apply(reset, events));
  }

  /** Oldest first. */
  readonly latest = (): readonly ToldEvent[] => this.#events;

  /** How many complete pictures there have been: after each, something may be missing before it. */
  readonly pictures = (): number => this.#pictures;

  readonly retain = (): (() => void) => this.#stream.retain();

  apply(reset: boolean, events: readonly ToldEvent[]): void {
    this.#pictures += Number(reset);
    this.#events = (reset ? [...events] : [...this.#events, ...events]).slice(-kept);
    this.changes.changed();
  }
}
