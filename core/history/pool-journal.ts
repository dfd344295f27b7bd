/** From the living pool to its history: every second of it and of its hosts, and every connection that ends. */
import { type HistoryDistribution, type HistoryQuantity, historyDistributions } from '../contract/history.ts';
import type { PoolStatistics } from '../contract/statistics.ts';
import type { PoolSecond, RememberedPool } from '../pool/pool-ports.ts';
import type { Histogram } from '../statistics/histogram.ts';
import type { HostSecond } from '../statistics/host-second.ts';
import type { History } from './history.ts';
import type { SecondSample } from './history-batch.ts';

export class PoolJournal {
  readonly #pool: RememberedPool;
  readonly #history: Pick<History, 'recordSecond' | 'recordLife'>;
  readonly #engineStartedAtMs: number;
  readonly #stops: readonly (() => void)[];
  /** Counted since the start by the statistics; their seconds' shares are differences. */
  #bytes: { readonly in: number; readonly out: number } | null = null;

  /** Listens at once. */
  constructor(pool: RememberedPool, history: Pick<History, 'recordSecond' | 'recordLife'>, engineStartedAtMs: number) {
    this.#pool = pool;
    this.#history = history;
    this.#engineStartedAtMs = engineStartedAtMs;
    this.#stops = [
      pool.onSecond((second) => this.#recordSecond(second)),
      pool.observe({ changed: () => {}, closed: (connectionId) => this.#recordLife(connectionId) }),
    ];
  }

  close(): void {
    for (const stop of this.#stops) {
      stop();
    }
  }

  #recordSecond({ statistics, tally, hosts: seconds }: PoolSecond): void {
    // The second that is over, not the one that has just begun; a timer may fire a little before it has.
    const atS = Math.round(statistics.atMs / 1_000) - 1;
    const { engine } = statistics;
    const before = this.#bytes ?? { in: engine.bytesIn, out: engine.bytesOut };
    this.#bytes = { in: engine.bytesIn, out: engine.bytesOut };
    const requests = tally.successfulRequests + tally.failedRequests;
    const pool: SecondSample = {
      scope: '',
      atS,
      quantities: {
        ...population(statistics),
        requests,
        failures: tally.failedRequests,
        leases: tally.leases,
        'reusing-leases': tally.reusingLeases,
        releases: tally.releases,
        recycled: tally.recycling.count,
        dials: tally.dials,
        'dial-failures': tally.dialFailures,
        checks: tally.checks,
        'check-failures': tally.checkFailures,
        'whitelist-ips': statistics.whitelistIps,
        'blacklist-ips': statistics.blacklistIps,
        'bytes-in': engine.bytesIn - before.in,
        'bytes-out': engine.bytesOut - before.out,
        'loop-delay-p99-ms': engine.loopDelayP99Ms,
        'cpu-share': engine.cpuShare,
        'rss-bytes': engine.rssBytes,
        ...(engine.openFileDescriptors === null ? {} : { 'open-file-descriptors': engine.openFileDescriptors }),
      },
      distributions: encoded({
        'response-ms': tally.responses,
        'wait-ms': tally.waits,
        'recycling-ms': tally.recycling,
      }),
    };
    const hosts = statistics.hosts.map(
      ({ host, total, dialing, idle, leased, healthy, waiting }): SecondSample => ({
        scope: host,
        atS,
        quantities: { total, dialing, idle, active: leased, healthy, waiting, ...counted(seconds.get(host)) },
        distributions: encoded({ 'response-ms': seconds.get(host)?.responses ?? null }),
      }),
    );
    this.#history.recordSecond([...hosts, pool]);
  }

  #recordLife(connectionId: number): void {
    const closed = this.#pool.closedRow(connectionId);
    if (!closed) {
      return;
    }
    const { row, reason, closedAtMs } = closed;
    this.#history.recordLife({
      engineStartedAtMs: this.#engineStartedAtMs,
      id: row.id,
      host: row.host,
      ip: row.ip,
      port: row.port,
      profile: row.profile,
      protocol: row.protocol,
      resumed: row.resumed,
      createdAtMs: row.createdAtMs,
      closedAtMs,
      reason,
      tcpMs: row.tcpMs,
      tlsMs: row.tlsMs,
      lastResponseMs: row.lastResponseMs,
      leases: row.leases,
      requests: row.requests,
      errors: row.errors,
    });
  }
}

function population(statistics: PoolStatistics): Partial<Record<HistoryQuantity, number>> {
  return {
    total: statistics.totalConnections,
    dialing: statistics.dialingConnections,
    idle: statistics.idleConnections,
    active: statistics.activeConnections,
    healthy: statistics.healthyConnections,
    waiting: statistics.waiting,
  };
}

function counted(second: HostSecond | undefined): Partial<Record<HistoryQuantity, number>> {
  return second
    ? {
        requests: second.requests,
        failures: second.failures,
        dials: second.dials,
        'dial-failures': second.dialFailures,
        checks: second.checks,
        'check-failures': second.checkFailures,
      }
    : {};
}

function encoded(
  histograms: Readonly<Partial<Record<HistoryDistribution, Histogram | null>>>,
): Partial<Record<HistoryDistribution, Uint8Array>> {
  const distributions: Partial<Record<HistoryDistribution, Uint8Array>> = {};
  for (const name of historyDistributions) {
    const bytes = histograms[name]?.encode();
    if (bytes) {
      distributions[name] = bytes;
    }
  }
  return distributions;
}
