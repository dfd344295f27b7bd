/**
 * The engine's settings as the engine reads them: milliseconds, camel case, all present.
 * `core/config/schema.ts` declares each key of the TOML file with its meaning, range and default and makes these.
 */
import type { EventLevel } from '../contract/events.ts';
import type { HostName } from '../dial/endpoint.ts';
import type { ProfileSet } from '../dial/profile-choice.ts';
import type { TlsCredentials } from '../dial/tls-credentials.ts';

export interface PoolSettings {
  readonly maxConnections: number;
  readonly maxConnectionsPerHost: number;
  readonly maxIdleConnections: number;
  /** Deadline of one dial, TCP and TLS together. */
  readonly connTimeoutMs: number;
  readonly idleTimeoutMs: number;
  readonly maxLifetimeMs: number;
  /** Deadline of one validation or check. */
  readonly testTimeoutMs: number;
  readonly healthCheckIntervalMs: number;
  readonly cleanupIntervalMs: number;
  readonly blacklistCheckIntervalMs: number;
  readonly dnsUpdateIntervalMs: number;
  /** Attempts of a request in all; 0 and 1 mean one. */
  readonly maxRetries: number;
  readonly acquireTimeoutMs: number;
  /** The floor, spread over the host's IPs. */
  readonly minIdlePerHost: number;
  readonly maxStreamsPerConnection: number;
  /** 0 to 1, share of the lifetime by which it is spread. */
  readonly lifetimeJitter: number;
  readonly drainTimeoutMs: number;
  readonly leakThresholdMs: number;
}

export interface DialSettings {
  readonly concurrencyStart: number;
  readonly concurrencyMin: number;
  readonly concurrencyMax: number;
  /** Dials a second, 0 = off. */
  readonly ratePerSecond: number;
  /** 0 = off. */
  readonly perHostConcurrency: number;
  /** Per /24 and /48, 0 = off. */
  readonly perPrefixConcurrency: number;
}

export interface WarmUpSettings {
  /** The reference's pause: so long after every `restEvery` dials of a job; 0 = off. */
  readonly restMs: number;
  readonly restEvery: number;
}

export interface HealthSettings {
  /** Failures in a row that eject an IP. */
  readonly unhealthyAfter: number;
  /** Good looks in a row that end its trial. */
  readonly healthyAfter: number;
  /** Length of a first ejection. */
  readonly ejectBaseMs: number;
  readonly ejectMaxMs: number;
  /** 0 to 1, of a host's IPs, rounded down. */
  readonly maxEjectedShare: number;
  /** 0 to 1; with fewer IPs available ejections are ignored. */
  readonly panicShare: number;
  readonly checkConcurrency: number;
  readonly probeMethod: 'HEAD' | 'GET';
  /** Errors of one connection after which it is taken down (document 001: more than 10). */
  readonly maxErrors: number;
  /** Status ranges, inclusive. */
  readonly statusGood: readonly (readonly [number, number])[];
  readonly statusBlocked: readonly number[];
  readonly statusBusy: readonly number[];
  readonly statusAuth: readonly number[];
}

export interface ChoiceSettings {
  /** An IP's share rises from 10 to 100 % over this time. */
  readonly slowStartMs: number;
  /** Share of choices made blindly, 0 to 1. */
  readonly exploration: number;
}

export interface MetricsSettings {
  /** 0 = none. */
  readonly port: number;
  /** Canonical; of this machine. */
  readonly address: string;
}

export interface RetrySettings {
  /** Share of the requests, 0 to 1. */
  readonly budget: number;
  readonly minPerSecond: number;
}

/** Thresholds, times, and who is told. A share of 0 to 1 that is 0 never fires. */
export interface AlertSettings {
  readonly successRate: number;
  readonly responseMs: number;
  readonly healthyShare: number;
  readonly reuseRate: number;
  readonly waitP95Ms: number;
  readonly loopDelayMs: number;
  readonly warmUpSuccess: number;
  readonly diskFreeBytes: number;
  /** How long a figure must be beyond its threshold before its alert fires. */
  readonly holdMs: number;
  /** How long it must be good again before the alert is resolved. */
  readonly clearHoldMs: number;
  /** 0 to 1: part of the way from the threshold to what is perfect, where a figure counts as good again. */
  readonly clearMargin: number;
  /** An alert that fires again within this time goes on as the same one. */
  readonly reopenWithinMs: number;
  /** Of the desktop. */
  readonly notifications: boolean;
  /** Empty: none. */
  readonly webhookUrl: string;
  /** Absolute; empty: nothing is signed. */
  readonly webhookSecretFile: string;
}

export interface DnsSettings {
  /** How long an address that has left the answers stays in use. */
  readonly graceMs: number;
  /** Name servers as `node:dns` takes them; empty: the system's resolver. */
  readonly resolvers: readonly string[];
}

export interface TargetSettings {
  readonly host: HostName;
  /** The path that validates; begins with a slash. */
  readonly path: string;
  /** Given IPs; null: ask DNS. */
  readonly ips: readonly string[] | null;
  /** Not said: the default profiles, the runtime's authorities, no client certificate. */
  readonly tls?: TargetTls;
  /** Connections to be warmed when the engine starts; not said: none. */
  readonly warm?: number | 'all-ips';
}

export interface TargetTls {
  readonly profileSet: ProfileSet;
  /** null: the runtime's authorities, no client certificate. */
  readonly credentials: TlsCredentials | null;
}

export interface EngineSettings {
  readonly pool: PoolSettings;
  readonly dial: DialSettings;
  readonly warmUp: WarmUpSettings;
  readonly health: HealthSettings;
  readonly choice: ChoiceSettings;
  readonly metrics: MetricsSettings;
  readonly retry: RetrySettings;
  readonly alerts: AlertSettings;
  readonly dns: DnsSettings;
  readonly whitelistMode: 'prefer' | 'enforce';
  readonly logLevel: EventLevel;
  readonly targets: readonly TargetSettings[];
}
