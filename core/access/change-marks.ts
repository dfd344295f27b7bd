/** Who changed each value last: tells a change that was made against older lists what happened to its entries since. */
import type { AccessAuthor } from '../contract/access.ts';

export interface ChangeMark {
  readonly revision: number;
  readonly who: AccessAuthor;
  readonly atMs: number;
}

/** The oldest are forgotten beyond this many values. */
const mostMarks = 200_000;

export class ChangeMarks {
  /** The value changed longest ago first. */
  readonly #marks = new Map<string, ChangeMark>();
  /** Of a value that has no mark nothing is known up to here. */
  #forgotten: ChangeMark | null = null;

  put(values: Iterable<string>, mark: ChangeMark): void {
    for (const value of values) {
      this.#marks.delete(value);
      this.#marks.set(value, mark);
    }
    if (this.#marks.size <= mostMarks) {
      return;
    }
    for (const [value, oldest] of this.#marks) {
      if (this.#marks.size <= mostMarks) {
        break;
      }
      this.#marks.delete(value);
      this.#forgotten = oldest;
    }
  }

  /** The last change of this value after `revision`; null when there was none. In doubt there was one. */
  since(value: string, revision: number): ChangeMark | null {
    const mark = this.#marks.get(value) ?? this.#forgotten;
    return mark && mark.revision > revision ? mark : null;
  }
}
