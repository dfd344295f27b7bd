/** The whole engine on the demo's fleet, under load, while faults come and go; then the faults end, and everything has to. */
import { mkdtemp, readdir, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sleep, systemClock } from '../../core/base/clock.ts';
import { seededRandom } from '../../core/base/random.ts';
import { makeConfig } from '../../core/config/load-config.ts';
import type { TargetSettings } from '../../core/config/settings.ts';
import { type DemoFleet, startDemoFleet } from '../../core/demo/demo-fleet.ts';
import { parseHostName } from '../../core/dial/endpoint.ts';
import { defaultProfileSet } from '../../core/dial/profile-choice.ts';
import { TlsCredentials } from '../../core/dial/tls-credentials.ts';
import { type HotpoolEngine, startEngine } from '../../core/engine/hotpool-engine.ts';
import { FaultWeather } from './fault-weather.ts';
import { Load } from './load.ts';

export interface ChaosResult {
  readonly seed: number;
  readonly seconds: number;
  readonly node: string;
  readonly requests: number;
  readonly failures: Readonly<Record<string, number>>;
  /** Endpoints struck, by fault. */
  readonly faults: Readonly<Record<string, number>>;
  /** Still open when the engine has closed; null where the system does not tell. */
  readonly leakedSockets: number | null;
  /** Still held when every caller has gone. */
  readonly leakedLeases: number;
  /** Looks at which a limit was exceeded. */
  readonly limitsExceeded: number;
  /** IPs that are out of use though they have been well for long enough. */
  readonly wronglyBanned: number;
  /** From the end of the last fault until every IP is in use and a hundred requests in a row went well; null: never. */
  readonly recoverMs: number | null;
}

const endpoints = 40;
const stepMs = 50;
/** After this an IP that is well has to be back: the longest ejection, twice, and the probes that end it. */
const recoveryMs = 40_000;
const goodInARow = 100;
const maxConnections = 120;
const maxConnectionsPerHost = 60;
const given = {
  'pool.max_connections': maxConnections,
  'pool.max_conns_per_host': maxConnectionsPerHost,
  'pool.max_idle_conns': 80,
  'pool.min_idle_per_host': 12,
  'pool.conn_timeout': 2,
  'pool.test_timeout': 2,
  'pool.health_check_interval': 2,
  'pool.cleanup_interval': 2,
  'pool.blacklist_check_interval': 5,
  'pool.max_lifetime': 15,
  'pool.idle_timeout': 10,
  'pool.log_level': 'error',
  // An hour of faults in a minute: what waits for 30 s by default waits for one.
  'health.eject_base': 1,
  'health.eject_max': 5,
} as const;

export async function chaos(seconds: number, seed: number): Promise<ChaosResult> {
  // The engine's own timers keep no process alive.
  const alive = setInterval(() => undefined, 1_000);
  const dataFolder = await mkdtemp(join(tmpdir(), 'hotpool-chaos-'));
  const fleet = await startDemoFleet({
    endpoints,
    seed,
    workerUrl: new URL('../../core/demo/demo-origins-worker.ts', import.meta.url),
    clock: systemClock,
    random: seededRandom(seed),
  });
  try {
    return await run(fleet, dataFolder, seconds, seed);
  } finally {
    await fleet.close();
    await rm(dataFolder, { recursive: true, force: true });
    clearInterval(alive);
  }
}

async function run(fleet: DemoFleet, dataFolder: string, seconds: number, seed: number): Promise<ChaosResult> {
  const socketsBefore = await openSockets();
  const targets = targetsOf(fleet);
  const engine = await startEngine({
    version: 'chaos',
    configFile: null,
    demo: null,
    dataFolder,
    chosen: { mode: 'config', config: makeConfig({ file: null, given, targets }) },
    random: seededRandom(seed + 1),
  });
  const hosts = targets.map(({ host }) => host.name);
  const weather = new FaultWeather(fleet, seededRandom(seed + 2));
  const load = new Load(engine.pool, hosts, seededRandom(seed + 3));
  let limitsExceeded = 0;
  const watch = (): void => {
    limitsExceeded += Number(exceeds(engine));
  };

  const endMs = performance.now() + seconds * 1_000;
  while (performance.now() < endMs) {
    await weather.blow(performance.now());
    await sleep(systemClock, stepMs);
    watch();
  }
  await weather.clear();
  const healedMs = performance.now();
  load.goodInARow = 0;
  let recoverMs: number | null = null;
  while (recoverMs === null && performance.now() - healedMs < recoveryMs) {
    await sleep(systemClock, stepMs);
    watch();
    const isWell = load.goodInARow >= goodInARow && (await outOfUse(engine)) === 0;
    recoverMs = isWell ? performance.now() - healedMs : null;
  }
  const wronglyBanned = await outOfUse(engine);
  await load.stop();
  const leakedLeases = engine.pool.stats().activeConnections;
  await engine.close();
  return {
    seed,
    seconds,
    node: process.versions.node,
    requests: load.requests,
    failures: sorted(load.failures),
    faults: sorted(weather.struck),
    leakedSockets: await socketsLeft(socketsBefore),
    leakedLeases,
    limitsExceeded,
    wronglyBanned,
    recoverMs: recoverMs === null ? null : Math.round(recoverMs),
  };
}

/** Every host on the port that its endpoints share. */
function targetsOf(fleet: DemoFleet): TargetSettings[] {
  const credentials = new TlsCredentials({ authorities: [fleet.caPem], clientCertificate: null });
  return fleet.hosts.map(({ host, path }) => {
    const its = fleet.endpoints.filter(({ hostname }) => hostname === host.hostname);
    const port = its[0]?.port ?? 0;
    return {
      host: parseHostName(`${host.hostname}:${port}`),
      path,
      ips: its.filter((endpoint) => endpoint.port === port).map(({ ip }) => ip),
      tls: { profileSet: defaultProfileSet, credentials },
    };
  });
}

function exceeds({ pool }: HotpoolEngine): boolean {
  const { totalConnections, hosts } = pool.stats();
  return totalConnections > maxConnections || hosts.some(({ total }) => total > maxConnectionsPerHost);
}

async function outOfUse({ console }: HotpoolEngine): Promise<number> {
  const { ips } = await console.request('health.ips', {});
  return ips.filter(({ state }) => state === 'ejected' || state === 'probing' || state === 'blocked').length;
}

/**
 * Of this process, both ends of each connection to the fleet among them. null where the system does not tell: an idle
 * socket keeps no loop alive, so Node itself would not count it.
 */
async function openSockets(): Promise<number | null> {
  const folder = '/proc/self/fd';
  const names = await readdir(folder).catch(() => null);
  if (!names) {
    return null;
  }
  const links = await Promise.all(names.map((name) => readlink(join(folder, name)).catch(() => '')));
  return links.filter((link) => link.startsWith('socket:')).length;
}

/** How many more than `before`; a closed socket takes a moment to go, on the side of the fleet as well. */
async function socketsLeft(before: number | null): Promise<number | null> {
  let left: number | null = null;
  for (let look = 0; look < 60 && left !== 0; look += 1) {
    const open = await openSockets();
    left = open === null || before === null ? null : Math.max(0, open - before);
    await sleep(systemClock, stepMs);
  }
  return left;
}

function sorted(counts: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries([...counts].toSorted(([, one], [, other]) => other - one));
}
