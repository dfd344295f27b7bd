/** A pool that holds only rows: for the console's streams. */
import type { ConnectionRow } from '../../../core/contract/connections.ts';
import type { PoolSample, PoolStatistics, WindowStatistics } from '../../../core/contract/statistics.ts';
import type { CloseReason } from '../../../core/contract/vocabulary.ts';
import type { ConnectionObserver, PoolView } from '../../../core/pool/pool-ports.ts';

export class FakePoolView implements PoolView {
  readonly #rows = new Map<number, ConnectionRow>();
  readonly #observers = new Set<ConnectionObserver>();
  readonly samples: PoolSample[] = [];
  /** How often the counters were read. */
  statisticsReads = 0;

  get observers(): number {
    return this.#observers.size;
  }

  /** Puts a row, new or changed, and tells. */
  put(id: number, change: Partial<ConnectionRow> = {}): void {
    this.#rows.set(id, { ...(this.#rows.get(id) ?? newRow(id)), ...change });
    for (const observer of this.#observers) {
      observer.changed(id);
    }
  }

  remove(id: number, reason: CloseReason): void {
    this.#rows.delete(id);
    for (const observer of this.#observers) {
      observer.closed(id, reason);
    }
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

  statistics(): PoolStatistics {
    this.statisticsReads += 1;
    return newStatistics(this.#rows.size);
  }

  samplesAfter(last: PoolSample | null): readonly PoolSample[] {
    return this.samples.slice(last === null ? 0 : this.samples.lastIndexOf(last) + 1);
  }

  async closeConnections(ids: ReadonlySet<number>, reason: CloseReason): Promise<number> {
    const there = [...ids].filter((id) => this.#rows.has(id));
    for (const id of there) {
      this.remove(id, reason);
    }
    return there.length;
  }

  drainConnections(ids: ReadonlySet<number>, reason: CloseReason): Promise<number> {
    return this.closeConnections(ids, reason);
  }

  countByIp(matches: (ip: string) => boolean): { total: number; leased: number } {
    const matching = [...this.#rows.values()].filter(({ ip }) => matches(ip));
    return { total: matching.length, leased: matching.filter(({ state }) => state === 'leased').length };
  }
}

export function newRow(id: number): ConnectionRow {
  return {
    id,
    state: 'idle',
    healthy: true,
    host: 'tiles.demo.test',
    ip: `127.0.0.${(id % 250) + 1}`,
    port: 443,
    protocol: 'h2',
    profile: 'modern-h2',
    createdAtMs: 1_000,
    idleSinceMs: 1_000,
    leasedSinceMs: null,
    leases: 0,
    requests: 0,
    errors: 0,
    tcpMs: 1,
    tlsMs: 2,
    lastResponseMs: null,
    resumed: false,
  };
}

export function newSample(atMs: number): PoolSample {
  const nothing = { responseP50Ms: null, responseP95Ms: null, responseP99Ms: null };
  return { atMs, requests: 1, failures: 0, ...nothing, total: 1, active: 0, healthy: 1 };
}

const emptyWindow: WindowStatistics = {
  totalRequests: 0,
  successfulRequests: 0,
  failedRequests: 0,
  successRate: 1,
  avgResponseMs: null,
  responseP50Ms: null,
  leases: 0,
  connReuseRate: null,
  connectionsReused: null,
  releases: 0,
  recyclingRate: null,
  recyclingDelayMeanMs: null,
  recyclingDelayP95Ms: null,
  waitP50Ms: null,
  waitP95Ms: null,
  dials: 0,
  dialFailures: 0,
  coldMs: null,
  fullTlsMs: null,
  resumedHandshakes: 0,
  resumedTlsMs: null,
  checks: 0,
  checkFailures: 0,
};

export function newStatistics(total: number): PoolStatistics {
  return {
    atMs: 0,
    startedAtMs: 0,
    maxConnections: 100,
    totalConnections: total,
    dialingConnections: 0,
    validatingConnections: 0,
    checkingConnections: 0,
    activeConnections: 0,
    idleConnections: total,
    drainingConnections: 0,
    healthyConnections: total,
    h2Connections: total,
    waiting: 0,
    leasesOverLeakThreshold: 0,
    whitelistIps: 0,
    blacklistIps: 0,
    whitelistMoves: 0,
    newConnectionsFromDns: 0,
    isHealthy: total > 0,
    sinceStart: emptyWindow,
    last60s: emptyWindow,
    engine: {
      loopDelayP50Ms: 0,
      loopDelayP99Ms: 0,
      cpuShare: 0,
      rssBytes: 0,
      openFileDescriptors: null,
      bytesIn: 0,
      bytesOut: 0,
      uptimeMs: 0,
    },
    verdict: { level: 'healthy', reasons: [], sinceMs: 0 },
    hosts: [],
  };
}
