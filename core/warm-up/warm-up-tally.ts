/** What is known of one run: its cells, its counts, its times, its errors, and the contract's picture of them. */
import type { Clock } from '../base/clock.ts';
import type { ErrorClass } from '../contract/vocabulary.ts';
import type { WarmUpCell, WarmUpJob, WarmUpPlan, WarmUpRun, WarmUpTimes } from '../contract/warm-up.ts';
import type { ClassifiedError } from '../dial/classified-error.ts';
import type { Endpoint } from '../dial/endpoint.ts';
import type { OpenedConnection } from '../pool/pool-ports.ts';
import { Histogram } from '../statistics/histogram.ts';
import { WarmUpPace } from './warm-up-pace.ts';

export class WarmUpTally {
  readonly #id: number;
  readonly #job: WarmUpJob;
  readonly #clock: Clock;
  readonly #isHealthy: (connectionId: number) => boolean;
  readonly #cellChanged: (index: number) => void;
  readonly #startedAtMs: number;
  readonly #pace: WarmUpPace;
  readonly #tcp = new Histogram();
  readonly #tls = new Histogram();
  readonly #firstByte = new Histogram();
  readonly #errors = new Map<ErrorClass, { count: number; example: string }>();
  readonly #readyIds: number[] = [];
  #cells: WarmUpCell[] = [];
  #clippedBy: WarmUpPlan['clippedBy'] = null;
  #outcome: WarmUpRun['outcome'] = null;
  #endedAtMs: number | null = null;
  #failed = 0;
  #cancelled = 0;
  #dialing = 0;

  constructor(options: {
    readonly id: number;
    readonly job: WarmUpJob;
    readonly clock: Clock;
    readonly isHealthy: (connectionId: number) => boolean;
    readonly cellChanged: (index: number) => void;
  }) {
    this.#id = options.id;
    this.#job = options.job;
    this.#clock = options.clock;
    this.#isHealthy = options.isHealthy;
    this.#cellChanged = options.cellChanged;
    this.#startedAtMs = options.clock.epochMs();
    this.#pace = new WarmUpPace(options.clock);
  }

  get total(): number {
    return this.#cells.length;
  }

  get done(): number {
    return this.#readyIds.length + this.#failed;
  }

  get ready(): number {
    return this.#readyIds.length;
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

  cells(): readonly WarmUpCell[] {
    return this.#cells;
  }

  planned(endpoints: readonly Endpoint[], clippedBy: WarmUpPlan['clippedBy']): void {
    this.#clippedBy = clippedBy;
    this.#cells = endpoints.map(({ ip }, index) => ({ index, ip, state: 'waiting', error: null, connectionId: null }));
    for (const { index } of this.#cells) {
      this.#cellChanged(index);
    }
  }

  dialStarted(index: number): void {
    this.#dialing += 1;
    this.#setCell(index, { state: 'dialing' });
  }

  /** Failed, and will be tried again: it waits with its last error. */
  retryLater(index: number, error: ClassifiedError): void {
    this.#dialing -= 1;
    this.#setCell(index, { state: 'waiting', error: error.errorClass });
  }

  succeeded(index: number, opened: OpenedConnection): void {
    this.#dialing -= 1;
    this.#readyIds.push(opened.id);
    this.#tcp.record(opened.tcpMs);
    this.#tls.record(opened.tlsMs);
    this.#firstByte.record(opened.firstByteMs);
    this.#pace.record();
    this.#setCell(index, { state: 'ready', error: null, connectionId: opened.id });
  }

  gaveUp(index: number, error: ClassifiedError): void {
    this.#dialing -= 1;
    this.#failed += 1;
    this.#pace.record();
    this.countError(error);
    this.#setCell(index, { state: 'failed', error: error.errorClass });
  }

  /** An error that belongs to no cell: the host has no address. */
  countError(error: ClassifiedError): void {
    const group = this.#errors.get(error.errorClass);
    if (group) {
      group.count += 1;
    } else {
      this.#errors.set(error.errorClass, { count: 1, example: error.message });
    }
  }

  cancelledWhileDialing(index: number): void {
    this.#dialing -= 1;
    this.#cancelled += 1;
    this.#setCell(index, { state: 'cancelled' });
  }

  /** Everything that waits will not be dialled. */
  cancelWaiting(): void {
    for (const cell of this.#cells) {
      if (cell.state === 'waiting') {
        this.#cancelled += 1;
        this.#setCell(cell.index, { state: 'cancelled' });
      }
    }
  }

  finish(outcome: NonNullable<WarmUpRun['outcome']>): void {
    this.#outcome = outcome;
    this.#endedAtMs = this.#clock.epochMs();
    this.#pace.end();
  }

  get elapsedMs(): number {
    return this.#pace.elapsedMs;
  }

  toRun(): WarmUpRun {
    const done = this.done;
    return {
      id: this.#id,
      job: this.#job,
      state: this.finished ? 'finished' : 'running',
      outcome: this.#outcome,
      startedAtMs: this.#startedAtMs,
      endedAtMs: this.#endedAtMs,
      total: this.total,
      clippedBy: this.#clippedBy,
      done,
      ready: this.ready,
      failed: this.#failed,
      cancelled: this.#cancelled,
      dialing: this.#dialing,
      healthyNow: this.#healthyNow(),
      successRate: done === 0 ? 1 : this.ready / done,
      ratePerSecond: this.#pace.ratePerSecond(),
      etaMs: this.#pace.etaMs(this.total - done - this.#cancelled),
      tcp: timesOf(this.#tcp),
      tls: timesOf(this.#tls),
      firstByte: timesOf(this.#firstByte),
      errors: Array.from(this.#errors, ([errorClass, group]) => ({ class: errorClass, ...group })).sort(
        (a, b) => b.count - a.count,
      ),
    };
  }

  #healthyNow(): number {
    let healthy = 0;
    for (const id of this.#readyIds) {
      if (this.#isHealthy(id)) {
        healthy += 1;
      }
    }
    return healthy;
  }

  #setCell(index: number, change: Partial<WarmUpCell>): void {
    const cell = this.#cells[index];
    if (cell) {
      this.#cells[index] = { ...cell, ...change };
      this.#cellChanged(index);
    }
  }
}

function timesOf(histogram: Histogram): WarmUpTimes | null {
  const meanMs = histogram.meanMs();
  const p50Ms = histogram.percentileMs(0.5);
  const p95Ms = histogram.percentileMs(0.95);
  return meanMs === null || p50Ms === null || p95Ms === null ? null : { meanMs, p50Ms, p95Ms };
}
