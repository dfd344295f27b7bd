/** The pool's figures, once a second, and the last 15 minutes of them. */
import type { ConsoleApi } from '../../core/contract/index.ts';
import type { PoolSample, PoolStatistics, StatisticsFrame } from '../../core/contract/statistics.ts';
import { Observable } from '../base/observable.ts';
import type { EngineClock } from './engine-clock.ts';

const keptSamples = 900;

export class StatisticsStore {
  readonly changes = new Observable();
  readonly #clock: EngineClock;
  #latest: PoolStatistics | null = null;
  #samples: readonly PoolSample[] = [];
  #arrivedAt: number | null = null;

  constructor(api: ConsoleApi, clock: EngineClock) {
    this.#clock = clock;
    api.subscribe('statistics', (frame) => this.apply(frame));
  }

  readonly latest = (): PoolStatistics | null => this.#latest;

  /** Oldest first, one a second, at most 900. A new array whenever it changes. */
  readonly samples = (): readonly PoolSample[] => this.#samples;

  /** When the last frame came, by `performance.now()`; null before the first. */
  arrivedAt(): number | null {
    return this.#arrivedAt;
  }

  /** The next frame is of another time: what was before has nothing to do with it. */
  forgetSamples(): void {
    this.#samples = [];
  }

  apply(frame: StatisticsFrame): void {
    this.#latest = frame.statistics;
    this.#arrivedAt = performance.now();
    this.#clock.observe(frame.statistics.atMs);
    const [first] = frame.samples;
    if (first) {
      // After a reconnect the frame brings the whole past again; what overlaps is replaced, never doubled.
      const before = this.#samples.filter((sample) => sample.atMs < first.atMs);
      this.#samples = [...before, ...frame.samples].slice(-keptSamples);
    }
    this.changes.changed();
  }
}
