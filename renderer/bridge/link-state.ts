/** The link's state as one observable value. */
import type { LinkState } from './console-bridge.ts';

export class Link {
  #state: LinkState = { phase: 'connecting', attempts: 0, retryAt: null, fault: null };
  readonly #listeners = new Set<() => void>();

  get state(): LinkState {
    return this.#state;
  }

  set(change: Partial<LinkState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of [...this.#listeners]) {
      listener();
    }
  }

  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
