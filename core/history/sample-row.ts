/** Rows of samples put together: seconds to ten seconds, and these to one point of a curve. */
import {
  type HistoryDistribution,
  type HistoryMetric,
  type HistoryPoint,
  type HistoryQuantity,
  type HistoryShare,
  historyDistributions,
  historyQuantities,
} from '../contract/history.ts';
import { Histogram } from '../statistics/histogram.ts';

export type SqlValue = string | number | bigint | null | Uint8Array;
export type SqlRow = Readonly<Record<string, SqlValue>>;

/** Of which quantities a share is made: what is divided, and by what. */
export const shareParts: Readonly<
  Record<
    HistoryShare,
    { readonly part: HistoryQuantity; readonly minus?: HistoryQuantity; readonly whole: HistoryQuantity }
  >
> = {
  'success-rate': { part: 'requests', minus: 'failures', whole: 'requests' },
  'reuse-rate': { part: 'reusing-leases', whole: 'leases' },
  'recycling-rate': { part: 'recycled', whole: 'releases' },
  'healthy-share': { part: 'healthy', whole: 'total' },
};

/** `reusing-leases` as a column's name. */
export function columnOf(metric: string): string {
  return metric.replaceAll('-', '_');
}

const distributionNames: ReadonlySet<string> = new Set(historyDistributions);

export function isDistribution(metric: HistoryMetric): metric is HistoryDistribution {
  return distributionNames.has(metric);
}

export function isShare(metric: HistoryMetric): metric is HistoryShare {
  return Object.hasOwn(shareParts, metric);
}

interface Extent {
  sum: number;
  min: number;
  max: number;
}

/** What some of the columns of some rows come to. */
export class SampleSum {
  readonly #quantities: readonly HistoryQuantity[];
  readonly #distributions: readonly HistoryDistribution[];
  readonly #extents = new Map<HistoryQuantity, Extent>();
  readonly #histograms = new Map<HistoryDistribution, Histogram>();
  #seconds = 0;

  constructor(
    quantities: readonly HistoryQuantity[] = historyQuantities,
    distributions: readonly HistoryDistribution[] = historyDistributions,
  ) {
    this.#quantities = quantities;
    this.#distributions = distributions;
  }

  /** `row` has at least the columns of what this was made for. */
  add(row: SqlRow): void {
    this.#seconds += Number(row.seconds);
    for (const name of this.#quantities) {
      const column = columnOf(name);
      const sum = row[`${column}_sum`];
      if (typeof sum === 'number') {
        this.#addExtent(name, { sum, min: Number(row[`${column}_min`]), max: Number(row[`${column}_max`]) });
      }
    }
    for (const name of this.#distributions) {
      const encoded = row[columnOf(name)];
      if (encoded instanceof Uint8Array) {
        const histogram = this.#histograms.get(name) ?? new Histogram();
        histogram.addEncoded(encoded);
        this.#histograms.set(name, histogram);
      }
    }
  }

  get seconds(): number {
    return this.#seconds;
  }

  /** sum, least, most of each quantity, then each distribution: in the order of the table's columns. */
  toColumns(): SqlValue[] {
    return [
      ...this.#quantities.flatMap((name) => {
        const extent = this.#extents.get(name);
        return extent ? [extent.sum, extent.min, extent.max] : [null, null, null];
      }),
      ...this.#distributions.map((name) => this.#histograms.get(name)?.encode() ?? null),
    ];
  }

  /** null when nothing of it is known. */
  toPoint(metric: HistoryMetric, atMs: number): HistoryPoint | null {
    const none = { atMs, min: null, max: null, p50: null, p95: null, p99: null };
    if (isDistribution(metric)) {
      const histogram = this.#histograms.get(metric);
      const mean = histogram?.meanMs() ?? null;
      return histogram === undefined || mean === null
        ? null
        : {
            ...none,
            mean,
            max: histogram.maxMs,
            p50: histogram.percentileMs(0.5),
            p95: histogram.percentileMs(0.95),
            p99: histogram.percentileMs(0.99),
          };
    }
    if (isShare(metric)) {
      const { part, minus, whole } = shareParts[metric];
      const divisor = this.#extents.get(whole)?.sum ?? 0;
      const divided = (this.#extents.get(part)?.sum ?? 0) - (minus ? (this.#extents.get(minus)?.sum ?? 0) : 0);
      return divisor === 0 ? null : { ...none, mean: divided / divisor };
    }
    const extent = this.#extents.get(metric);
    return extent ? { ...none, mean: extent.sum / this.#seconds, min: extent.min, max: extent.max } : null;
  }

  #addExtent(name: HistoryQuantity, { sum, min, max }: Extent): void {
    const extent = this.#extents.get(name);
    if (!extent) {
      this.#extents.set(name, { sum, min, max });
      return;
    }
    extent.sum += sum;
    extent.min = Math.min(extent.min, min);
    extent.max = Math.max(extent.max, max);
  }
}
