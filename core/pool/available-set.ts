/**
 * Connections that could serve: adding, removing and picking the last or one at random cost O(1). The one that came back
 * last lies outside the array, for it goes first: where leases of a host follow one another the array is not touched, and
 * each object on the way to a connection is one more that a pool of thousands never has in the processor's cache.
 */
import type { HotConnection } from './hot-connection.ts';

/** A connection is in one such set at most. */
export class AvailableSet {
  #latest: HotConnection | null = null;
  /** In no order, but for the end, where those lie that came back last. */
  readonly #others: HotConnection[] = [];

  get length(): number {
    return this.#others.length + (this.#latest ? 1 : 0);
  }

  /** The one that came back last; null: there is none. */
  get latest(): HotConnection | null {
    return this.#latest ?? this.#others[this.#others.length - 1] ?? null;
  }

  /** `index` from 0 to below the length. */
  at(index: number): HotConnection | null {
    return this.#others[index] ?? this.#latest;
  }

  /** Those that came back last first. */
  *[Symbol.iterator](): IterableIterator<HotConnection> {
    if (this.#latest) {
      yield this.#latest;
    }
    for (let index = this.#others.length - 1; index >= 0; index -= 1) {
      const connection = this.#others[index];
      if (connection) {
        yield connection;
      }
    }
  }

  add(connection: HotConnection): void {
    if (this.#latest) {
      this.#latest.availableAt = this.#others.length;
      this.#others.push(this.#latest);
    }
    this.#latest = connection;
    connection.availableIn = this;
  }

  /** In the array the last takes the place of the one that goes. */
  remove(connection: HotConnection): void {
    if (this.#latest === connection) {
      this.#latest = null;
    } else {
      const last = this.#others.pop();
      if (last && last !== connection) {
        this.#others[connection.availableAt] = last;
        last.availableAt = connection.availableAt;
      }
    }
    connection.availableIn = null;
  }
}
