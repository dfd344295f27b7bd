/** Warm-up runs that only pretend to dial. */
import type { ErrorClass } from '../../../core/contract/vocabulary.ts';
import type { WarmUpCell, WarmUpJob, WarmUpRun } from '../../../core/contract/warm-up.ts';
import type { FakePool } from './fake-pool.ts';

const examples: Partial<Record<ErrorClass, string>> = {
  'timeout-tls': 'no ServerHello from 127.0.31.17:443 within 10 s',
  blocked: '127.0.31.9:443 answered HEAD / with 403 Forbidden',
  reset: 'connection reset by 127.0.32.4:443 during the handshake',
};
const faults = ['timeout-tls', 'blocked', 'reset'] as const;

interface Job {
  run: WarmUpRun;
  readonly cells: WarmUpCell[];
  next: number;
}

export class FakeWarmUps {
  readonly #pool: FakePool;
  readonly #failing: number;
  readonly jobs = new Map<number, Job>();
  readonly changedCells = new Map<number, WarmUpCell[]>();
  readonly changedRuns = new Set<number>();
  #nextId = 1;

  constructor(pool: FakePool, failing: number) {
    this.#pool = pool;
    this.#failing = failing;
  }

  start(job: WarmUpJob, wanted: number, clippedBy: WarmUpRun['clippedBy']): number {
    const id = this.#nextId++;
    const ips = this.#pool.options.fleet.find((entry) => entry.host === job.host)?.ips ?? [];
    const cells = Array.from({ length: wanted }, (_, index): WarmUpCell => {
      const ip = ips[index % Math.max(1, ips.length)] ?? '127.0.0.1';
      return { index, ip, state: 'waiting', error: null, connectionId: null };
    });
    const run: WarmUpRun = {
      id,
      job,
      state: 'running',
      outcome: null,
      startedAtMs: this.#pool.options.now(),
      endedAtMs: null,
      total: wanted,
      clippedBy,
      done: 0,
      ready: 0,
      failed: 0,
      cancelled: 0,
      dialing: 0,
      healthyNow: 0,
      successRate: 1,
      ratePerSecond: 0,
      etaMs: null,
      tcp: null,
      tls: null,
      firstByte: null,
      errors: [],
    };
    this.jobs.set(id, { run, cells, next: 0 });
    this.#touch(id, cells);
    return id;
  }

  cancel(id: number): boolean {
    const job = this.jobs.get(id);
    if (!job || job.run.state === 'finished') {
      return false;
    }
    for (const cell of job.cells.filter((entry) => entry.state === 'waiting' || entry.state === 'dialing')) {
      this.#set(job, { ...cell, state: 'cancelled' });
    }
    this.#finish(job, 'cancelled');
    return true;
  }

  /** A tenth of a second goes by. */
  step(): void {
    for (const job of this.jobs.values()) {
      if (job.run.state === 'running') {
        this.#advance(job);
      }
    }
  }

  #advance(job: Job): void {
    const { random, now } = this.#pool.options;
    for (const cell of job.cells.filter((entry) => entry.state === 'dialing')) {
      if (random() < 0.55) {
        this.#settle(job, cell, random() < this.#failing);
      }
    }
    let flying = job.cells.filter((entry) => entry.state === 'dialing').length;
    while (flying < job.run.job.concurrency && job.next < job.cells.length) {
      const cell = job.cells[job.next++];
      if (cell) {
        this.#set(job, { ...cell, state: 'dialing' });
        flying += 1;
      }
    }
    const seconds = Math.max(0.1, (now() - job.run.startedAtMs) / 1_000);
    const rate = job.run.done / seconds;
    job.run = {
      ...job.run,
      dialing: flying,
      ratePerSecond: rate,
      etaMs: rate > 0 ? ((job.run.total - job.run.done) / rate) * 1_000 : null,
    };
    this.changedRuns.add(job.run.id);
    if (job.run.done === job.run.total) {
      this.#finish(job, job.run.failed === 0 ? 'ok' : job.run.ready === 0 ? 'failed' : 'partly-failed');
    }
  }

  #settle(job: Job, cell: WarmUpCell, failed: boolean): void {
    const { fleet, random } = this.#pool.options;
    const { run } = job;
    const host = fleet.find((entry) => entry.host === run.job.host);
    const row = failed || !host ? null : this.#pool.open(0, host, cell.ip);
    const error = row ? null : (faults[Math.floor(random() ** 2 * faults.length)] ?? 'reset');
    this.#set(job, { ...cell, state: row ? 'ready' : 'failed', error, connectionId: row?.id ?? null });
    const ready = run.ready + (row ? 1 : 0);
    const done = run.done + 1;
    const errors = error
      ? [
          ...run.errors.filter((group) => group.class !== error),
          {
            class: error,
            count: (run.errors.find((group) => group.class === error)?.count ?? 0) + 1,
            example: examples[error] ?? error,
          },
        ].sort((a, b) => b.count - a.count)
      : run.errors;
    job.run = {
      ...run,
      done,
      ready,
      failed: run.failed + (row ? 0 : 1),
      healthyNow: ready,
      successRate: ready / done,
      errors,
      tcp: { meanMs: 0.8, p50Ms: 0.7, p95Ms: 1.9 },
      tls: { meanMs: 5.2, p50Ms: 4.8, p95Ms: 11.9 },
      firstByte: { meanMs: 6.9, p50Ms: 6.2, p95Ms: 14.1 },
    };
  }

  #finish(job: Job, outcome: NonNullable<WarmUpRun['outcome']>): void {
    const { now } = this.#pool.options;
    const cancelled = job.cells.filter((cell) => cell.state === 'cancelled').length;
    const seconds = Math.max(0.1, (now() - job.run.startedAtMs) / 1_000);
    job.run = {
      ...job.run,
      state: 'finished',
      outcome,
      endedAtMs: now(),
      cancelled,
      dialing: 0,
      etaMs: 0,
      ratePerSecond: job.run.done / seconds,
    };
    this.changedRuns.add(job.run.id);
  }

  #set(job: Job, cell: WarmUpCell): void {
    job.cells[cell.index] = cell;
    this.#touch(job.run.id, [cell]);
  }

  #touch(id: number, cells: readonly WarmUpCell[]): void {
    this.changedRuns.add(id);
    const known = this.changedCells.get(id) ?? [];
    known.push(...cells);
    this.changedCells.set(id, known);
  }
}
