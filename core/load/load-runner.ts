/**
 * One load run: so many callers, each of which takes a connection, asks for the next URL, reads the answer to its end and
 * gives the connection back, until the time is over. They wait as background: whoever else asks goes first.
 */
import type { IncomingHttpHeaders } from 'node:http';
import { type Clock, sleep } from '../base/clock.ts';
import type { HealthSettings } from '../config/settings.ts';
import type { LoadJob, LoadRun } from '../contract/load-run.ts';
import type { HttpsUrl } from '../dial/https-url.ts';
import { statusVerdict } from '../health/status-classes.ts';
import { isMadeSince } from '../pool/made-since.ts';
import { type RequestFault, requestFaultOf } from '../pool/request-failure.ts';
import { type LoadSupply, LoadTally } from './load-tally.ts';

/** What a load run needs of the pool. */
export interface LoadPool {
  acquire(
    host: string,
    options: { readonly priority: 'background'; readonly signal: AbortSignal; readonly timeoutMs: number },
  ): Promise<LoadLease>;
  row(connectionId: number): { readonly createdAtMs: number } | undefined;
  /** Median cost of the connections made in the last ten minutes; null: none was. */
  coldStartMs(): number | null;
}

export interface LoadLease extends Disposable {
  readonly connectionId: number;
  readonly ip: string;
  request(options: {
    readonly method: LoadJob['method'];
    readonly path: string;
    readonly signal: AbortSignal;
  }): Promise<{
    readonly statusCode: number;
    readonly headers: IncomingHttpHeaders;
    readonly body: AsyncIterable<Uint8Array>;
  }>;
}

export interface LoadRunnerOptions {
  readonly id: number;
  readonly job: LoadJob;
  readonly targets: readonly HttpsUrl[];
  readonly pool: LoadPool;
  readonly clock: Clock;
  /** Which statuses are good; of this moment. */
  readonly statuses: () => HealthSettings;
}

/** A connection that is free comes without a wait; what is measured then is the loop's turn. */
const atOnceMs = 1;
/** After a request that failed, so that a pool that refuses at once is not asked a million times. */
const pauseAfterFailureMs = 100;

export class LoadRunner {
  readonly #options: LoadRunnerOptions;
  readonly #tally = new LoadTally();
  readonly #startedAtMs: number;
  readonly #startedMs: number;
  /** Aborted when the time is over: ends waits for a connection, not requests. */
  readonly #over = new AbortController();
  /** Aborted when the pool closes: ends requests as well. */
  readonly #atOnce = new AbortController();
  /** Connections that have served the run. */
  readonly #known = new Set<number>();
  #state: LoadRun['state'] = 'running';
  #cancelled = false;
  #endedMs: number | null = null;
  /** As it was at the end. */
  #coldStartMs: number | null = null;
  #next = 0;
  /** Resolves when the last request has ended. Never rejects. */
  readonly done: Promise<void>;

  /** Begins at once. */
  constructor(options: LoadRunnerOptions) {
    const { clock, job } = options;
    this.#options = options;
    this.#startedAtMs = clock.epochMs();
    this.#startedMs = clock.monotonicMs();
    this.done = this.#run(job);
  }

  get id(): number {
    return this.#options.id;
  }

  /** Begins no request any more; those in flight end. False when its time was over already. */
  cancel(): boolean {
    const isRunning = this.#state === 'running';
    this.#cancelled ||= isRunning;
    this.#end();
    return isRunning;
  }

  /** As {@link cancel}, and requests in flight are given up. */
  abort(): void {
    this.cancel();
    this.#atOnce.abort(new Error('the engine closes'));
  }

  read(): LoadRun {
    const { id, job, pool, clock } = this.#options;
    const elapsedMs = (this.#endedMs ?? clock.monotonicMs()) - this.#startedMs;
    const report = this.#tally.report();
    const coldStartMs = this.#endedMs === null ? pool.coldStartMs() : this.#coldStartMs;
    return {
      id,
      job,
      state: this.#state,
      startedAtMs: this.#startedAtMs,
      endedAtMs: this.#endedMs === null ? null : this.#startedAtMs + elapsedMs,
      elapsedMs,
      requestsPerSecond: elapsedMs === 0 ? 0 : (report.requests / elapsedMs) * 1_000,
      coldStartMs,
      coldByHot: coldByHot(report.cold.meanMs, report.hot.meanMs, coldStartMs),
      ...report,
    };
  }

  async #run(job: LoadJob): Promise<void> {
    const { clock } = this.#options;
    let secondTimer = clock.after(1_000, () => endSecond());
    const endSecond = (): void => {
      this.#tally.endSecond();
      secondTimer = clock.after(1_000, endSecond);
    };
    const endTimer = clock.after(job.durationMs, () => this.#end());
    await Promise.all(Array.from({ length: job.concurrency }, () => this.#call()));
    secondTimer.cancel();
    endTimer.cancel();
    this.#coldStartMs = this.#options.pool.coldStartMs();
    this.#endedMs = clock.monotonicMs();
    this.#state = this.#cancelled ? 'cancelled' : 'finished';
  }

  #end(): void {
    if (this.#state === 'running') {
      this.#state = 'ending';
      this.#over.abort(new Error('the load run is over'));
    }
  }

  async #call(): Promise<void> {
    const { clock, targets } = this.#options;
    while (this.#state === 'running') {
      const target = targets[this.#next % targets.length];
      this.#next += 1;
      if (target && !(await this.#request(target))) {
        await sleep(clock, pauseAfterFailureMs, this.#over.signal).catch(() => {});
      }
    }
  }

  /** False when it failed. Never rejects: what goes wrong is the result. */
  async #request({ host, path }: HttpsUrl): Promise<boolean> {
    const { pool, clock, job } = this.#options;
    const beganMs = clock.monotonicMs();
    const limit = new AbortController();
    const timer = clock.after(job.timeoutMs, () => limit.abort(new Error(`no answer within ${job.timeoutMs} ms`)));
    let ip: string | null = null;
    let supply: LoadSupply = 'hot';
    let waitMs = 0;
    let responseMs: number | null = null;
    let bodyBytes = 0;
    try {
      using lease = await pool.acquire(host.name, {
        priority: 'background',
        signal: this.#over.signal,
        timeoutMs: job.timeoutMs,
      });
      const leasedMs = clock.monotonicMs();
      ip = lease.ip;
      waitMs = leasedMs - beganMs;
      supply = this.#supplyOf(lease.connectionId, beganMs, waitMs);
      const signal = AbortSignal.any([limit.signal, this.#atOnce.signal]);
      const { statusCode, body } = await lease.request({ method: job.method, path, signal });
      responseMs = clock.monotonicMs() - leasedMs;
      for await (const chunk of body) {
        bodyBytes += chunk.length;
      }
      const failure = this.#failureOf(statusCode, path);
      const totalMs = clock.monotonicMs() - beganMs;
      this.#tally.add({ host: host.name, ip, failure, supply, waitMs, responseMs, totalMs, bodyBytes });
      return failure === null;
    } catch (error) {
      const isOurs = this.#atOnce.signal.aborted || (ip === null && this.#over.signal.aborted);
      if (!isOurs) {
        const failure = limit.signal.aborted && ip !== null ? timeoutOf(limit.signal) : requestFaultOf(error);
        this.#tally.add({ host: host.name, ip, failure, supply, waitMs, responseMs, totalMs: null, bodyBytes });
      }
      return false;
    } finally {
      timer.cancel();
    }
  }

  #supplyOf(connectionId: number, beganMs: number, waitMs: number): LoadSupply {
    const isKnown = this.#known.has(connectionId);
    this.#known.add(connectionId);
    if (!isKnown && waitMs > atOnceMs) {
      const { pool, clock } = this.#options;
      const createdAtMs = pool.row(connectionId)?.createdAtMs ?? 0;
      if (isMadeSince(createdAtMs, clock.epochMs() - (clock.monotonicMs() - beganMs))) {
        return 'cold';
      }
    }
    return waitMs > atOnceMs ? 'queued' : 'hot';
  }

  #failureOf(status: number, path: string): RequestFault | null {
    const verdict = statusVerdict(status, this.#options.statuses());
    const [place = path] = path.split('?');
    return verdict === 'good' ? null : { kind: verdict, words: `${place} answers ${status}` };
  }
}

function timeoutOf(signal: AbortSignal): RequestFault {
  return { kind: 'timeout-response', words: signal.reason instanceof Error ? signal.reason.message : 'no answer' };
}

function coldByHot(coldMs: number | null, hotMs: number | null, coldStartMs: number | null): number | null {
  if (hotMs === null || hotMs === 0) {
    return null;
  }
  if (coldMs !== null) {
    return coldMs / hotMs;
  }
  return coldStartMs === null ? null : (coldStartMs + hotMs) / hotMs;
}
