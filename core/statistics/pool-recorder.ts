/**
 * Counts what the pool does, since the start and over the last 60 s.
 *
 * The hot path increments one second's tally only. A second that has passed lies in a ring of sixty; one that falls out
 * of the ring is folded into the sum of everything older. So the window is a sum of sixty and the start's is that and
 * the fold: nothing is counted twice, and nothing is subtracted.
 */
import type { PoolSample, WindowStatistics } from '../contract/statistics.ts';
import { type ServedConnections, Tally } from './tally.ts';

const windowSeconds = 60;
const sampleSeconds = 15 * 60;
/** New connections whose cost is remembered, and for how long it says what one would cost now. */
const keptColdStarts = 500;
export const coldStartsOfMs = 600_000;

/** The connections of this moment, for a sample. */
export interface Population {
  readonly total: number;
  readonly active: number;
  readonly healthy: number;
}

export class PoolRecorder {
  readonly #ring: Tally[] = Array.from({ length: windowSeconds }, () => new Tally());
  readonly #older = new Tally();
  readonly #sum = new Tally();
  readonly #samples: PoolSample[] = [];
  /** The newest last. */
  readonly #coldStarts: { readonly atMs: number; readonly totalMs: number }[] = [];
  #at = 0;
  #second: Tally;
  #secondBeganMs: number;

  /** `nowMs` is monotonic. */
  constructor(nowMs: number) {
    this.#second = this.#ring[0] ?? new Tally();
    this.#secondBeganMs = nowMs;
  }

  /** `waitMs` from the acquire call; `reused`: the connection had served before. */
  lease(waitMs: number, reused: boolean): void {
    const second = this.#second;
    second.leases += 1;
    if (reused) {
      second.reusingLeases += 1;
    }
    second.waits.record(waitMs);
  }

  /** An acquire that ended without a lease: its wait was at least as long. */
  waitedInVain(waitMs: number): void {
    this.#second.waits.record(waitMs);
  }

  /** A release after which the connection was usable again, `delayMs` after the call. */
  recycled(delayMs: number): void {
    this.#second.releases += 1;
    this.#second.recycling.record(delayMs);
  }

  /** A release after which it was not. */
  notRecycled(): void {
    this.#second.releases += 1;
  }

  /** A finished request; broken ones are finished too. `responseMs` from request sent to headers, or to the break. */
  request(ok: boolean, responseMs: number): void {
    const second = this.#second;
    if (ok) {
      second.successfulRequests += 1;
    } else {
      second.failedRequests += 1;
    }
    second.responses.record(responseMs);
  }

  dial(ok: boolean): void {
    this.#second.dials += 1;
    if (!ok) {
      this.#second.dialFailures += 1;
    }
  }

  /** A new connection is ready: what its TLS handshake took, and what TCP, TLS and the first validated answer took together. */
  connected({ resumed, tlsMs, totalMs }: { resumed: boolean; tlsMs: number; totalMs: number }): void {
    const second = this.#second;
    this.#coldStarts.push({ atMs: this.#secondBeganMs, totalMs });
    if (this.#coldStarts.length > keptColdStarts * 2) {
      this.#coldStarts.splice(0, keptColdStarts);
    }
    if (resumed) {
      second.resumedHandshakes += 1;
      second.resumedTlsSumMs += tlsMs;
    } else {
      second.fullHandshakes += 1;
      second.fullTlsSumMs += tlsMs;
      second.coldSumMs += totalMs;
    }
  }

  /**
   * What a connection costs now: the median of those made in the last ten minutes, resumed handshakes included, for that is
   * how they are made. A few that were slow move it by nothing. null: none was made.
   */
  coldStartMs(nowMs: number): number | null {
    const recent = this.#coldStarts.slice(-keptColdStarts).filter(({ atMs }) => nowMs - atMs <= coldStartsOfMs);
    const costs = recent.map(({ totalMs }) => totalMs).sort((one, other) => one - other);
    return costs[Math.floor(costs.length / 2)] ?? null;
  }

  check(ok: boolean): void {
    this.#second.checks += 1;
    if (!ok) {
      this.#second.checkFailures += 1;
    }
  }

  /**
   * Ends every second that is over. Called about once a second; after a pause (a suspended machine) the window moves on
   * by all the seconds missed, and only the last is sampled. Returns what the second that ended came to, good until the
   * window has passed over it; null when none is over yet.
   */
  advance(nowMs: number, epochMs: number, population: Population): Tally | null {
    const seconds = Math.floor((nowMs - this.#secondBeganMs) / 1000);
    if (seconds < 1) {
      return null;
    }
    this.#sample(epochMs, population);
    // A pause longer than the window wipes it: what it held before the pause is in the sum of all that is older.
    const ended = seconds < windowSeconds ? this.#second : null;
    this.#secondBeganMs += seconds * 1000;
    for (let passed = 0; passed < Math.min(seconds, windowSeconds); passed += 1) {
      this.#at = (this.#at + 1) % windowSeconds;
      this.#second = this.#ring[this.#at] ?? this.#second;
      this.#older.add(this.#second);
      this.#second.clear();
    }
    return ended;
  }

  /** Samples later than `afterMs` (epoch), oldest first, at most the last 15 minutes. */
  samplesSince(afterMs: number): readonly PoolSample[] {
    let first = this.#samples.length;
    while (first > 0 && (this.#samples[first - 1]?.atMs ?? 0) > afterMs) {
      first -= 1;
    }
    return this.#samples.slice(first);
  }

  /** Those that came after this very one, whatever the time of day did meanwhile; null, or long gone: the last 15 minutes. */
  samplesAfter(last: PoolSample | null): readonly PoolSample[] {
    const at = last === null ? -1 : this.#samples.lastIndexOf(last);
    return at < 0 ? this.#samples.slice(-sampleSeconds) : this.#samples.slice(at + 1);
  }

  /** Both views, added up once. */
  read(
    everServed: ServedConnections,
    lastServed: ServedConnections,
  ): { readonly sinceStart: WindowStatistics; readonly last60s: WindowStatistics } {
    const sum = this.#sum;
    sum.clear();
    for (const second of this.#ring) {
      sum.add(second);
    }
    const last60s = sum.toStatistics(lastServed);
    sum.add(this.#older);
    return { sinceStart: sum.toStatistics(everServed), last60s };
  }

  /** Everything since the start. */
  totals(): Tally {
    const totals = new Tally();
    totals.add(this.#older);
    for (const second of this.#ring) {
      totals.add(second);
    }
    return totals;
  }

  #sample(epochMs: number, population: Population): void {
    const { responses, failedRequests, successfulRequests } = this.#second;
    this.#samples.push({
      atMs: epochMs,
      requests: successfulRequests + failedRequests,
      failures: failedRequests,
      responseP50Ms: responses.percentileMs(0.5),
      responseP95Ms: responses.percentileMs(0.95),
      responseP99Ms: responses.percentileMs(0.99),
      total: population.total,
      active: population.active,
      healthy: population.healthy,
    });
    // Cut in blocks, so that a full ring does not shift at every second.
    if (this.#samples.length >= sampleSeconds * 2) {
      this.#samples.splice(0, this.#samples.length - sampleSeconds);
    }
  }
}
