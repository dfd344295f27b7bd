/** What the engine costs its process: loop delay, CPU, memory, file descriptors, measured over the last second. */
import { readdir, stat } from 'node:fs/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Clock, Timer } from './clock.ts';

export interface ProcessSample {
  readonly loopDelayP50Ms: number;
  readonly loopDelayP99Ms: number;
  /** Share of one core, 0 and up: two busy threads make 2. */
  readonly cpuShare: number;
  readonly rssBytes: number;
  /** null where the system does not tell. */
  readonly openFileDescriptors: number | null;
}

export interface ProcessMonitor {
  /** Of the last whole second; costs nothing. */
  sample(): ProcessSample;
  /** Stops measuring. Twice is fine. */
  dispose(): void;
}

const periodMs = 1_000;
/** How often the loop is asked; a delay is what it answers later than this. */
const resolutionMs = 10;
const descriptorsFolder = '/proc/self/fd';
/** Listing them costs their number; the size of the folder costs nothing, where the system (Linux 6.2) fills it in. */
const listingEvery = 10;

export class SystemProcessMonitor implements ProcessMonitor {
  readonly #clock: Clock;
  readonly #delay = monitorEventLoopDelay({ resolution: resolutionMs });
  #cpu = process.cpuUsage();
  #sinceMs: number;
  #periods = 0;
  #timer: Timer;
  #sample: ProcessSample;
  #openFileDescriptors: number | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#sinceMs = clock.monotonicMs();
    this.#sample = {
      loopDelayP50Ms: 0,
      loopDelayP99Ms: 0,
      cpuShare: 0,
      rssBytes: residentBytes(0),
      openFileDescriptors: null,
    };
    this.#delay.enable();
    this.#timer = this.#arm();
    void this.#countDescriptors();
  }

  sample(): ProcessSample {
    return { ...this.#sample, openFileDescriptors: this.#openFileDescriptors };
  }

  dispose(): void {
    this.#timer.cancel();
    this.#delay.disable();
  }

  #arm(): Timer {
    return this.#clock.after(periodMs, () => {
      this.#measure();
      this.#timer = this.#arm();
    });
  }

  #measure(): void {
    const nowMs = this.#clock.monotonicMs();
    const { user, system } = process.cpuUsage(this.#cpu);
    const elapsedMs = Math.max(nowMs - this.#sinceMs, 1);
    this.#sample = {
      loopDelayP50Ms: this.#delayMs(50),
      loopDelayP99Ms: this.#delayMs(99),
      cpuShare: (user + system) / 1_000 / elapsedMs,
      rssBytes: residentBytes(this.#sample.rssBytes),
      openFileDescriptors: null,
    };
    this.#cpu = process.cpuUsage();
    this.#sinceMs = nowMs;
    this.#delay.reset();
    this.#periods += 1;
    void this.#countDescriptors();
  }

  /** The histogram holds the time from one answer to the next, the interval between questions included. */
  #delayMs(percentile: number): number {
    return this.#delay.count === 0 ? 0 : Math.max(0, this.#delay.percentile(percentile) / 1e6 - resolutionMs);
  }

  async #countDescriptors(): Promise<void> {
    try {
      const { size } = await stat(descriptorsFolder);
      if (size > 0) {
        this.#openFileDescriptors = size;
      } else if (this.#periods % listingEvery === 0) {
        // One of them is the listing's own.
        this.#openFileDescriptors = (await readdir(descriptorsFolder)).length - 1;
      }
    } catch {
      // Not Linux, or no /proc: it stays untold. Out of descriptors: the last figure stands.
    }
  }
}

/** Reading it opens a file: out of descriptors, the last figure stands, and the process lives on. */
function residentBytes(last: number): number {
  try {
    return process.memoryUsage.rss();
  } catch {
    return last;
  }
}
