/** Carries one warm-up out: dials up to its concurrency, tries again, ends. */
import type { Clock, Timer } from '../base/clock.ts';
import type { EventSink } from '../base/event-bus.ts';
import type { WarmUpJob, WarmUpPlan, WarmUpRun } from '../contract/warm-up.ts';
import { ClassifiedError } from '../dial/classified-error.ts';
import type { Endpoint, HostName } from '../dial/endpoint.ts';
import type { ConnectionOpener } from '../pool/pool-ports.ts';
import { spreadOver } from './warm-up-plan.ts';
import { reportClipped, reportEnd, reportStart, WarmUpReporter } from './warm-up-report.ts';
import { isWorthRetrying, retryDelayMs } from './warm-up-retry.ts';
import { WarmUpTally } from './warm-up-tally.ts';

export interface WarmUpRunnerOptions {
  readonly id: number;
  readonly job: WarmUpJob;
  readonly host: HostName;
  readonly opener: ConnectionOpener;
  readonly events: EventSink;
  readonly clock: Clock;
  /** What fits the limits at this moment. */
  readonly plan: (endpoints: readonly Endpoint[]) => WarmUpPlan;
  /** Index of a changed cell, null when only the run itself changed. */
  readonly changed: (cellIndex: number | null) => void;
}

interface Attempt {
  readonly index: number;
  readonly endpoint: Endpoint;
  retriesLeft: number;
}

export class WarmUpRunner {
  readonly #options: WarmUpRunnerOptions;
  readonly #tally: WarmUpTally;
  readonly #reporter: WarmUpReporter;
  readonly #abort = new AbortController();
  readonly #finished = Promise.withResolvers<WarmUpRun>();
  readonly #retryTimers = new Set<Timer>();
  /** In the order in which they are dialled; retries whose time has come go first. */
  #queue: Attempt[] = [];
  #nextInQueue = 0;
  readonly #due: Attempt[] = [];

  constructor(options: WarmUpRunnerOptions) {
    this.#options = options;
    this.#reporter = new WarmUpReporter(options.events);
    this.#tally = new WarmUpTally({
      id: options.id,
      job: options.job,
      clock: options.clock,
      isHealthy: (connectionId) => options.opener.isHealthy(connectionId),
      cellChanged: (index) => options.changed(index),
    });
  }

  get tally(): WarmUpTally {
    return this.#tally;
  }

  get host(): HostName {
    return this.#options.host;
  }

  /** Resolves with the last picture; never rejects. */
  get finished(): Promise<WarmUpRun> {
    return this.#finished.promise;
  }

  async begin(): Promise<void> {
    const { opener, host } = this.#options;
    try {
      const endpoints = await opener.endpointsOf(host, this.#abort.signal);
      if (!this.#abort.signal.aborted) {
        this.#plan(endpoints);
      }
    } catch (error) {
      if (!this.#abort.signal.aborted) {
        this.#tally.countError(classified(error));
      }
    }
    this.#pump();
  }

  /** What waits is dropped, what dials is aborted, what is ready stays. False when it has ended already. */
  cancel(): boolean {
    if (this.#tally.finished || this.#abort.signal.aborted) {
      return false;
    }
    for (const timer of this.#retryTimers) {
      timer.cancel();
    }
    this.#retryTimers.clear();
    this.#due.length = 0;
    this.#nextInQueue = this.#queue.length;
    this.#tally.cancelWaiting();
    this.#abort.abort(new ClassifiedError('aborted', 'CANCELLED', 'the warm-up was cancelled'));
    this.#pump();
    return true;
  }

  #plan(endpoints: readonly Endpoint[]): void {
    const { events, job } = this.#options;
    const plan = this.#options.plan(endpoints);
    const dealt = spreadOver(endpoints, plan.fits);
    this.#tally.planned(dealt, plan.clippedBy);
    this.#queue = dealt.map((endpoint, index) => ({ index, endpoint, retriesLeft: job.retries }));
    const run = this.#tally.toRun();
    reportClipped(events, run, plan.wanted);
    reportStart(events, run, Math.min(plan.ips, plan.fits));
  }

  /** Starts what may start now; ends the run when nothing is left. */
  #pump(): void {
    while (this.#tally.dialing < this.#options.job.concurrency) {
      const attempt = this.#next();
      if (!attempt) {
        break;
      }
      void this.#dial(attempt);
    }
    if (this.#tally.dialing === 0 && this.#tally.waiting === 0 && !this.#tally.finished) {
      this.#finish();
    }
  }

  #next(): Attempt | undefined {
    const due = this.#due.shift();
    if (due) {
      return due;
    }
    const attempt = this.#queue[this.#nextInQueue];
    this.#nextInQueue += attempt ? 1 : 0;
    return attempt;
  }

  async #dial(attempt: Attempt): Promise<void> {
    const { opener, job } = this.#options;
    const { index, endpoint } = attempt;
    this.#tally.dialStarted(index);
    try {
      const opened = await opener.open(endpoint, {
        timeoutMs: job.timeoutMs,
        priority: 'warm-up',
        signal: this.#abort.signal,
      });
      this.#tally.succeeded(index, opened);
      this.#progressed();
    } catch (error) {
      this.#failed(attempt, classified(error));
    }
    this.#pump();
  }

  #failed(attempt: Attempt, error: ClassifiedError): void {
    const { clock, job, events } = this.#options;
    if (this.#abort.signal.aborted) {
      this.#tally.cancelledWhileDialing(attempt.index);
      return;
    }
    if (attempt.retriesLeft > 0 && isWorthRetrying(error, job.timeoutMs)) {
      attempt.retriesLeft -= 1;
      this.#tally.retryLater(attempt.index, error);
      const timer = clock.after(retryDelayMs(error), () => {
        this.#retryTimers.delete(timer);
        this.#due.push(attempt);
        this.#pump();
      });
      this.#retryTimers.add(timer);
      return;
    }
    this.#tally.gaveUp(attempt.index, error);
    events.emit('debug', 'warm-up.failed', attempt.endpoint.ip, `warm-up of ${job.host} failed: ${error.message}`, {
      runId: this.#options.id,
      class: error.errorClass,
      code: error.code,
    });
    this.#progressed();
  }

  #progressed(): void {
    this.#reporter.progressed(this.#tally.done, this.#tally.total, () => this.#tally.toRun());
  }

  #finish(): void {
    this.#tally.finish(this.#outcome());
    const run = this.#tally.toRun();
    reportEnd(this.#options.events, run, this.#tally.elapsedMs);
    this.#options.changed(null);
    this.#finished.resolve(run);
  }

  #outcome(): NonNullable<WarmUpRun['outcome']> {
    if (this.#abort.signal.aborted) {
      return 'cancelled';
    }
    if (this.#tally.ready === 0) {
      return 'failed';
    }
    return this.#tally.failed === 0 ? 'ok' : 'partly-failed';
  }
}

function classified(error: unknown): ClassifiedError {
  if (error instanceof ClassifiedError) {
    return error;
  }
  const message = error instanceof Error ? error.message : String(error);
  return new ClassifiedError('internal', 'UNEXPECTED', message, { cause: error });
}
