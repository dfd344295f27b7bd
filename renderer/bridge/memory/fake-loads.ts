/** Load runs that only pretend: a tenth of a second at a time, as fast as the fake hosts are said to be. */
import { ContractError } from '../../../core/contract/errors.ts';
import {
  keptLoadRuns,
  type LoadJob,
  type LoadRun,
  type LoadTimes,
  loadJobSchema,
} from '../../../core/contract/load-run.ts';
import type { FakeHost } from './fake-fleet.ts';
import type { FakePool } from './fake-pool.ts';
import type { Random } from './fake-random.ts';

const stepMs = 100;
/** A cold request pays the handshake and the first answer of the validation. */
const validationShare = 1.2;

const unmeasured: LoadTimes = {
  count: 0,
  meanMs: null,
  p50Ms: null,
  p90Ms: null,
  p95Ms: null,
  p99Ms: null,
  maxMs: null,
};

function timesOf(count: number, meanMs: number): LoadTimes {
  const of = (factor: number): number => Math.round(meanMs * factor * 100) / 100;
  return count === 0
    ? unmeasured
    : { count, meanMs: of(1), p50Ms: of(0.86), p90Ms: of(1.7), p95Ms: of(2.2), p99Ms: of(3.6), maxMs: of(6.1) };
}

export class FakeLoads {
  readonly #pool: FakePool;
  readonly #random: Random;
  /** Newest first. */
  #runs: LoadRun[] = [];
  /** Those that have changed since they were last asked for. */
  readonly changed = new Set<number>();

  constructor(pool: FakePool, random: Random) {
    this.#pool = pool;
    this.#random = random;
  }

  runs(): LoadRun[] {
    return this.#runs;
  }

  start(job: LoadJob): number {
    const hosts = this.#hostsOf(job);
    if (this.#runs[0]?.endedAtMs === null) {
      throw new ContractError('conflict', `Load run ${this.#runs[0].id} goes on: cancel it, or wait for its end.`);
    }
    const id = (this.#runs[0]?.id ?? 0) + 1;
    const begun: LoadRun = {
      id,
      job,
      state: 'running',
      startedAtMs: this.#pool.options.now(),
      endedAtMs: null,
      elapsedMs: 0,
      requests: 0,
      successes: 0,
      failures: 0,
      successRate: null,
      requestsPerSecond: 0,
      bodyBytes: 0,
      total: unmeasured,
      wait: unmeasured,
      response: unmeasured,
      hot: unmeasured,
      queued: unmeasured,
      cold: unmeasured,
      coldStartMs: 12.4,
      coldByHot: null,
      errors: [],
      ipCount: 0,
      ips: hosts.flatMap(({ host, ips }) =>
        ips.slice(0, 20).map((ip) => ({ host, ip, requests: 0, failures: 0, meanMs: null, maxMs: null })),
      ),
      seconds: [],
    };
    this.#put(begun);
    return id;
  }

  cancel(runId: number): boolean {
    const run = this.#runs.find(({ id }) => id === runId);
    if (run?.endedAtMs !== null) {
      return false;
    }
    this.#put({ ...run, state: 'cancelled', endedAtMs: this.#pool.options.now() });
    return true;
  }

  /** A tenth of a second goes by. */
  step(): void {
    const [run] = this.#runs;
    if (run?.endedAtMs === null) {
      this.#put(this.#later(run));
    }
  }

  /** Ended runs, as if they had been asked for before: `concurrency` at once each, the last the newest. */
  seed(urls: readonly string[], concurrencies: readonly number[]): void {
    for (const concurrency of concurrencies) {
      const id = this.start(loadJobSchema.parse({ urls: [...urls], concurrency }));
      while (this.#runs.some((run) => run.id === id && run.endedAtMs === null)) {
        this.step();
      }
    }
  }

  #later(run: LoadRun): LoadRun {
    const { failing, now } = this.#pool.options;
    const { job } = run;
    const meanMs = this.#meanMs(job);
    const begun = Math.round(((job.concurrency * stepMs) / meanMs) * (0.8 + this.#random() * 0.4));
    const failed = Math.round(begun * failing * 2 * this.#random());
    const requests = run.requests + begun;
    const failures = run.failures + failed;
    const answered = requests - failures;
    const cold = Math.min(answered, run.ips.length, job.concurrency * 2);
    const queued = Math.floor((answered - cold) * (job.concurrency > 16 ? 0.3 : 0.04));
    const elapsedMs = run.elapsedMs + stepMs;
    const coldMs = meanMs + 12.4 * validationShare;
    const isOver = elapsedMs >= job.durationMs;
    return {
      ...run,
      state: isOver ? 'finished' : 'running',
      endedAtMs: isOver ? now() : null,
      elapsedMs,
      requests,
      failures,
      successes: answered,
      successRate: requests === 0 ? null : answered / requests,
      requestsPerSecond: (requests / elapsedMs) * 1_000,
      bodyBytes: answered * 4_100,
      total: timesOf(answered, meanMs),
      wait: timesOf(answered, meanMs * 0.1),
      response: timesOf(answered, meanMs * 0.9),
      hot: timesOf(answered - cold - queued, meanMs * 0.95),
      queued: timesOf(queued, meanMs * 1.6),
      cold: timesOf(cold, coldMs),
      coldByHot: answered === cold + queued ? null : coldMs / (meanMs * 0.95),
      errors: this.#errors(failures),
      ipCount: run.ips.length,
      ips: run.ips.map((ip, index) => ({
        ...ip,
        requests: Math.floor(requests / run.ips.length),
        failures: Math.floor(failures / (index + 2)),
        meanMs: meanMs * (1.6 - index / run.ips.length),
        maxMs: meanMs * (7 - (3 * index) / run.ips.length),
      })),
      seconds:
        elapsedMs % 1_000 === 0
          ? [...run.seconds, { requests: begun * 10, failures: failed * 10, p95Ms: meanMs * (2 + this.#random()) }]
          : run.seconds,
    };
  }

  #errors(failures: number): LoadRun['errors'] {
    const late = Math.floor(failures / 4);
    const all: LoadRun['errors'] = [
      { failure: 'busy', count: failures - late, example: '/v1/ping answers 503' },
      { failure: 'timeout-response', count: late, example: 'no answer within 10000 ms' },
    ];
    return all.filter(({ count }) => count > 0);
  }

  #hostsOf(job: LoadJob): FakeHost[] {
    return job.urls.map((url) => {
      const host = this.#pool.options.fleet.find((one) => one.host === URL.parse(url)?.host);
      if (host === undefined) {
        throw new ContractError('conflict', `${url} is not of a watched host: add it to [[targets]] first.`);
      }
      return host;
    });
  }

  /** More at once than connections wait for one another. */
  #meanMs(job: LoadJob): number {
    const hosts = this.#hostsOf(job);
    const mean = hosts.reduce((sum, { responseMs }) => sum + responseMs, 0) / hosts.length;
    return mean * (1 + job.concurrency / 40) * (this.#pool.options.failing > 0.1 ? 2.5 : 1);
  }

  #put(run: LoadRun): void {
    this.#runs = [run, ...this.#runs.filter(({ id }) => id !== run.id)].slice(0, keptLoadRuns);
    this.changed.add(run.id);
  }
}
