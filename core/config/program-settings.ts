/** The settings of a program: the same keys, ranges and rules as in the file, by the engine's own names and in milliseconds. */
import { inEnglish, type Told } from '../contract/phrase.ts';
import { ConfigError, type ConfigIssue, showValue } from './config-error.ts';
import { formatNumber } from './config-key.ts';
import { engineSettings, type SettingsOverrides } from './engine-settings.ts';
import { nearestName } from './nearest-name.ts';
import { type GivenValues, resolveValues } from './resolve-values.ts';
import { type ConfigPath, configKeys } from './schema.ts';
import type { EngineSettings } from './settings.ts';

interface SettingPlace {
  readonly path: ConfigPath;
  /** How often the file's unit goes into the setting's: 1,000 for seconds and milliseconds. */
  readonly scale: number;
}

type Groups = Omit<EngineSettings, 'whitelistMode' | 'logLevel' | 'targets'>;

const as = (path: ConfigPath): SettingPlace => ({ path, scale: 1 });
const inMs = (path: ConfigPath): SettingPlace => ({ path, scale: 1_000 });
const inBytes = (path: ConfigPath): SettingPlace => ({ path, scale: 1_000_000 });

const places: { readonly [Group in keyof Groups]: Readonly<Record<keyof Groups[Group], SettingPlace>> } = {
  pool: {
    maxConnections: as('pool.max_connections'),
    maxConnectionsPerHost: as('pool.max_conns_per_host'),
    maxIdleConnections: as('pool.max_idle_conns'),
    connTimeoutMs: inMs('pool.conn_timeout'),
    idleTimeoutMs: inMs('pool.idle_timeout'),
    maxLifetimeMs: inMs('pool.max_lifetime'),
    testTimeoutMs: inMs('pool.test_timeout'),
    healthCheckIntervalMs: inMs('pool.health_check_interval'),
    cleanupIntervalMs: inMs('pool.cleanup_interval'),
    blacklistCheckIntervalMs: inMs('pool.blacklist_check_interval'),
    dnsUpdateIntervalMs: inMs('pool.dns_update_interval'),
    maxRetries: as('pool.max_retries'),
    acquireTimeoutMs: inMs('pool.acquire_timeout'),
    minIdlePerHost: as('pool.min_idle_per_host'),
    maxStreamsPerConnection: as('pool.max_streams_per_connection'),
    lifetimeJitter: as('pool.lifetime_jitter'),
    drainTimeoutMs: inMs('pool.drain_timeout'),
    leakThresholdMs: inMs('pool.leak_threshold'),
  },
  dial: {
    concurrencyStart: as('dial.concurrency_start'),
    concurrencyMin: as('dial.concurrency_min'),
    concurrencyMax: as('dial.concurrency_max'),
    ratePerSecond: as('dial.rate_per_second'),
    perHostConcurrency: as('dial.per_host_concurrency'),
    perPrefixConcurrency: as('dial.per_prefix_concurrency'),
  },
  warmUp: { restMs: as('warmup.rest_ms'), restEvery: as('warmup.rest_every') },
  health: {
    unhealthyAfter: as('health.unhealthy_after'),
    healthyAfter: as('health.healthy_after'),
    ejectBaseMs: inMs('health.eject_base'),
    ejectMaxMs: inMs('health.eject_max'),
    maxEjectedShare: as('health.max_ejected_share'),
    panicShare: as('health.panic_share'),
    checkConcurrency: as('health.check_concurrency'),
    probeMethod: as('health.probe_method'),
    maxErrors: as('health.max_errors'),
    statusGood: as('health.status_good'),
    statusBlocked: as('health.status_blocked'),
    statusBusy: as('health.status_busy'),
    statusAuth: as('health.status_auth'),
  },
  choice: { slowStartMs: inMs('choice.slow_start'), exploration: as('choice.exploration') },
  metrics: { port: as('metrics.port'), address: as('metrics.address') },
  retry: { budget: as('retry.budget'), minPerSecond: as('retry.min_per_second') },
  alerts: {
    successRate: as('alerts.success_rate'),
    responseMs: inMs('alerts.response_time'),
    healthyShare: as('alerts.healthy_share'),
    reuseRate: as('alerts.reuse_rate'),
    waitP95Ms: inMs('alerts.wait_p95'),
    loopDelayMs: inMs('alerts.loop_delay'),
    warmUpSuccess: as('alerts.warm_up_success'),
    diskFreeBytes: inBytes('alerts.disk_free'),
    holdMs: inMs('alerts.hold'),
    clearHoldMs: inMs('alerts.clear_hold'),
    clearMargin: as('alerts.clear_margin'),
    reopenWithinMs: inMs('alerts.reopen_within'),
    notifications: as('alerts.notifications'),
    webhookUrl: as('alerts.webhook_url'),
    webhookSecretFile: as('alerts.webhook_secret_file'),
  },
  dns: { graceMs: inMs('dns.grace'), resolvers: as('dns.resolvers') },
};

const single: Readonly<Record<'whitelistMode' | 'logLevel', SettingPlace>> = {
  whitelistMode: as('pool.whitelist_mode'),
  logLevel: as('pool.log_level'),
};

/**
 * The defaults, with what a program wants otherwise. A default gives way where a wanted limit is lower, as in the file.
 * @throws ConfigError that names every setting that is unknown, out of its range, or at odds with another.
 */
export function programSettings(overrides: SettingsOverrides = {}): EngineSettings {
  const issues: ConfigIssue[] = [];
  const given: Partial<Record<ConfigPath, unknown>> = {};
  for (const [name, wanted] of Object.entries(overrides)) {
    if (wanted === undefined || name === 'targets') {
      continue;
    }
    if (isSingle(name)) {
      read(name, single[name], wanted, given, issues);
    } else if (isGroup(name) && typeof wanted === 'object' && wanted !== null) {
      readGroup(name, wanted, given, issues);
    } else {
      const near = inEnglish(nearestName(name, [...Object.keys(places), ...Object.keys(single)]));
      issues.push(issue(name, `${name} = ${showValue(wanted)} is no setting${near}`, ''));
    }
  }
  const resolved = resolveValues(given as GivenValues, () => null);
  const all = [...issues, ...resolved.issues];
  if (all.length > 0) {
    throw new ConfigError(null, all);
  }
  return engineSettings(resolved.values, overrides.targets ?? []);
}

/**
 * Settings that a program made by hand, or changed after they were made.
 * @throws ConfigError as {@link programSettings}.
 */
export function checkSettings(settings: EngineSettings): void {
  programSettings(settings);
}

function readGroup(
  group: keyof Groups,
  wanted: object,
  given: Partial<Record<ConfigPath, unknown>>,
  issues: ConfigIssue[],
): void {
  const known: Readonly<Record<string, SettingPlace>> = places[group];
  for (const [name, value] of Object.entries(wanted)) {
    const place = Object.hasOwn(known, name) ? known[name] : undefined;
    if (value === undefined) {
      continue;
    }
    if (place) {
      read(`${group}.${name}`, place, value, given, issues);
    } else {
      const near = inEnglish(nearestName(name, Object.keys(known)));
      issues.push(issue(`${group}.${name}`, `${group}.${name} = ${showValue(value)} is no setting${near}`, ''));
    }
  }
}

function read(
  name: string,
  { path, scale }: SettingPlace,
  value: unknown,
  given: Partial<Record<ConfigPath, unknown>>,
  issues: ConfigIssue[],
): void {
  const key = configKeys[path];
  try {
    given[path] = key.read(toWritten(path, scale, value));
  } catch (error) {
    if (!(error instanceof RangeError)) {
      throw error;
    }
    const [least, most] = key.hard ?? [0, 0];
    const allowed =
      scale === 1
        ? key.allowed
        : `${scale === 1_000 ? 'milliseconds' : 'bytes'} from ${formatNumber(least * scale)} to ${formatNumber(most * scale)}`;
    const wrong = scale === 1 || typeof value === 'number' ? error.message : 'is not a number';
    issues.push(issue(name, `${name} = ${showValue(value)} ${wrong}`, allowed));
  }
}

/** In the file's own form: seconds, and ranges of statuses as words. */
function toWritten(path: ConfigPath, scale: number, value: unknown): unknown {
  if (typeof value === 'number') {
    return value / scale;
  }
  if (path === 'health.status_good' && Array.isArray(value)) {
    return value.map((range: unknown) => (Array.isArray(range) ? range.join('-') : range));
  }
  return value;
}

function isGroup(name: string): name is keyof Groups {
  return Object.hasOwn(places, name);
}

function isSingle(name: string): name is keyof typeof single {
  return Object.hasOwn(single, name);
}

function issue(path: string, wrong: string, allowed: Told): ConfigIssue {
  return { path, position: null, wrong, allowed };
}
