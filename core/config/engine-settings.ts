/** From the operator's values to what the engine reads: milliseconds, camel case. */
import { parseStatusRanges } from './config-key.ts';
import { defaultValues } from './resolve-values.ts';
import type { ConfigValues } from './schema.ts';
import type {
  AlertSettings,
  ChoiceSettings,
  DialSettings,
  DnsSettings,
  EngineSettings,
  HealthSettings,
  MetricsSettings,
  PoolSettings,
  RetrySettings,
  TargetSettings,
  WarmUpSettings,
} from './settings.ts';

const bytesPerMegabyte = 1_000_000;

export function engineSettings(values: ConfigValues, targets: readonly TargetSettings[]): EngineSettings {
  return {
    pool: {
      maxConnections: values['pool.max_connections'],
      maxConnectionsPerHost: values['pool.max_conns_per_host'],
      maxIdleConnections: values['pool.max_idle_conns'],
      connTimeoutMs: inMs(values['pool.conn_timeout']),
      idleTimeoutMs: inMs(values['pool.idle_timeout']),
      maxLifetimeMs: inMs(values['pool.max_lifetime']),
      testTimeoutMs: inMs(values['pool.test_timeout']),
      healthCheckIntervalMs: inMs(values['pool.health_check_interval']),
      cleanupIntervalMs: inMs(values['pool.cleanup_interval']),
      blacklistCheckIntervalMs: inMs(values['pool.blacklist_check_interval']),
      dnsUpdateIntervalMs: inMs(values['pool.dns_update_interval']),
      maxRetries: values['pool.max_retries'],
      acquireTimeoutMs: inMs(values['pool.acquire_timeout']),
      minIdlePerHost: values['pool.min_idle_per_host'],
      maxStreamsPerConnection: values['pool.max_streams_per_connection'],
      lifetimeJitter: values['pool.lifetime_jitter'],
      drainTimeoutMs: inMs(values['pool.drain_timeout']),
      leakThresholdMs: inMs(values['pool.leak_threshold']),
    },
    dial: {
      concurrencyStart: values['dial.concurrency_start'],
      concurrencyMin: values['dial.concurrency_min'],
      concurrencyMax: values['dial.concurrency_max'],
      ratePerSecond: values['dial.rate_per_second'],
      perHostConcurrency: values['dial.per_host_concurrency'],
      perPrefixConcurrency: values['dial.per_prefix_concurrency'],
    },
    warmUp: {
      restMs: values['warmup.rest_ms'],
      restEvery: values['warmup.rest_every'],
    },
    health: {
      unhealthyAfter: values['health.unhealthy_after'],
      healthyAfter: values['health.healthy_after'],
      ejectBaseMs: inMs(values['health.eject_base']),
      ejectMaxMs: inMs(values['health.eject_max']),
      maxEjectedShare: values['health.max_ejected_share'],
      panicShare: values['health.panic_share'],
      checkConcurrency: values['health.check_concurrency'],
      probeMethod: values['health.probe_method'],
      maxErrors: values['health.max_errors'],
      statusGood: parseStatusRanges(values['health.status_good']),
      statusBlocked: values['health.status_blocked'],
      statusBusy: values['health.status_busy'],
      statusAuth: values['health.status_auth'],
    },
    choice: {
      slowStartMs: inMs(values['choice.slow_start']),
      exploration: values['choice.exploration'],
    },
    metrics: {
      port: values['metrics.port'],
      address: values['metrics.address'],
    },
    retry: {
      budget: values['retry.budget'],
      minPerSecond: values['retry.min_per_second'],
    },
    alerts: {
      successRate: values['alerts.success_rate'],
      responseMs: inMs(values['alerts.response_time']),
      healthyShare: values['alerts.healthy_share'],
      reuseRate: values['alerts.reuse_rate'],
      waitP95Ms: inMs(values['alerts.wait_p95']),
      loopDelayMs: inMs(values['alerts.loop_delay']),
      warmUpSuccess: values['alerts.warm_up_success'],
      diskFreeBytes: values['alerts.disk_free'] * bytesPerMegabyte,
      holdMs: inMs(values['alerts.hold']),
      clearHoldMs: inMs(values['alerts.clear_hold']),
      clearMargin: values['alerts.clear_margin'],
      reopenWithinMs: inMs(values['alerts.reopen_within']),
      notifications: values['alerts.notifications'],
      webhookUrl: values['alerts.webhook_url'],
      webhookSecretFile: values['alerts.webhook_secret_file'],
    },
    dns: {
      graceMs: inMs(values['dns.grace']),
      resolvers: values['dns.resolvers'],
    },
    whitelistMode: values['pool.whitelist_mode'],
    logLevel: values['pool.log_level'],
    targets,
  };
}

export interface SettingsOverrides {
  readonly pool?: Partial<PoolSettings>;
  readonly dial?: Partial<DialSettings>;
  readonly warmUp?: Partial<WarmUpSettings>;
  readonly health?: Partial<HealthSettings>;
  readonly choice?: Partial<ChoiceSettings>;
  readonly metrics?: Partial<MetricsSettings>;
  readonly retry?: Partial<RetrySettings>;
  readonly alerts?: Partial<AlertSettings>;
  readonly dns?: Partial<DnsSettings>;
  readonly whitelistMode?: EngineSettings['whitelistMode'];
  readonly logLevel?: EngineSettings['logLevel'];
  readonly targets?: readonly TargetSettings[];
}

/** The defaults, with what a program wants otherwise. Taken as it is: ranges are checked where operators write. */
export function defaultSettings(overrides: SettingsOverrides = {}): EngineSettings {
  const defaults = engineSettings(defaultValues, overrides.targets ?? []);
  return {
    pool: { ...defaults.pool, ...overrides.pool },
    dial: { ...defaults.dial, ...overrides.dial },
    warmUp: { ...defaults.warmUp, ...overrides.warmUp },
    health: { ...defaults.health, ...overrides.health },
    choice: { ...defaults.choice, ...overrides.choice },
    metrics: { ...defaults.metrics, ...overrides.metrics },
    retry: { ...defaults.retry, ...overrides.retry },
    alerts: { ...defaults.alerts, ...overrides.alerts },
    dns: { ...defaults.dns, ...overrides.dns },
    whitelistMode: overrides.whitelistMode ?? defaults.whitelistMode,
    logLevel: overrides.logLevel ?? defaults.logLevel,
    targets: defaults.targets,
  };
}

function inMs(seconds: number): number {
  return Math.round(seconds * 1000);
}
