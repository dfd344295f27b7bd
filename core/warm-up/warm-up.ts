/** Warm-up jobs: any number at a time, each for one host; the last fifty are remembered. */
import type { Clock } from '../base/clock.ts';
import type { EventSink } from '../base/event-bus.ts';
import { ContractError } from '../contract/errors.ts';
import type { WarmUpCell, WarmUpJob, WarmUpPlan, WarmUpRun } from '../contract/warm-up.ts';
import { type Endpoint, type HostName, parseHostName } from '../dial/endpoint.ts';
import type { ConnectionOpener } from '../pool/pool-ports.ts';
import { planWarmUp } from './warm-up-plan.ts';
import { WarmUpRunner } from './warm-up-runner.ts';

export interface WarmUpOptions {
  readonly opener: ConnectionOpener;
  readonly events: EventSink;
  readonly clock: Clock;
}

export interface WarmUpObserver {
  /** A run is new or different; with it one of its cells, or none (null). Cheap: called for each result. */
  changed(runId: number, cellIndex: number | null): void;
}

const keptRuns = 50;

export class WarmUp {
  readonly #options: WarmUpOptions;
  /** In the order of their start. */
  readonly #runs = new Map<number, WarmUpRunner>();
  readonly #observers = new Set<WarmUpObserver>();
  #lastId = 0;
  #closed = false;

  constructor(options: WarmUpOptions) {
    this.#options = options;
  }

  /**
   * What the job would do now.
   * @throws ContractError `invalid-input` when the host's name cannot be read.
   * @throws ClassifiedError of class `dns` when the host has no address.
   */
  async plan(job: WarmUpJob, signal?: AbortSignal): Promise<WarmUpPlan> {
    const host = hostOf(job);
    return this.#plan(job, host, await this.#options.opener.endpointsOf(host, signal));
  }

  /**
   * Starts at once and answers with the run's id. What goes wrong afterwards, a name that does not resolve included, is
   * told by the run.
   * @throws ContractError `invalid-input` when the host's name cannot be read, `closed` after `close`.
   */
  start(job: WarmUpJob): number {
    if (this.#closed) {
      throw new ContractError('closed', 'the pool is closed: nothing can be warmed up any more');
    }
    const host = hostOf(job);
    this.#lastId += 1;
    const id = this.#lastId;
    const { opener, events, clock } = this.#options;
    const runner = new WarmUpRunner({
      id,
      job,
      host,
      opener,
      events,
      clock,
      plan: (endpoints) => this.#plan(job, host, endpoints),
      changed: (cellIndex) => this.#changed(id, cellIndex),
    });
    this.#runs.set(id, runner);
    this.#forgetOldest();
    this.#changed(id, null);
    void runner.begin();
    return id;
  }

  /** Stops dialing; connections that are already warm stay. False when there is no such run, or it has ended. */
  cancel(runId: number): boolean {
    return this.#runs.get(runId)?.cancel() ?? false;
  }

  /** Oldest first, at most the last fifty and those that still run. */
  runs(): WarmUpRun[] {
    return Array.from(this.#runs.values(), (runner) => runner.tally.toRun());
  }

  run(runId: number): WarmUpRun | undefined {
    return this.#runs.get(runId)?.tally.toRun();
  }

  /** By index; empty when there is no such run. A cell is replaced, never changed. */
  cells(runId: number): readonly WarmUpCell[] {
    return this.#runs.get(runId)?.tally.cells() ?? [];
  }

  /** Resolves with the finished run; undefined when there is no such run. */
  async finished(runId: number): Promise<WarmUpRun | undefined> {
    return this.#runs.get(runId)?.finished;
  }

  /** Returns the function that stops observing. */
  observe(observer: WarmUpObserver): () => void {
    this.#observers.add(observer);
    return () => this.#observers.delete(observer);
  }

  /** Cancels every run; resolves when none has a dial or a timer left. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const runner of this.#runs.values()) {
      runner.cancel();
    }
    await Promise.all(Array.from(this.#runs.values(), (runner) => runner.finished));
  }

  #plan(job: WarmUpJob, host: HostName, endpoints: readonly Endpoint[]): WarmUpPlan {
    const room = this.#options.opener.room(host);
    // The pool counts what is dialled; what other runs still hold back would be given away twice.
    const promised = this.#promised(room.limit.key === 'max_conns_per_host' ? host : null);
    return planWarmUp(job, endpoints, room, promised);
  }

  /** Connections that running jobs have not dialled yet: to one host, or to all (null). */
  #promised(host: HostName | null): number {
    let promised = 0;
    for (const runner of this.#runs.values()) {
      if (!runner.tally.finished && (host === null || runner.host.name === host.name)) {
        promised += runner.tally.waiting;
      }
    }
    return promised;
  }

  #changed(runId: number, cellIndex: number | null): void {
    for (const observer of this.#observers) {
      observer.changed(runId, cellIndex);
    }
  }

  #forgetOldest(): void {
    for (const [id, runner] of this.#runs) {
      if (this.#runs.size <= keptRuns) {
        return;
      }
      if (runner.tally.finished) {
        this.#runs.delete(id);
      }
    }
  }
}

function hostOf(job: WarmUpJob): HostName {
  try {
    return parseHostName(job.host);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new ContractError('invalid-input', message, [{ at: 'host', message }]);
  }
}
