/** What the pool costs its process. */
import type { PoolStatistics } from '../../contract/statistics.ts';
import { type DiagnosisRule, lowered, rule, setting, steadyRule } from '../rule.ts';

const busyCpu = 0.85;
const growingBytesAnHour = 100_000_000;
const growingShare = 0.2;
const largeShareOfMachine = 0.5;
/** Connections made or closed for each connection and minute. */
const churn = 1;
const tellingChanges = 50;

function isEmpty({ totalConnections, dialingConnections, validatingConnections }: PoolStatistics): boolean {
  return totalConnections === dialingConnections + validatingConnections;
}

export const engineRules: readonly DiagnosisRule[] = [
  steadyRule(
    'loop-late',
    [
      '001.tuning.2',
      '002.bottlenecks.1',
      '002.locks.1',
      '002.monitoring.1',
      '002.operations.1',
      '002.operations.3',
      '003.optimising.1',
      '003.scenarios.1',
    ],
    ({ statistics: { engine }, config }) => {
      const thresholdMs = config['alerts.loop_delay'] * 1_000;
      return engine.loopDelayP99Ms <= thresholdMs
        ? null
        : {
            severity: 'problem',
            figures: { delayP99Ms: engine.loopDelayP99Ms, thresholdMs },
            config: ['alerts.loop_delay', 'dial.concurrency_max', 'health.check_concurrency'],
            remedy: setting({ 'health.check_concurrency': lowered(config, 'health.check_concurrency', 0.5) }),
          };
    },
  ),
  steadyRule('cpu-high', ['000.tips.4', '001.tips.4', '003.steps.3'], ({ statistics: { engine } }) =>
    engine.cpuShare <= busyCpu
      ? null
      : { severity: 'advice', figures: { cpuShare: engine.cpuShare, thresholdShare: busyCpu } },
  ),
  rule('memory-grows', ['000.trouble.3', '003.steps.3'], ({ past: { memory } }) => {
    if (!memory) {
      return null;
    }
    const grownBytes = memory.lastBytes - memory.firstBytes;
    const anHourBytes = (grownBytes / memory.spanMs) * 3_600_000;
    return anHourBytes <= growingBytesAnHour || grownBytes <= memory.firstBytes * growingShare
      ? null
      : { severity: 'problem', figures: { grownBytes, nowBytes: memory.lastBytes, spanMs: memory.spanMs } };
  }),
  rule('memory-high', ['003.optimising.4', '003.scenarios.4'], ({ statistics, memoryBytes, config }) => {
    const { rssBytes } = statistics.engine;
    return rssBytes <= memoryBytes * largeShareOfMachine
      ? null
      : {
          severity: 'advice',
          figures: { usedBytes: rssBytes, machineBytes: memoryBytes, connections: statistics.totalConnections },
          config: ['pool.max_idle_conns', 'pool.max_connections'],
          remedy: setting({ 'pool.max_idle_conns': lowered(config, 'pool.max_idle_conns', 0.5) }),
        };
  }),
  rule('churn-high', ['002.operations.2', '002.strategy.1'], ({ past, statistics, config }) => {
    const { 'config-changed': byConfig = 0, operator: byOperator = 0 } = past.closes;
    const closes = Object.values(past.closes).reduce((sum, count) => sum + count, 0) - byConfig - byOperator;
    const changes = past.dials + closes;
    const minutes = Math.max(past.spanMs, 60_000) / 60_000;
    // Where nothing is there, times that are too short are not what is wrong.
    return changes < tellingChanges || changes / minutes <= churn * statistics.totalConnections || isEmpty(statistics)
      ? null
      : {
          severity: 'advice',
          figures: { changes, connections: statistics.totalConnections, spanMs: past.spanMs },
          config: ['pool.idle_timeout', 'pool.max_lifetime', 'pool.max_idle_conns'],
          remedy: setting({ 'pool.idle_timeout': config['pool.idle_timeout'] < 120 ? 120 : null }),
        };
  }),
];
