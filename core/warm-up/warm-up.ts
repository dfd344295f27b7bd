/** Warm-up jobs: any number at a time, each for one host or several; the last runs are remembered. */
import type { Clock } from '../base/clock.ts';
import type { EventSink } from '../base/event-bus.ts';
import type { WarmUpSettings } from '../config/settings.ts';
import { ContractError } from '../contract/errors.ts';
import type { RememberedCell, RememberedWarmUp } from '../contract/history-warm-ups.ts';
import { phrase } from '../contract/phrase.ts';
import type { IpList } from '../contract/warm-up.ts';
import type { WarmUpJob } from '../contract/warm-up-job.ts';
import type { ConnectionLimit, WarmUpPlan } from '../contract/warm-up-plan.ts';
import { progressOf, type WarmUpProgress } from '../contract/warm-up-progress.ts';
import type { WarmUpCause, WarmUpCell, WarmUpRun } from '../contract/warm-up-run.ts';
import { ClassifiedError } from '../dial/classified-error.ts';
import { type Endpoint, type HostName, parseHostName } from '../dial/endpoint.ts';
import type { ConnectionOpener } from '../pool/pool-ports.ts';
import { EarlierRuns } from './earlier-runs.ts';
import { type HostOutlook, type HostWork, lookAt } from './host-outlook.ts';
import { parseIpListInTurns } from './ip-list.ts';
import { canonicalJob, hostsOf } from './job-input.ts';
import { runsToForget } from './kept-runs.ts';
import { planWarmUp } from './warm-up-plan.ts';
import { WarmUpRunner, type WarmUpRunnerOptions } from './warm-up-runner.ts';

export interface WarmUpParts {
  readonly opener: ConnectionOpener;
  readonly events: EventSink;
  readonly clock: Clock;
  /** Of this moment. */
  readonly settings: () => WarmUpSettings;
  /** Share of ready among the done, under which it is told; 0: never. Of this moment. */
  readonly alertUnder: () => number;
}

/** How the latest run for a host goes, without what is dear to tell. */
export interface LatestWarmUp {
  readonly host: string;
  readonly runId: number;
  readonly done: number;
  readonly ready: number;
  /** Epoch; null while it goes on. */
  readonly endedAtMs: number | null;
  /** The class of failure that is most frequent. */
  readonly failure: Pick<WarmUpRun['errors'][number], 'count' | 'example'> | null;
}

export interface WarmUpObserver {
  /** A run is new, different or forgotten; with it one of its cells, or none (null). Cheap: called for each result. */
  changed(runId: number, cellIndex: number | null): void;
}

export class WarmUp {
  readonly #options: WarmUpParts;
  /** In the order of their start. */
  readonly #runs = new Map<number, WarmUpRunner>();
  /** Of earlier starts. */
  readonly #earlier = new EarlierRuns();
  readonly #observers = new Set<WarmUpObserver>();
  #lastId = 0;
  #closed = false;

  constructor(options: WarmUpParts) {
    this.#options = options;
  }

  /** Reads a pasted or imported text; faults are told line by line, and the good IPs are given all the same. */
  parseIps(text: string): Promise<IpList> {
    return parseIpListInTurns(text, (ip) => this.#options.opener.forbidsEverywhere(ip));
  }

  /**
   * What the job would do now.
   * @throws ContractError `invalid-input` when a host or an IP cannot be read.
   * @throws ClassifiedError of class `dns` when none of the hosts has an address.
   */
  async plan(input: WarmUpJob, signal?: AbortSignal): Promise<WarmUpPlan> {
    const job = canonicalJob(input);
    const { opener } = this.#options;
    const outlooks = await Promise.all(hostsOf(job).map((host) => lookAt(opener, job, { host, only: null }, signal)));
    const errors = outlooks.flatMap(({ plan }) => plan.error ?? []);
    const [first] = errors;
    if (first && errors.length === outlooks.length) {
      throw new ClassifiedError(first.class, 'NO_ADDRESS', first.message);
    }
    const isComing = this.#coming();
    return this.#plan(
      outlooks.map(({ plan: ofHost, ...outlook }) => ({
        ...outlook,
        plan: { ...ofHost, comingIps: outlook.endpoints.filter(isComing).length },
      })),
    );
  }

  /**
   * Starts at once and answers with the run's id. What goes wrong afterwards, a name that does not resolve included, is
   * told by the run.
   * @throws ContractError `invalid-input` when a host or an IP cannot be read, `closed` after `close`.
   */
  start(input: WarmUpJob, cause: WarmUpCause = 'asked'): number {
    const job = canonicalJob(input);
    const work = hostsOf(job).map((host) => ({ host, only: null }));
    return this.#start({ job, work, cause, retryOf: null });
  }

  /**
   * A new run for what failed in a finished one, so that the report of the first stays what it was: the same IPs, one
   * connection for each that failed; a host that could not be resolved is planned anew. `rest`: also what was cancelled.
   * @throws ContractError `not-found`, `conflict` while it goes on or when nothing failed, `closed`.
   */
  retryFailed(runId: number, rest = false): number {
    const before = this.#runs.get(runId) ?? this.#earlier.run(runId);
    if (!before) {
      throw new ContractError('not-found', phrase('refused.no-run', { id: runId }));
    }
    if (!(before instanceof WarmUpRunner)) {
      return this.#retryEarlier(before, rest);
    }
    if (!before.tally.finished) {
      throw new ContractError('conflict', phrase('refused.run-goes-on'));
    }
    const failed = Map.groupBy(before.tally.leftEndpoints(rest), ({ host }) => host.name);
    const work = before.tally.hosts.flatMap(({ host, plan }): HostWork[] => {
      const only = failed.get(host.name) ?? null;
      // One that was cancelled before its name was resolved has no plan.
      return only || plan?.error || (rest && !plan) ? [{ host, only }] : [];
    });
    return this.#retry(runId, before.job, work);
  }

  /** Begins no more dials; those in flight end. False when there is no such run, or it does not go on. */
  pause(runId: number): boolean {
    return this.#runs.get(runId)?.pause() ?? false;
  }

  /** False when there is no such run, or it is not paused. */
  resume(runId: number): boolean {
    return this.#runs.get(runId)?.resume() ?? false;
  }

  /** Stops dialing; connections that are already warm stay. False when there is no such run, or it has ended. */
  cancel(runId: number): boolean {
    return this.#runs.get(runId)?.cancel() ?? false;
  }

  /** Oldest first: those that still run, and of the others as many as are kept. */
  runs(): WarmUpRun[] {
    return [...this.#earlier.runs(), ...Array.from(this.#runs.values(), (runner) => runner.tally.toRun())];
  }

  /**
   * Of each host the latest of the runs that are remembered and were not cancelled. One that ended without having dialled
   * the host says nothing of it: what the run before it showed still stands.
   */
  latest(): LatestWarmUp[] {
    const latest = new Map<string, LatestWarmUp>();
    for (const [runId, { tally }] of this.#runs) {
      const { outcome, endedAtMs } = tally;
      for (const lane of outcome === 'cancelled' ? [] : tally.hosts) {
        const host = lane.host.name;
        const { done, ready, failure } = lane;
        if (endedAtMs === null || done > 0 || !latest.has(host)) {
          latest.set(host, { host, runId, done, ready, endedAtMs, failure });
        }
      }
    }
    return [...latest.values()];
  }

  /** How far those that go on have come. */
  underWay(): WarmUpProgress[] {
    const running = this.#runs.values().filter(({ tally }) => !tally.finished);
    return [...running].flatMap(({ tally }) => progressOf(tally.toRun()) ?? []);
  }

  run(runId: number): WarmUpRun | undefined {
    return this.#runs.get(runId)?.tally.toRun() ?? this.#earlier.run(runId);
  }

  /** Of all that are remembered, oldest first. */
  ids(): number[] {
    return [...this.#earlier.runs().map(({ id }) => id), ...this.#runs.keys()];
  }

  /** By index; empty when there is no such run. A cell is replaced, never changed. */
  cells(runId: number): readonly WarmUpCell[] {
    return this.#runs.get(runId)?.tally.cells() ?? this.#earlier.cells(runId);
  }

  /** Of a cell of a run of this start; null until it has a result that stays. */
  result(runId: number, cellIndex: number): RememberedCell | null {
    const tally = this.#runs.get(runId)?.tally;
    const cell = tally?.cells()[cellIndex];
    const port = tally?.endpoint(cellIndex)?.port;
    const isOpen = cell?.state === 'waiting' || cell?.state === 'dialing';
    return !cell || isOpen || port === undefined ? null : { ...cell, port };
  }

  /** Runs of earlier starts, oldest first, before the first of this one: they are remembered like its own, and ids go on. */
  recall(runs: readonly RememberedWarmUp[]): void {
    for (const remembered of runs) {
      this.#earlier.add(remembered);
      this.#lastId = Math.max(this.#lastId, remembered.run.id);
      this.#changed(remembered.run.id, null);
    }
    this.#forgetOldest();
  }

  /** What came of their connections. False when there is no such run any more. */
  recallCells(runId: number, cells: readonly RememberedCell[]): boolean {
    const isThere = this.#earlier.addCells(runId, cells);
    for (const { index } of isThere ? cells : []) {
      this.#changed(runId, index);
    }
    return isThere;
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

  #retryEarlier({ id, job, hosts }: WarmUpRun, rest: boolean): number {
    const failed = this.#earlier.leftEndpoints(id, rest);
    const work = hosts.flatMap(({ host, error, total }): HostWork[] => {
      const only = failed.get(host) ?? null;
      // One that could not be planned is planned anew; the IPs that somebody named for it are not remembered.
      const isUnplanned = error !== null && total === 0 && job.ips === null;
      return only || isUnplanned ? [{ host: parseHostName(host), only }] : [];
    });
    return this.#retry(id, { ...job, ips: null }, work);
  }

  #retry(retryOf: number, before: WarmUpJob, work: readonly HostWork[]): number {
    if (work.length === 0) {
      throw new ContractError('conflict', phrase('refused.nothing-failed'));
    }
    const job = { ...before, hosts: work.map(({ host }) => host.name) };
    return this.#start({ job, work, cause: 'asked', retryOf });
  }

  #start(order: Pick<WarmUpRunnerOptions, 'job' | 'work' | 'cause' | 'retryOf'>): number {
    if (this.#closed) {
      throw new ContractError('closed', phrase('refused.warm-up-closed'));
    }
    this.#lastId += 1;
    const id = this.#lastId;
    const runner = new WarmUpRunner({
      ...this.#options,
      ...order,
      id,
      plan: (outlooks) => this.#plan(outlooks),
      changed: (cellIndex) => this.#changed(id, cellIndex),
    });
    this.#runs.set(id, runner);
    this.#forgetOldest();
    this.#changed(id, null);
    void runner.begin();
    void runner.finished.then(() => this.#forgetOldest());
    return id;
  }

  #plan(outlooks: readonly HostOutlook[]): WarmUpPlan {
    return planWarmUp(outlooks.map(({ plan, host }) => ({ plan, limits: this.#limits(host) })));
  }

  /** The pool counts what is dialled; what other runs still hold back would be given away twice. */
  #limits(host: HostName): ConnectionLimit[] {
    return this.#options.opener.limits(host).map((limit) => {
      const promised = this.#promised(limit.key === 'max_conns_per_host' ? host : null);
      return { ...limit, inUse: limit.inUse + promised };
    });
  }

  /** Connections that running jobs have not dialled yet: to one host, or to all (null). */
  #promised(host: HostName | null): number {
    let promised = 0;
    for (const { tally } of this.#runs.values()) {
      for (const lane of tally.finished ? [] : tally.hosts) {
        promised += host === null || lane.host.name === host.name ? lane.waiting : 0;
      }
    }
    return promised;
  }

  /** Whether an address has no healthy connection yet, and a run under way has one to it still to make. */
  #coming(): (endpoint: Endpoint) => boolean {
    const keyOf = ({ host, ip, port }: Endpoint): string => `${host.name} ${ip} ${port}`;
    const running = [...this.#runs.values()].filter(({ tally }) => !tally.finished);
    const coming = new Set(running.flatMap(({ tally }) => tally.openEndpoints().map(keyOf)));
    return (endpoint) => coming.has(keyOf(endpoint)) && !this.#options.opener.isWarm(endpoint);
  }

  #changed(runId: number, cellIndex: number | null): void {
    for (const observer of this.#observers) {
      observer.changed(runId, cellIndex);
    }
  }

  #forgetOldest(): void {
    const earlier = this.#earlier.runs().map(({ id, cause, total }) => ({ id, cause, finished: true, cells: total }));
    const own = Array.from(this.#runs, ([id, { cause, tally }]) => ({
      id,
      cause,
      finished: tally.finished,
      cells: tally.total,
    }));
    for (const id of runsToForget([...earlier, ...own])) {
      this.#earlier.delete(id);
      this.#runs.delete(id);
      this.#changed(id, null);
    }
  }
}
