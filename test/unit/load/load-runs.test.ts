import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { defaultSettings } from '../../../core/config/engine-settings.ts';
import { type LoadJobInput, type LoadRun, loadJobSchema, loadRunSchema } from '../../../core/contract/load-run.ts';
import { ClassifiedError } from '../../../core/dial/classified-error.ts';
import { LoadRunStore, loadRunFileName } from '../../../core/load/load-run-store.ts';
import type { LoadLease, LoadPool } from '../../../core/load/load-runner.ts';
import { LoadRuns } from '../../../core/load/load-runs.ts';
import { AcquireTimeoutError, NoAllowedEndpointError } from '../../../core/pool/pool-errors.ts';
import { RecordingEvents } from '../../support/fake-network.ts';
import { ManualClock, settle } from '../../support/manual-clock.ts';

const hotMs = 10;
const dialMs = 40;

/** Two connections to each of two IPs; each request takes 10 ms, each dial 40. */
class FakePool implements LoadPool {
  readonly #clock: ManualClock;
  readonly #made = new Map<number, { readonly ip: string; readonly createdAtMs: number }>();
  readonly #free: number[] = [];
  readonly paths: string[] = [];
  readonly priorities = new Set<string>();
  acquires = 0;
  leased = 0;
  mostLeased = 0;
  limit = Number.POSITIVE_INFINITY;
  readonly #waiting: (() => void)[] = [];
  status = 200;
  refusal: Error | null = null;
  hangs = false;

  constructor(clock: ManualClock) {
    this.#clock = clock;
  }

  /** A connection that is there before anybody asks. */
  warm(id: number): void {
    this.#make(id);
    this.#free.push(id);
  }

  async acquire(
    _host: string,
    { priority, signal }: { readonly priority: 'background'; readonly signal: AbortSignal },
  ): Promise<LoadLease> {
    this.acquires += 1;
    this.priorities.add(priority);
    if (this.refusal) {
      throw this.refusal;
    }
    if (this.leased >= this.limit) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    let id = this.#free.pop();
    if (id === undefined) {
      id = this.#made.size + 1;
      this.#make(id);
      await this.#wait(dialMs, signal);
    }
    this.leased += 1;
    this.mostLeased = Math.max(this.mostLeased, this.leased);
    return this.#lease(id);
  }

  row(connectionId: number): { readonly createdAtMs: number } | undefined {
    return this.#made.get(connectionId);
  }

  coldStartMs(): number | null {
    return 90;
  }

  #make(id: number): void {
    this.#made.set(id, { ip: `10.0.0.${1 + (id % 2)}`, createdAtMs: this.#clock.epochMs() });
  }

  #lease(id: number): LoadLease {
    const pool = this;
    return {
      connectionId: id,
      ip: this.#made.get(id)?.ip ?? '',
      request: async ({ path, signal }) => {
        this.paths.push(path);
        await this.#wait(this.hangs ? 1e9 : hotMs, signal);
        return {
          statusCode: this.status,
          headers: {},
          body: (async function* () {
            yield new Uint8Array(100);
          })(),
        };
      },
      [Symbol.dispose]() {
        pool.leased -= 1;
        pool.#free.push(id);
        pool.#waiting.shift()?.();
      },
    };
  }

  async #wait(ms: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    return new Promise((resolve, reject) => {
      const timer = this.#clock.after(ms, resolve);
      signal.addEventListener(
        'abort',
        () => {
          timer.cancel();
          reject(signal.reason);
        },
        { once: true },
      );
    });
  }
}

let clock: ManualClock;
let pool: FakePool;
let events: RecordingEvents;
let runs: LoadRuns;

beforeEach(() => {
  clock = new ManualClock();
  pool = new FakePool(clock);
  events = new RecordingEvents();
  runs = new LoadRuns({ pool, clock, events, statuses: () => defaultSettings().health });
});

function start(job: Partial<LoadJobInput> = {}): number {
  return runs.start(
    loadJobSchema.parse({ urls: ['https://a.test/x?key=1'], durationMs: 1_000, concurrency: 1, ...job }),
  );
}

async function result(job: Partial<LoadJobInput> = {}): Promise<LoadRun> {
  const runId = start(job);
  await clock.advance(
    loadJobSchema.parse({ urls: ['https://a.test/'], durationMs: 1_000, ...job }).durationMs + 15_000,
  );
  const run = runs.run(runId);
  if (!run) {
    throw new Error('the run is not remembered');
  }
  return loadRunSchema.parse(run);
}

describe('a load run', () => {
  it('asks as often as the pool answers, waits as background, and gives every connection back', async () => {
    pool.warm(1);
    pool.warm(2);
    const run = await result({ concurrency: 2, urls: ['https://a.test/x', 'https://a.test/y?z=1'] });
    // 100 turns of 10 ms by each of two callers; the last two end with the second.
    expect(run).toMatchObject({ state: 'finished', requests: 200, successes: 200, failures: 0, successRate: 1 });
    expect(run.requestsPerSecond).toBeCloseTo(200, 0);
    expect(run.bodyBytes).toBe(20_000);
    expect(new Set(pool.paths)).toEqual(new Set(['/x', '/y?z=1']));
    expect([...pool.priorities]).toEqual(['background']);
    expect([pool.leased, pool.mostLeased, clock.timers]).toEqual([0, 2, 0]);
    expect(run.ips.map(({ ip, requests }) => [ip, requests])).toEqual(
      expect.arrayContaining([
        ['10.0.0.1', 100],
        ['10.0.0.2', 100],
      ]),
    );
    expect(run.seconds).toEqual([{ requests: 198, failures: 0, p95Ms: expect.closeTo(hotMs, 0) }]);
  });

  it('tells hot from cold: who waited for a dial from who found a connection', async () => {
    const run = await result();
    expect([run.cold.count, run.cold.meanMs]).toEqual([1, dialMs + hotMs]);
    expect([run.hot.count, run.hot.meanMs]).toEqual([95, hotMs]);
    expect(run.coldByHot).toBeCloseTo((dialMs + hotMs) / hotMs);
    expect(run.wait.maxMs).toBe(dialMs);
    expect(run.response.meanMs).toBe(hotMs);
  });

  it('tells a request that waited for another’s connection from one that found its own', async () => {
    pool.limit = 1;
    pool.warm(1);
    await clock.advance(5);
    const run = await result({ concurrency: 2 });
    expect([run.hot.count, run.cold.count]).toEqual([1, 0]);
    expect(run.queued.meanMs).toBe(2 * hotMs);
  });

  it('compares with what the pool paid before, where everything was hot', async () => {
    pool.warm(1);
    await clock.advance(5);
    const run = await result();
    expect(run.cold.count).toBe(0);
    expect(run.coldByHot).toBeCloseTo((90 + hotMs) / hotMs);
  });

  it.each([
    [503, 'busy'],
    [403, 'blocked'],
    [404, 'bad-status'],
  ] as const)('counts an answer of %i as %s, and says nothing of the query', async (status, failure) => {
    pool.status = status;
    const run = await result();
    expect(run.successes).toBe(0);
    expect(run.errors).toEqual([{ failure, count: run.requests, example: `/x answers ${status}` }]);
  });

  it.each([
    [new ClassifiedError('refused', 'ECONNREFUSED', 'refused'), 'refused'],
    [
      new AcquireTimeoutError(
        {
          host: 'a.test',
          waitedMs: 1,
          total: 0,
          leased: 0,
          idle: 0,
          waiting: 0,
          dialing: 0,
          lastDialError: null,
          restMs: 0,
        },
        false,
      ),
      'no-connection',
    ],
    [new NoAllowedEndpointError('a.test', [{ ip: '10.0.0.1', rule: null, why: 'it is blocked' }]), 'not-allowed'],
  ] as const)('does not storm a pool that refuses at once: %s', async (refusal, failure) => {
    pool.refusal = refusal;
    const run = await result({ concurrency: 4 });
    expect(run.errors).toMatchObject([{ failure }]);
    // Ten a second for each of four callers.
    expect(pool.acquires).toBe(40);
    expect(run).toMatchObject({ successRate: 0, ipCount: 0, coldByHot: null });
  });

  it('gives up a request after its time, and ends by itself', async () => {
    pool.hangs = true;
    const run = await result({ timeoutMs: 300 });
    expect(run.state).toBe('finished');
    expect(run.errors).toMatchObject([{ failure: 'timeout-response', count: 3 }]);
    expect([pool.leased, clock.timers]).toEqual([0, 0]);
  });

  it('goes on alone', () => {
    start();
    expect(() => start()).toThrow(/run 1 goes on/);
    expect(() => start({ urls: ['http://a.test/'] })).toThrow(/not https/);
  });

  it.each(['nonsense', 'http://a.test/', 'https://me:secret@a.test/'])('is refused for %s', (url) => {
    expect(() => start({ urls: ['https://a.test/', url] })).toThrow(
      expect.objectContaining({ code: 'invalid-input', issues: [expect.objectContaining({ at: 'urls.1' })] }),
    );
    expect(runs.runs()).toEqual([]);
  });
});

describe('a cancelled load run', () => {
  it('begins nothing more, lets requests in flight end, and keeps what it has measured', async () => {
    const runId = start({ durationMs: 60_000, concurrency: 4 });
    await clock.advance(95);
    expect(runs.cancel(runId)).toBe(true);
    expect(runs.run(runId)?.state).toBe('ending');
    await clock.advance(hotMs);
    const run = runs.run(runId);
    expect(run).toMatchObject({ state: 'cancelled', failures: 0 });
    expect(run?.requests).toBe(pool.paths.length);
    expect([pool.leased, clock.timers, runs.running]).toEqual([0, 0, false]);
    expect(runs.cancel(runId)).toBe(false);
    expect(runs.cancel(99)).toBe(false);
  });

  it('does not wait for requests that hang when the pool closes', async () => {
    pool.hangs = true;
    start({ concurrency: 3 });
    await clock.advance(100);
    await runs.close();
    expect([pool.leased, clock.timers]).toEqual([0, 0]);
    expect(runs.runs()).toMatchObject([{ state: 'cancelled', requests: 0 }]);
    expect(() => start()).toThrow(/closed/);
  });
});

describe('results', () => {
  it('are told as events, and remembered with the newest first', async () => {
    await result();
    await result();
    expect(runs.runs().map(({ id }) => id)).toEqual([2, 1]);
    expect(runs.lastEndedAtMs).toBe(runs.run(2)?.endedAtMs);
    expect(events.events.map(({ kind }) => kind)).toEqual([
      'load.started',
      'load.finished',
      'load.started',
      'load.finished',
    ]);
  });

  it('outlive the process, and a damaged file costs them alone', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hotpool-load-'));
    try {
      const keep = async (into: LoadRuns): Promise<LoadRunStore> => {
        const store = new LoadRunStore(folder, events);
        await store.keep(into);
        return store;
      };
      const store = await keep(runs);
      const run = await result();
      await store.close();
      const next = new LoadRuns({ pool, clock, events, statuses: () => defaultSettings().health });
      const nextStore = await keep(next);
      expect(next.runs()).toEqual([run]);
      expect(next.start(loadJobSchema.parse({ urls: ['https://a.test/'] }))).toBe(2);
      await next.close();
      await nextStore.close();

      writeFileSync(join(folder, loadRunFileName), '{');
      const third = new LoadRuns({ pool, clock, events, statuses: () => defaultSettings().health });
      await keep(third);
      expect(third.runs()).toEqual([]);
      expect(readFileSync(join(folder, `${loadRunFileName}.damaged`), 'utf8')).toBe('{');
      await settle();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
