/** The pool with the parts it works with, put together, changed together and closed together: for a console, and for programs. */
import type { IpAccessController } from '../access/ip-access-controller.ts';
import type { Clock } from '../base/clock.ts';
import type { EventSink } from '../base/event-bus.ts';
import type { ProcessHold } from '../base/process-hold.ts';
import { type ProcessMonitor, SystemProcessMonitor } from '../base/process-monitor.ts';
import type { Random } from '../base/random.ts';
import type { EngineSettings } from '../config/settings.ts';
import type { PoolStatistics } from '../contract/statistics.ts';
import { AdaptiveDialBudget } from '../dial/adaptive-dial-budget.ts';
import { type HostCredentials, TlsDialer } from '../dial/tls-dialer.ts';
import type { Dialer } from '../dial/transport.ts';
import { type DirectorySettings, RefreshingHostDirectory } from '../dns/host-directory.ts';
import type { Resolver } from '../dns/resolver.ts';
import { HttpConnectionValidator } from '../health/connection-validator.ts';
import { HealthChecker } from '../health/health-checker.ts';
import { IpHealthKeeper } from '../health/ip-health-keeper.ts';
import { LoadRuns } from '../load/load-runs.ts';
import { HotConnPool } from '../pool/hot-conn-pool.ts';
import { RequestSender } from '../requests/request-sender.ts';
import { JudgedAddresses } from './judged-addresses.ts';
import { NewAddressWarmer } from './new-address-warmer.ts';
import { WarmTargets } from './warm-targets.ts';

export interface PoolAssemblyOptions {
  readonly settings: EngineSettings;
  readonly clock: Clock;
  readonly random: Random;
  readonly events: EventSink;
  /** Closed by whoever opened it, after the assembly. */
  readonly access: IpAccessController;
  readonly resolver: Resolver;
  /** PEM, trusted beside the runtime's own. */
  readonly authorities?: readonly string[];
  /** In place of the real one; the TLS settings of targets are then its own business. */
  readonly dialer?: Dialer;
  /** In place of the real one. */
  readonly monitor?: ProcessMonitor;
  /** Taken while a caller waits; none where the process lives by other means. */
  readonly hold?: ProcessHold;
}

/** What settings alone do not tell of a change. */
export interface SettingsChange {
  /** Whether a host's connections were made under settings that are others by now. */
  readonly isOutdated: (host: string) => boolean;
  /** Canonical names of the hosts whose given addresses are others. */
  readonly moved: ReadonlySet<string>;
  /** All hosts are to be resolved anew, for others are asked now. */
  readonly rereads: boolean;
}

export class PoolAssembly {
  readonly pool: HotConnPool;
  readonly health: HealthChecker;
  readonly ipHealth: IpHealthKeeper;
  readonly hosts: JudgedAddresses;
  readonly directory: RefreshingHostDirectory;
  readonly load: LoadRuns;
  readonly requests: RequestSender;
  readonly #monitor: ProcessMonitor;
  /** null: somebody else's dials. */
  readonly #tlsDialer: TlsDialer | null;
  readonly #budget: AdaptiveDialBudget;
  readonly #validator: HttpConnectionValidator;
  readonly #warmTargets: WarmTargets;
  #settings: EngineSettings;

  constructor(options: PoolAssemblyOptions) {
    const { settings, clock, random, events, access, resolver } = options;
    const monitor = options.monitor ?? new SystemProcessMonitor(clock);
    this.#settings = settings;
    this.#monitor = monitor;
    this.directory = new RefreshingHostDirectory({
      resolver,
      clock,
      random,
      events,
      settings: directorySettings(settings),
    });
    this.ipHealth = new IpHealthKeeper({ settings, lists: access, events, clock, random });
    this.hosts = new JudgedAddresses(this.directory, this.ipHealth);
    this.#budget = new AdaptiveDialBudget({
      clock,
      settings: settings.dial,
      loopDelayP99Ms: () => monitor.sample().loopDelayP99Ms,
    });
    const tlsDialer = new TlsDialer({
      clock,
      extraCa: options.authorities ?? [],
      credentials: credentialsOf(settings),
    });
    this.#tlsDialer = options.dialer ? null : tlsDialer;
    this.#validator = new HttpConnectionValidator({ clock, settings });
    this.pool = new HotConnPool(settings, {
      clock,
      random,
      dialer: options.dialer ?? tlsDialer,
      budget: this.#budget,
      hosts: this.hosts,
      access,
      health: this.ipHealth,
      validator: this.#validator,
      events,
      process: monitor,
      ...(options.hold && { hold: options.hold }),
    });
    this.load = new LoadRuns({
      pool: {
        acquire: (host, options) => this.pool.acquire(host, options),
        row: (connectionId) => this.pool.row(connectionId),
        coldStartMs: () => this.pool.coldStartMs(),
      },
      clock,
      events,
      statuses: () => this.#settings.health,
    });
    this.requests = new RequestSender({
      pool: {
        acquire: (host, options) => this.pool.acquire(host, options),
        acquireTo: (host, ip, options) => this.pool.acquireTo(host, ip, options),
        connection: (connectionId) => {
          const explanation = this.pool.explain({ connectionId });
          return explanation?.subject === 'connection' ? explanation : null;
        },
      },
      clock,
      events,
      statuses: () => this.#settings.health,
    });
    this.ipHealth.probeWith(this.pool);
    this.health = new HealthChecker({
      connections: this.pool,
      ipOf: (connectionId) => this.pool.row(connectionId)?.ip,
      settings: checkerSettings(settings),
      events,
      clock,
      random,
    });
    this.#warmTargets = new WarmTargets({
      warmUps: this.pool.warmUps,
      events,
      clock,
      connectedTo: (name) => {
        const host = this.pool.stats().hosts.find((one) => one.host === name);
        return host ? host.healthy + host.dialing : 0;
      },
    });
    const warmer = new NewAddressWarmer({
      warmUps: this.pool.warmUps,
      isWatched: ({ name }) => this.#settings.targets.some(({ host }) => host.name === name),
      floor: () => this.#settings.pool.minIdlePerHost,
    });
    this.directory.onChange((host, addresses, added) => warmer.changed(host, addresses, added));
  }

  /** Of this moment. */
  get settings(): EngineSettings {
    return this.#settings;
  }

  /** Warms what the targets ask for; to be called when scores are restored, and again after each change of the targets. */
  warmTargets(): void {
    this.#warmTargets.look(this.#settings.targets);
  }

  /** Brings settings into force in every part, timers and limits included. Does not fail. */
  apply(settings: EngineSettings, { isOutdated, moved, rereads }: SettingsChange): void {
    const left = this.#settings.targets.filter(
      ({ host }) => !settings.targets.some((target) => target.host.name === host.name),
    );
    this.#settings = settings;
    const outdated = [...this.pool.rows()].filter(({ host }) => isOutdated(host)).map(({ id }) => id);
    // Before the pool dials by them.
    this.#tlsDialer?.configure(credentialsOf(settings));
    this.directory.configure(directorySettings(settings));
    this.#budget.update(settings.dial);
    this.#validator.updateSettings(settings);
    this.ipHealth.updateSettings(settings);
    this.pool.updateConfig(settings);
    void this.pool.drainConnections(new Set(outdated), 'config-changed');
    for (const { host } of left) {
      this.directory.retire(host);
      this.hosts.retire(host);
      this.ipHealth.retire(host.name);
    }
    this.health.updateSettings(checkerSettings(settings));
    this.warmTargets();
    if (rereads || moved.size > 0) {
      void this.directory.reread(moved);
    }
  }

  /** As {@link HotConnPool.close}, and then everything behind the pool. */
  async close(atOnce?: AbortSignal): Promise<PoolStatistics> {
    this.health.close();
    this.#warmTargets.close();
    this.requests.close();
    await this.load.close();
    // Nobody is told of addresses any more: a question that is under way ends with the pool.
    this.directory.close();
    this.#tlsDialer?.close();
    const statistics = await this.pool.close(atOnce);
    this.ipHealth.close();
    this.#monitor.dispose();
    return statistics;
  }
}

function credentialsOf({ targets }: EngineSettings): HostCredentials {
  return targets.flatMap(({ host, tls }) => (tls?.credentials ? [[host, tls.credentials] as const] : []));
}

function directorySettings({ pool, dns }: EngineSettings): DirectorySettings {
  return { refreshIntervalMs: pool.dnsUpdateIntervalMs, graceMs: dns.graceMs };
}

function checkerSettings({ pool, health }: EngineSettings): {
  healthCheckIntervalMs: number;
  checkConcurrency: number;
} {
  return { healthCheckIntervalMs: pool.healthCheckIntervalMs, checkConcurrency: health.checkConcurrency };
}
