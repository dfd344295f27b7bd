/** Carries one warm-up out: plans its hosts, dials up to its concurrency, rests, tries again, pauses, ends. */
import type { Clock, Timer } from '../base/clock.ts';
import type { EventSink } from '../base/event-bus.ts';
import type { WarmUpSettings } from '../config/settings.ts';
import { defaultWarmUpConcurrency, type WarmUpJob } from '../contract/warm-up-job.ts';
import type { WarmUpPlan } from '../contract/warm-up-plan.ts';
import type { WarmUpCause, WarmUpRun } from '../contract/warm-up-run.ts';
import { ClassifiedError } from '../dial/classified-error.ts';
import type { Endpoint } from '../dial/endpoint.ts';
import { TokenBucket } from '../dial/token-bucket.ts';
import type { ConnectionOpener } from '../pool/pool-ports.ts';
import { type Attempt, AttemptLanes } from './attempt-lanes.ts';
import { type HostOutlook, type HostWork, hopeless, lookAt } from './host-outlook.ts';
import { OtherAddresses } from './other-address.ts';
import { outcomeOf } from './run-outcome.ts';
import { planWarmUp, spreadOver } from './warm-up-plan.ts';
import { reportClipped, reportEnd, reportForbidden, reportStart, WarmUpReporter } from './warm-up-report.ts';
import { blamedError, classified, concernsIp, isOnTrial, isWorthRetrying, retryDelayMs } from './warm-up-retry.ts';
import { WarmUpTally } from './warm-up-tally.ts';

export interface WarmUpRunnerOptions {
  readonly id: number;
  readonly job: WarmUpJob;
  readonly work: readonly HostWork[];
  readonly cause: WarmUpCause;
  /** The run whose failures this one tries again. */
  readonly retryOf: number | null;
  readonly opener: ConnectionOpener;
  readonly events: EventSink;
  readonly clock: Clock;
  readonly settings: () => WarmUpSettings;
  /** As of {@link WarmUpParts}. */
  readonly alertUnder: () => number;
  /** What fits the limits at this moment. */
  readonly plan: (outlooks: readonly HostOutlook[]) => WarmUpPlan;
  /** Index of a changed cell, null when only the run itself changed. */
  readonly changed: (cellIndex: number | null) => void;
}

/** Hosts are planned together, so that each gets its share; one whose name resolves later is planned when it does. */
const patienceForNamesMs = 1_000;
/** Attempts that are begun in one turn of the event loop: the first thousand of a run at once would hold all else up. */
const mostBegunAtOnce = 50;

export class WarmUpRunner {
  readonly #options: WarmUpRunnerOptions;
  readonly #tally: WarmUpTally;
  readonly #reporter: WarmUpReporter;
  readonly #lanes: AttemptLanes;
  readonly #abort = new AbortController();
  readonly #finished = Promise.withResolvers<WarmUpRun>();
  readonly #timers = new Set<Timer>();
  readonly #concurrency: number;
  /** Of one host, where nobody has said how many. */
  readonly #perHost: number;
  /** The job's pace. */
  readonly #bucket: TokenBucket;
  /** By the index of the host, where its retries may go to another IP. */
  readonly #others = new Map<number, OtherAddresses>();
  /** Hosts that have been looked at and not planned, with their index. */
  #lookedAt: { readonly index: number; readonly outlook: HostOutlook }[] = [];
  #unplanned: number;
  #paused = false;
  #resting = false;
  /** The next second's dials are awaited. */
  #paced = false;
  /** It goes on in the next turn. */
  #goesOn = false;
  #sinceRest = 0;

  constructor(options: WarmUpRunnerOptions) {
    const { id, job, work, cause, retryOf, clock, opener, events, alertUnder } = options;
    this.#options = options;
    this.#reporter = new WarmUpReporter(events, alertUnder);
    this.#lanes = new AttemptLanes(work.length);
    this.#unplanned = work.length;
    this.#perHost = job.concurrency ?? defaultWarmUpConcurrency;
    this.#concurrency = job.concurrency ?? defaultWarmUpConcurrency * work.length;
    this.#bucket = new TokenBucket(job.dialsPerSecond ?? 0, clock.monotonicMs());
    this.#tally = new WarmUpTally({
      id,
      job,
      cause,
      retryOf,
      hosts: work.map(({ host }) => host),
      concurrency: this.#concurrency,
      perHost: this.#perHost,
      clock,
      opener,
      cellChanged: (index) => options.changed(index),
    });
  }

  get tally(): WarmUpTally {
    return this.#tally;
  }

  get job(): WarmUpJob {
    return this.#options.job;
  }

  get cause(): WarmUpCause {
    return this.#options.cause;
  }

  /** Resolves with the last picture; never rejects. */
  get finished(): Promise<WarmUpRun> {
    return this.#finished.promise;
  }

  async begin(): Promise<void> {
    const { opener, job, work } = this.#options;
    const { signal } = this.#abort;
    let together = work.length;
    const patience = this.#after(patienceForNamesMs, () => {
      together = 0;
      this.#planLookedAt();
    });
    await Promise.allSettled(
      work.map(async (one, index) => {
        const outlook = await lookAt(opener, job, one, signal);
        this.#lookedAt.push({ index, outlook });
        together -= 1;
        if (together <= 0) {
          this.#planLookedAt();
        }
      }),
    );
    this.#end(patience);
    this.#pump();
  }

  /** Begins no more dials; those in flight end. False when it is paused or has ended already. */
  pause(): boolean {
    if (this.#tally.finished || this.#paused || this.#abort.signal.aborted) {
      return false;
    }
    this.#paused = true;
    this.#tally.pause();
    this.#tell('paused');
    // Nothing may be left to dial: then it is over.
    this.#pump();
    return true;
  }

  /** False when it is not paused. */
  resume(): boolean {
    if (!this.#paused || this.#tally.finished) {
      return false;
    }
    this.#paused = false;
    this.#tally.resume();
    this.#tell('resumed');
    this.#pump();
    return true;
  }

  /** What waits is dropped, what dials is aborted, what is ready stays. False when it has ended already. */
  cancel(): boolean {
    if (this.#tally.finished || this.#abort.signal.aborted) {
      return false;
    }
    for (const timer of this.#timers) {
      timer.cancel();
    }
    this.#timers.clear();
    this.#lanes.clear();
    this.#lookedAt = [];
    this.#unplanned = 0;
    this.#tally.cancelWaiting();
    this.#abort.abort(new ClassifiedError('aborted', 'CANCELLED', 'the warm-up was cancelled'));
    this.#pump();
    return true;
  }

  #planLookedAt(): void {
    const { events, job, work } = this.#options;
    let lookedAt = this.#lookedAt.sort((one, other) => one.index - other.index);
    if (lookedAt.length === 0 || this.#abort.signal.aborted) {
      return;
    }
    this.#lookedAt = [];
    this.#unplanned -= lookedAt.length;
    let planned: WarmUpPlan;
    try {
      planned = this.#options.plan(lookedAt.map(({ outlook }) => outlook));
    } catch (error) {
      // What cannot be planned is told like a host without an address, and the run ends.
      lookedAt = lookedAt.map(({ index, outlook: { host, plan } }) => ({
        index,
        outlook: hopeless(host, plan.wanted, error),
      }));
      planned = planWarmUp(lookedAt.map(({ outlook }) => ({ plan: outlook.plan, limits: [] })));
    }
    for (const [position, { index, outlook }] of lookedAt.entries()) {
      const hostPlan = planned.hosts[position];
      if (hostPlan) {
        const dealt = spreadOver(outlook.endpoints, hostPlan.fits);
        const first = this.#tally.planned(index, hostPlan, dealt);
        if (job.connections !== 'all-ips' && work[index]?.only === null) {
          this.#others.set(index, new OtherAddresses(outlook.endpoints, dealt));
        }
        for (const [offset, endpoint] of dealt.entries()) {
          this.#lanes.add({ index: first + offset, lane: index, endpoint, retriesLeft: job.retries, lastError: null });
        }
        reportForbidden(events, this.#options.id, hostPlan);
      }
    }
    reportClipped(events, this.#options.id, planned);
    reportStart(events, this.#tally.toRun(), planned);
    this.#options.changed(null);
    this.#pump();
  }

  /** Starts what may start now; ends the run when nothing is left. */
  #pump(): void {
    for (let begun = 0; this.#mayBegin; begun += 1) {
      if (begun === mostBegunAtOnce) {
        this.#goOnSoon();
        break;
      }
      const mayDial = (lane: number): boolean => (this.#tally.hosts[lane]?.dialing ?? 0) < this.#perHost;
      if (!this.#lanes.has(mayDial) || !this.#isDue()) {
        break;
      }
      const attempt = this.#lanes.take(mayDial);
      if (!attempt) {
        break;
      }
      void this.#dial(attempt);
      this.#restIfDue();
    }
    if (this.#unplanned === 0 && this.#tally.dialing === 0 && this.#tally.waiting === 0 && !this.#tally.finished) {
      this.#finish();
    }
  }

  get #mayBegin(): boolean {
    return !this.#paused && !this.#resting && !this.#paced && !this.#goesOn && this.#tally.dialing < this.#concurrency;
  }

  #goOnSoon(): void {
    this.#goesOn = true;
    this.#after(0, () => {
      this.#goesOn = false;
      this.#pump();
    });
  }

  /** The pace of the job lets one begin now; where it does not, it goes on when it does. */
  #isDue(): boolean {
    const waitMs = this.#bucket.take(this.#options.clock.monotonicMs());
    if (waitMs > 0) {
      this.#paced = true;
      this.#after(waitMs, () => {
        this.#paced = false;
        this.#pump();
      });
    }
    return waitMs === 0;
  }

  /** The reference's pause: so long after so many dials, whatever their outcome. */
  #restIfDue(): void {
    const { restMs, restEvery } = this.#options.settings();
    this.#sinceRest += 1;
    if (restMs > 0 && this.#sinceRest >= restEvery) {
      this.#sinceRest = 0;
      this.#resting = true;
      this.#after(restMs, () => {
        this.#resting = false;
        this.#pump();
      });
    }
  }

  async #dial(attempt: Attempt): Promise<void> {
    const { opener, job, retryOf } = this.#options;
    const { index, endpoint } = attempt;
    this.#tally.dialStarted(index);
    try {
      const opened = await opener.open(endpoint, {
        timeoutMs: job.timeoutMs,
        priority: 'warm-up',
        signal: this.#abort.signal,
        own: job.ips === null,
        probesEjected: retryOf !== null && (attempt.lastError === null || isOnTrial(attempt.lastError)),
      });
      this.#tally.succeeded(index, opened);
      this.#progressed();
    } catch (error) {
      this.#failed(attempt, classified(error));
    }
    this.#pump();
  }

  #failed(attempt: Attempt, error: ClassifiedError): void {
    const { events, opener, job } = this.#options;
    const { index, endpoint } = attempt;
    if (this.#abort.signal.aborted) {
      this.#tally.cancelledWhileDialing(index);
      return;
    }
    const next = attempt.retriesLeft > 0 ? this.#nextEndpoint(attempt, error) : null;
    if (next) {
      const isElsewhere = next !== endpoint;
      attempt.retriesLeft -= 1;
      attempt.lastError = error;
      attempt.endpoint = next;
      this.#tally.retryLater(index, error, next);
      this.#after(retryDelayMs(error, isElsewhere), () => {
        this.#lanes.again(attempt);
        this.#pump();
      });
      return;
    }
    const { cause, notAgain } = blamedError(error, attempt.lastError, opener.forbids(endpoint, job.ips === null));
    this.#tally.gaveUp(index, cause, notAgain);
    events.emit('debug', 'warm-up.failed', endpoint.ip, {
      runId: this.#options.id,
      host: endpoint.host.name,
      ip: endpoint.ip,
      class: cause.errorClass,
      code: cause.code,
      message: notAgain === null ? cause.message : `${cause.message}; not tried again: ${notAgain}`,
    });
    this.#progressed();
  }

  /** Where it is worth another attempt; null: nowhere. */
  #nextEndpoint({ lane, endpoint }: Attempt, error: ClassifiedError): Endpoint | null {
    const { opener, job } = this.#options;
    const others = concernsIp(error) ? this.#others.get(lane) : undefined;
    const next = others?.after(endpoint, (other) => opener.forbids(other, job.ips === null) === null) ?? endpoint;
    return next !== endpoint || isWorthRetrying(error, job.timeoutMs) ? next : null;
  }

  #progressed(): void {
    this.#reporter.progressed(this.#tally, () => this.#tally.toRun());
  }

  #tell(what: 'paused' | 'resumed'): void {
    const { events, id } = this.#options;
    const { done, total, hosts } = this.#tally;
    const names = hosts.map(({ host }) => host.name).join(', ');
    events.emit('info', `warm-up.${what}`, names, { runId: id, done, total });
    this.#options.changed(null);
  }

  #finish(): void {
    this.#tally.finish(this.#abort.signal.aborted ? 'cancelled' : outcomeOf(this.#tally));
    const run = this.#tally.toRun();
    this.#reporter.ended(run, () => run);
    reportEnd(this.#options.events, run);
    this.#options.changed(null);
    this.#finished.resolve(run);
  }

  /** A timer that {@link cancel} ends. */
  #after(delayMs: number, callback: () => void): Timer {
    const timer = this.#options.clock.after(delayMs, () => {
      this.#timers.delete(timer);
      callback();
    });
    this.#timers.add(timer);
    return timer;
  }

  #end(timer: Timer): void {
    timer.cancel();
    this.#timers.delete(timer);
  }
}
