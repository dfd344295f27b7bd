/** Connections that break, checks that say little, and hosts that have nothing left. */
import { type DiagnosisRule, established, lowered, perConnectionMinute, raised, rule, setting } from '../rule.ts';

const fewConnections = 2;
const leftShare = 0.05;
const oftenPerMinute = 0.1;
const tellingChecks = 20;
const failingChecks = 0.3;
/** Checks for each request: they are the load then. */
const heavyChecks = 5;
const heavyPerSecond = 10;
const longestInterval = 60;
const strictTimeouts = 20;

export const healthRules: readonly DiagnosisRule[] = [
  rule('healthy-few', ['003.indicators.4', '003.practice.4', '004.acquire.3', '004.monitoring.3'], (facts) => {
    const connections = established(facts);
    const healthy = facts.statistics.healthyConnections;
    const thresholdShare = facts.config['alerts.healthy_share'];
    return connections < fewConnections || healthy >= connections * thresholdShare
      ? null
      : {
          severity: 'problem',
          figures: { healthy, connections, thresholdShare },
          config: ['alerts.healthy_share'],
          remedy: { kind: 'check-all' },
        };
  }),
  rule('unhealthy-left', ['001.monitoring.3'], (facts) => {
    const connections = established(facts);
    const unhealthy = connections - facts.statistics.healthyConnections - facts.statistics.drainingConnections;
    return unhealthy < fewConnections || unhealthy < connections * leftShare
      ? null
      : { severity: 'note', figures: { unhealthy, connections }, remedy: { kind: 'clean-up-unhealthy' } };
  }),
  rule('breaks-often', ['001.trouble.2', '003.triggers.1'], (facts) => {
    const { closes, spanMs } = facts.past;
    const lost = (closes.unhealthy ?? 0) + (closes['failed-validation'] ?? 0);
    return lost < 5 || perConnectionMinute(lost, facts) < oftenPerMinute
      ? null
      : {
          severity: 'advice',
          figures: { lost, connections: facts.statistics.totalConnections, spanMs },
          config: ['health.unhealthy_after', 'health.max_errors', 'pool.test_timeout'],
          remedy: setting({
            'pool.test_timeout': facts.config['pool.test_timeout'] < 10 ? 10 : null,
          }),
        };
  }),
  rule(
    'checks-fail-by-time',
    ['001.timeouts.2', '004.settings.7'],
    ({ statistics: { last60s }, health, atMs, config }) => {
      const { checks, checkFailures } = last60s;
      const late = health.ips.filter(
        ({ lastError }) => lastError?.class === 'timeout-response' && atMs - lastError.atMs <= 60_000,
      ).length;
      return checks < tellingChecks || checkFailures < checks * failingChecks || late === 0
        ? null
        : {
            severity: 'advice',
            figures: { checks, failed: checkFailures, lateIps: late },
            config: ['pool.test_timeout'],
            remedy: setting({
              'pool.test_timeout':
                config['pool.test_timeout'] < strictTimeouts ? raised(config, 'pool.test_timeout', 2) : null,
            }),
          };
    },
  ),
  rule(
    'checks-heavy',
    ['000.control.4', '001.settings.2', '001.trouble.3', '002.bottlenecks.3', '003.optimising.3', '004.settings.8'],
    ({ statistics: { last60s }, config }) => {
      const { checks, totalRequests } = last60s;
      return checks < heavyPerSecond * 60 || checks < totalRequests * heavyChecks
        ? null
        : {
            severity: 'advice',
            figures: { checks, requests: totalRequests },
            config: ['pool.health_check_interval', 'health.check_concurrency'],
            remedy: setting({
              'pool.health_check_interval':
                config['pool.health_check_interval'] < longestInterval ? longestInterval : null,
            }),
          };
    },
  ),
  rule('checks-silent', ['003.steps.4', '003.triggers.3', '001.monitoring.2'], ({ statistics, config }) => {
    const interval = config['pool.health_check_interval'];
    const oldEnough = statistics.engine.uptimeMs > 3 * Math.max(interval * 1_000, 60_000);
    const { idleConnections, last60s } = statistics;
    // In the window of a minute there is a check of each idle connection only when the interval is not longer.
    return !oldEnough || interval > 50 || idleConnections < 5 || last60s.checks > 0 || last60s.leases > 0
      ? null
      : {
          severity: 'problem',
          figures: { idle: idleConnections, intervalMs: interval * 1_000 },
          config: ['pool.health_check_interval'],
          remedy: { kind: 'check-all' },
        };
  }),
  rule('checks-rare', ['003.times.2', '003.triggers.2'], (facts) => {
    const interval = facts.config['pool.health_check_interval'];
    const broken = facts.past.closes.broken ?? 0;
    return interval <= longestInterval || broken < 5
      ? null
      : {
          severity: 'advice',
          figures: { broken, intervalMs: interval * 1_000 },
          config: ['pool.health_check_interval'],
          remedy: setting({ 'pool.health_check_interval': longestInterval }),
        };
  }),
  rule('network-breaks', ['003.recovery.3'], (facts) => {
    const broken = facts.past.closes.broken ?? 0;
    return broken < 5 || perConnectionMinute(broken, facts) < oftenPerMinute
      ? null
      : {
          severity: 'problem',
          figures: { broken, connections: facts.statistics.totalConnections, spanMs: facts.past.spanMs },
          config: ['pool.health_check_interval', 'pool.max_retries'],
          remedy: { kind: 'check-all' },
        };
  }),
  {
    id: 'nothing-left',
    sources: ['001.errors.4'],
    find: ({ health, statistics }) =>
      health.hosts
        .filter(({ ips, available, blocked }) => ips > 0 && available === 0 && blocked < ips)
        .map(({ host, ips, ejected }) => ({
          severity: 'problem' as const,
          subject: { kind: 'host' as const, host },
          figures: { ips, ejected, waiting: statistics.hosts.find((one) => one.host === host)?.waiting ?? 0 },
          config: ['health.panic_share', 'health.max_ejected_share'] as const,
        })),
  },
  {
    id: 'host-blocks-us',
    sources: ['000.trouble.2'],
    find: ({ health, config }) =>
      health.hosts
        .filter(({ blocksUs }) => blocksUs)
        .map(({ host, ips }) => ({
          severity: 'problem' as const,
          subject: { kind: 'host' as const, host },
          figures: { ips },
          config: ['health.status_blocked', 'dial.per_host_concurrency', 'dial.rate_per_second'] as const,
          remedy: setting({
            'dial.per_host_concurrency':
              config['dial.per_host_concurrency'] === 0 ? 4 : lowered(config, 'dial.per_host_concurrency', 0.5),
          }),
        })),
  },
  {
    id: 'host-panics',
    sources: [],
    find: ({ health, config }) =>
      health.hosts
        .filter(({ panic }) => panic)
        .map(({ host, ips, available }) => ({
          severity: 'problem' as const,
          subject: { kind: 'host' as const, host },
          figures: { ips, available, thresholdShare: config['health.panic_share'] },
          config: ['health.panic_share', 'health.max_ejected_share'] as const,
          remedy: { kind: 'check-all' as const },
        })),
  },
  rule('machine-offline', ['004.performance.2'], ({ health: { localOutage }, atMs }) =>
    localOutage === null
      ? null
      : {
          severity: 'problem',
          figures: {
            trouble: localOutage.code ?? localOutage.reason,
            lastedMs: Math.max(0, atMs - localOutage.sinceMs),
          },
        },
  ),
];
