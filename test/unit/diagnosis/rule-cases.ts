/** For each rule a pool in which it fires, and one just short of it in which it does not. */
import { presets } from '../../../core/config/presets.ts';
import type { DiagnosisRuleId } from '../../../core/contract/diagnosis.ts';
import { atMs, type Change, failingIps } from './healthy-facts.ts';

export interface RuleCase {
  readonly fires: Change;
  readonly quiet: Change;
}

const presetOf = (name: 'low' | 'medium' | 'high', keys: number): Change => ({
  config: { 'pool.max_connections': 300 },
  facts: {
    preset: {
      name,
      values: presets[name].values,
      diff: [{ path: 'pool.max_connections', before: 100, after: 50, applies: 'at-once' as const }].slice(0, keys),
    },
  },
});

export const ruleCases: Readonly<Record<DiagnosisRuleId, RuleCase>> = {
  'success-low': {
    fires: { minute: { failedRequests: 630, successRate: 0.79 } },
    quiet: { minute: { failedRequests: 600, successRate: 0.8 } },
  },
  'response-alert': { fires: { minute: { avgResponseMs: 5_001 } }, quiet: { minute: { avgResponseMs: 5_000 } } },
  'response-slow': { fires: { minute: { avgResponseMs: 3_001 } }, quiet: { minute: { avgResponseMs: 3_000 } } },
  'failures-of-one-class': {
    fires: { ips: [...failingIps(4, 'reset'), ...failingIps(3, 'refused')] },
    quiet: { ips: [...failingIps(3, 'reset'), ...failingIps(3, 'refused')] },
  },
  'retries-off': {
    fires: { minute: { failedRequests: 5 }, config: { 'pool.max_retries': 1 } },
    quiet: { minute: { failedRequests: 5 }, config: { 'pool.max_retries': 2 } },
  },
  'wait-long': { fires: { minute: { waitP95Ms: 1_001 } }, quiet: { minute: { waitP95Ms: 1_000 } } },
  'pool-full': {
    fires: { statistics: { waiting: 1, totalConnections: 95, healthyConnections: 95 } },
    quiet: { statistics: { waiting: 1, totalConnections: 94, healthyConnections: 94 } },
  },
  'host-full': { fires: { host: { waiting: 1, total: 10 } }, quiet: { host: { waiting: 1, total: 9 } } },
  'queue-long': { fires: { statistics: { waiting: 41 } }, quiet: { statistics: { waiting: 40 } } },
  'acquires-time-out': { fires: { past: { acquireTimeouts: 1 } }, quiet: { past: { acquireTimeouts: 0 } } },
  'timeouts-in-wrong-order': {
    fires: { config: { 'pool.acquire_timeout': 29.9 } },
    quiet: { config: { 'pool.acquire_timeout': 30 } },
  },
  'streams-unused': {
    fires: { statistics: { waiting: 1 } },
    quiet: { statistics: { waiting: 1 }, config: { 'pool.max_streams_per_connection': 2 } },
  },
  'http2-rare': {
    fires: { statistics: { waiting: 1, h2Connections: 0 } },
    quiet: { statistics: { waiting: 1, h2Connections: 1 } },
  },
  'reuse-low': { fires: { minute: { connReuseRate: 0.49 } }, quiet: { minute: { connReuseRate: 0.5 } } },
  'idle-too-short': {
    fires: { past: { closes: { 'idle-timeout': 10 }, dials: 33 } },
    quiet: { past: { closes: { 'idle-timeout': 10 }, dials: 34 } },
  },
  'lifetime-too-short': {
    fires: { past: { closes: { 'max-lifetime': 10, replaced: 10 } } },
    quiet: { past: { closes: { 'max-lifetime': 10, replaced: 9 } } },
  },
  'recycling-low': { fires: { minute: { recyclingRate: 0.89 } }, quiet: { minute: { recyclingRate: 0.9 } } },
  'recycling-slow': {
    fires: { minute: { recyclingDelayP95Ms: 101 } },
    quiet: { minute: { recyclingDelayP95Ms: 100 } },
  },
  'leases-leak': {
    fires: { statistics: { leasesOverLeakThreshold: 1 } },
    quiet: { statistics: { leasesOverLeakThreshold: 0 } },
  },
  'healthy-few': {
    fires: { statistics: { healthyConnections: 9 } },
    quiet: { statistics: { healthyConnections: 10 } },
  },
  'unhealthy-left': {
    fires: { statistics: { healthyConnections: 18 } },
    quiet: { statistics: { healthyConnections: 19 } },
  },
  'breaks-often': {
    fires: { past: { closes: { unhealthy: 5, 'failed-validation': 5 } }, config: { 'pool.test_timeout': 5 } },
    quiet: { past: { closes: { unhealthy: 5, 'failed-validation': 4 } } },
  },
  'checks-fail-by-time': {
    fires: { minute: { checkFailures: 18 }, ips: failingIps(1, 'timeout-response') },
    quiet: { minute: { checkFailures: 17 }, ips: failingIps(1, 'timeout-response') },
  },
  'checks-heavy': {
    fires: { minute: { checks: 600, totalRequests: 120 } },
    quiet: { minute: { checks: 600, totalRequests: 121 } },
  },
  'checks-silent': {
    fires: { minute: { checks: 0, leases: 0 } },
    quiet: { minute: { checks: 1, leases: 0 } },
  },
  'checks-rare': {
    fires: { past: { closes: { broken: 5 } }, config: { 'pool.health_check_interval': 61 } },
    quiet: { past: { closes: { broken: 5 } }, config: { 'pool.health_check_interval': 60 } },
  },
  'cleanup-late': {
    fires: { config: { 'pool.cleanup_interval': 121 } },
    quiet: { config: { 'pool.cleanup_interval': 120 } },
  },
  'peers-close': {
    fires: { past: { closes: { 'peer-closed': 20 } } },
    quiet: { past: { closes: { 'peer-closed': 19 } } },
  },
  'network-breaks': { fires: { past: { closes: { broken: 10 } } }, quiet: { past: { closes: { broken: 9 } } } },
  'dials-time-out': {
    fires: {
      minute: { dials: 10, dialFailures: 3 },
      past: { dialErrors: { 'timeout-tcp': 1 } },
      ips: failingIps(2, 'timeout-tcp'),
    },
    quiet: {
      minute: { dials: 10, dialFailures: 2 },
      past: { dialErrors: { 'timeout-tcp': 1 } },
      ips: failingIps(2, 'timeout-tcp'),
    },
  },
  'dials-refused': {
    fires: {
      minute: { dials: 10, dialFailures: 3 },
      past: { dialErrors: { refused: 3 } },
      ips: failingIps(2, 'refused'),
    },
    quiet: {
      minute: { dials: 10, dialFailures: 3 },
      past: { dialErrors: { refused: 3 } },
      ips: failingIps(1, 'refused'),
    },
  },
  'handshakes-fail': {
    fires: { ips: failingIps(2, 'tls-certificate', 300_000) },
    quiet: { ips: failingIps(2, 'tls-certificate', 300_001) },
  },
  'protocols-refused': {
    fires: { ips: failingIps(1, 'tls-protocol') },
    quiet: { ips: failingIps(1, 'tls-protocol', 300_001) },
  },
  'answers-bad': { fires: { ips: failingIps(2, 'bad-status') }, quiet: { ips: failingIps(1, 'bad-status') } },
  'host-cold': {
    fires: { host: { waiting: 1, healthy: 0 } },
    quiet: { host: { waiting: 1, healthy: 1 } },
  },
  'nothing-left': {
    fires: { hostHealth: { available: 0, ejected: 10 } },
    quiet: { hostHealth: { available: 1, ejected: 9 } },
  },
  'host-blocks-us': { fires: { hostHealth: { blocksUs: true } }, quiet: { hostHealth: { blocksUs: false } } },
  'host-panics': { fires: { hostHealth: { panic: true, available: 4 } }, quiet: { hostHealth: { available: 5 } } },
  'machine-offline': {
    fires: {
      localOutage: { sinceMs: atMs - 5_000, reason: 'the network of this machine is down', code: 'ENETDOWN' },
    },
    quiet: { localOutage: null },
  },
  'names-fail': { fires: { host: { ips: 0 } }, quiet: { host: { ips: 1 } } },
  'warm-up-times-out': {
    fires: { run: { errors: [{ class: 'timeout-tls', count: 11, example: 'late' }] } },
    quiet: { run: { errors: [{ class: 'timeout-tls', count: 10, example: 'late' }] } },
  },
  'warm-up-fails': {
    fires: { run: { successRate: 0.79, failed: 21, errors: [{ class: 'refused', count: 21, example: 'no' }] } },
    quiet: { run: { successRate: 0.8, failed: 20 } },
  },
  'warm-up-slow': {
    fires: { run: { activeMs: 30_001, paceConcurrency: 76 } },
    quiet: { run: { activeMs: 30_001, paceConcurrency: 75 } },
  },
  'warm-up-rests': {
    fires: { run: { activeMs: 1_000 }, config: { 'warmup.rest_ms': 301 } },
    quiet: { run: { activeMs: 1_000 }, config: { 'warmup.rest_ms': 300 } },
  },
  'warm-up-clipped': {
    fires: { run: { wanted: 150, clippedBy: { key: 'max_connections', limit: 100, inUse: 0 } } },
    quiet: { run: { wanted: 150, clippedBy: { key: 'no-allowed-ip', limit: 0, inUse: 0 } } },
  },
  'warm-up-slower-than-usual': {
    fires: { run: { hosts: [hostRun(0.51)] } },
    quiet: { run: { hosts: [hostRun(0.5)] } },
  },
  'cold-starts': { fires: { minute: { leases: 100, dials: 21 } }, quiet: { minute: { leases: 100, dials: 20 } } },
  'scenario-high-availability': {
    fires: { facts: { requestsPerSecond: 101 }, run: null },
    quiet: { facts: { requestsPerSecond: 100 }, run: null },
  },
  'scenario-medium-load': {
    fires: { facts: { requestsPerSecond: 10 }, run: null },
    quiet: { facts: { requestsPerSecond: 9.9 }, run: null },
  },
  'scenario-low-latency': {
    fires: { minute: { coldMs: 61, dials: 601 } },
    quiet: { minute: { coldMs: 61, dials: 600 } },
  },
  'scenario-unstable-network': {
    fires: { minute: { dials: 100, dialFailures: 6 } },
    quiet: { minute: { dials: 100, dialFailures: 5 } },
  },
  'lists-empty': {
    fires: { minute: { successRate: 0.94 }, statistics: { whitelistIps: 0 } },
    quiet: { minute: { successRate: 0.95 }, statistics: { whitelistIps: 0 } },
  },
  'bad-ips-unlisted': { fires: { ips: [{ ejections: 3 }] }, quiet: { ips: [{ ejections: 2 }] } },
  'lists-block-all': {
    fires: { hostHealth: { available: 0, blocked: 10 } },
    quiet: { hostHealth: { available: 1, blocked: 9 } },
  },
  'loop-late': { fires: { engine: { loopDelayP99Ms: 51 } }, quiet: { engine: { loopDelayP99Ms: 50 } } },
  'cpu-high': { fires: { engine: { cpuShare: 0.86 } }, quiet: { engine: { cpuShare: 0.85 } } },
  'memory-grows': {
    fires: { past: { memory: { spanMs: 3_600_000, firstBytes: 200e6, lastBytes: 301e6 } } },
    quiet: { past: { memory: { spanMs: 3_600_000, firstBytes: 200e6, lastBytes: 300e6 } } },
  },
  'memory-high': {
    fires: { engine: { rssBytes: 4_000_000_001 } },
    quiet: { engine: { rssBytes: 4_000_000_000 } },
  },
  'churn-high': {
    fires: { past: { dials: 51, closes: { 'idle-timeout': 50 } } },
    quiet: { past: { dials: 50, closes: { 'idle-timeout': 50 } } },
  },
  'pace-fixed': {
    fires: {
      minute: { dials: 100, dialFailures: 11 },
      config: { 'dial.concurrency_min': 32, 'dial.concurrency_max': 32 },
    },
    quiet: {
      minute: { dials: 100, dialFailures: 11 },
      config: { 'dial.concurrency_min': 31, 'dial.concurrency_max': 32 },
    },
  },
  'preset-low-fits': { fires: presetOf('low', 1), quiet: presetOf('low', 0) },
  'preset-medium-fits': { fires: presetOf('medium', 1), quiet: presetOf('medium', 0) },
  'preset-high-fits': { fires: presetOf('high', 1), quiet: presetOf('high', 0) },
  'outside-recommended': {
    fires: { facts: { outside: ['pool.max_connections'] }, config: { 'pool.max_connections': 1_000 } },
    quiet: { config: { 'pool.max_connections': 500 } },
  },
  'alerts-off': {
    fires: { config: { 'alerts.success_rate': 0 } },
    quiet: { config: { 'alerts.success_rate': 0.01 } },
  },
  'log-too-quiet': {
    fires: { minute: { successRate: 0.94 }, config: { 'pool.log_level': 'warn' } },
    quiet: { minute: { successRate: 0.94 }, config: { 'pool.log_level': 'info' } },
  },
  'log-too-loud': {
    fires: { config: { 'pool.log_level': 'debug' } },
    quiet: { config: { 'pool.log_level': 'debug' }, engine: { uptimeMs: 599_999 } },
  },
  'limits-untested': {
    fires: { facts: { limitsChangedAtMs: atMs - 600_000 } },
    quiet: { facts: { limitsChangedAtMs: atMs - 599_000 } },
  },
  'history-stopped': {
    fires: { facts: { historyTrouble: 'The disk is full.' } },
    quiet: { facts: { historyTrouble: null } },
  },
};

function hostRun(deviation: number): NonNullable<NonNullable<Change['run']>['hosts']>[number] {
  return {
    host: 'a.test',
    total: 10,
    done: 10,
    ready: 10,
    failed: 0,
    healthyNow: 10,
    clippedBy: null,
    forbidden: { count: 0, ejected: 0, examples: [] },
    error: null,
    times: { tcp: null, tls: null, firstByte: null },
    baseline: { responseMs: 20, tcpMs: 1, tlsMs: 5, compared: 10 },
    deviation,
  };
}
