/** The pool's counters once a second, with the seconds since the last frame for the curves. */
import type { Clock } from '../base/clock.ts';
import { repeat } from '../base/repeat.ts';
import type { PoolStatistics, StatisticsFrame } from '../contract/statistics.ts';
import type { PoolView } from '../pool/pool-ports.ts';
import type { Cursor, LiveSource } from './stream-pump.ts';

const tickMs = 1_000;

export class LiveStatistics implements LiveSource<StatisticsFrame> {
  readonly #clock: Clock;
  readonly #pool: Pick<PoolView, 'samplesSince'>;
  readonly #statistics: () => PoolStatistics;
  #ticks = 0;

  constructor(clock: Clock, pool: Pick<PoolView, 'samplesSince'>, statistics: () => PoolStatistics) {
    this.#clock = clock;
    this.#pool = pool;
    this.#statistics = statistics;
  }

  start(wake: () => void): () => void {
    return repeat(this.#clock, tickMs, () => {
      this.#ticks += 1;
      wake();
    });
  }

  open(): Cursor<StatisticsFrame> {
    let seenTicks = -1;
    let seenUpToMs = 0;
    return {
      unfinished: false,
      pull: () => {
        if (seenTicks === this.#ticks) {
          return null;
        }
        seenTicks = this.#ticks;
        const samples = [...this.#pool.samplesSince(seenUpToMs)];
        seenUpToMs = samples.at(-1)?.atMs ?? seenUpToMs;
        return { statistics: this.#statistics(), samples };
      },
      close: () => {},
    };
  }
}

/** A reading that several streams and requests share while it is fresh: percentiles are not counted again for each. */
export function sharedReading<Reading>(clock: Clock, freshMs: number, read: () => Reading): () => Reading {
  let latest: { readonly reading: Reading; readonly atMs: number } | null = null;
  return () => {
    const nowMs = clock.monotonicMs();
    if (!latest || nowMs - latest.atMs >= freshMs) {
      latest = { reading: read(), atMs: nowMs };
    }
    return latest.reading;
  };
}
