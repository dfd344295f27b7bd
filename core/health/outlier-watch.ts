/** Compares the IPs of each host with each other, every ten seconds. */
import type { Clock, Timer } from '../base/clock.ts';
import { jittered, type Random } from '../base/random.ts';
import { outlying } from './charges.ts';
import type { EjectionCause } from './ejector.ts';
import type { IpGroup } from './ip-group.ts';
import type { IpRecord } from './ip-record.ts';
import { findOutliers, type Outlier, type OutlierFigures } from './outliers.ts';

export interface OutlierWatchOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** Those to be compared now. */
  readonly groups: () => Iterable<IpGroup>;
  readonly onOutlier: (record: IpRecord, cause: EjectionCause) => void;
}

const pauseMs = 10_000;
const jitterShare = 0.1;

export class OutlierWatch {
  readonly #options: OutlierWatchOptions;
  #timer: Timer | null = null;

  /** Begins at once. */
  constructor(options: OutlierWatchOptions) {
    this.#options = options;
    this.#compareSoon();
  }

  close(): void {
    this.#timer?.cancel();
    this.#timer = null;
  }

  #compareSoon(): void {
    const { clock, random, groups } = this.#options;
    this.#timer = clock.after(jittered(random, pauseMs, jitterShare), () => {
      for (const group of groups()) {
        this.#compare(group);
      }
      this.#compareSoon();
    });
  }

  #compare(group: IpGroup): void {
    const nowMs = this.#options.clock.monotonicMs();
    const inUse = [...group.members].filter(({ phase }) => phase === 'in-use');
    const figures = inUse.map(({ outcomes, latencyMs }) => ({ ...outcomes.read(nowMs), latencyMs }));
    for (const [index, reason] of findOutliers(figures)) {
      const record = inUse[index];
      const figure = figures[index];
      if (record && figure) {
        this.#options.onOutlier(record, causeOf(reason, figure));
      }
    }
  }
}

function causeOf(reason: Outlier, { good, bad, latencyMs }: OutlierFigures): EjectionCause {
  return {
    failure: 'outlier',
    charge: outlying(reason, { good, looked: good + bad, responseMs: latencyMs }),
    retryAfterMs: null,
  };
}
