/** Settings that an operator applies while the pool runs. */
import type { EngineSettings } from '../../core/config/settings.ts';
import { drawPoolSettings, drawTargets } from './scenario.ts';
import type { World } from './world.ts';

/** One change of those that operators make: the limits, one time, or the targets. */
export function drawConfigChange({ watch, dice, scenario }: World): EngineSettings {
  const { settings } = watch;
  const drawn = drawPoolSettings(dice);
  switch (dice.below(4)) {
    case 0:
      return { ...settings, targets: drawTargets(dice, scenario.hosts) };
    case 1:
      return { ...settings, pool: drawn };
    case 2: {
      const { maxStreamsPerConnection, healthCheckIntervalMs, maxLifetimeMs, idleTimeoutMs, acquireTimeoutMs } = drawn;
      const times = { maxStreamsPerConnection, healthCheckIntervalMs, maxLifetimeMs, idleTimeoutMs, acquireTimeoutMs };
      return { ...settings, pool: { ...settings.pool, ...times } };
    }
    default: {
      const { maxConnections, maxConnectionsPerHost, maxIdleConnections, minIdlePerHost } = drawn;
      const limits = { maxConnections, maxConnectionsPerHost, maxIdleConnections, minIdlePerHost };
      return { ...settings, pool: { ...settings.pool, ...limits } };
    }
  }
}
