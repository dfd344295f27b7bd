/** What a seed stands for: hosts, addresses, settings, how servers are, and which acts its schedule is made of. */
import { defaultSettings } from '../../core/config/engine-settings.ts';
import type { EngineSettings, PoolSettings, TargetSettings } from '../../core/config/settings.ts';
import { type HostName, parseHostName } from '../../core/dial/endpoint.ts';
import type { ResolvedAddress } from '../../core/dns/resolver.ts';
import type { Dice } from './dice.ts';
import type { TransportTraits } from './simulated-transport.ts';

export interface SimulatedHost {
  readonly name: HostName;
  /** The path that validates. */
  readonly path: string;
  /** Every address that it may ever have. */
  readonly addresses: readonly ResolvedAddress[];
  /** How long the first question of DNS takes. */
  readonly dnsMs: number;
  readonly h2Share: number;
  readonly maxStreams: number;
  readonly serverIdleMs: number | null;
  readonly tellsIdleLimit: boolean;
}

export interface Scenario {
  readonly hosts: readonly SimulatedHost[];
  readonly settings: EngineSettings;
  /** Null: nothing is listed automatically. */
  readonly automaticBanMs: number | null;
  /** Idle connections are checked before they are old, as in the engine; without it acquires meet many that are. */
  readonly isWatched: boolean;
  /** Everybody asks for any connection of a host, so the order of service is known to the last place. */
  readonly isPlain: boolean;
  /** Whether an act of this kind occurs, and how often: 0, 1 or 3. */
  readonly emphasis: (act: string) => number;
}

export const paths: readonly string[] = ['/', '/data', '/other?page=2'];
/** An address that no name has. */
export const strayIp = '10.9.9.9';

const hostTable = [
  { name: 'a.test', ips: ['10.0.0.1', '10.0.0.2', '10.0.0.3', '2001:db8::1'] },
  // Shares an address with the first: one IP, two hosts.
  { name: 'b.test:8443', ips: ['10.0.0.1', '10.1.0.2'] },
  { name: 'c.test', ips: ['10.2.0.1'] },
] as const;

export function drawScenario(dice: Dice): Scenario {
  const hosts = hostTable.slice(0, dice.between(1, hostTable.length)).map(({ name, ips }) => drawHost(dice, name, ips));
  const targets = drawTargets(dice, hosts);
  const emphases = new Map<string, number>();
  return {
    hosts,
    settings: drawSettings(dice, targets),
    automaticBanMs: dice.pick([null, null, 2_000, 20_000]),
    isWatched: dice.chance(0.6),
    isPlain: dice.chance(0.25),
    emphasis: (act) => {
      const emphasis = emphases.get(act) ?? dice.pick([0, 1, 1, 3]);
      emphases.set(act, emphasis);
      return emphasis;
    },
  };
}

export function traitsOf(host: SimulatedHost, dice: Dice): TransportTraits {
  const h2 = dice.chance(host.h2Share);
  return {
    protocol: h2 ? 'h2' : 'http/1.1',
    maxStreams: h2 ? host.maxStreams : 1,
    serverIdleMs: host.serverIdleMs,
    tellsIdleLimit: host.tellsIdleLimit,
  };
}

/** Some of the hosts are targets, which have a floor; the others are only asked for. */
export function drawTargets(dice: Dice, hosts: readonly SimulatedHost[]): readonly TargetSettings[] {
  return hosts.filter(() => dice.chance(0.7)).map(({ name, path }) => ({ host: name, path, ips: null }));
}

/** Small numbers of everything, so that each limit is met all the time. */
export function drawPoolSettings(dice: Dice): PoolSettings {
  const maxConnections = dice.pick([1, 2, 3, 4, 6, 8, 12, 20]);
  const maxConnectionsPerHost = dice.between(1, maxConnections);
  const maxIdleConnections = dice.pick([0, 1, dice.between(0, maxConnections), maxConnections]);
  return {
    ...defaultSettings().pool,
    maxConnections,
    maxConnectionsPerHost,
    maxIdleConnections: Math.min(maxIdleConnections, maxConnections),
    connTimeoutMs: dice.pick([300, 1_000, 3_000, 10_000]),
    idleTimeoutMs: dice.pick([1_000, 5_000, 60_000]),
    maxLifetimeMs: dice.pick([2_000, 10_000, 60_000, 300_000]),
    testTimeoutMs: dice.pick([200, 1_000, 5_000]),
    healthCheckIntervalMs: dice.pick([1_000, 3_000, 10_000, 30_000]),
    cleanupIntervalMs: dice.pick([1_000, 10_000]),
    maxRetries: dice.between(0, 4),
    acquireTimeoutMs: dice.pick([100, 1_000, 5_000, 30_000]),
    minIdlePerHost: Math.min(dice.pick([0, 0, 0, 1, 2, 4]), maxIdleConnections),
    maxStreamsPerConnection: dice.pick([1, 1, 2, 3, 8]),
    lifetimeJitter: dice.pick([0, 0.1, 0.5]),
    drainTimeoutMs: dice.pick([100, 1_000, 5_000]),
    leakThresholdMs: dice.pick([1_000, 10_000, 60_000]),
  };
}

function drawSettings(dice: Dice, targets: readonly TargetSettings[]): EngineSettings {
  const concurrencyMin = dice.pick([1, 2, 8]);
  return defaultSettings({
    pool: drawPoolSettings(dice),
    dial: {
      concurrencyMin,
      concurrencyStart: concurrencyMin,
      concurrencyMax: concurrencyMin * dice.pick([1, 4]),
      ratePerSecond: dice.pick([0, 0, 0, 5]),
      perHostConcurrency: dice.pick([0, 0, 1]),
      perPrefixConcurrency: dice.pick([0, 0, 1]),
    },
    health: {
      checkConcurrency: dice.pick([1, 4, 32]),
      probeMethod: dice.pick(['HEAD', 'GET'] as const),
      maxErrors: dice.pick([0, 2, 10]),
    },
    choice: { slowStartMs: dice.pick([0, 30_000]), exploration: dice.pick([0, 0.02, 0.5]) },
    // With it every acquire remembers its place, which is slow.
    logLevel: 'info',
    targets,
  });
}

function drawHost(dice: Dice, name: string, ips: readonly string[]): SimulatedHost {
  const host = parseHostName(name);
  return {
    name: host,
    path: dice.pick(paths),
    addresses: ips.slice(0, dice.between(1, ips.length)).map((ip) => ({ ip, port: host.port })),
    dnsMs: dice.pick([0, 0, 20, 3_000]),
    h2Share: dice.pick([0, 0.5, 1]),
    maxStreams: dice.pick([1, 2, 5, 100]),
    serverIdleMs: dice.pick([null, null, 1_500, 6_000]),
    tellsIdleLimit: dice.chance(0.5),
  };
}
