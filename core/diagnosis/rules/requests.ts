/** Requests that fail, are slow, or wait. */
import { type DiagnosisRule, established, raised, rule, setting } from '../rule.ts';

/** Fewer finished requests say nothing. */
const tellingRequests = 20;
const slowResponseMs = 3_000;
/** So much of all failures is of one class. */
const oneClassShare = 0.5;
const tellingFailures = 5;
/** So much of a limit is taken: it is the limit that makes callers wait. */
const fullShare = 0.95;
/** Waiters for each connection there is. */
const longQueue = 2;
const moreRoom = 1.5;

export const requestRules: readonly DiagnosisRule[] = [
  rule(
    'success-low',
    ['001.errors.3', '004.monitoring.1', '004.performance.2', '004.key-points.5'],
    ({ statistics: { last60s }, config }) => {
      const { totalRequests, failedRequests, successRate } = last60s;
      const threshold = config['alerts.success_rate'];
      return totalRequests < tellingRequests || successRate >= threshold
        ? null
        : {
            severity: 'problem',
            figures: {
              successShare: successRate,
              failed: failedRequests,
              requests: totalRequests,
              thresholdShare: threshold,
            },
            config: ['alerts.success_rate'],
            remedy: { kind: 'check-all' },
          };
    },
  ),
  rule('response-alert', ['004.monitoring.2'], ({ statistics: { last60s }, config }) => {
    const thresholdMs = config['alerts.response_time'] * 1_000;
    const meanMs = last60s.avgResponseMs;
    return meanMs === null || last60s.totalRequests < tellingRequests || meanMs <= thresholdMs
      ? null
      : { severity: 'problem', figures: { meanMs, thresholdMs }, config: ['alerts.response_time'] };
  }),
  rule('response-slow', ['004.performance.3'], ({ statistics: { last60s }, config }) => {
    const meanMs = last60s.avgResponseMs;
    const alertMs = config['alerts.response_time'] * 1_000;
    return meanMs === null || last60s.totalRequests < tellingRequests || meanMs <= slowResponseMs || meanMs > alertMs
      ? null
      : { severity: 'advice', figures: { meanMs, thresholdMs: slowResponseMs } };
  }),
  {
    id: 'failures-of-one-class',
    sources: ['000.monitoring.2'],
    find({ health, atMs }) {
      const classes = new Map<string, number>();
      let failures = 0;
      for (const { lastError } of health.ips) {
        if (lastError && atMs - lastError.atMs <= 300_000) {
          failures += 1;
          classes.set(lastError.class, (classes.get(lastError.class) ?? 0) + 1);
        }
      }
      return [...classes]
        .filter(([, ips]) => failures >= tellingFailures && ips > failures * oneClassShare)
        .map(([errorClass, ips]) => ({
          severity: 'note' as const,
          figures: { errorClass, ips, failingIps: failures },
        }));
    },
  },
  rule('retries-off', ['001.errors.1'], ({ statistics: { last60s }, config }) =>
    config['pool.max_retries'] > 1 || last60s.failedRequests < tellingFailures
      ? null
      : {
          severity: 'advice',
          figures: { failed: last60s.failedRequests },
          config: ['pool.max_retries'],
          remedy: setting({ 'pool.max_retries': 3 }),
        },
  ),
  rule(
    'wait-long',
    ['001.timeouts.3', '002.operations.4', '002.locks.3', '003.practice.3', '003.optimising.2'],
    ({ statistics: { last60s }, config }) => {
      const thresholdMs = config['alerts.wait_p95'] * 1_000;
      const { waitP95Ms } = last60s;
      return waitP95Ms === null || waitP95Ms <= thresholdMs
        ? null
        : {
            severity: 'problem',
            figures: { waitP95Ms, thresholdMs },
            config: ['alerts.wait_p95', 'pool.acquire_timeout'],
          };
    },
  ),
  rule(
    'pool-full',
    [
      '000.control.2',
      '000.tuning.1',
      '001.settings.1',
      '001.trouble.1',
      '002.monitoring.3',
      '003.steps.1',
      '004.settings.1',
      '004.acquire.1',
      '004.performance.4',
      '004.key-points.1',
    ],
    ({ statistics, config }) => {
      const { waiting, totalConnections, maxConnections } = statistics;
      return waiting === 0 || totalConnections < maxConnections * fullShare
        ? null
        : {
            severity: 'problem',
            figures: { waiting, connections: totalConnections, limit: maxConnections },
            config: ['pool.max_connections'],
            remedy: setting({ 'pool.max_connections': raised(config, 'pool.max_connections', moreRoom) }),
          };
    },
  ),
  {
    id: 'host-full',
    sources: ['002.bottlenecks.2', '004.settings.2'],
    find({ statistics, config }) {
      const limit = config['pool.max_conns_per_host'];
      const perHost = raised(config, 'pool.max_conns_per_host', moreRoom);
      const all = config['pool.max_connections'];
      return statistics.hosts
        .filter(({ waiting, total }) => waiting > 0 && total >= limit)
        .map(({ host, waiting, total }) => ({
          severity: 'problem' as const,
          subject: { kind: 'host' as const, host },
          figures: { waiting, connections: total, limit },
          config: ['pool.max_conns_per_host'] as const,
          remedy: setting({
            'pool.max_conns_per_host': perHost,
            'pool.max_connections': perHost !== null && perHost > all ? perHost : null,
          }),
        }));
    },
  },
  rule('queue-long', ['000.tuning.6'], (facts) => {
    const { waiting } = facts.statistics;
    const connections = established(facts);
    return waiting === 0 || waiting <= connections * longQueue
      ? null
      : { severity: 'advice', figures: { waiting, connections }, config: ['pool.acquire_timeout'] };
  }),
  rule('acquires-time-out', ['001.trouble.1'], ({ past, config }) =>
    past.acquireTimeouts === 0
      ? null
      : {
          severity: 'problem',
          figures: { timeouts: past.acquireTimeouts, spanMs: past.spanMs },
          config: ['pool.acquire_timeout', 'pool.max_connections', 'pool.max_conns_per_host'],
          remedy: setting({ 'pool.acquire_timeout': config['pool.acquire_timeout'] < 30 ? 30 : null }),
        },
  ),
  rule('timeouts-in-wrong-order', ['001.settings.3', '003.practice.3'], ({ config }) => {
    const dial = config['pool.conn_timeout'];
    const test = config['pool.test_timeout'];
    const acquire = config['pool.acquire_timeout'];
    return acquire >= dial
      ? null
      : {
          severity: 'advice',
          figures: { acquireMs: acquire * 1_000, dialMs: dial * 1_000, checkMs: test * 1_000 },
          config: ['pool.acquire_timeout', 'pool.conn_timeout', 'pool.test_timeout'],
          remedy: setting({ 'pool.acquire_timeout': Math.min(3_600, Math.ceil(dial)) }),
        };
  }),
  rule('streams-unused', ['003.scenarios.1', '002.locks.2'], ({ statistics, config }) => {
    const { waiting, h2Connections } = statistics;
    return waiting === 0 || h2Connections === 0 || config['pool.max_streams_per_connection'] > 1
      ? null
      : {
          severity: 'advice',
          figures: { waiting, h2: h2Connections },
          config: ['pool.max_streams_per_connection'],
          remedy: setting({ 'pool.max_streams_per_connection': 10 }),
        };
  }),
  rule('http2-rare', ['000.tuning.3'], (facts) => {
    const connections = established(facts);
    const { h2Connections, waiting } = facts.statistics;
    return connections < 10 || waiting === 0 || h2Connections > 0
      ? null
      : { severity: 'note', figures: { connections, waiting } };
  }),
];
