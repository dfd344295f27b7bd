/**
 * For programs: the pool without the console.
 *
 *     const config = await loadConfig('hotpool.toml');
 *     await using hot = openPool({ settings: config.settings, allowedIps: config.whitelist, blockedIps: config.blacklist });
 *     await hot.warmUp({ hosts: ['example.com'], connections: 50 });
 *     using lease = await hot.pool.acquireUrl('https://example.com/api/data');
 *
 * A program may ask for any host; `[[targets]]` are those that it keeps warm.
 */
export type { AlertKeeper } from './alerts/alert-keeper.ts';
export type { AlertNotice, AlertObserver } from './alerts/alert-observers.ts';
export type { Clock, Timer } from './base/clock.ts';
export { systemClock } from './base/clock.ts';
export { EventBus } from './base/event-bus.ts';
export type { ProcessMonitor } from './base/process-monitor.ts';
export type { Random } from './base/random.ts';
export { seededRandom, systemRandom } from './base/random.ts';
export { ConfigError } from './config/config-error.ts';
export type { SettingsOverrides } from './config/engine-settings.ts';
export { type LoadedConfig, loadConfig, parseConfig } from './config/load-config.ts';
export { type PresetName, presets } from './config/presets.ts';
export { programSettings as defaultSettings } from './config/program-settings.ts';
export type { EngineSettings, TargetSettings } from './config/settings.ts';
export type { Alert } from './contract/alerts.ts';
export { eventSentence } from './contract/event-text.ts';
export type { EngineEvent } from './contract/events.ts';
export type { LoadJobInput, LoadRun } from './contract/load-run.ts';
export type { PoolStatistics } from './contract/statistics.ts';
export type { WarmUpJobInput } from './contract/warm-up-job.ts';
export type { WarmUpRun } from './contract/warm-up-run.ts';
export { ClassifiedError } from './dial/classified-error.ts';
export { type Endpoint, type HostName, parseHostName } from './dial/endpoint.ts';
export type { Dialer, DialRequest, Transport } from './dial/transport.ts';
export type { ResolvedAddress, Resolver } from './dns/resolver.ts';
export { openPool, ProgramPool, type ProgramPoolDependencies, type ProgramPoolOptions } from './engine/program-pool.ts';
export type { AcquireOptions, HotConnPool } from './pool/hot-conn-pool.ts';
export type { Lease } from './pool/lease.ts';
export {
  AcquireTimeoutError,
  ConnectionClosedError,
  NoAllowedEndpointError,
  PoolClosedError,
  UrlRejectedError,
} from './pool/pool-errors.ts';
export { WarmUpFailedError } from './warm-up/warm-up-hosts.ts';
