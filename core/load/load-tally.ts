/** What a load run counts, and the report that it makes of it. */
import type { LoadFailure, LoadIp, LoadRun, LoadTimes } from '../contract/load-run.ts';
import { loadRunIps } from '../contract/load-run.ts';
import { Histogram } from '../statistics/histogram.ts';

/**
 * - `hot`: a connection was free.
 * - `queued`: it was waited for one that was there, and in use or being checked.
 * - `cold`: one was made while the request waited.
 */
export type LoadSupply = 'hot' | 'queued' | 'cold';

/** One request that has come to its end. */
export interface LoadResult {
  readonly host: string;
  /** null: no connection was had. */
  readonly ip: string | null;
  readonly failure: { readonly kind: LoadFailure; readonly words: string } | null;
  readonly supply: LoadSupply;
  readonly waitMs: number;
  /** null: no answer. */
  readonly responseMs: number | null;
  /** null: it did not come to the end of an answer. */
  readonly totalMs: number | null;
  readonly bodyBytes: number;
}

export type LoadReport = Omit<
  LoadRun,
  'id' | 'job' | 'state' | 'startedAtMs' | 'endedAtMs' | 'elapsedMs' | 'requestsPerSecond' | 'coldStartMs' | 'coldByHot'
>;

interface IpCount {
  readonly host: string;
  readonly ip: string;
  requests: number;
  failures: number;
  answered: number;
  sumMs: number;
  maxMs: number;
}

export class LoadTally {
  readonly #total = new Histogram();
  readonly #wait = new Histogram();
  readonly #response = new Histogram();
  readonly #bySupply: Readonly<Record<LoadSupply, Histogram>> = {
    hot: new Histogram(),
    queued: new Histogram(),
    cold: new Histogram(),
  };
  readonly #ips = new Map<string, IpCount>();
  readonly #errors = new Map<LoadFailure, { count: number; readonly example: string }>();
  readonly #seconds: LoadRun['seconds'] = [];
  readonly #second = new Histogram();
  #requestsOfSecond = 0;
  #failuresOfSecond = 0;
  #requests = 0;
  #failures = 0;
  #bodyBytes = 0;

  add(result: LoadResult): void {
    const { host, ip, failure, supply, waitMs, responseMs, totalMs, bodyBytes } = result;
    this.#requests += 1;
    this.#requestsOfSecond += 1;
    this.#bodyBytes += bodyBytes;
    if (failure) {
      this.#failures += 1;
      this.#failuresOfSecond += 1;
      const error = this.#errors.get(failure.kind) ?? { count: 0, example: failure.words };
      error.count += 1;
      this.#errors.set(failure.kind, error);
    }
    if (ip !== null) {
      this.#wait.record(waitMs);
      this.#countIp(host, ip, failure !== null, totalMs);
    }
    if (responseMs !== null) {
      this.#response.record(responseMs);
    }
    if (totalMs !== null) {
      this.#total.record(totalMs);
      this.#second.record(totalMs);
      this.#bySupply[supply].record(totalMs);
    }
  }

  /** A second is over. */
  endSecond(): void {
    this.#seconds.push({
      requests: this.#requestsOfSecond,
      failures: this.#failuresOfSecond,
      p95Ms: this.#second.percentileMs(0.95),
    });
    this.#requestsOfSecond = 0;
    this.#failuresOfSecond = 0;
    this.#second.clear();
  }

  report(): LoadReport {
    const successes = this.#requests - this.#failures;
    return {
      requests: this.#requests,
      successes,
      failures: this.#failures,
      successRate: this.#requests === 0 ? null : successes / this.#requests,
      bodyBytes: this.#bodyBytes,
      total: timesOf(this.#total),
      wait: timesOf(this.#wait),
      response: timesOf(this.#response),
      hot: timesOf(this.#bySupply.hot),
      queued: timesOf(this.#bySupply.queued),
      cold: timesOf(this.#bySupply.cold),
      errors: Array.from(this.#errors, ([failure, { count, example }]) => ({ failure, count, example })).sort(
        (a, b) => b.count - a.count,
      ),
      ipCount: this.#ips.size,
      ips: this.#worstIps(),
      seconds: [...this.#seconds],
    };
  }

  #countIp(host: string, ip: string, failed: boolean, totalMs: number | null): void {
    const key = `${host} ${ip}`;
    let count = this.#ips.get(key);
    if (!count) {
      count = { host, ip, requests: 0, failures: 0, answered: 0, sumMs: 0, maxMs: 0 };
      this.#ips.set(key, count);
    }
    count.requests += 1;
    count.failures += Number(failed);
    if (totalMs !== null) {
      count.answered += 1;
      count.sumMs += totalMs;
      count.maxMs = Math.max(count.maxMs, totalMs);
    }
  }

  #worstIps(): LoadIp[] {
    const mean = ({ answered, sumMs }: IpCount): number => (answered === 0 ? 0 : sumMs / answered);
    return [...this.#ips.values()]
      .sort((a, b) => b.failures - a.failures || mean(b) - mean(a))
      .slice(0, loadRunIps)
      .map((count) => ({
        host: count.host,
        ip: count.ip,
        requests: count.requests,
        failures: count.failures,
        meanMs: count.answered === 0 ? null : mean(count),
        maxMs: count.answered === 0 ? null : count.maxMs,
      }));
  }
}

function timesOf(histogram: Histogram): LoadTimes {
  return {
    count: histogram.count,
    meanMs: histogram.meanMs(),
    p50Ms: histogram.percentileMs(0.5),
    p90Ms: histogram.percentileMs(0.9),
    p95Ms: histogram.percentileMs(0.95),
    p99Ms: histogram.percentileMs(0.99),
    maxMs: histogram.maxMs,
  };
}
