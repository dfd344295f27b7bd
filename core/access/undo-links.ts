/** Which change took back which: an undo may be undone itself, and then what it had taken back holds again. */
export class UndoLinks {
  /** Who took a change back, the last one at the end. */
  readonly #undos = new Map<number, readonly number[]>();

  add(id: number, undoes: number | null): void {
    if (undoes !== null) {
      this.#undos.set(undoes, [...(this.#undos.get(undoes) ?? []), id]);
    }
  }

  drop(id: number, undoes: number | null): void {
    if (undoes !== null) {
      this.#undos.set(undoes, this.#undos.get(undoes)?.filter((undo) => undo !== id) ?? []);
    }
  }

  /** The change that took this one back; null when none did, or when that was taken back itself. */
  takenBackBy(id: number): number | null {
    const by = this.#undos.get(id)?.at(-1);
    return by === undefined || this.takenBackBy(by) !== null ? null : by;
  }
}
