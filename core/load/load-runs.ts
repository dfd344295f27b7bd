/** Load runs: one at a time, the last ones remembered. */
import type { Clock } from '../base/clock.ts';
import type { EventSink } from '../base/event-bus.ts';
import type { HealthSettings } from '../config/settings.ts';
import { ContractError } from '../contract/errors.ts';
import { keptLoadRuns, type LoadJob, type LoadRun } from '../contract/load-run.ts';
import { phrase } from '../contract/phrase.ts';
import { type LoadPool, LoadRunner } from './load-runner.ts';
import { readLoadTargets } from './load-targets.ts';

export interface LoadRunsOptions {
  readonly pool: LoadPool;
  readonly clock: Clock;
  readonly events: EventSink;
  /** Which statuses are good; of this moment. */
  readonly statuses: () => HealthSettings;
}

export interface LoadRunsObserver {
  /** A run has begun or ended. */
  changed(run: LoadRun): void;
}

export class LoadRuns {
  readonly #options: LoadRunsOptions;
  readonly #observers = new Set<LoadRunsObserver>();
  /** Those that have ended, oldest first. */
  #ended: LoadRun[] = [];
  #running: LoadRunner | null = null;
  #lastId = 0;
  #closed = false;

  constructor(options: LoadRunsOptions) {
    this.#options = options;
  }

  /** Runs of earlier starts, oldest first; to be called before the first `start`. */
  recall(runs: readonly LoadRun[]): void {
    this.#ended = [...runs, ...this.#ended].slice(-keptLoadRuns);
    this.#lastId = Math.max(this.#lastId, ...runs.map(({ id }) => id));
  }

  /**
   * Begins at once.
   * @throws ContractError `invalid-input` for what is no https URL, `conflict` while a run goes on, `closed`.
   */
  start(job: LoadJob): number {
    const targets = readLoadTargets(job.urls);
    if (this.#closed) {
      throw new ContractError('closed', phrase('refused.load-closed'));
    }
    if (this.#running) {
      throw new ContractError('conflict', phrase('refused.load-goes-on', { id: this.#running.id }));
    }
    const { pool, clock, statuses, events } = this.#options;
    this.#lastId += 1;
    const runner = new LoadRunner({ id: this.#lastId, job, targets, pool, clock, statuses });
    this.#running = runner;
    const { durationMs, concurrency } = job;
    const hosts = [...new Set(targets.map(({ host }) => host.name))].join(', ');
    events.emit('info', 'load.started', hosts, { runId: runner.id, concurrency, durationMs });
    this.#tell(runner.read());
    void runner.done.then(() => this.#ends(runner, hosts));
    return runner.id;
  }

  /** False when there is no such run, or it has ended. */
  cancel(runId: number): boolean {
    return this.#running?.id === runId && this.#running.cancel();
  }

  /** Those that are remembered, the newest first. */
  runs(): LoadRun[] {
    const running = this.#running?.read();
    return [...(running ? [running] : []), ...this.#ended.toReversed()];
  }

  run(runId: number): LoadRun | undefined {
    return this.#running?.id === runId ? this.#running.read() : this.#ended.find(({ id }) => id === runId);
  }

  /** The run's result, when it has ended; undefined when there is no such run. */
  async finished(runId: number): Promise<LoadRun | undefined> {
    if (this.#running?.id === runId) {
      await this.#running.done;
    }
    return this.run(runId);
  }

  get running(): boolean {
    return this.#running !== null;
  }

  /** Epoch; null before the first. */
  get lastEndedAtMs(): number | null {
    return this.#ended.at(-1)?.endedAtMs ?? null;
  }

  /** Returns the function that stops observing. */
  observe(observer: LoadRunsObserver): () => void {
    this.#observers.add(observer);
    return () => this.#observers.delete(observer);
  }

  /** Ends the run that goes on, its requests included. Twice is fine. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#running?.abort();
    await this.#running?.done;
  }

  #ends(runner: LoadRunner, hosts: string): void {
    const run = runner.read();
    this.#running = null;
    this.#ended = [...this.#ended, run].slice(-keptLoadRuns);
    const { requests, failures, successRate, requestsPerSecond, state } = run;
    const told = { runId: run.id, state, requests, failures, successRate, requestsPerSecond };
    this.#options.events.emit('info', 'load.finished', hosts, told);
    this.#tell(run);
  }

  #tell(run: LoadRun): void {
    for (const observer of this.#observers) {
      observer.changed(run);
    }
  }
}
