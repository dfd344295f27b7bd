/** The smallest thing React can watch: a version that rises and listeners that are told. */
export class Observable {
  readonly #listeners = new Set<() => void>();
  #version = 0;

  /** Rises with every change; the snapshot for `useSyncExternalStore` where the data itself is mutable. */
  readonly version = (): number => this.#version;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  changed(): void {
    this.#version += 1;
    for (const listener of [...this.#listeners]) {
      listener();
    }
  }
}
