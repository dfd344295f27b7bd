/** The last ten minutes of one figure, in points of a few seconds. */
const mostPoints = 120;

export class AlertTrail {
  readonly #stepMs: number;
  readonly #points: (number | null)[] = [];
  #recordedMs = Number.NEGATIVE_INFINITY;

  constructor(stepMs: number) {
    this.#stepMs = stepMs;
  }

  /** `nowMs` is monotonic; values in between are left out. */
  record(value: number | null, nowMs: number): void {
    if (nowMs - this.#recordedMs < this.#stepMs) {
      return;
    }
    this.#recordedMs = nowMs;
    this.#points.push(value);
    if (this.#points.length > mostPoints) {
      this.#points.shift();
    }
  }

  /** Oldest first, and the value of this moment as the last. */
  points(now: number | null): (number | null)[] {
    return [...this.#points, now];
  }
}
