/** Everything of one seed: the pool under test among neighbours that follow the dice. */

import type { EngineSettings } from '../../core/config/settings.ts';
import { AdaptiveDialBudget } from '../../core/dial/adaptive-dial-budget.ts';
import { JudgedAddresses } from '../../core/engine/judged-addresses.ts';
import { HttpConnectionValidator } from '../../core/health/connection-validator.ts';
import type { IpHealthSettings } from '../../core/health/ejector-settings.ts';
import { HealthChecker, type HealthCheckerSettings } from '../../core/health/health-checker.ts';
import { IpHealthKeeper } from '../../core/health/ip-health-keeper.ts';
import { HotConnPool } from '../../core/pool/hot-conn-pool.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { Callers } from './callers.ts';
import { ConnectionsWatch } from './connections-watch.ts';
import { Dice } from './dice.ts';
import { Fairness } from './fairness.ts';
import { ObservedBudget, ObservedValidator } from './observed-parts.ts';
import { Permission } from './permission.ts';
import { PooledRequests } from './pooled-requests.ts';
import { Referee } from './referee.ts';
import { drawScenario, type Scenario, traitsOf } from './scenario.ts';
import { SimulatedAccess } from './simulated-access.ts';
import { ClockShare, SimulatedClock } from './simulated-clock.ts';
import { SimulatedDirectory } from './simulated-directory.ts';
import { SimulatedNetwork } from './simulated-network.ts';
import { WarmUps } from './warm-ups.ts';

/** Longer than any run. */
const never = 1e12;

export class World {
  readonly clock = new SimulatedClock();
  readonly budgetClock = new ClockShare(this.clock);
  readonly referee = new Referee();
  /** The schedule's own; the network and the pool have theirs, so that one more throw here changes nothing there. */
  readonly dice: Dice;
  readonly scenario: Scenario;
  readonly network: SimulatedNetwork;
  readonly access: SimulatedAccess;
  /** null: nothing is ejected. */
  readonly keeper: IpHealthKeeper | null;
  readonly permission: Permission;
  readonly directory: SimulatedDirectory;
  readonly budget: ObservedBudget;
  readonly watch: ConnectionsWatch;
  readonly pool: HotConnPool;
  readonly health: HealthChecker;
  readonly fairness: Fairness;
  readonly callers: Callers;
  readonly requests: PooledRequests;
  readonly warmUps: WarmUps;
  readonly #dialBudget: AdaptiveDialBudget;
  readonly #validator: HttpConnectionValidator;

  constructor(seed: number) {
    const { clock, referee } = this;
    this.dice = new Dice(seed);
    this.scenario = drawScenario(this.dice);
    const { settings, hosts } = this.scenario;
    const networkDice = new Dice(seed ^ 0x6e657477);
    this.watch = new ConnectionsWatch(referee, clock, settings);
    this.network = new SimulatedNetwork({
      clock,
      referee,
      dice: networkDice,
      occupancy: this.watch,
      traitsOf: (name) => {
        const host = hosts.find((one) => one.name.name === name);
        return host
          ? traitsOf(host, networkDice)
          : { protocol: 'h2', maxStreams: 1, serverIdleMs: null, tellsIdleLimit: false };
      },
    });
    this.access = new SimulatedAccess(clock);
    this.directory = new SimulatedDirectory(clock);
    for (const { name, addresses, dnsMs } of hosts) {
      this.directory.add(name.name, addresses, dnsMs);
    }
    this.#dialBudget = new AdaptiveDialBudget({
      clock: this.budgetClock,
      settings: settings.dial,
      loopDelayP99Ms: () => 1,
    });
    this.budget = new ObservedBudget(this.#dialBudget, (endpoint, signal) => this.watch.claim(endpoint, signal));
    this.#validator = new HttpConnectionValidator({ clock, settings });
    const events = { emit: (): void => undefined };
    const random = seededRandom(seed ^ 0x706f6f6c);
    const { automaticBanMs } = this.scenario;
    const keeper =
      automaticBanMs === null
        ? null
        : new IpHealthKeeper({
            settings: this.#keeperSettings(settings, automaticBanMs),
            lists: this.access,
            events,
            clock,
            random: seededRandom(seed ^ 0x68656c74),
          });
    this.keeper = keeper;
    this.permission = new Permission(this.access, keeper, clock);
    this.pool = new HotConnPool(settings, {
      clock,
      random,
      dialer: this.network,
      budget: this.budget,
      hosts: keeper ? new JudgedAddresses(this.directory, keeper) : this.directory,
      access: this.access,
      ...(keeper && { health: keeper }),
      validator: new ObservedValidator(this.#validator),
      events,
      process: {
        sample: () => ({ loopDelayP50Ms: 0, loopDelayP99Ms: 1, cpuShare: 0, rssBytes: 1, openFileDescriptors: null }),
        dispose: () => undefined,
      },
    });
    keeper?.probeWith(this.pool);
    this.watch.attach(this.pool, this.network);
    this.health = new HealthChecker({
      connections: this.pool,
      ipOf: (connectionId) => this.pool.row(connectionId)?.ip,
      settings: this.#checkerSettings(settings),
      events,
      clock,
      random,
    });
    this.requests = new PooledRequests(this.pool, referee);
    this.warmUps = new WarmUps(this.pool, referee);
    this.fairness = new Fairness(referee, this.scenario.isPlain);
    this.callers = new Callers(this.pool, {
      clock,
      referee,
      watch: this.watch,
      network: this.network,
      permission: this.permission,
      directory: this.directory,
      fairness: this.fairness,
    });
  }

  /** The pool at this moment, for the report of a failure. */
  describe(): readonly string[] {
    const { pool } = this.watch.settings;
    const limits = `${pool.maxConnections} in all, ${pool.maxConnectionsPerHost} a host, ${pool.maxIdleConnections} idle`;
    const rows = [...this.pool.rows()].map((row) => {
      const { id, host, ip, protocol, state, healthy } = row;
      const leases = this.watch.leasesOf(id);
      const busy = `${leases} leases of ${this.watch.streamsOf(id)}, ${this.network.transport(id)?.probing ?? 0} probes`;
      return `  connection ${id} to ${host} (${ip}), ${protocol ?? 'not yet'}: ${state}${healthy ? '' : ', not healthy'}, ${busy}`;
    });
    const waiting = [...this.callers.waiting].map(({ id, wish, deadlineMs }) => {
      const what = `${wish.host}${wish.path ?? ''}${wish.ip === null ? '' : ` on ${wish.ip}`}`;
      return `  #${id} waits for ${what}, ${wish.priority}, until ${Math.round(deadlineMs).toLocaleString('en')} ms`;
    });
    const limitsLine = `the pool at ${Math.round(this.clock.monotonicMs()).toLocaleString('en')} ms (limits: ${limits}, floor ${pool.minIdlePerHost}, streams ${pool.maxStreamsPerConnection}):`;
    return [limitsLine, ...rows, ...waiting];
  }

  /** New settings reach every part, as in the engine. */
  configure(settings: EngineSettings): void {
    this.#validator.updateSettings(settings);
    this.#dialBudget.update(settings.dial);
    this.health.updateSettings(this.#checkerSettings(settings));
    this.pool.updateConfig(settings);
    this.keeper?.updateSettings(this.#keeperSettings(settings, this.scenario.automaticBanMs ?? never));
    this.watch.configure(settings);
  }

  /** One failure ejects, so that it happens often; where ejections are short, of as many that the panic threshold counts. */
  #keeperSettings({ pool, health }: EngineSettings, ejectBaseMs: number): IpHealthSettings {
    const maxEjectedShare = ejectBaseMs < 10_000 ? 1 : 0.5;
    const eager = { unhealthyAfter: 1, ejectBaseMs, ejectMaxMs: 4 * ejectBaseMs, maxEjectedShare };
    return { pool, health: { ...health, ...eager } };
  }

  #checkerSettings({ pool, health }: EngineSettings): HealthCheckerSettings {
    const healthCheckIntervalMs = this.scenario.isWatched ? pool.healthCheckIntervalMs : never;
    return { healthCheckIntervalMs, checkConcurrency: health.checkConcurrency };
  }
}
