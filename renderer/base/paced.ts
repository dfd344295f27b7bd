/** Runs a piece of work at most once in `everyMs`, at once when nothing ran lately, and never loses the last call. */
export class Paced {
  readonly #work: () => void;
  readonly #everyMs: number;
  #lastAt = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(everyMs: number, work: () => void) {
    this.#everyMs = everyMs;
    this.#work = work;
  }

  /** Something changed; the work runs now or when its time has come. */
  ask(): void {
    if (this.#timer !== undefined) {
      return;
    }
    const waitMs = this.#lastAt + this.#everyMs - performance.now();
    if (waitMs <= 0) {
      this.now();
    } else {
      this.#timer = setTimeout(() => this.now(), waitMs);
    }
  }

  /** Runs at once, whatever the pace. */
  now(): void {
    this.stop();
    this.#lastAt = performance.now();
    this.#work();
  }

  /** Forgets a planned run. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
