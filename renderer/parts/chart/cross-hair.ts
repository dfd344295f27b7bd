/** One moment that every chart of a view points at. */
import { Observable } from '../../base/observable.ts';

export class CrossHair {
  readonly changes = new Observable();
  #atMs: number | null = null;

  readonly atMs = (): number | null => this.#atMs;

  point(atMs: number | null): void {
    if (this.#atMs !== atMs) {
      this.#atMs = atMs;
      this.changes.changed();
    }
  }
}
