/** Small random schedules: after each step the limits hold, the counts equal a recount, and nobody is lost at the end. */
import { describe, expect, it } from 'vitest';
import { connectionStates } from '../../../core/contract/vocabulary.ts';
import { parseHostName } from '../../../core/dial/endpoint.ts';
import type { Lease } from '../../../core/pool/lease.ts';
import type { FakeTransport } from '../../support/fake-network.ts';
import { type FakePool, fakePool } from '../../support/fake-pool.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const hosts = ['example.test', 'other.test'];
const ips = ['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.1.0.1', '10.1.0.2'];
const limits = { maxConnections: 7, maxConnectionsPerHost: 5, maxIdleConnections: 4 };
const outcomes = ['ok', 'ok', 'ok', 'failed', 'broken'] as const;

class Schedule {
  readonly fake: FakePool;
  readonly #random;
  readonly #leases: Lease[] = [];
  #open = 0;
  served = 0;
  refused = 0;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
    this.fake = fakePool(
      {
        pool: {
          ...limits,
          minIdlePerHost: 1,
          maxStreamsPerConnection: 2,
          maxLifetimeMs: 30_000,
          acquireTimeoutMs: 8_000,
        },
        targets: hosts,
      },
      seed,
    );
    this.fake.directory.set('other.test', ['10.1.0.1', '10.1.0.2']);
    this.fake.network.probeMs = 5;
  }

  async step(): Promise<void> {
    const { fake } = this;
    const act = this.#below(16);
    fake.network.dialMs = this.#below(3) * 50;
    fake.network.options = this.#below(2) === 0 ? { protocol: 'h2' } : {};
    if (act <= 4) {
      this.#acquire();
    } else if (act <= 8) {
      this.#release();
    } else if (act === 9) {
      this.#transport()?.end('peer-closed');
    } else if (act === 10) {
      this.#transport()?.end(this.#below(2) === 0 ? 'goaway' : 'broken');
    } else if (act === 11) {
      fake.network.dials.set(
        this.#pick(ips),
        this.#pick(['ok', 'ok', 'ok', 'ok', 'refused', 'hang', 'local'] as const),
      );
    } else if (act === 12) {
      fake.network.paths.set('/', this.#pick([200, 200, 200, 200, 200, 200, 500, 403, 503]));
    } else if (act === 13) {
      const list = this.#pick(['white', 'black', null, null, null] as const);
      if (list) {
        fake.access.list(list, this.#pick(ips));
      } else {
        fake.access.unlist(this.#pick(ips));
      }
    } else if (act === 14) {
      void fake.pool.check(1 + this.#below(fake.network.dialled.length + 1));
    } else {
      await fake.clock.advance(this.#below(2_000));
    }
    await fake.clock.advance(this.#below(100));
    this.#verify();
  }

  /** Everything heals; whoever waits is served or has timed out; everything is given back. */
  async finish(): Promise<void> {
    const { fake } = this;
    fake.network.dials.clear();
    fake.network.paths.clear();
    for (const ip of ips) {
      fake.access.unlist(ip);
    }
    for (const lease of this.#leases.splice(0)) {
      lease.release();
    }
    await fake.clock.advance(40_000);
    for (const lease of this.#leases.splice(0)) {
      lease.release();
    }
    await fake.clock.advance(1_000);
    expect(this.#open).toBe(0);
    expect(fake.pool.stats()).toMatchObject({ waiting: 0, activeConnections: 0 });
    const closing = fake.pool.close();
    await fake.clock.advance(10_000);
    await closing;
    expect(fake.network.alive.size).toBe(0);
    expect(fake.clock.timers).toBe(0);
    expect(fake.budget.inFlight).toBe(0);
  }

  #acquire(): void {
    const host = this.#pick(hosts);
    const controller = new AbortController();
    const options = { signal: controller.signal, priority: this.#pick(['interactive', 'background'] as const) };
    const way = this.#below(4);
    const asked =
      way === 0
        ? this.fake.pool.acquireUrl(`https://${host}/path`, options)
        : way === 1
          ? this.fake.pool.acquireIp(`https://${host}/`, this.#pick(ips), options)
          : this.fake.pool.acquire(parseHostName(host), options);
    this.#open += 1;
    asked.then(
      (lease) => {
        this.#open -= 1;
        this.served += 1;
        this.#leases.push(lease);
      },
      () => {
        this.#open -= 1;
        this.refused += 1;
      },
    );
    if (this.#below(6) === 0) {
      this.fake.clock.after(this.#below(500), () => controller.abort(new Error('cancelled')));
    }
  }

  #release(): void {
    const [lease] = this.#leases.splice(this.#below(Math.max(1, this.#leases.length)), 1);
    lease?.release(this.#pick(outcomes));
  }

  #verify(): void {
    const { pool, network } = this.fake;
    const stats = pool.stats();
    const rows = [...pool.rows()];
    expect(stats.totalConnections).toBeLessThanOrEqual(limits.maxConnections);
    expect(stats.idleConnections).toBeLessThanOrEqual(limits.maxIdleConnections);
    for (const host of stats.hosts) {
      expect(host.total).toBeLessThanOrEqual(limits.maxConnectionsPerHost);
    }
    const recount = Object.fromEntries(
      connectionStates.map((state) => [state, rows.filter((row) => row.state === state).length]),
    );
    expect([
      stats.dialingConnections,
      stats.validatingConnections,
      stats.idleConnections,
      stats.checkingConnections,
      stats.activeConnections,
      stats.drainingConnections,
    ]).toEqual([recount.dialing, recount.validating, recount.idle, recount.checking, recount.leased, recount.draining]);
    expect(stats.healthyConnections).toBe(rows.filter(({ healthy }) => healthy).length);
    expect(network.alive.size).toBeLessThanOrEqual(rows.length);
    const leasesById = new Map<number, number>();
    for (const { connectionId } of this.#leases) {
      leasesById.set(connectionId, (leasesById.get(connectionId) ?? 0) + 1);
    }
    for (const [id, held] of leasesById) {
      const row = pool.row(id);
      if (row) {
        expect(held).toBeLessThanOrEqual(row.protocol === 'h2' ? 2 : 1);
        expect(['leased', 'draining']).toContain(row.state);
      }
    }
  }

  #transport(): FakeTransport | undefined {
    const alive = [...this.fake.network.alive];
    return alive[this.#below(Math.max(1, alive.length))];
  }

  #below(count: number): number {
    return Math.floor(this.#random.next() * count);
  }

  #pick<T>(among: readonly T[]): T {
    const picked = among[this.#below(among.length)];
    if (picked === undefined) {
      throw new Error('nothing to pick');
    }
    return picked;
  }
}

describe('random schedules', () => {
  const served: number[] = [];

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('seed %i keeps every rule at every step', async (seed) => {
    const schedule = new Schedule(seed);
    for (let step = 0; step < 400; step += 1) {
      await schedule.step();
    }
    await schedule.finish();
    served.push(schedule.served);
  });

  it('serve most of who ask', () => {
    expect(served.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(400);
  });
});
