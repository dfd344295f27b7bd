/**
 * The pool's figures for other programs, named by Prometheus' conventions and, where OpenTelemetry has a name for the
 * thing, by its semantic conventions for HTTP clients (`http.client.open_connections`, `http.client.connection.duration`,
 * `http.client.request.duration`).
 */
import type { ConnectionRow } from '../contract/connections.ts';
import type { HostStatistics, PoolStatistics } from '../contract/statistics.ts';
import type { CloseReason } from '../contract/vocabulary.ts';
import { Histogram } from '../statistics/histogram.ts';
import type { Tally } from '../statistics/tally.ts';
import type { HistogramSample, Labels, MetricFamily, MetricSample } from './metric-text.ts';

/** What the metrics read of the pool. */
export interface MeteredPool {
  statistics(): PoolStatistics;
  /** Everything counted since the start. */
  totals(): Readonly<Tally>;
  observe(observer: {
    changed(connectionId: number): void;
    closed(connectionId: number, reason: CloseReason): void;
  }): () => void;
  closedRow(connectionId: number): { readonly row: ConnectionRow; readonly closedAtMs: number } | undefined;
}

/** OpenTelemetry's own advice for request durations, seconds. */
const requestBoundsS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];
const waitBoundsS = [0.0001, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30];
const lifeBoundsS = [1, 5, 10, 30, 60, 120, 300, 600, 1_800, 3_600, 86_400];

export class PoolMetrics {
  readonly #pool: MeteredPool;
  readonly #version: string;
  readonly #closes = new Map<CloseReason, number>();
  readonly #lives = new Histogram();
  readonly #stop: () => void;

  /** Counts from now on. */
  constructor(pool: MeteredPool, version: string) {
    this.#pool = pool;
    this.#version = version;
    this.#stop = pool.observe({
      changed: () => {},
      closed: (connectionId, reason) => this.#closed(connectionId, reason),
    });
  }

  families(): MetricFamily[] {
    const statistics = this.#pool.statistics();
    return [
      ...this.#ofPool(statistics),
      ...hostFamilies(statistics.hosts),
      ...this.#counted(),
      ...engineFamilies(statistics),
    ];
  }

  close(): void {
    this.#stop();
  }

  #closed(connectionId: number, reason: CloseReason): void {
    this.#closes.set(reason, (this.#closes.get(reason) ?? 0) + 1);
    const closed = this.#pool.closedRow(connectionId);
    if (closed) {
      this.#lives.record(Math.max(0, closed.closedAtMs - closed.row.createdAtMs));
    }
  }

  #ofPool(statistics: PoolStatistics): MetricFamily[] {
    return [
      gauge('hotpool_info', 'Always 1; says which program this is.', [
        { labels: { version: this.#version }, value: 1 },
      ]),
      gauge(
        'hotpool_healthy',
        'Whether the pool is healthy: it has connections, healthy ones, and half of its requests succeed.',
        [{ value: Number(statistics.isHealthy) }],
      ),
      gauge('hotpool_connections_max', 'How many connections there may be (max_connections).', [
        { value: statistics.maxConnections },
      ]),
      gauge('hotpool_connections', 'Connections by their state; every one is in exactly one.', states(statistics)),
      gauge('hotpool_connections_healthy', 'Connections whose healthy flag is up.', [
        { value: statistics.healthyConnections },
      ]),
      gauge('hotpool_connections_h2', 'Connections that speak HTTP/2.', [{ value: statistics.h2Connections }]),
      gauge('hotpool_waiters', 'Acquires that wait for a connection.', [{ value: statistics.waiting }]),
      gauge('hotpool_leases_overdue', 'Leases held for longer than leak_threshold.', [
        { value: statistics.leasesOverLeakThreshold },
      ]),
      gauge('hotpool_access_entries', 'Entries of the access lists.', [
        { labels: { list: 'white' }, value: statistics.whitelistIps },
        { labels: { list: 'black' }, value: statistics.blacklistIps },
      ]),
      counter('hotpool_whitelist_moves', 'IPs that recovered and moved to the white list.', [
        { value: statistics.whitelistMoves },
      ]),
      counter('hotpool_dns_connections', 'Connections made to IPs that DNS brought.', [
        { value: statistics.newConnectionsFromDns },
      ]),
    ];
  }

  #counted(): MetricFamily[] {
    const totals = this.#pool.totals();
    const outcomes = (good: number, bad: number): MetricSample[] => [
      { labels: { outcome: 'ok' }, value: good },
      { labels: { outcome: 'failed' }, value: bad },
    ];
    return [
      counter('hotpool_requests', 'Finished requests; a broken one is a failed one.', [
        ...outcomes(totals.successfulRequests, totals.failedRequests),
      ]),
      counter('hotpool_leases', 'Leases, on a connection that had served before or on one that had not.', [
        { labels: { connection: 'reused' }, value: totals.reusingLeases },
        { labels: { connection: 'new' }, value: totals.leases - totals.reusingLeases },
      ]),
      counter('hotpool_releases', 'Releases, by whether the connection was usable again afterwards.', [
        { labels: { connection: 'recycled' }, value: totals.recycling.count },
        { labels: { connection: 'closed' }, value: totals.releases - totals.recycling.count },
      ]),
      counter(
        'hotpool_dials',
        'Dials that have ended.',
        outcomes(totals.dials - totals.dialFailures, totals.dialFailures),
      ),
      counter(
        'hotpool_checks',
        'Health checks of idle connections that have ended.',
        outcomes(totals.checks - totals.checkFailures, totals.checkFailures),
      ),
      counter(
        'hotpool_connections_closed',
        'Connections that were closed, by reason.',
        Array.from(this.#closes, ([reason, value]) => ({ labels: { reason }, value })),
      ),
      histogram('http_client_request_duration_seconds', 'From a request sent to its response headers.', [
        histogramSample(totals.responses, requestBoundsS),
      ]),
      histogram(
        'hotpool_acquire_wait_seconds',
        'From the acquire call to the lease, or to the end of an acquire that got none.',
        [histogramSample(totals.waits, waitBoundsS)],
      ),
      histogram('http_client_connection_duration_seconds', 'How long connections lived that are closed.', [
        histogramSample(this.#lives, lifeBoundsS),
      ]),
    ];
  }
}

function states(statistics: PoolStatistics): MetricSample[] {
  const byState = {
    dialing: statistics.dialingConnections,
    validating: statistics.validatingConnections,
    checking: statistics.checkingConnections,
    idle: statistics.idleConnections,
    leased: statistics.activeConnections,
    draining: statistics.drainingConnections,
  };
  return Object.entries(byState).map(([state, value]) => ({ labels: { state }, value }));
}

function hostFamilies(hosts: readonly HostStatistics[]): MetricFamily[] {
  const each = (read: (host: HostStatistics) => readonly MetricSample[]): MetricSample[] =>
    hosts.flatMap((host) =>
      read(host).map(({ labels, value }) => ({ labels: { ...serverLabels(host.host), ...labels }, value })),
    );
  return [
    gauge(
      'http_client_open_connections',
      'Open connections of each host, in use (active) or not (idle).',
      each(({ idle, leased }) => [
        { labels: { http_connection_state: 'active' }, value: leased },
        { labels: { http_connection_state: 'idle' }, value: idle },
      ]),
    ),
    gauge(
      'hotpool_host_connections_healthy',
      'Healthy connections of each host.',
      each(({ healthy }) => [{ value: healthy }]),
    ),
    gauge(
      'hotpool_host_waiters',
      'Acquires of each host that wait.',
      each(({ waiting }) => [{ value: waiting }]),
    ),
    gauge(
      'hotpool_host_ips',
      'Addresses known of each host.',
      each(({ ips }) => [{ value: ips }]),
    ),
  ];
}

function engineFamilies({ engine, startedAtMs }: PoolStatistics): MetricFamily[] {
  return [
    gauge(
      'hotpool_start_time_seconds',
      'When the engine was started, since 1970.',
      [{ value: startedAtMs / 1_000 }],
      'seconds',
    ),
    gauge(
      'hotpool_event_loop_delay_p50_seconds',
      'Median delay of the event loop over the last second.',
      [{ value: engine.loopDelayP50Ms / 1_000 }],
      'seconds',
    ),
    gauge(
      'hotpool_event_loop_delay_p99_seconds',
      'Delay of the event loop over the last second that 1 % of its turns exceeded.',
      [{ value: engine.loopDelayP99Ms / 1_000 }],
      'seconds',
    ),
    gauge('hotpool_cpu_cores', 'Cores that the process kept busy over the last second.', [{ value: engine.cpuShare }]),
    gauge('hotpool_resident_memory_bytes', 'Resident memory of the process.', [{ value: engine.rssBytes }], 'bytes'),
    gauge(
      'hotpool_open_fds',
      'Open file descriptors of the process.',
      engine.openFileDescriptors === null ? [] : [{ value: engine.openFileDescriptors }],
    ),
    counter(
      'hotpool_network_bytes',
      'Bytes on all connections, TLS included.',
      [
        { labels: { direction: 'in' }, value: engine.bytesIn },
        { labels: { direction: 'out' }, value: engine.bytesOut },
      ],
      'bytes',
    ),
  ];
}

/** `host:port` or `[IPv6]:port`; the port is 443 when it is not written. */
function serverLabels(host: string): Labels {
  const [, address = host, port = '443'] = /^(.*?|\[.*\])(?::(\d+))?$/.exec(host) ?? [];
  return { server_address: address, server_port: port };
}

function histogramSample(values: Histogram, boundsS: readonly number[]): HistogramSample {
  return {
    buckets: [
      ...boundsS.map((boundS) => ({ atMost: boundS, count: values.countUpTo(boundS * 1_000) })),
      { atMost: Number.POSITIVE_INFINITY, count: values.count },
    ],
    count: values.count,
    sum: values.sumMs / 1_000,
  };
}

function gauge(name: string, help: string, samples: readonly MetricSample[], unit?: string): MetricFamily {
  return { name, help, type: 'gauge', samples, ...(unit === undefined ? {} : { unit }) };
}

function counter(name: string, help: string, samples: readonly MetricSample[], unit?: string): MetricFamily {
  return { name, help, type: 'counter', samples, ...(unit === undefined ? {} : { unit }) };
}

function histogram(name: string, help: string, samples: readonly HistogramSample[]): MetricFamily {
  return { name, help, type: 'histogram', samples, unit: 'seconds' };
}
