/** Failures by class, each with one message as an example. */
import type { ErrorClass } from '../contract/vocabulary.ts';
import type { WarmUpRun } from '../contract/warm-up-run.ts';

export class ErrorGroups {
  readonly #groups = new Map<ErrorClass, { count: number; example: string }>();

  add(errorClass: ErrorClass, message: string): void {
    const group = this.#groups.get(errorClass);
    if (group) {
      group.count += 1;
    } else {
      this.#groups.set(errorClass, { count: 1, example: message });
    }
  }

  /** The most frequent first. */
  toGroups(): WarmUpRun['errors'] {
    return Array.from(this.#groups, ([errorClass, group]) => ({ class: errorClass, ...group })).sort(
      (a, b) => b.count - a.count,
    );
  }
}
