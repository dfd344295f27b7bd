/** Warm-up runs that only pretend to dial. */
import { ContractError } from '../../../core/contract/errors.ts';
import type { ErrorClass } from '../../../core/contract/vocabulary.ts';
import type { IpList } from '../../../core/contract/warm-up.ts';
import type { WarmUpJob } from '../../../core/contract/warm-up-job.ts';
import type { WarmUpPlan } from '../../../core/contract/warm-up-plan.ts';
import { type WarmUpCell, type WarmUpRun, waitingCell } from '../../../core/contract/warm-up-run.ts';
import type { FakePool } from './fake-pool.ts';

const examples: Partial<Record<ErrorClass, string>> = {
  'timeout-tls': 'no ServerHello from 127.0.31.17:443 within 10 s',
  blocked: '127.0.31.9:443 answered HEAD / with 403 Forbidden',
  reset: 'connection reset by 127.0.32.4:443 during the handshake',
};
const faults = ['timeout-tls', 'blocked', 'reset'] as const;

const partTimes = {
  tcp: { meanMs: 0.8, p50Ms: 0.7, p95Ms: 1.9, p99Ms: 2.4 },
  tls: { meanMs: 5.2, p50Ms: 4.8, p95Ms: 11.9, p99Ms: 15.2 },
  firstByte: { meanMs: 6.9, p50Ms: 6.2, p95Ms: 14.1, p99Ms: 19.8 },
};

/** Reads plain text only: one or more IPs a line. */
export function parsedFake(text: string): IpList {
  const ips: string[] = [];
  const issues: IpList['issues'] = [];
  for (const [index, line] of text.split('\n').entries()) {
    for (const word of line.split(/[\s,]+/).filter((part) => part !== '')) {
      if (/^[\d.]+$|:/.test(word)) {
        ips.push(word);
      } else {
        issues.push({ at: `line ${index + 1}`, message: `"${word}" is not an IP address or CIDR` });
      }
    }
  }
  const each = [...new Set(ips)];
  const ipv6 = each.filter((ip) => ip.includes(':')).length;
  return {
    format: 'text',
    ips: each,
    ipv4: each.length - ipv6,
    ipv6,
    duplicates: ips.length - each.length,
    forbidden: { count: 0, ejected: 0, examples: [] },
    issues,
  };
}

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

  start(job: WarmUpJob, plan: Pick<WarmUpPlan, 'hosts' | 'wanted' | 'fits' | 'clippedBy'>): number {
    const places = plan.hosts.flatMap(({ host, fits }, index) => {
      const ips = job.ips ?? this.#pool.options.fleet.find((entry) => entry.host === host)?.ips ?? [];
      return Array.from({ length: fits }, (_, place) => ({ host: index, ip: ips[place % ips.length] ?? '127.0.0.1' }));
    });
    return this.#begin(job, places, plan, null);
  }

  pause(id: number): boolean {
    return this.#turn(id, 'running', 'paused');
  }

  resume(id: number): boolean {
    return this.#turn(id, 'paused', 'running');
  }

  retryFailed(id: number, rest: boolean): number {
    const job = this.jobs.get(id);
    const failed = job?.cells.filter(({ state }) => state === 'failed' || (rest && state === 'cancelled')) ?? [];
    if (job?.run.state !== 'finished' || failed.length === 0) {
      throw new ContractError('conflict', 'Nothing failed in this warm-up.');
    }
    return this.#begin(
      { ...job.run.job, ips: failed.map(({ ip }) => ip) },
      failed,
      { wanted: failed.length, clippedBy: null },
      id,
    );
  }

  #turn(id: number, from: WarmUpRun['state'], to: WarmUpRun['state']): boolean {
    const job = this.jobs.get(id);
    if (job?.run.state !== from) {
      return false;
    }
    job.run = { ...job.run, state: to, etaMs: null };
    this.changedRuns.add(id);
    return true;
  }

  #begin(
    job: WarmUpJob,
    places: readonly Pick<WarmUpCell, 'host' | 'ip'>[],
    { wanted, clippedBy }: Pick<WarmUpPlan, 'wanted' | 'clippedBy'>,
    retryOf: number | null,
  ): number {
    const id = this.#nextId++;
    const cells = places.map(({ host, ip }, index) => waitingCell({ index, host, ip }));
    const run: WarmUpRun = {
      id,
      job: { ...job, ips: job.ips?.length ?? null },
      cause: 'asked',
      retryOf,
      state: 'running',
      outcome: null,
      startedAtMs: this.#pool.options.now(),
      endedAtMs: null,
      activeMs: 0,
      total: cells.length,
      wanted,
      clippedBy,
      concurrency: job.concurrency ?? 10 * job.hosts.length,
      paceConcurrency: 32,
      done: 0,
      ready: 0,
      failed: 0,
      cancelled: 0,
      dialing: 0,
      retrying: 0,
      healthyNow: 0,
      lost: { count: 0, examples: [] },
      successRate: 1,
      ratePerSecond: 0,
      etaMs: null,
      etaAtMostMs: null,
      tcp: null,
      tls: null,
      firstByte: null,
      errors: [],
      hosts: job.hosts.map((host, index) => ({
        host,
        total: cells.filter((cell) => cell.host === index).length,
        done: 0,
        ready: 0,
        failed: 0,
        healthyNow: 0,
        clippedBy,
        forbidden: { count: 0, ejected: 0, examples: [] },
        error: null,
        times: { tcp: null, tls: null, firstByte: null },
        baseline: {
          responseMs: 5.6,
          tcpMs: 0.7,
          tlsMs: 4.4,
          compared: cells.filter((cell) => cell.host === index).length,
        },
        deviation: null,
      })),
      report: null,
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
    while (flying < job.run.concurrency && job.next < job.cells.length) {
      const cell = job.cells[job.next++];
      if (cell) {
        this.#set(job, { ...cell, state: 'dialing', attempts: 1 });
        flying += 1;
      }
    }
    const seconds = Math.max(0.1, (now() - job.run.startedAtMs) / 1_000);
    const rate = job.run.done / seconds;
    job.run = {
      ...job.run,
      dialing: flying,
      activeMs: seconds * 1_000,
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
    const host = fleet.find((entry) => entry.host === run.job.hosts[cell.host]);
    const row = failed || !host ? null : this.#pool.open(0, host, cell.ip);
    const error = row ? null : (faults[Math.floor(random() ** 2 * faults.length)] ?? 'reset');
    const message = error && (examples[error] ?? error);
    const times = row ? { tcpMs: 0.7, tlsMs: 4.8, firstByteMs: 6.2 } : {};
    this.#set(job, {
      ...cell,
      ...times,
      state: row ? 'ready' : 'failed',
      error,
      message,
      connectionId: row?.id ?? null,
    });
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
      ...partTimes,
      hosts: run.hosts.map((host, index) => {
        if (index !== cell.host) {
          return host;
        }
        const hostReady = host.ready + (row ? 1 : 0);
        return {
          ...host,
          done: host.done + 1,
          ready: hostReady,
          healthyNow: hostReady,
          failed: host.failed + (row ? 0 : 1),
          error: error ? { class: error, message: message ?? error } : host.error,
          times: partTimes,
          deviation: 0.23,
        };
      }),
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
      etaAtMostMs: 0,
      ratePerSecond: job.run.done / seconds,
      report: {
        healthy: job.run.ready,
        unhealthy: 0,
        lost: { count: 0, examples: [] },
        errors: job.run.errors,
        responseMs: job.run.firstByte?.meanMs ?? null,
        baselineMs: 5.6,
        deviation: 0.23,
        elapsedMs: seconds * 1_000,
      },
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
