/** The pool's counters once a second, with the seconds since the last frame for the curves. */
import type { Clock } from '../base/clock.ts';
import type { PoolSample, PoolStatistics, StatisticsFrame } from '../contract/statistics.ts';
import type { PoolView } from '../pool/pool-ports.ts';
import { OncePerTick } from './once-per-tick.ts';
import type { Cursor, LiveSource } from './stream-pump.ts';

export class LiveStatistics implements LiveSource<StatisticsFrame> {
  readonly #ticks: OncePerTick;
  readonly #pool: Pick<PoolView, 'samplesAfter'>;
  readonly #statistics: () => PoolStatistics;

  constructor(clock: Clock, pool: Pick<PoolView, 'samplesAfter'>, statistics: () => PoolStatistics) {
    this.#ticks = new OncePerTick(clock);
    this.#pool = pool;
    this.#statistics = statistics;
  }

  start(wake: () => void): () => void {
    return this.#ticks.start(wake);
  }

  open(): Cursor<StatisticsFrame> {
    let seen: PoolSample | null = null;
    return this.#ticks.open(() => {
      const samples = [...this.#pool.samplesAfter(seen)];
      seen = samples.at(-1) ?? seen;
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
