/** Connections that come back late, are not used again, or never come back. */
import { type DiagnosisRule, lowered, perConnectionMinute, raised, rule, setting } from '../rule.ts';

const tellingLeases = 100;
const tellingReleases = 50;
const goodRecycling = 0.9;
const lateRecyclingMs = 100;
/** Closes of one kind for each connection and minute: so often is a pool made anew. */
const oftenPerMinute = 0.2;
const idleShareOfDials = 0.3;
/** The example of the design: from 20 to 50. */
const moreIdle = 2.5;
const longestIdle = 120;
const longestLife = 600;

export const recyclingRules: readonly DiagnosisRule[] = [
  rule(
    'reuse-low',
    ['000.tuning.4', '001.tuning.1', '003.indicators.3', '004.performance.1'],
    ({ statistics: { last60s, totalConnections }, config }) => {
      const { leases, connReuseRate } = last60s;
      const thresholdShare = config['alerts.reuse_rate'];
      // A first lease is no reuse: a warm pool of more connections than leases cannot reach the threshold.
      if (
        leases < Math.max(tellingLeases, 2 * totalConnections) ||
        connReuseRate === null ||
        connReuseRate >= thresholdShare
      ) {
        return null;
      }
      const most = config['pool.max_connections'];
      const idle = raised(config, 'pool.max_idle_conns', moreIdle);
      const wanted = idle === null ? null : Math.min(idle, most);
      const longer = config['pool.idle_timeout'] < longestIdle ? longestIdle : null;
      return {
        severity: 'advice',
        figures: { reuseShare: connReuseRate, leases, thresholdShare },
        config: ['pool.max_idle_conns', 'pool.idle_timeout'],
        remedy: setting(
          wanted !== null && wanted > config['pool.max_idle_conns']
            ? { 'pool.max_idle_conns': wanted }
            : { 'pool.idle_timeout': longer },
        ),
      };
    },
  ),
  rule('idle-too-short', ['003.scenarios.2', '003.times.1', '004.settings.5'], ({ past, config }) => {
    const closes = past.closes['idle-timeout'] ?? 0;
    return closes < 10 || past.dials === 0 || closes < past.dials * idleShareOfDials
      ? null
      : {
          severity: 'advice',
          figures: { closes, dials: past.dials, spanMs: past.spanMs },
          config: ['pool.idle_timeout', 'pool.max_idle_conns'],
          remedy: setting({ 'pool.idle_timeout': config['pool.idle_timeout'] < longestIdle ? longestIdle : null }),
        };
  }),
  rule('lifetime-too-short', ['003.times.3', '004.settings.6'], (facts) => {
    const { past, config } = facts;
    const closes = (past.closes['max-lifetime'] ?? 0) + (past.closes.replaced ?? 0);
    return closes < 10 || perConnectionMinute(closes, facts) < oftenPerMinute
      ? null
      : {
          severity: 'advice',
          figures: { closes, spanMs: past.spanMs },
          config: ['pool.max_lifetime', 'pool.lifetime_jitter'],
          remedy: setting({ 'pool.max_lifetime': config['pool.max_lifetime'] < longestLife ? longestLife : null }),
        };
  }),
  rule('recycling-low', ['003.indicators.1'], ({ statistics: { last60s } }) => {
    const { releases, recyclingRate } = last60s;
    return releases < tellingReleases || recyclingRate === null || recyclingRate >= goodRecycling
      ? null
      : { severity: 'advice', figures: { recycledShare: recyclingRate, releases, thresholdShare: goodRecycling } };
  }),
  rule('recycling-slow', ['003.indicators.2', '003.scenarios.3'], ({ statistics: { last60s }, config }) => {
    const { releases, recyclingDelayP95Ms } = last60s;
    return releases < tellingReleases || recyclingDelayP95Ms === null || recyclingDelayP95Ms <= lateRecyclingMs
      ? null
      : {
          severity: 'advice',
          figures: { delayP95Ms: recyclingDelayP95Ms, thresholdMs: lateRecyclingMs },
          config: ['pool.health_check_interval'],
          remedy: setting({
            'pool.health_check_interval': config['pool.health_check_interval'] < 60 ? 60 : null,
          }),
        };
  }),
  rule(
    'leases-leak',
    ['000.trouble.3', '001.trouble.4', '003.practice.1', '003.practice.2', '004.key-points.3'],
    ({ statistics, config }) => {
      const leases = statistics.leasesOverLeakThreshold;
      return leases === 0
        ? null
        : {
            severity: 'problem',
            figures: { leases, thresholdMs: config['pool.leak_threshold'] * 1_000 },
            config: ['pool.leak_threshold'],
          };
    },
  ),
  rule('cleanup-late', ['002.strategy.2', '004.settings.9', '001.tuning.3'], ({ config }) => {
    const every = config['pool.cleanup_interval'];
    const idle = config['pool.idle_timeout'];
    return every <= 2 * idle
      ? null
      : {
          severity: 'advice',
          figures: { cleanupMs: every * 1_000, idleMs: idle * 1_000 },
          config: ['pool.cleanup_interval', 'pool.idle_timeout'],
          remedy: setting({ 'pool.cleanup_interval': Math.max(1, idle) }),
        };
  }),
  rule('peers-close', ['001.tuning.4'], (facts) => {
    const closes = facts.past.closes['peer-closed'] ?? 0;
    const { config, past } = facts;
    return closes < 10 || perConnectionMinute(closes, facts) < oftenPerMinute
      ? null
      : {
          severity: 'advice',
          figures: { closes, spanMs: past.spanMs },
          config: ['pool.idle_timeout', 'pool.health_check_interval'],
          remedy: setting({ 'pool.idle_timeout': lowered(config, 'pool.idle_timeout', 0.5) }),
        };
  }),
];
