/** The pool for programs: no console, no data folder, no process of its own; everything it needs comes in as an argument. */
import { IpAccessController } from '../access/ip-access-controller.ts';
import { canonicalIp, parseIpRange } from '../access/ip-range.ts';
import { type Clock, systemClock } from '../base/clock.ts';
import { EventBus } from '../base/event-bus.ts';
import { LiveProcessHold } from '../base/process-hold.ts';
import type { ProcessMonitor } from '../base/process-monitor.ts';
import { type Random, systemRandom } from '../base/random.ts';
import { defaultSettings } from '../config/engine-settings.ts';
import { checkSettings } from '../config/program-settings.ts';
import type { EngineSettings } from '../config/settings.ts';
import { parseInput } from '../console/request-input.ts';
import type { AccessListName } from '../contract/access.ts';
import type { LoadJobInput, LoadRun } from '../contract/load-run.ts';
import type { PoolStatistics } from '../contract/statistics.ts';
import type { WarmUpJobInput } from '../contract/warm-up-job.ts';
import type { WarmUpRun } from '../contract/warm-up-run.ts';
import { parseHostName } from '../dial/endpoint.ts';
import type { Dialer } from '../dial/transport.ts';
import { NameLookup } from '../dns/name-lookup.ts';
import type { ResolvedAddress, Resolver } from '../dns/resolver.ts';
import { givenAddresses, StaticResolver } from '../dns/static-resolver.ts';
import { SystemResolver, toAddresses } from '../dns/system-resolver.ts';
import type { HealthChecker } from '../health/health-checker.ts';
import type { HotConnPool } from '../pool/hot-conn-pool.ts';
import { PoolAssembly } from './pool-assembly.ts';

export interface ProgramPoolOptions {
  /** `defaultSettings({ … })`, or `settings` of what `loadConfig` gave; the defaults when they are left out. */
  readonly settings?: EngineSettings;
  /** IPs of hosts (`host` or `host:port`), which win over DNS. A host that is not here is resolved. */
  readonly hosts?: Readonly<Record<string, readonly string[]>>;
  /** IPv4, IPv6 or CIDR: dialled first; with `whitelistMode: 'enforce'` nothing else is dialled. */
  readonly allowedIps?: readonly string[];
  /** IPv4, IPv6 or CIDR: never dialled. An IP on both lists is blocked. */
  readonly blockedIps?: readonly string[];
  /** PEM certificates of authorities that are trusted beside the runtime's own. */
  readonly authorities?: readonly string[];
  /** In place of what the pool makes itself. */
  readonly dependencies?: ProgramPoolDependencies;
}

export interface ProgramPoolDependencies {
  readonly clock?: Clock;
  readonly random?: Random;
  readonly events?: EventBus;
  readonly dialer?: Dialer;
  /** For hosts without given IPs. */
  readonly resolver?: Resolver;
  readonly monitor?: ProcessMonitor;
}

/**
 * Opens a pool; nothing is dialled before somebody asks, except for `targets` with a floor or `warm`.
 * @throws RangeError when a host or an IP cannot be read; ConfigError when a setting is not allowed.
 */
export function openPool(options: ProgramPoolOptions = {}): ProgramPool {
  return new ProgramPool(options);
}

export class ProgramPool implements AsyncDisposable {
  /** `acquire`, `acquireUrl`, `acquireIp`, `stats`; also an undici `Dispatcher`. */
  readonly pool: HotConnPool;
  /** Checks now: `checkAll`, `cleanUpUnhealthy`. */
  readonly health: HealthChecker;
  /** Everything that happens, as typed events. */
  readonly events: EventBus;
  readonly #assembly: PoolAssembly;
  /** A program may have nothing else to do than to wait for its pool. */
  readonly #hold = new LiveProcessHold();
  readonly #access: IpAccessController;
  readonly #given: StaticResolver;
  readonly #lookup: NameLookup;
  readonly #hosts: ReadonlyMap<string, readonly ResolvedAddress[]>;

  constructor(options: ProgramPoolOptions) {
    const { settings = defaultSettings(), dependencies = {} } = options;
    checkSettings(settings);
    const { clock = systemClock, random = systemRandom } = dependencies;
    this.events = dependencies.events ?? new EventBus(clock);
    this.#hosts = hostMapping(options.hosts ?? {});
    this.#lookup = new NameLookup(settings.dns.resolvers);
    this.#given = new StaticResolver(
      this.#addressesOf(settings),
      dependencies.resolver ?? new SystemResolver(clock, this.#lookup.all),
    );
    this.#access = new IpAccessController({ clock, events: this.events, whitelistMode: settings.whitelistMode });
    this.setLists(options);
    this.#assembly = new PoolAssembly({
      settings,
      clock,
      random,
      events: this.events,
      access: this.#access,
      resolver: this.#given,
      authorities: options.authorities ?? [],
      hold: this.#hold,
      ...(dependencies.dialer && { dialer: dependencies.dialer }),
      ...(dependencies.monitor && { monitor: dependencies.monitor }),
    });
    this.pool = this.#assembly.pool;
    this.health = this.#assembly.health;
    this.#assembly.warmTargets();
  }

  /** Of this moment. */
  get settings(): EngineSettings {
    return this.#assembly.settings;
  }

  /** The reference's GetHostMapping: the IPs that each host has now, by its canonical name; those never asked for are left out. */
  hostMapping(): ReadonlyMap<string, readonly string[]> {
    const known = this.#assembly.directory.known();
    return new Map(known.map(([host, addresses]) => [host, addresses.map(({ ip }) => ip)]));
  }

  /** The reference's GetAllowedIPs; automatic entries included. */
  allowedIps(): readonly string[] {
    return this.#listed('white');
  }

  /** The reference's GetBlockedIPs; automatic entries included. */
  blockedIps(): readonly string[] {
    return this.#listed('black');
  }

  /**
   * Replaces what the program itself allows and blocks; in force at once. A list that is left out becomes empty.
   * @throws RangeError when an IP cannot be read; then nothing has changed.
   */
  setLists({ allowedIps = [], blockedIps = [] }: Pick<ProgramPoolOptions, 'allowedIps' | 'blockedIps'>): void {
    const canonical = (ips: readonly string[]): string[] => ips.map((ip) => parseIpRange(ip.trim()).text);
    this.#access.setConfigEntries(canonical(allowedIps), canonical(blockedIps));
  }

  /**
   * Warms up and waits for the end; see its `outcome`, and `hosts` for an error of each. With `'all-ips'`, the default,
   * one connection for each IP.
   * @throws ContractError `invalid-input` that names what is wrong with the job.
   */
  async warmUp(job: WarmUpJobInput): Promise<WarmUpRun> {
    const { warmUps } = this.pool;
    const runId = warmUps.start(parseInput('warmUp.start', job));
    const run = await this.#held(() => warmUps.finished(runId));
    if (!run) {
      throw new Error('the warm-up is not remembered: fifty others have ended since');
    }
    return run;
  }

  /**
   * Measures: requests through the pool for a time, in the background (document 004's benchmark). Waits for the end; when
   * `signal` aborts no request is begun any more, and the run is `cancelled`.
   * @throws ContractError `invalid-input` for a job beyond its bounds or what is no https URL, `conflict` while another run
   * goes on, `closed`.
   */
  async load(job: LoadJobInput, signal?: AbortSignal): Promise<LoadRun> {
    const { load } = this.#assembly;
    const runId = load.start(parseInput('load.start', job));
    const cancel = (): boolean => load.cancel(runId);
    signal?.addEventListener('abort', cancel, { once: true });
    if (signal?.aborted) {
      cancel();
    }
    const run = await this.#held(() => load.finished(runId));
    signal?.removeEventListener('abort', cancel);
    if (!run) {
      throw new Error('the load run is not remembered: others have ended since');
    }
    return run;
  }

  /**
   * Brings other settings into force: limits, timers, targets. What is above a lowered limit drains.
   * @throws ConfigError when one is not allowed; then nothing has changed.
   */
  updateSettings(settings: EngineSettings): void {
    checkSettings(settings);
    const before = this.#assembly.settings;
    const moved = hostsThatDiffer(before, settings, (target) => JSON.stringify(target?.ips ?? null));
    const outdated = hostsThatDiffer(before, settings, (target) => target?.tls);
    const rereads = JSON.stringify(before.dns.resolvers) !== JSON.stringify(settings.dns.resolvers);
    this.#given.give(this.#addressesOf(settings));
    if (rereads) {
      this.#lookup.use(settings.dns.resolvers);
    }
    this.#access.setWhitelistMode(settings.whitelistMode);
    this.#assembly.apply(settings, { isOutdated: (host) => outdated.has(host), moved, rereads });
  }

  stats(): PoolStatistics {
    return this.pool.stats();
  }

  /**
   * No new work; leases end within `drain_timeout`, or at once when `atOnce` aborts; then everything is closed. Gives the
   * last statistics. Twice gives the same.
   */
  async close(atOnce?: AbortSignal): Promise<PoolStatistics> {
    return this.#held(async () => {
      const statistics = await this.#assembly.close(atOnce);
      await this.#access.close();
      return statistics;
    });
  }

  /** The process stays alive until it is done. */
  async #held<Result>(act: () => Promise<Result>): Promise<Result> {
    this.#hold.take();
    try {
      return await act();
    } finally {
      this.#hold.release();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** Those of `[[targets]]`, and over them the program's own. */
  #addressesOf({ targets }: EngineSettings): ReadonlyMap<string, readonly ResolvedAddress[]> {
    return new Map([...givenAddresses(targets), ...this.#hosts]);
  }

  #listed(list: AccessListName): readonly string[] {
    return [...new Set([...this.#access.entries()].filter((entry) => entry.list === list).map(({ value }) => value))];
  }
}

function hostMapping(hosts: Readonly<Record<string, readonly string[]>>): Map<string, readonly ResolvedAddress[]> {
  return new Map(
    Object.entries(hosts).map(([host, ips]) => {
      const { name, port } = parseHostName(host);
      return [
        name,
        toAddresses(
          ips.map((ip) => canonicalIp(ip.trim())),
          port,
        ),
      ];
    }),
  );
}

/** Canonical names of the hosts of which this part of their target, or of no target (undefined), is another. */
function hostsThatDiffer(
  before: EngineSettings,
  after: EngineSettings,
  part: (target: EngineSettings['targets'][number] | undefined) => unknown,
): ReadonlySet<string> {
  const byName = ({ targets }: EngineSettings) => new Map(targets.map((target) => [target.host.name, target]));
  const [was, is] = [byName(before), byName(after)];
  const names = [...was.keys(), ...is.keys()];
  return new Set(names.filter((name) => part(was.get(name)) !== part(is.get(name))));
}
