/** What the engine is started on: the operator's own hosts, or the demo's fleet on loopback. */
import type { Clock } from '../base/clock.ts';
import type { EventSink } from '../base/event-bus.ts';
import type { Random } from '../base/random.ts';
import { type LoadedConfig, makeConfig } from '../config/load-config.ts';
import type { EngineSettings } from '../config/settings.ts';
import { demoSettings, startDemoFleet } from '../demo/demo-fleet.ts';
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
  readonly acceptedWarnings: readonly string[];
  readonly resolver: Resolver;
  /** PEM, trusted by this engine alone. */
  readonly authorities: readonly string[];
  /** Somebody has to use the demo's connections, so that the tables live. */
  readonly needsTraffic: boolean;
  /** Takes from a changed configuration where addresses come from. */
  configure(settings: EngineSettings): void;
  close(): Promise<void>;
}

interface WorldParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly events: EventSink;
}

/** @throws Error when the demo's origins cannot listen. */
export async function openWorld(chosen: ChosenConfig, parts: WorldParts): Promise<World> {
  return chosen.mode === 'demo' ? openDemo(chosen.endpoints, parts) : ownHosts(chosen.config, parts);
}

function ownHosts(config: LoadedConfig, { clock }: WorldParts): World {
  const { targets, dns } = config.settings;
  const lookup = new NameLookup(dns.resolvers);
  const resolver = new StaticResolver(givenAddresses(targets), new SystemResolver(clock, lookup.all));
  return {
    config,
    acceptedWarnings: [],
    resolver,
    authorities: [],
    needsTraffic: false,
    configure: (settings) => {
      resolver.give(givenAddresses(settings.targets));
      lookup.use(settings.dns.resolvers);
    },
    close: async () => {},
  };
}

async function openDemo(wanted: number | null, { clock, random, events }: WorldParts): Promise<World> {
  const endpoints = wanted ?? demoEndpointRange.default;
  const fleet = await startDemoFleet({
    endpoints,
    workerUrl: workerFile('demo', 'demo-origins-worker'),
    clock,
    random,
  });
  void fleet.ended.then((failure) => {
    if (failure) {
      events.emit('error', 'demo.failed', 'demo', `the demo fleet has ended: ${failure.message}`);
    }
  });
  const config = makeConfig({ file: null, given: demoSettings(endpoints), targets: fleet.hosts });
  return {
    config,
    acceptedWarnings: config.warnings,
    resolver: fleet.resolver,
    authorities: [fleet.caPem],
    needsTraffic: true,
    // The fleet is where it is.
    configure: () => {},
    close: () => fleet.close(),
  };
}
