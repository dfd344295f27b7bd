/** A pool in which nothing is wrong, and changes to it. */
import { defaultValues } from '../../../core/config/resolve-values.ts';
import type { ConfigValues } from '../../../core/config/schema.ts';
import type { HostHealth, IpHealth } from '../../../core/contract/health.ts';
import type { HostStatistics, PoolStatistics, WindowStatistics } from '../../../core/contract/statistics.ts';
import type { ErrorClass } from '../../../core/contract/vocabulary.ts';
import { warmUpJobSchema } from '../../../core/contract/warm-up-job.ts';
import type { WarmUpRun } from '../../../core/contract/warm-up-run.ts';
import type { DiagnosisFacts, RecentPast } from '../../../core/diagnosis/diagnosis-facts.ts';

export const atMs = 1_767_225_600_000;

const minute: WindowStatistics = {
  totalRequests: 3_000,
  successfulRequests: 3_000,
  failedRequests: 0,
  successRate: 1,
  avgResponseMs: 20,
  responseP50Ms: 18,
  leases: 3_000,
  connReuseRate: 0.99,
  connectionsReused: 1,
  releases: 3_000,
  recyclingRate: 1,
  recyclingDelayMeanMs: 0.1,
  recyclingDelayP95Ms: 0.2,
  waitP50Ms: 0,
  waitP95Ms: 1,
  dials: 4,
  dialFailures: 0,
  coldMs: 50,
  fullTlsMs: 20,
  resumedHandshakes: 0,
  resumedTlsMs: null,
  checks: 60,
  checkFailures: 0,
};

const statistics: PoolStatistics = {
  atMs,
  startedAtMs: atMs - 3_600_000,
  maxConnections: 100,
  totalConnections: 20,
  dialingConnections: 0,
  validatingConnections: 0,
  checkingConnections: 0,
  activeConnections: 5,
  idleConnections: 15,
  drainingConnections: 0,
  healthyConnections: 20,
  h2Connections: 10,
  waiting: 0,
  leasesOverLeakThreshold: 0,
  whitelistIps: 10,
  blacklistIps: 0,
  whitelistMoves: 0,
  newConnectionsFromDns: 0,
  isHealthy: true,
  sinceStart: minute,
  last60s: minute,
  engine: {
    loopDelayP50Ms: 0.2,
    loopDelayP99Ms: 2,
    cpuShare: 0.2,
    rssBytes: 200_000_000,
    openFileDescriptors: 60,
    bytesIn: 1_000,
    bytesOut: 1_000,
    uptimeMs: 3_600_000,
  },
  verdict: { level: 'healthy', reasons: [], sinceMs: atMs - 3_600_000 },
  hosts: [],
};

const host: HostStatistics = {
  host: 'a.test',
  ips: 10,
  total: 20,
  dialing: 0,
  idle: 15,
  leased: 5,
  healthy: 20,
  waiting: 0,
};

const hostHealth: HostHealth = {
  host: 'a.test',
  ips: 10,
  available: 10,
  blocked: 0,
  ejected: 0,
  mayEject: 5,
  held: 0,
  panic: false,
  blocksUs: false,
};

const ip: IpHealth = {
  host: 'a.test',
  ip: '192.0.2.1',
  port: 443,
  state: 'allowed',
  reason: null,
  ejectedUntilMs: null,
  ejectedForMs: null,
  nextProbeAtMs: null,
  ejections: 0,
  heldInUse: false,
  consecutiveFailures: 0,
  goodProbes: 0,
  successShare: 1,
  asked: 10,
  latencyMs: 20,
  lastError: null,
};

/** A warm-up that went well, by the figures of "High availability". */
const run: WarmUpRun = {
  id: 7,
  job: { ...warmUpJobSchema.parse({ hosts: ['a.test'], concurrency: 75, timeoutMs: 10_000, retries: 3 }), ips: null },
  cause: 'asked',
  retryOf: null,
  state: 'finished',
  outcome: 'ok',
  startedAtMs: atMs - 600_000,
  endedAtMs: atMs - 599_000,
  activeMs: 1_000,
  total: 100,
  clippedBy: null,
  wanted: 100,
  done: 100,
  ready: 100,
  failed: 0,
  cancelled: 0,
  dialing: 0,
  retrying: 0,
  healthyNow: 100,
  lost: { count: 0, examples: [] },
  concurrency: 75,
  paceConcurrency: 75,
  successRate: 1,
  ratePerSecond: 100,
  etaMs: 0,
  etaAtMostMs: 0,
  tcp: null,
  tls: null,
  firstByte: null,
  errors: [],
  hosts: [],
  report: null,
};

const past: RecentPast = { spanMs: 300_000, closes: {}, acquireTimeouts: 0, dials: 10, dialErrors: {}, memory: null };

export interface Change {
  readonly statistics?: Partial<PoolStatistics>;
  readonly minute?: Partial<WindowStatistics>;
  readonly engine?: Partial<PoolStatistics['engine']>;
  readonly host?: Partial<HostStatistics>;
  readonly hostHealth?: Partial<HostHealth>;
  readonly ips?: readonly Partial<IpHealth>[];
  readonly localOutage?: DiagnosisFacts['health']['localOutage'];
  readonly config?: Partial<ConfigValues>;
  readonly past?: Partial<RecentPast>;
  /** null: no warm-up has been done. */
  readonly run?: Partial<WarmUpRun> | null;
  readonly facts?: Partial<
    Pick<
      DiagnosisFacts,
      | 'outside'
      | 'preset'
      | 'requestsPerSecond'
      | 'limitsChangedAtMs'
      | 'loadRunAtMs'
      | 'memoryBytes'
      | 'historyTrouble'
    >
  >;
}

export function factsWith(change: Change = {}): DiagnosisFacts {
  return {
    atMs,
    statistics: {
      ...statistics,
      last60s: { ...minute, ...change.minute },
      engine: { ...statistics.engine, ...change.engine },
      hosts: [{ ...host, ...change.host }],
      ...change.statistics,
    },
    health: {
      atMs,
      localOutage: change.localOutage ?? null,
      hosts: [{ ...hostHealth, ...change.hostHealth }],
      ips: (change.ips ?? [{}]).map((each) => ({ ...ip, ...each })),
    },
    config: { ...defaultValues, ...change.config },
    outside: [],
    preset: null,
    requestsPerSecond: 50,
    warmUps:
      change.run === null
        ? []
        : [
            { ...mediumRun, id: 6 },
            { ...run, ...change.run },
          ],
    past: { ...past, ...change.past },
    limitsChangedAtMs: null,
    loadRunAtMs: null,
    memoryBytes: 8_000_000_000,
    historyTrouble: null,
    ...change.facts,
  };
}

/** So that no scenario is left to be suggested. */
const mediumRun: WarmUpRun = {
  ...run,
  job: { ...run.job, concurrency: 37, timeoutMs: 15_000, retries: 2 },
};

export function lastErrorOf(errorClass: ErrorClass, agoMs = 30_000): NonNullable<IpHealth['lastError']> {
  return { class: errorClass, code: 'X', atMs: atMs - agoMs };
}

/** So many IPs whose last error was of this class, `agoMs` ago. */
export function failingIps(count: number, errorClass: ErrorClass, agoMs = 30_000): Partial<IpHealth>[] {
  return Array.from({ length: count }, (_, index) => ({
    ip: `192.0.2.${index + 1}`,
    lastError: lastErrorOf(errorClass, agoMs),
  }));
}
