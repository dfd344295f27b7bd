/** What the engine is started on: the operator's own hosts, or the demo's fleet on loopback. */
import type { Clock, Timer } from '../base/clock.ts';
import type { EventSink } from '../base/event-bus.ts';
import type { Random } from '../base/random.ts';
import { type LoadedConfig, makeConfig } from '../config/load-config.ts';
import type { Phrase } from '../contract/phrase.ts';
import { DemoFaults } from '../demo/demo-faults.ts';
import { type DemoFleet, demoSettings, startDemoFleet } from '../demo/demo-fleet.ts';
import { demoEndpointRange } from '../demo/demo-plan.ts';
import { NameLookup } from '../dns/name-lookup.ts';
import type { Resolver } from '../dns/resolver.ts';
import { givenAddresses, StaticResolver } from '../dns/static-resolver.ts';
import { SystemResolver } from '../dns/system-resolver.ts';
import type { ChosenConfig } from './choose-config.ts';
import { workerFile } from './worker-file.ts';

export interface World {
  readonly config: LoadedConfig;
  /** Warnings that nobody has to hear of: the demo sets its own limits on purpose. */
  readonly acceptedWarnings: readonly Phrase[];
  readonly resolver: Resolver;
  /** null: the operator's own hosts, from the start or by now. */
  readonly demo: DemoFaults | null;
  /**
   * Takes from a changed configuration where addresses come from. One that was read from a file ends the demo: its fleet
   * stays for as long as leases may take to end.
   */
  configure(config: LoadedConfig): void;
  close(): Promise<void>;
}

interface WorldParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly events: EventSink;
}

/** @throws Error when the demo's origins cannot listen. */
export async function openWorld(chosen: ChosenConfig, parts: WorldParts): Promise<World> {
  return chosen.mode === 'demo' ? openDemo(chosen.endpoints, parts) : new OwnHosts(chosen.config, parts.clock);
}

class OwnHosts implements World {
  readonly config: LoadedConfig;
  readonly acceptedWarnings: readonly Phrase[] = [];
  readonly demo = null;
  readonly resolver: StaticResolver;
  readonly #lookup: NameLookup;

  constructor(config: LoadedConfig, clock: Clock) {
    const { targets, dns } = config.settings;
    this.config = config;
    this.#lookup = new NameLookup(dns.resolvers);
    this.resolver = new StaticResolver(givenAddresses(targets), new SystemResolver(clock, this.#lookup.all));
  }

  configure({ settings }: LoadedConfig): void {
    this.resolver.give(givenAddresses(settings.targets));
    this.#lookup.use(settings.dns.resolvers);
  }

  async close(): Promise<void> {}
}

/** A lease that ended at the last moment still closes its connection in peace. */
const fleetMarginMs = 1_000;

class DemoWorld implements World {
  readonly config: LoadedConfig;
  readonly acceptedWarnings: readonly Phrase[];
  readonly resolver: Resolver;
  readonly #clock: Clock;
  readonly #fleet: DemoFleet;
  readonly #faults: DemoFaults;
  /** What came after the demo. */
  #own: OwnHosts | null = null;
  #ending: Timer | null = null;

  constructor(config: LoadedConfig, fleet: DemoFleet, { clock, random, events }: WorldParts) {
    this.config = config;
    this.acceptedWarnings = config.warnings;
    this.resolver = {
      resolve: (host, signal) => (this.#own?.resolver ?? fleet.resolver).resolve(host, signal),
    };
    this.#clock = clock;
    this.#fleet = fleet;
    this.#faults = new DemoFaults({ fleet, random, events });
  }

  get demo(): DemoFaults | null {
    return this.#own ? null : this.#faults;
  }

  configure(config: LoadedConfig): void {
    if (this.#own) {
      this.#own.configure(config);
    } else if (config.file !== null) {
      this.#own = new OwnHosts(config, this.#clock);
      const { drainTimeoutMs } = config.settings.pool;
      this.#ending = this.#clock.after(drainTimeoutMs + fleetMarginMs, () => void this.#fleet.close());
    }
  }

  close(): Promise<void> {
    this.#ending?.cancel();
    return this.#fleet.close();
  }
}

async function openDemo(wanted: number | null, parts: WorldParts): Promise<World> {
  const { clock, random, events } = parts;
  const endpoints = wanted ?? demoEndpointRange.default;
  const fleet = await startDemoFleet({
    endpoints,
    workerUrl: workerFile('demo', 'demo-origins-worker'),
    clock,
    random,
  });
  void fleet.ended.then((failure) => {
    if (failure) {
      events.emit('error', 'demo.failed', 'demo', { message: failure.message });
    }
  });
  const config = makeConfig({ file: null, given: demoSettings(endpoints), targets: fleet.hosts });
  return new DemoWorld(config, fleet, parts);
}
