/** Keeps a process alive while somebody waits for what only a timer will bring: the pool's own timers never do. */

export interface ProcessHold {
  take(): void;
  /** Once for each {@link ProcessHold.take}. */
  release(): void;
}

/** For a process that lives by other means. */
export const noHold: ProcessHold = { take: () => {}, release: () => {} };

/** Node's longest timer: what it does when it fires does not matter. */
const longestMs = 2 ** 31 - 1;

/** Counted: the process may end when every one who took it has released it. */
export class LiveProcessHold implements ProcessHold {
  #holders = 0;
  /** Made with the first: a pool that never makes anybody wait has none. */
  #timer: NodeJS.Timeout | null = null;

  get held(): boolean {
    return this.#timer?.hasRef() ?? false;
  }

  take(): void {
    this.#holders += 1;
    if (this.#holders === 1) {
      this.#timer ??= setInterval(() => {}, longestMs);
      this.#timer.ref();
    }
  }

  release(): void {
    this.#holders -= 1;
    if (this.#holders === 0) {
      this.#timer?.unref();
    }
  }
}
