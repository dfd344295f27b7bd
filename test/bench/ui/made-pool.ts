/**
 * A pool that is made up: ten thousand rows over a thousand addresses that are leased, released, closed and opened by a
 * seed, so many changes a second. Its figures are counted by the pool's own recorder, so that what the page shows moves as it
 * does in life.
 */
import type { Clock } from '../../../core/base/clock.ts';
import { type Random, randomIndex, seededRandom } from '../../../core/base/random.ts';
import type { ConnectionRow } from '../../../core/contract/connections.ts';
import type { HealthPicture, IpHealth } from '../../../core/contract/health.ts';
import type { HostStatistics, PoolSample, PoolStatistics } from '../../../core/contract/statistics.ts';
import type { CloseReason } from '../../../core/contract/vocabulary.ts';
import type { ConnectionObserver, PoolView } from '../../../core/pool/pool-ports.ts';
import { PoolRecorder } from '../../../core/statistics/pool-recorder.ts';
import { newStatistics } from '../../support/console/fake-pool-view.ts';

export interface MadePoolOptions {
  readonly clock: Clock;
  readonly seed: number;
  readonly connections: number;
  readonly changesPerSecond: number;
}

export const madeHosts = ['edge.bench.test', 'tiles.bench.test', 'api.bench.test'];

/** Changes are made in small portions, as they come from sockets. */
const portionMs = 10;
const addressCount = 1_000;
/** As many are leased at a time, of each hundred. */
const leasedShare = 0.04;
/** Of all changes: a connection that grew old, and the one that takes its place. At 2,000 a second, 10,000 live five minutes. */
const turnoverShare = 0.017;
const failureShare = 0.004;

interface Address {
  readonly host: string;
  readonly ip: string;
}

export class MadePool implements PoolView {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #recorder: PoolRecorder;
  readonly #startedAtMs: number;
  readonly #changesPerSecond: number;
  readonly #limit: number;
  readonly #addresses: readonly Address[];
  readonly #rows = new Map<number, ConnectionRow>();
  /** Ids that can be drawn by lot; the oldest lease ends first. */
  readonly #idle: number[] = [];
  readonly #leased: number[] = [];
  readonly #observers = new Set<ConnectionObserver>();
  #nextId = 1;
  /** Rows put or removed so far. */
  #changes = 0;

  constructor({ clock, seed, connections, changesPerSecond }: MadePoolOptions) {
    this.#clock = clock;
    this.#random = seededRandom(seed);
    this.#recorder = new PoolRecorder(clock.monotonicMs());
    this.#startedAtMs = clock.epochMs();
    this.#changesPerSecond = changesPerSecond;
    this.#limit = connections;
    this.#addresses = Array.from({ length: addressCount }, (_, index) => madeAddress(index));
    for (let made = 0; made < connections; made += 1) {
      this.#open(this.#random.next() * 300_000);
    }
  }

  get changes(): number {
    return this.#changes;
  }

  /** Makes changes until the returned function is called. */
  start(): () => void {
    const beganMs = this.#clock.monotonicMs();
    const beganAt = this.#changes;
    let stopped = false;
    const portion = (): void => {
      if (stopped) {
        return;
      }
      const due = beganAt + ((this.#clock.monotonicMs() - beganMs) / 1_000) * this.#changesPerSecond;
      while (this.#changes < due) {
        this.#change();
      }
      this.#endSecond();
      this.#clock.after(portionMs, portion);
    };
    portion();
    return () => {
      stopped = true;
    };
  }

  rows(): Iterable<ConnectionRow> {
    return this.#rows.values();
  }

  row(id: number): ConnectionRow | undefined {
    return this.#rows.get(id);
  }

  observe(observer: ConnectionObserver): () => void {
    this.#observers.add(observer);
    return () => this.#observers.delete(observer);
  }

  samplesAfter(last: PoolSample | null): readonly PoolSample[] {
    return this.#recorder.samplesAfter(last);
  }

  statistics(): PoolStatistics {
    const served = { served: this.#rows.size, servedAgain: this.#rows.size };
    const healthy = this.#healthy();
    return {
      ...newStatistics(this.#rows.size),
      ...this.#recorder.read(served, served),
      atMs: this.#clock.epochMs(),
      startedAtMs: this.#startedAtMs,
      maxConnections: this.#limit,
      activeConnections: this.#leased.length,
      idleConnections: this.#idle.length,
      healthyConnections: healthy,
      verdict: { level: 'healthy', reasons: [], sinceMs: this.#startedAtMs },
      hosts: this.#hosts(),
    };
  }

  /** Of each address; a few are ejected. */
  picture(): HealthPicture {
    const atMs = this.#clock.epochMs();
    return {
      atMs,
      localOutage: null,
      hosts: madeHosts.map((host) => ({
        host,
        ips: this.#addresses.filter((address) => address.host === host).length,
        available: 0,
        blocked: 0,
        ejected: 0,
        mayEject: 0,
        held: 0,
        panic: false,
        blocksUs: false,
      })),
      ips: this.#addresses.map((address, index) => madeHealth(address, index, atMs)),
    };
  }

  drainConnections(): Promise<number> {
    return Promise.resolve(0);
  }

  closeConnections(): Promise<number> {
    return Promise.resolve(0);
  }

  countByIp(): { readonly total: number; readonly leased: number } {
    return { total: 0, leased: 0 };
  }

  #change(): void {
    const lot = this.#random.next();
    if (lot < turnoverShare) {
      this.#close(takeAny(this.#random, this.#idle), 'max-lifetime');
      this.#open(0);
    } else if (this.#leased.length > this.#rows.size * leasedShare) {
      this.#release(this.#leased.shift());
    } else {
      this.#lease(takeAny(this.#random, this.#idle));
    }
  }

  #open(ageMs: number): void {
    const id = this.#nextId;
    this.#nextId += 1;
    const address = this.#addresses[randomIndex(this.#random, this.#addresses.length)] ?? madeAddress(0);
    const nowMs = Math.round(this.#clock.epochMs() - ageMs);
    const resumed = this.#random.next() < 0.6;
    const tcpMs = this.#duration(8);
    const tlsMs = this.#duration(resumed ? 6 : 18);
    this.#idle.push(id);
    this.#recorder.dial(true);
    this.#recorder.connected({ resumed, tlsMs, totalMs: tcpMs + tlsMs });
    this.#put({
      id,
      state: 'idle',
      healthy: true,
      ...address,
      port: 443,
      protocol: this.#random.next() < 0.8 ? 'h2' : 'http/1.1',
      profile: 'modern-h2',
      createdAtMs: nowMs,
      idleSinceMs: nowMs,
      leasedSinceMs: null,
      leases: 0,
      requests: 0,
      errors: 0,
      tcpMs,
      tlsMs,
      lastResponseMs: null,
      resumed,
    });
  }

  #close(id: number, reason: CloseReason): void {
    this.#rows.delete(id);
    this.#changes += 1;
    for (const observer of this.#observers) {
      observer.closed(id, reason);
    }
  }

  #lease(id: number): void {
    const row = this.#rows.get(id);
    if (row) {
      this.#leased.push(id);
      this.#recorder.lease(0, row.leases > 0);
      const leasedSinceMs = this.#clock.epochMs();
      this.#put({ ...row, state: 'leased', idleSinceMs: null, leasedSinceMs, leases: row.leases + 1 });
    }
  }

  #release(id = 0): void {
    const row = this.#rows.get(id);
    if (row) {
      const ok = this.#random.next() >= failureShare;
      const lastResponseMs = this.#duration(30);
      this.#idle.push(id);
      this.#recorder.request(ok, lastResponseMs);
      this.#recorder.recycled(0);
      this.#put({
        ...row,
        state: 'idle',
        healthy: ok,
        idleSinceMs: this.#clock.epochMs(),
        leasedSinceMs: null,
        requests: row.requests + 1,
        errors: row.errors + Number(!ok),
        lastResponseMs,
      });
    }
  }

  #put(row: ConnectionRow): void {
    this.#rows.set(row.id, row);
    this.#changes += 1;
    for (const observer of this.#observers) {
      observer.changed(row.id);
    }
  }

  /** Milliseconds around a mean, to the microsecond, as sockets are measured. */
  #duration(meanMs: number): number {
    return Math.round(meanMs * (0.3 + 1.4 * this.#random.next()) * 1_000) / 1_000;
  }

  #endSecond(): void {
    const active = this.#leased.length;
    const population = { total: this.#rows.size, active, healthy: this.#rows.size };
    this.#recorder.advance(this.#clock.monotonicMs(), this.#clock.epochMs(), population);
  }

  #healthy(): number {
    return this.#rows.values().reduce((healthy, row) => healthy + Number(row.healthy), 0);
  }

  #hosts(): HostStatistics[] {
    return madeHosts.map((host) => {
      const rows = [...this.#rows.values()].filter((row) => row.host === host);
      const leased = rows.filter(({ state }) => state === 'leased').length;
      const healthy = rows.filter((row) => row.healthy).length;
      const ips = this.#addresses.filter((address) => address.host === host).length;
      return { host, ips, total: rows.length, dialing: 0, idle: rows.length - leased, leased, healthy, waiting: 0 };
    });
  }
}

/** Takes one out; the last takes its place. */
function takeAny(random: Random, ids: number[]): number {
  const at = randomIndex(random, ids.length);
  const id = ids[at] ?? 0;
  ids[at] = ids.at(-1) ?? 0;
  ids.pop();
  return id;
}

function madeAddress(index: number): Address {
  const host = madeHosts[index % madeHosts.length] ?? '';
  const isV6 = index % 10 === 9;
  return { host, ip: isV6 ? `2001:db8::${index.toString(16)}` : `10.${index % 40}.${index % 7}.${(index % 250) + 1}` };
}

function madeHealth({ host, ip }: Address, index: number, atMs: number): IpHealth {
  const isEjected = index % 50 === 0;
  return {
    host,
    ip,
    port: 443,
    state: isEjected ? 'ejected' : 'allowed',
    reason: isEjected ? 'failures-in-a-row' : null,
    ejectedUntilMs: isEjected ? atMs + 30_000 : null,
    ejectedForMs: isEjected ? 30_000 : null,
    nextProbeAtMs: isEjected ? atMs + 30_000 : null,
    ejections: Number(isEjected),
    heldInUse: false,
    consecutiveFailures: 0,
    goodProbes: 0,
    successShare: 1,
    asked: Math.floor(atMs / 1_000) % 100,
    latencyMs: 20 + (atMs % 1_000) / 100,
    lastError: null,
  };
}
