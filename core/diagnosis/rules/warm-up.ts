/** Warm-ups that fail, take long, or are not done at all. */
import { configKeys } from '../../config/schema.ts';
import type { Remedy } from '../../contract/diagnosis.ts';
import type { WindowStatistics } from '../../contract/statistics.ts';
import { warmUpScenarios } from '../../contract/warm-up-job.ts';
import { isSlowerThanUsual, type WarmUpRun } from '../../contract/warm-up-run.ts';
import type { DiagnosisFacts } from '../diagnosis-facts.ts';
import { type DiagnosisRule, established, lastWarmUp, rule, setting } from '../rule.ts';

const timedOutShare = 0.1;
const goodShare = 0.8;
const slowMs = 30_000;
const restShare = 0.3;
/** So many leases on a connection made for them. */
const coldShare = 0.2;
const tellingLeases = 20;
const busyPerSecond = 100;
const moderatePerSecond = 10;
/** A cold request takes so many times a hot one. */
const costlyCold = 3;
const unstableFrom = 0.05;
const unstableTo = 0.5;
const tellingDials = 20;

function timedOut(run: WarmUpRun): number {
  return run.errors.filter((group) => group.class.startsWith('timeout-')).reduce((sum, group) => sum + group.count, 0);
}

/** Changes what ended its dials: `conn_timeout` where that is shorter, else the run's own timeout; null when no scenario has a longer. */
function longerThan({ job }: WarmUpRun, limitMs: number): Remedy | null {
  if (limitMs < job.timeoutMs) {
    return setting({ 'pool.conn_timeout': Math.ceil(job.timeoutMs / 1_000) });
  }
  return job.timeoutMs < warmUpScenarios['unstable-network'].timeoutMs
    ? { kind: 'warm-up', host: job.hosts[0] ?? null, scenario: 'unstable-network' }
    : null;
}

/** Idle connections of each host that are kept for the next caller. */
const floor = 2;

/** The dials of the last minute are a warm-up's, and meant: requests do not pay for them. */
function isOfWarmUp({ warmUps, atMs }: Pick<DiagnosisFacts, 'warmUps' | 'atMs'>): boolean {
  return warmUps.some(({ endedAtMs }) => endedAtMs === null || atMs - endedAtMs < 60_000);
}

/** Connections that were made and can have served somebody: a dial that fails is paid for by nobody's first request. */
function madeFor({ dials, dialFailures }: WindowStatistics): number {
  return dials - dialFailures;
}

/**
 * Many callers got a connection that was made for them. The first lease of a connection says nothing of that: a warm pool has
 * a first one too.
 */
function isOftenCold(last60s: WindowStatistics): boolean {
  return last60s.leases >= tellingLeases && madeFor(last60s) > last60s.leases * coldShare;
}

/** A floor for each host, with the room for it: above `max_idle_conns` it would be closed at once. null: it is there already, or cannot be. */
function keepingIdle(config: DiagnosisFacts['config'], hosts: number): Remedy | null {
  const each = Math.max(floor, config['pool.min_idle_per_host']);
  const needed = each * hosts;
  const most = config['pool.max_connections'];
  const isRoom = needed <= config['pool.max_idle_conns'];
  return needed > most || each > config['pool.max_conns_per_host']
    ? null
    : setting({
        'pool.min_idle_per_host': each > config['pool.min_idle_per_host'] ? each : null,
        'pool.max_idle_conns': isRoom
          ? null
          : Math.min(most, Math.max(needed, configKeys['pool.max_idle_conns'].default)),
      });
}

export const warmUpRules: readonly DiagnosisRule[] = [
  rule('warm-up-times-out', ['000.trouble.1'], (facts) => {
    const run = facts.warmUps.findLast(({ outcome, done }) => outcome !== 'cancelled' && done > 0);
    const late = run ? timedOut(run) : 0;
    // While it goes on: so many that it is true of the whole, whatever comes of the others.
    if (!run || late <= (run.state === 'finished' ? run.done : run.total) * timedOutShare) {
      return null;
    }
    const limitMs = facts.config['pool.conn_timeout'] * 1_000;
    const { timeoutMs } = run.job;
    return {
      severity: 'problem',
      subject: { kind: 'warm-up', runId: run.id },
      figures: { timedOut: late, done: run.done, timeoutMs: Math.min(timeoutMs, limitMs) },
      ...(limitMs < timeoutMs && { config: ['pool.conn_timeout'] }),
      remedy: longerThan(run, limitMs),
    };
  }),
  rule('warm-up-fails', ['000.monitoring.4'], (facts) => {
    const run = lastWarmUp(facts);
    return !run || run.successRate >= goodShare
      ? null
      : {
          severity: 'problem',
          subject: { kind: 'warm-up', runId: run.id },
          figures: {
            successShare: run.successRate,
            failed: run.failed,
            done: run.done,
            thresholdShare: goodShare,
            ...(run.errors[0] && { errorClass: run.errors[0].class }),
          },
          remedy: run.failed > 0 ? { kind: 'retry-failed', runId: run.id } : null,
        };
  }),
  rule('warm-up-slow', ['000.trouble.4', '000.tuning.5', '000.control.1'], (facts) => {
    const run = lastWarmUp(facts);
    return !run ||
      run.activeMs <= slowMs ||
      run.job.dialsPerSecond !== null ||
      run.concurrency >= run.paceConcurrency ||
      facts.config['warmup.rest_ms'] > 0
      ? null
      : {
          severity: 'advice',
          subject: { kind: 'warm-up', runId: run.id },
          figures: {
            tookMs: run.activeMs,
            concurrency: run.concurrency,
            pace: run.paceConcurrency,
            perSecond: run.ratePerSecond,
          },
          config: ['dial.concurrency_start', 'dial.concurrency_max'],
        };
  }),
  rule('warm-up-rests', ['000.control.3'], (facts) => {
    const run = lastWarmUp(facts);
    const { config } = facts;
    const restedMs = run ? Math.floor(run.done / config['warmup.rest_every']) * config['warmup.rest_ms'] : 0;
    return !run || restedMs <= run.activeMs * restShare
      ? null
      : {
          severity: 'advice',
          subject: { kind: 'warm-up', runId: run.id },
          figures: { restedMs, tookMs: run.activeMs },
          config: ['warmup.rest_ms', 'warmup.rest_every'],
          remedy: setting({ 'warmup.rest_ms': 0 }),
        };
  }),
  rule('warm-up-clipped', ['004.settings.3'], (facts) => {
    const run = lastWarmUp(facts);
    if (!run?.clippedBy || run.clippedBy.key === 'no-allowed-ip') {
      return null;
    }
    const { config } = facts;
    const missing = run.wanted - run.total;
    const all = Math.min(20_000, config['pool.max_connections'] + missing);
    const idle = Math.min(all, config['pool.max_idle_conns'] + missing);
    return {
      severity: 'advice',
      subject: { kind: 'warm-up', runId: run.id },
      figures: { wanted: run.wanted, warmed: run.total, limitKey: run.clippedBy.key, limit: run.clippedBy.limit },
      config: ['pool.max_connections', 'pool.max_conns_per_host', 'pool.max_idle_conns'],
      remedy:
        run.clippedBy.key === 'max_idle_conns'
          ? setting({ 'pool.max_connections': all, 'pool.max_idle_conns': idle })
          : setting({
              'pool.max_connections': all,
              'pool.max_conns_per_host': Math.min(all, config['pool.max_conns_per_host'] + missing),
              'pool.max_idle_conns': idle,
            }),
    };
  }),
  {
    id: 'warm-up-slower-than-usual',
    sources: ['000.monitoring.3'],
    find(facts) {
      const run = lastWarmUp(facts);
      return (run?.hosts ?? []).flatMap(({ host, deviation, baseline }) =>
        deviation === null || !isSlowerThanUsual({ deviation, baseline })
          ? []
          : [
              {
                severity: 'advice' as const,
                subject: { kind: 'host' as const, host },
                figures: { aboveShare: deviation, usualMs: baseline?.responseMs ?? 0 },
              },
            ],
      );
    },
  },
  rule('cold-starts', ['001.settings.4', '002.strategy.3', '004.key-points.2'], (facts) => {
    const { last60s, engine, hosts } = facts.statistics;
    return isOfWarmUp(facts) || !isOftenCold(last60s) || engine.uptimeMs < 60_000
      ? null
      : {
          severity: 'advice',
          figures: { made: madeFor(last60s), leases: last60s.leases },
          config: ['pool.min_idle_per_host', 'pool.max_idle_conns'],
          remedy: keepingIdle(facts.config, hosts.length) ?? { kind: 'warm-up', host: null, scenario: null },
        };
  }),
  rule('scenario-high-availability', ['000.scenarios.1'], ({ requestsPerSecond, ...facts }) =>
    scenario(facts.warmUps, 'high-availability', requestsPerSecond !== null && requestsPerSecond > busyPerSecond, {
      requestsPerSecond: requestsPerSecond ?? 0,
    }),
  ),
  rule('scenario-medium-load', ['000.scenarios.2'], ({ requestsPerSecond, ...facts }) =>
    scenario(
      facts.warmUps,
      'medium-load',
      requestsPerSecond !== null && requestsPerSecond >= moderatePerSecond && requestsPerSecond <= busyPerSecond,
      { requestsPerSecond: requestsPerSecond ?? 0 },
    ),
  ),
  rule('scenario-low-latency', ['000.scenarios.3'], (facts) => {
    const { last60s } = facts.statistics;
    const { coldMs, avgResponseMs } = last60s;
    const isCostly = coldMs !== null && avgResponseMs !== null && coldMs > avgResponseMs * costlyCold;
    const fits = isCostly && isOftenCold(last60s) && !isOfWarmUp(facts);
    return scenario(facts.warmUps, 'low-latency', fits, { coldMs: coldMs ?? 0, hotMs: avgResponseMs ?? 0 });
  }),
  rule('scenario-unstable-network', ['000.scenarios.4'], (facts) => {
    const { dials, dialFailures } = facts.statistics.last60s;
    const share = dialFailures / Math.max(1, dials);
    const unstable = dials >= tellingDials && share > unstableFrom && share < unstableTo && established(facts) > 0;
    return scenario(facts.warmUps, 'unstable-network', unstable, { failedShare: share, dials });
  }),
];

/** Told only when no warm-up has been done with the scenario's own figures. */
function scenario(
  runs: readonly WarmUpRun[],
  name: keyof typeof warmUpScenarios,
  fits: boolean,
  figures: Readonly<Record<string, number>>,
): ReturnType<DiagnosisRule['find']>[number] | null {
  const { connections, concurrency, timeoutMs, retries } = warmUpScenarios[name];
  const done = runs.some(
    ({ job }) => job.timeoutMs === timeoutMs && job.retries === retries && job.concurrency === concurrency,
  );
  return !fits || done
    ? null
    : {
        severity: 'note',
        figures: { ...figures, connections, concurrency, timeoutMs, retries },
        remedy: { kind: 'warm-up', host: null, scenario: name },
      };
}
