/** A pool that only pretends: connections come, serve, fail and go, so that every part of the screen has something to show. */
import type { ConnectionRow } from '../../../core/contract/connections.ts';
import type { PoolSample } from '../../../core/contract/statistics.ts';
import type { CloseReason } from '../../../core/contract/vocabulary.ts';
import { type FakeHost, fakeProfiles } from './fake-fleet.ts';
import { pick, type Random } from './fake-random.ts';

export interface FakePoolOptions {
  readonly fleet: readonly FakeHost[];
  readonly connections: number;
  /** Share of requests that fail, 0 to 1. */
  readonly failing: number;
  /** Requests a second, about. */
  readonly rate: number;
  readonly random: Random;
  readonly now: () => number;
}

export interface FakeTotals {
  requests: number;
  failures: number;
  leases: number;
  reused: number;
  dials: number;
  dialFailures: number;
  checks: number;
  checkFailures: number;
  responseMs: number;
}

const zero: FakeTotals = {
  requests: 0,
  failures: 0,
  leases: 0,
  reused: 0,
  dials: 0,
  dialFailures: 0,
  checks: 0,
  checkFailures: 0,
  responseMs: 0,
};

export class FakePool {
  readonly options: FakePoolOptions;
  readonly rows = new Map<number, ConnectionRow>();
  readonly changed = new Set<number>();
  readonly removed = new Map<number, CloseReason>();
  readonly totals: FakeTotals = { ...zero };
  readonly samples: PoolSample[] = [];
  /** Totals of each of the last 60 seconds. */
  readonly seconds: FakeTotals[] = [];
  blocked: (ip: string) => boolean = () => false;
  #second: FakeTotals = { ...zero };
  #times: number[] = [];
  #nextId = 1;

  constructor(options: FakePoolOptions) {
    this.options = options;
    for (let index = 0; index < options.connections; index += 1) {
      this.open(options.random() * 240_000);
    }
    for (let second = 900; second > 0; second -= 1) {
      this.#pretendSecond(options.now() - second * 1_000, second);
    }
  }

  #jitter(around: number): number {
    const { random } = this.options;
    return Math.round(around * (0.55 + random() * 0.5 + random() ** 6 * 4) * 100) / 100;
  }

  #hostOf(): FakeHost {
    const [first, ...others] = this.options.fleet;
    if (first === undefined) {
      throw new Error('The fake fleet has no host: nothing can be opened');
    }
    return pick(this.options.random, [first, ...others]);
  }

  open(ageMs: number, host = this.#hostOf(), ip?: string): ConnectionRow | null {
    const { random, now, failing } = this.options;
    const chosen = ip ?? host.ips[Math.floor(random() * host.ips.length)] ?? '127.0.0.1';
    if (this.blocked(chosen)) {
      return null;
    }
    const used = ageMs > 0 ? Math.floor(random() ** 2 * 900) : 0;
    const healthy = random() > failing * 0.4;
    const row: ConnectionRow = {
      id: this.#nextId++,
      state: 'idle',
      healthy,
      host: host.host,
      ip: chosen,
      port: 443,
      protocol: random() < host.h2Share ? 'h2' : 'http/1.1',
      profile: pick(random, fakeProfiles),
      createdAtMs: now() - ageMs,
      idleSinceMs: now() - Math.min(ageMs, random() * 40_000),
      leasedSinceMs: null,
      leases: used,
      requests: used,
      errors: healthy ? (random() < 0.06 ? 1 : 0) : 2 + Math.floor(random() * 6),
      tcpMs: this.#jitter(host.tcpMs),
      tlsMs: this.#jitter(host.tlsMs),
      lastResponseMs: used > 0 ? this.#jitter(host.responseMs) : null,
      resumed: random() < 0.3,
    };
    this.totals.dials += 1;
    this.#second.dials += 1;
    this.#put(row);
    return row;
  }

  #put(row: ConnectionRow): void {
    this.rows.set(row.id, row);
    this.changed.add(row.id);
  }

  close(id: number, reason: CloseReason): boolean {
    if (!this.rows.delete(id)) {
      return false;
    }
    this.changed.delete(id);
    this.removed.set(id, reason);
    return true;
  }

  check(ids: readonly number[]): { checked: number; unhealthy: number } {
    let checked = 0;
    let unhealthy = 0;
    for (const id of ids) {
      const row = this.rows.get(id);
      if (row?.state === 'idle') {
        checked += 1;
        unhealthy += row.healthy ? 0 : 1;
        this.totals.checks += 1;
        this.#put({ ...row, idleSinceMs: this.options.now() });
      }
    }
    return { checked, unhealthy };
  }

  /** A tenth of a second goes by. */
  step(): void {
    const { random, rate, failing, now, connections } = this.options;
    const ids = [...this.rows.keys()];
    const leases = Math.round(Math.min(ids.length / 3, (rate / 10) * (0.7 + random() * 0.6)));
    for (let count = 0; count < leases; count += 1) {
      const id = ids[Math.floor(random() * ids.length)];
      const row = id === undefined ? undefined : this.rows.get(id);
      if (row?.state === 'idle' && row.healthy) {
        this.#lease(row);
      }
    }
    for (const row of this.rows.values()) {
      if (row.state === 'leased' && random() < 0.5) {
        this.#release(row, random() < failing);
      } else if (row.state === 'validating' || (row.state === 'dialing' && random() < 0.4)) {
        this.#put({ ...row, state: row.state === 'dialing' ? 'validating' : 'idle', idleSinceMs: now() });
      }
    }
    this.#churn(ids, connections);
  }

  #lease(row: ConnectionRow): void {
    this.totals.leases += 1;
    this.#second.leases += 1;
    if (row.requests > 0) {
      this.totals.reused += 1;
      this.#second.reused += 1;
    }
    this.#put({
      ...row,
      state: 'leased',
      leases: row.leases + 1,
      idleSinceMs: null,
      leasedSinceMs: this.options.now(),
    });
  }

  #release(row: ConnectionRow, failed: boolean): void {
    const host = this.options.fleet.find((entry) => entry.host === row.host);
    const responseMs = this.#jitter((host?.responseMs ?? 1) * (failed ? 6 : 1));
    for (const totals of [this.totals, this.#second]) {
      totals.requests += 1;
      totals.failures += failed ? 1 : 0;
      totals.responseMs += responseMs;
    }
    this.#times.push(responseMs);
    const errors = row.errors + (failed ? 1 : 0);
    this.#put({
      ...row,
      state: 'idle',
      healthy: errors < 6 && row.healthy,
      requests: row.requests + 1,
      errors,
      lastResponseMs: responseMs,
      idleSinceMs: this.options.now(),
      leasedSinceMs: null,
    });
  }

  #churn(ids: readonly number[], wanted: number): void {
    const { random } = this.options;
    if (random() < 0.25) {
      const id = ids[Math.floor(random() * ids.length)];
      const row = id === undefined ? undefined : this.rows.get(id);
      if (row && row.state === 'idle') {
        this.close(row.id, row.healthy ? 'max-lifetime' : 'unhealthy');
      }
    }
    for (let missing = wanted - this.rows.size, most = 3; missing > 0 && most > 0; missing -= 1, most -= 1) {
      const row = this.open(0);
      if (row) {
        this.#put({ ...row, state: 'dialing', idleSinceMs: null, protocol: null, healthy: true, errors: 0 });
      }
    }
  }

  #pretendSecond(atMs: number, second: number): void {
    const { random, rate, failing } = this.options;
    const wave = 1 + 0.22 * Math.sin(second / 60) + 0.1 * Math.sin(second / 11) + (random() - 0.5) * 0.16;
    const requests = Math.max(0, Math.round(rate * wave));
    const base = (5.2 + Math.sin(second / 90) * 0.8) * (failing > 0.1 ? 2.5 : 1);
    const quiet = requests === 0;
    const failures = Math.round(requests * failing * random() * 2);
    if (second <= 60) {
      const reused = Math.round(requests * 0.97);
      const pretended = { ...zero, requests, failures, leases: requests, reused, responseMs: requests * base };
      this.seconds.push({ ...pretended, dials: requests - reused, checks: Math.round(this.rows.size / 30) });
    }
    this.samples.push({
      atMs,
      requests,
      failures,
      responseP50Ms: quiet ? null : base * (0.9 + random() * 0.2),
      responseP95Ms: quiet ? null : base * (2.1 + random() * 0.7),
      responseP99Ms: quiet ? null : base * (3.2 + random() * 1.8),
      total: this.rows.size,
      active: Math.round(this.rows.size * 0.2),
      healthy: this.rows.size,
    });
  }

  /** A second has gone by: its sample. */
  endSecond(): PoolSample {
    const sorted = this.#times.sort((a, b) => a - b);
    const at = (share: number): number | null => sorted[Math.floor(sorted.length * share)] ?? null;
    const rows = [...this.rows.values()];
    const sample: PoolSample = {
      atMs: this.options.now(),
      requests: this.#second.requests,
      failures: this.#second.failures,
      responseP50Ms: at(0.5),
      responseP95Ms: at(0.95),
      responseP99Ms: at(0.99),
      total: rows.length,
      active: rows.filter((row) => row.state === 'leased').length,
      healthy: rows.filter((row) => row.healthy).length,
    };
    this.samples.push(sample);
    this.samples.splice(0, this.samples.length - 900);
    this.seconds.push(this.#second);
    this.seconds.splice(0, this.seconds.length - 60);
    this.#second = { ...zero };
    this.#times = [];
    return sample;
  }
}
