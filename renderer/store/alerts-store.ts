/** What is wrong with the pool, always followed: an alert is told whatever view is open, and whether the page is seen. */
import type { Alert, AlertList, AlertWatch } from '../../core/contract/alerts.ts';
import type { ConsoleApi } from '../../core/contract/index.ts';
import { Observable } from '../base/observable.ts';
import { type PageVisibility, RetainedStream } from './retained-stream.ts';

const nothing: AlertList = { active: [], resolved: [] };

export class AlertsStore {
  readonly changes = new Observable();
  readonly watchChanges = new Observable();
  readonly #watches: RetainedStream<'alertWatches'>;
  readonly #firedListeners = new Set<(alert: Alert) => void>();
  /** Those that have been seen firing; null before the first picture, whose alerts are no news. */
  #known: ReadonlySet<number> | null = null;
  #list: AlertList | null = null;
  #watched: readonly AlertWatch[] | null = null;

  constructor(api: ConsoleApi, visibility: PageVisibility) {
    this.#watches = new RetainedStream(api, 'alertWatches', visibility, ({ watches }) => {
      this.#watched = watches;
      this.watchChanges.changed();
    });
    api.subscribe('alerts', (list) => this.apply(list));
  }

  readonly list = (): AlertList => this.#list ?? nothing;

  /** null before the first picture. */
  readonly watched = (): readonly AlertWatch[] | null => this.#watched;

  /** Everything that is watched, while somebody looks at it. */
  readonly retainWatches = (): (() => void) => this.#watches.retain();

  /** Told of each alert that begins to fire, once; not of one that is mute, or that somebody knows of already. */
  onFired(listener: (alert: Alert) => void): () => void {
    this.#firedListeners.add(listener);
    return () => this.#firedListeners.delete(listener);
  }

  apply(list: AlertList): void {
    const known = this.#known;
    const fired = list.active.filter(({ state }) => state !== 'pending');
    const over = list.resolved.map(({ id }) => id);
    this.#list = list;
    // One that is over may come back as the same alert, and was told of then.
    this.#known = new Set([...fired.map(({ id }) => id), ...over]);
    this.changes.changed();
    for (const alert of fired) {
      if (alert.state === 'firing' && known?.has(alert.id) === false) {
        for (const listener of this.#firedListeners) {
          listener(alert);
        }
      }
    }
  }
}
