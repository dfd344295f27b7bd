/** The pool's figures, once a second, and the last 15 minutes of them. */
import type { ConsoleApi } from '../../core/contract/index.ts';
import type { PoolSample, PoolStatistics, StatisticsFrame } from '../../core/contract/statistics.ts';
import { Observable } from '../base/observable.ts';
import type { EngineClock } from './engine-clock.ts';

const keptSamples = 900;
const secondMs = 1_000;
/** Samples come each second; what is further apart has something missing between. */
const gapMs = 2_500;

/** What is remembered between two moments, a second each, oldest first. */
export type RecallSamples = (fromMs: number, toMs: number) => Promise<readonly PoolSample[]>;

export class StatisticsStore {
  readonly changes = new Observable();
  readonly #clock: EngineClock;
  readonly #recall: RecallSamples | null;
  #latest: PoolStatistics | null = null;
  #samples: readonly PoolSample[] = [];
  #arrivedAt: number | null = null;

  /** `recall`: an engine that was started anew has no past of its own, but what was before is remembered. */
  constructor(api: ConsoleApi, clock: EngineClock, recall: RecallSamples | null = null) {
    this.#clock = clock;
    this.#recall = recall;
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
      this.#fill(before.at(-1)?.atMs ?? null, first.atMs);
    }
    this.changes.changed();
  }

  /** What is missing before the frame's first sample; null: everything is. */
  #fill(beforeMs: number | null, firstMs: number): void {
    const oldestMs = (this.#samples.at(-1)?.atMs ?? firstMs) - (keptSamples - 1) * secondMs;
    const fromMs = Math.max(oldestMs, beforeMs === null ? 0 : beforeMs + secondMs);
    if (this.#recall === null || firstMs - fromMs < gapMs) {
      return;
    }
    this.#recall(fromMs, firstMs).then(
      (recalled) => {
        // Only between what was there: of the same second the engine's own sample holds.
        const missing = recalled.filter(({ atMs }) => atMs >= fromMs && atMs <= firstMs - secondMs);
        if (missing.length > 0) {
          const samples = this.#samples;
          const before = samples.filter(({ atMs }) => atMs < fromMs);
          const after = samples.filter(({ atMs }) => atMs >= firstMs);
          this.#samples = [...before, ...missing, ...after].slice(-keptSamples);
          this.changes.changed();
        }
      },
      // Nothing is remembered, or the link went: the curves begin where they do.
      () => undefined,
    );
  }
}
