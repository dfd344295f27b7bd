/** What is known of one run: its cells, its counts, its times, its errors, and the contract's picture of them. */
import type { Clock } from '../base/clock.ts';
import type { WarmUpJob } from '../contract/warm-up-job.ts';
import type { ConnectionLimit, WarmUpHostPlan } from '../contract/warm-up-plan.ts';
import {
  type LostList,
  mostLostTold,
  successOf,
  type WarmUpCause,
  type WarmUpCell,
  type WarmUpRun,
  waitingCell,
} from '../contract/warm-up-run.ts';
import type { ClassifiedError } from '../dial/classified-error.ts';
import type { Endpoint, HostName } from '../dial/endpoint.ts';
import type { ConnectionOpener, OpenedConnection } from '../pool/pool-ports.ts';
import { ErrorGroups } from './error-groups.ts';
import { HostTally } from './host-tally.ts';
import { isLeft } from './left-cells.ts';
import { PartTimes } from './part-times.ts';
import { TimeLeft } from './time-left.ts';
import { deviationOf } from './usual-comparison.ts';
import { WarmUpPace } from './warm-up-pace.ts';
import { retryPauseMs } from './warm-up-retry.ts';

export interface WarmUpTallyOptions {
  readonly id: number;
  readonly job: WarmUpJob;
  readonly cause: WarmUpCause;
  readonly retryOf: number | null;
  readonly hosts: readonly HostName[];
  readonly concurrency: number;
  /** Dials in flight to one host. */
  readonly perHost: number;
  readonly clock: Clock;
  readonly opener: Pick<ConnectionOpener, 'healthyTo' | 'lostAt' | 'usual' | 'paceConcurrency'>;
  readonly cellChanged: (index: number) => void;
}

/** How old a running job's count of healthy connections may be: it looks at each that is ready. */
const recountMs = 1_000;

interface Counted {
  readonly atMs: number;
  readonly byHost: readonly { readonly ready: number; readonly healthy: number }[];
  readonly lost: LostList;
}

export class WarmUpTally {
  readonly #options: WarmUpTallyOptions;
  readonly #startedAtMs: number;
  readonly #pace: WarmUpPace;
  readonly #timeLeft: TimeLeft;
  readonly #times = new PartTimes();
  readonly #errors = new ErrorGroups();
  readonly hosts: readonly HostTally[];
  readonly #cells: WarmUpCell[] = [];
  readonly #endpoints: Endpoint[] = [];
  #report: WarmUpRun['report'] = null;
  #outcome: WarmUpRun['outcome'] = null;
  #endedAtMs: number | null = null;
  #paused = false;
  #ready = 0;
  #failed = 0;
  #cancelled = 0;
  #dialing = 0;
  /** Have failed, and have no result yet. */
  #retrying = 0;
  /** The last count while it ran. */
  #counted: Counted | null = null;

  constructor(options: WarmUpTallyOptions) {
    this.#options = options;
    this.#startedAtMs = options.clock.epochMs();
    this.#pace = new WarmUpPace(options.clock);
    const { clock, concurrency, perHost, job } = options;
    const { timeoutMs, retries, dialsPerSecond: perSecond } = job;
    const places = { concurrency, perHost, perSecond };
    this.#timeLeft = new TimeLeft({ clock, timeoutMs, retries, retryDelayMs: retryPauseMs, ...places });
    this.hosts = options.hosts.map((host) => new HostTally(host));
  }

  get total(): number {
    return this.#cells.length;
  }

  get done(): number {
    return this.#ready + this.#failed;
  }

  get ready(): number {
    return this.#ready;
  }

  get failed(): number {
    return this.#failed;
  }

  get dialing(): number {
    return this.#dialing;
  }

  /** Places in the pool that this run has been given and has not dialled yet. */
  get waiting(): number {
    return this.total - this.done - this.#cancelled - this.#dialing;
  }

  get finished(): boolean {
    return this.#outcome !== null;
  }

  /** null until it has ended. */
  get outcome(): WarmUpRun['outcome'] {
    return this.#outcome;
  }

  /** Epoch; null until it has ended. */
  get endedAtMs(): number | null {
    return this.#endedAtMs;
  }

  get activeMs(): number {
    return this.#pace.activeMs;
  }

  cells(): readonly WarmUpCell[] {
    return this.#cells;
  }

  /** undefined when there is no such cell. */
  endpoint(index: number): Endpoint | undefined {
    return this.#endpoints[index];
  }

  /** Of the connections that failed for good, in the order of the cells; `rest`: and of those that were cancelled. */
  leftEndpoints(rest: boolean): readonly Endpoint[] {
    return this.#cells.flatMap(({ index, state }) => (isLeft(state, rest) ? (this.#endpoints[index] ?? []) : []));
  }

  /** Of the connections that have no result yet. */
  openEndpoints(): readonly Endpoint[] {
    return this.#cells.flatMap(({ index, state }) =>
      state === 'waiting' || state === 'dialing' ? (this.#endpoints[index] ?? []) : [],
    );
  }

  /** One of the hosts has been planned: a cell for each of its connections. Returns the index of the first. */
  planned(host: number, plan: WarmUpHostPlan, endpoints: readonly Endpoint[]): number {
    const first = this.#cells.length;
    const tally = this.#host(host);
    tally.planned(plan, this.#options.opener.usual(tally.host));
    if (plan.error) {
      this.#errors.add(plan.error.class, plan.error.message);
    }
    this.#timeLeft.planned(host, endpoints.length);
    for (const endpoint of endpoints) {
      const index = this.#cells.length;
      this.#endpoints.push(endpoint);
      this.#cells.push(waitingCell({ index, host, ip: endpoint.ip }));
      this.#options.cellChanged(index);
    }
    return first;
  }

  dialStarted(index: number): void {
    this.#dialing += 1;
    this.#hostOf(index).dialing += 1;
    const attempts = (this.#cells[index]?.attempts ?? 0) + 1;
    this.#timeLeft.started(index, this.#cells[index]?.host ?? 0, attempts);
    this.#setCell(index, { state: 'dialing', attempts });
  }

  /** Failed, and will be tried again at `next`: it waits with its last error. */
  retryLater(index: number, { errorClass, message }: ClassifiedError, next: Endpoint): void {
    this.#dialEnded(index, 'again');
    this.#retrying += this.#isRetry(index) ? 0 : 1;
    this.#endpoints[index] = next;
    this.#setCell(index, { ip: next.ip, state: 'waiting', error: errorClass, message });
  }

  succeeded(index: number, opened: OpenedConnection): void {
    this.#dialEnded(index, 'good');
    this.#retrying -= this.#isRetry(index) ? 1 : 0;
    this.#ready += 1;
    const endpoint = this.#endpoints[index];
    if (endpoint) {
      this.#hostOf(index).succeeded(endpoint, opened);
    }
    this.#times.record(opened);
    this.#pace.record();
    const { tcpMs, tlsMs, firstByteMs } = opened;
    const connectionId = opened.id;
    this.#setCell(index, { state: 'ready', error: null, message: null, tcpMs, tlsMs, firstByteMs, connectionId });
  }

  /** `notAgain`: the rule that has kept it from its retry; null: none was left. */
  gaveUp(index: number, error: ClassifiedError, notAgain: string | null): void {
    const { errorClass, message } = error;
    this.#dialEnded(index, 'failed');
    this.#retrying -= this.#isRetry(index) ? 1 : 0;
    this.#failed += 1;
    this.#hostOf(index).failed(error);
    this.#errors.add(errorClass, message);
    this.#pace.record();
    this.#setCell(index, { state: 'failed', error: errorClass, message, notAgain });
  }

  cancelledWhileDialing(index: number): void {
    this.#dialEnded(index, 'cancelled');
    this.#cancel(index);
  }

  /** Everything that waits will not be dialled. */
  cancelWaiting(): void {
    for (const { index, state } of this.#cells) {
      if (state === 'waiting') {
        this.#cancel(index);
      }
    }
  }

  pause(): void {
    this.#paused = true;
    this.#pace.pause();
  }

  resume(): void {
    this.#paused = false;
    this.#pace.resume();
  }

  finish(outcome: NonNullable<WarmUpRun['outcome']>): void {
    this.#outcome = outcome;
    this.#endedAtMs = this.#options.clock.epochMs();
    this.#pace.end();
    const counted = this.#count();
    const healthy = this.#healthyByHost(counted).reduce((total, count) => total + count, 0);
    this.#report = {
      healthy,
      unhealthy: this.#ready - healthy,
      lost: counted.lost,
      errors: this.#errors.toGroups(),
      responseMs: this.#times.meanResponseMs,
      baselineMs: this.#usualResponseMs(),
      deviation: this.#deviation(),
      elapsedMs: this.activeMs,
    };
  }

  toRun(): WarmUpRun {
    const { id, job, cause, retryOf, concurrency, opener } = this.#options;
    const done = this.done;
    const counted = this.#count();
    const healthy = this.#healthyByHost(counted);
    const healthyNow = healthy.reduce((total, count) => total + count, 0);
    return {
      id,
      job: { ...job, ips: job.ips?.length ?? null },
      cause,
      retryOf,
      state: this.finished ? 'finished' : this.#paused ? 'paused' : 'running',
      outcome: this.#outcome,
      startedAtMs: this.#startedAtMs,
      endedAtMs: this.#endedAtMs,
      activeMs: this.activeMs,
      total: this.total,
      wanted: this.hosts.reduce((wanted, { plan }) => wanted + (plan?.wanted ?? 0), 0),
      clippedBy: this.#clippedBy(),
      done,
      ready: this.#ready,
      failed: this.#failed,
      cancelled: this.#cancelled,
      dialing: this.#dialing,
      retrying: this.#retrying,
      healthyNow,
      lost: counted.lost,
      concurrency,
      paceConcurrency: opener.paceConcurrency,
      successRate: successOf({ ready: this.#ready, done, retrying: this.#retrying }),
      ratePerSecond: this.#pace.ratePerSecond(),
      ...this.#etas(),
      ...this.#times.toParts(),
      errors: this.#errors.toGroups(),
      hosts: this.hosts.map((host, index) => host.toRun(healthy[index] ?? 0)),
      report: this.#report,
    };
  }

  #clippedBy(): ConnectionLimit | null {
    return this.hosts.find(({ plan }) => plan?.clippedBy)?.plan?.clippedBy ?? null;
  }

  /** Of this moment once it has ended; while it runs, of the last second at the earliest. */
  #count(): Counted {
    const { opener, clock } = this.#options;
    const nowMs = clock.monotonicMs();
    const last = this.finished ? null : this.#counted;
    if (last && nowMs - last.atMs < recountMs) {
      return last;
    }
    const byHost = this.hosts.map((host) => ({
      ready: host.ready,
      healthy: host.healthyNow((endpoint) => opener.healthyTo(endpoint)),
    }));
    const healthy = byHost.reduce((total, each) => total + each.healthy, 0);
    this.#counted = { atMs: nowMs, byHost, lost: this.#lost(healthy) };
    return this.#counted;
  }

  /** With what has become ready since it was counted. */
  #healthyByHost({ byHost }: Counted): number[] {
    return this.hosts.map(({ ready }, index) => ready + (byHost[index]?.healthy ?? 0) - (byHost[index]?.ready ?? 0));
  }

  /** Which of the ready ones are not healthy at this moment. */
  #lost(healthy: number): LostList {
    if (healthy >= this.#ready) {
      return { count: 0, examples: [] };
    }
    const { opener } = this.#options;
    const byHost = this.hosts.map((host) =>
      host.lost(
        (endpoint) => opener.healthyTo(endpoint),
        (endpoint) => opener.lostAt(endpoint),
        mostLostTold,
      ),
    );
    return {
      count: byHost.reduce((total, { count }) => total + count, 0),
      examples: byHost
        .flatMap(({ examples }) => examples)
        .sort((one, other) => other.connections - one.connections)
        .slice(0, mostLostTold),
    };
  }

  /** Over the connections that could be compared; null while none could, or too few. */
  #usualResponseMs(): number | null {
    const compared = this.hosts.reduce((total, { comparison }) => total + comparison.compared, 0);
    const usualMs = this.hosts.reduce((total, { comparison }) => total + comparison.usualMs, 0);
    return this.#deviation() === null ? null : usualMs / compared;
  }

  #deviation(): number | null {
    return deviationOf(
      this.hosts.map(({ comparison }) => comparison),
      this.#ready,
    );
  }

  /** The estimate is never more than it can take, and neither is told while nothing goes on. */
  #etas(): Pick<WarmUpRun, 'etaMs' | 'etaAtMostMs'> {
    if (this.finished) {
      return { etaMs: 0, etaAtMostMs: 0 };
    }
    if (this.#paused) {
      return { etaMs: null, etaAtMostMs: null };
    }
    const etaAtMostMs = this.total === 0 ? null : this.#timeLeft.atMostMs(this.#options.opener.paceConcurrency);
    const estimateMs = this.#timeLeft.estimateMs();
    return { etaMs: estimateMs && Math.min(estimateMs, etaAtMostMs ?? estimateMs), etaAtMostMs };
  }

  #dialEnded(index: number, outcome: Parameters<TimeLeft['ended']>[1]): void {
    this.#timeLeft.ended(index, outcome);
    this.#dialing -= 1;
    this.#hostOf(index).dialing -= 1;
  }

  #cancel(index: number): void {
    this.#retrying -= this.#isRetry(index) ? 1 : 0;
    this.#cancelled += 1;
    this.#hostOf(index).cancelled();
    this.#setCell(index, { state: 'cancelled' });
  }

  /** It has failed before. */
  #isRetry(index: number): boolean {
    return (this.#cells[index]?.error ?? null) !== null;
  }

  #hostOf(index: number): HostTally {
    return this.#host(this.#cells[index]?.host ?? 0);
  }

  #host(index: number): HostTally {
    const host = this.hosts[index];
    if (!host) {
      throw new RangeError(`a warm-up has no host number ${index}`);
    }
    return host;
  }

  #setCell(index: number, change: Partial<WarmUpCell>): void {
    const cell = this.#cells[index];
    if (cell) {
      this.#cells[index] = { ...cell, ...change };
      this.#options.cellChanged(index);
    }
  }
}
