/** Load runs: what is remembered first, then the run that goes on as it goes. */
import type { Clock } from '../base/clock.ts';
import { repeat } from '../base/repeat.ts';
import type { LoadRun } from '../contract/load-run.ts';
import type { LoadActs } from './console-ports.ts';
import type { Cursor, LiveSource } from './stream-pump.ts';

const tickMs = 500;

interface LoadFrame {
  reset: boolean;
  runs: LoadRun[];
}

export class LiveLoadRuns implements LiveSource<LoadFrame> {
  readonly #clock: Clock;
  readonly #load: LoadActs;
  readonly #cursors = new Set<Map<number, LoadRun>>();

  constructor(clock: Clock, load: LoadActs) {
    this.#clock = clock;
    this.#load = load;
  }

  start(wake: () => void): () => void {
    const changed = (run: LoadRun): void => {
      for (const news of this.#cursors) {
        news.set(run.id, run);
      }
      wake();
    };
    const stopObserving = this.#load.observe({ changed });
    const stopTicking = repeat(this.#clock, tickMs, () => {
      const [newest] = this.#load.running ? this.#load.runs() : [];
      if (newest) {
        changed(newest);
      }
    });
    return () => {
      stopObserving();
      stopTicking();
    };
  }

  open(): Cursor<LoadFrame> {
    const news = new Map<number, LoadRun>();
    let begun = false;
    this.#cursors.add(news);
    return {
      unfinished: false,
      pull: () => {
        if (begun && news.size === 0) {
          return null;
        }
        const runs = begun ? [...news.values()] : this.#load.runs();
        const reset = !begun;
        begun = true;
        news.clear();
        return { reset, runs };
      },
      close: () => this.#cursors.delete(news),
    };
  }
}
