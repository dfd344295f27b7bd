/** How much room a folder's disk has, asked every few seconds: a full disk is known before it costs anything. */
import { statfs } from 'node:fs/promises';
import type { Clock, Timer } from '../base/clock.ts';

const everyMs = 10_000;

export class FreeSpace {
  readonly #folder: string;
  readonly #clock: Clock;
  #timer: Timer;
  #bytes: number | null = null;

  /** Asks at once. */
  constructor(folder: string, clock: Clock) {
    this.#folder = folder;
    this.#clock = clock;
    this.#timer = this.#arm(0);
  }

  /** For a program without privileges; null while the system does not tell. */
  get bytes(): number | null {
    return this.#bytes;
  }

  close(): void {
    this.#timer.cancel();
  }

  #arm(delayMs: number): Timer {
    return this.#clock.after(delayMs, () => {
      this.#timer = this.#arm(everyMs);
      void this.#look();
    });
  }

  async #look(): Promise<void> {
    try {
      const { bavail, bsize } = await statfs(this.#folder);
      this.#bytes = bavail * bsize;
    } catch {
      this.#bytes = null;
    }
  }
}
