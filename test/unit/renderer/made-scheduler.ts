import type { SliceScheduler } from '../../../renderer/base/slices.ts';

/** Each look at the time takes a millisecond. */
export class MadeScheduler implements SliceScheduler {
  readonly waiting: (() => void)[] = [];
  #nowMs = 0;

  nowMs(): number {
    this.#nowMs += 1;
    return this.#nowMs;
  }

  next(slice: () => void): void {
    this.waiting.push(slice);
  }

  runOne(): boolean {
    const slice = this.waiting.shift();
    slice?.();
    return slice !== undefined;
  }
}
