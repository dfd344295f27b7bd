/** The pool's counters once a second, with the seconds since the last frame for the curves. */
import type { Clock } from '../base/clock.ts';
import type { PoolStatistics, StatisticsFrame } from '../contract/statistics.ts';
import type { PoolView } from '../pool/pool-ports.ts';
import { OncePerTick } from './once-per-tick.ts';
import type { Cursor, LiveSource } from './stream-pump.ts';

export class LiveStatistics implements LiveSource<StatisticsFrame> {
  readonly #ticks: OncePerTick;
  readonly #pool: Pick<PoolView, 'samplesSince'>;
  readonly #statistics: () => PoolStatistics;

  constructor(clock: Clock, pool: Pick<PoolView, 'samplesSince'>, statistics: () => PoolStatistics) {
    this.#ticks = new OncePerTick(clock);
    this.#pool = pool;
    this.#statistics = statistics;
  }

  start(wake: () => void): () => void {
    return this.#ticks.start(wake);
  }

  open(): Cursor<StatisticsFrame> {
    let seenUpToMs = 0;
    return this.#ticks.open(() => {
      const samples = [...this.#pool.samplesSince(seenUpToMs)];
      seenUpToMs = samples.at(-1)?.atMs ?? seenUpToMs;
      return { statistics: this.#statistics(), samples };
    });
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
