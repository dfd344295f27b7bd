/**
 * Every key of the configuration, once: from here come the checks, the commented default file, the settings form and the
 * engine's settings. Defaults and ranges of the first twelve: documents 001 and 004.
 */
import type { ConfigValue } from '../contract/config.ts';
import { eventLevels } from '../contract/events.ts';
import { statusClasses } from '../dial/error-table.ts';
import { alertKeys } from './alert-keys.ts';
import {
  addresses,
  type ConfigKeyDeclaration,
  choice,
  count,
  listenAddress,
  resolvers,
  seconds,
  share,
  statusList,
  statusRanges,
} from './config-key.ts';

export const configKeys = {
  'pool.max_connections': count({
    default: 100,
    unit: 'connections',
    recommended: [50, 500],
    hard: [1, 20_000],
    meaning: 'All connections of the pool, those being dialled included.',
  }),
  'pool.max_conns_per_host': count({
    default: 10,
    unit: 'connections',
    recommended: [5, 20],
    hard: [1, 20_000],
    meaning: 'Connections to one host, those being dialled included. At most max_connections.',
  }),
  'pool.max_idle_conns': count({
    default: 20,
    unit: 'connections',
    recommended: [10, 50],
    hard: [0, 20_000],
    meaning: 'Connections that wait unused. Stops a warm-up or a refill, never an acquire. At most max_connections.',
  }),
  'pool.conn_timeout': seconds({
    default: 30,
    recommended: [10, 60],
    hard: [0.1, 300],
    meaning: 'Deadline of one dial, TCP and TLS together.',
    applies: 'next',
  }),
  'pool.idle_timeout': seconds({
    default: 60,
    recommended: [30, 120],
    hard: [1, 86_400],
    meaning: 'A connection that neither a request nor a check has touched for this long is closed.',
  }),
  'pool.max_lifetime': seconds({
    default: 300,
    recommended: [180, 600],
    hard: [1, 86_400],
    meaning: 'A connection is replaced at this age, spread by lifetime_jitter.',
  }),
  'pool.test_timeout': seconds({
    default: 10,
    recommended: [5, 20],
    hard: [0.1, 120],
    meaning: 'Deadline of one validation or check.',
    applies: 'next',
  }),
  'pool.health_check_interval': seconds({
    default: 30,
    recommended: [10, 60],
    hard: [1, 3_600],
    meaning: 'Idle connections are checked this often, and before use when idle for longer.',
  }),
  'pool.cleanup_interval': seconds({
    default: 60,
    recommended: [30, 120],
    hard: [1, 3_600],
    meaning: 'Idle and expired connections are looked for this often.',
  }),
  'pool.blacklist_check_interval': seconds({
    default: 300,
    hard: [1, 86_400],
    meaning: 'An IP that was banned automatically is tried again at the latest after this time.',
  }),
  'pool.dns_update_interval': seconds({
    default: 1_800,
    hard: [1, 86_400],
    meaning: 'Hosts are resolved again this often.',
  }),
  'pool.max_retries': count({
    default: 3,
    unit: 'attempts',
    hard: [0, 10],
    meaning: 'Attempts of a request in all; 0 and 1 both mean one.',
  }),
  'pool.acquire_timeout': seconds({
    default: 30,
    hard: [0.1, 3_600],
    meaning: 'How long an acquire waits for a connection unless the caller says otherwise.',
    applies: 'next',
  }),
  'pool.min_idle_per_host': count({
    default: 0,
    unit: 'connections',
    hard: [0, 20_000],
    meaning: 'The floor: idle connections that are kept up for each host, spread over its IPs. At most max_idle_conns.',
  }),
  'pool.max_streams_per_connection': count({
    default: 1,
    unit: 'streams',
    hard: [1, 1_000],
    meaning: 'Leases that may share one HTTP/2 connection, never more than the server allows; 1 is exclusive.',
  }),
  'pool.lifetime_jitter': share({
    default: 0.1,
    hard: [0, 0.5],
    meaning: 'Share of max_lifetime by which lifetimes are spread, so that a pool warmed at once does not die at once.',
  }),
  'pool.drain_timeout': seconds({
    default: 5,
    hard: [0, 300],
    meaning: 'Requests under way may finish for this long when their connection or the pool is to close.',
    applies: 'next',
  }),
  'pool.leak_threshold': seconds({
    default: 60,
    hard: [1, 86_400],
    meaning: 'A lease older than this is reported as a possible leak.',
  }),
  'pool.log_level': choice({
    options: eventLevels,
    default: 'info',
    meaning: 'The least important events that are logged.',
  }),
  'pool.whitelist_mode': choice({
    options: ['prefer', 'enforce'],
    default: 'prefer',
    meaning: '"prefer" takes white-listed IPs first; "enforce" dials no others.',
  }),

  'dial.concurrency_start': count({
    default: 32,
    unit: 'dials',
    hard: [1, 1_000],
    meaning: 'Dials in flight at the start; between concurrency_min and concurrency_max.',
    applies: 'next-start',
  }),
  'dial.concurrency_min': count({
    default: 8,
    unit: 'dials',
    hard: [1, 1_000],
    meaning: 'The adaptive pace never goes below; equal to concurrency_max it fixes the pace.',
  }),
  'dial.concurrency_max': count({
    default: 256,
    unit: 'dials',
    hard: [1, 1_000],
    meaning: 'The adaptive pace never goes above.',
  }),
  'dial.rate_per_second': count({
    default: 0,
    unit: 'dials/s',
    hard: [0, 10_000],
    meaning: 'Dials begun per second; 0 is off.',
  }),
  'dial.per_host_concurrency': count({
    default: 0,
    unit: 'dials',
    hard: [0, 1_000],
    meaning: 'Dials in flight to one host; 0 is off.',
  }),
  'dial.per_prefix_concurrency': count({
    default: 0,
    unit: 'dials',
    hard: [0, 1_000],
    meaning: 'Dials in flight to one /24 (IPv4) or /48 (IPv6); 0 is off.',
  }),

  'warmup.rest_ms': count({
    default: 0,
    unit: 'ms',
    hard: [0, 60_000],
    meaning: 'A warm-up rests for so many milliseconds after every rest_every dials; 0 leaves its pace to [dial].',
  }),
  'warmup.rest_every': count({
    default: 100,
    unit: 'dials',
    hard: [1, 20_000],
    meaning: 'Dials of one warm-up between two rests.',
  }),

  'health.max_errors': count({
    default: 10,
    unit: 'errors',
    hard: [0, 1_000],
    meaning: 'A connection with more errors than this is taken down.',
  }),
  'health.unhealthy_after': count({
    default: 3,
    unit: 'failures',
    hard: [1, 100],
    meaning: 'An IP is ejected after this many failures in a row. A permanent failure ejects it at once.',
  }),
  'health.healthy_after': count({
    default: 2,
    unit: 'good probes',
    hard: [1, 100],
    meaning: 'An ejected IP is whole again after this many good probes or requests in a row.',
  }),
  'health.eject_base': seconds({
    default: 30,
    hard: [1, 86_400],
    meaning: 'How long the first ejection of an IP lasts; each further one twice as long, spread by a tenth.',
    applies: 'next',
  }),
  'health.eject_max': seconds({
    default: 3_600,
    hard: [1, 604_800],
    meaning: 'No ejection lasts longer.',
  }),
  'health.max_ejected_share': share({
    default: 0.5,
    hard: [0, 1],
    meaning:
      "Share of a host's IPs that may be ejected at a time, rounded down; IPs that a person blocks do not count.",
  }),
  'health.panic_share': share({
    default: 0.5,
    hard: [0, 1],
    meaning: "With less than this share of a host's IPs available, ejections are ignored; 0 is off.",
  }),
  'health.check_concurrency': count({
    default: 32,
    unit: 'checks',
    hard: [1, 1_000],
    meaning: 'Checks in flight at a time.',
  }),
  'health.probe_method': choice({
    options: ['HEAD', 'GET'],
    default: 'HEAD',
    meaning: 'How a path is asked for; GET where a server answers HEAD wrongly.',
  }),
  'health.status_good': statusRanges({
    default: '200-399',
    meaning: 'Answers that make a connection good.',
  }),
  'health.status_blocked': statusList({
    default: [...statusClasses.blocked],
    meaning: 'Answers that mean: this IP blocks us. Permanent, the IP is banned automatically.',
  }),
  'health.status_busy': statusList({
    default: [...statusClasses.busy],
    meaning: 'Answers that mean: try again later. Temporary, Retry-After is obeyed.',
  }),
  'health.status_auth': statusList({
    default: [...statusClasses.auth],
    meaning: 'Answers that mean: not without credentials. Permanent, the IP is banned automatically.',
  }),

  'choice.slow_start': seconds({
    default: 30,
    hard: [0, 3_600],
    meaning: "A new or returning IP's share of requests rises from 10 to 100 % over this time.",
  }),
  'choice.exploration': share({
    default: 0.02,
    hard: [0, 1],
    meaning: 'Share of choices among IPs that are made blindly, so that a bad first impression is not for ever.',
  }),

  'metrics.port': count({
    default: 0,
    hard: [0, 65_535],
    meaning: 'Port for Prometheus to read /metrics from, without a token; 0: none.',
  }),
  'metrics.address': listenAddress({
    default: '127.0.0.1',
    meaning:
      'Address of this machine that metrics.port is opened on. Anything but loopback lets others read which hosts are watched.',
  }),

  'retry.budget': share({
    default: 0.2,
    hard: [0, 1],
    meaning: 'Share of all requests of the last ten seconds that may be sent again after a failure.',
  }),
  'retry.min_per_second': count({
    default: 3,
    unit: 'retries/s',
    hard: [0, 1_000],
    meaning: 'So many may be sent again each second however few requests there are.',
  }),

  ...alertKeys,

  'dns.grace': seconds({
    default: 300,
    hard: [0, 86_400],
    meaning:
      'An IP that has left the answers of DNS stays in use for this long; one that comes back in time costs nothing.',
  }),
  'dns.resolvers': resolvers({
    meaning: "Name servers, asked in this order when one fails; the system's own resolver when there is none.",
  }),

  'whitelist.ips': addresses({
    meaning: 'IPs that may be dialled and are taken first. In force while they stand here.',
  }),
  'blacklist.ips': addresses({
    meaning: 'IPs that are never dialled. In force while they stand here.',
  }),
} as const satisfies Record<string, ConfigKeyDeclaration<ConfigValue>>;

export type ConfigPath = keyof typeof configKeys;

/** A value for every key, in the operator's units: seconds, not milliseconds. */
export type ConfigValues = {
  readonly [Path in ConfigPath]: (typeof configKeys)[Path] extends ConfigKeyDeclaration<infer Value> ? Value : never;
};

export const configPaths = Object.keys(configKeys).filter(isConfigPath);

export function isConfigPath(path: string): path is ConfigPath {
  return Object.hasOwn(configKeys, path);
}

/** In the order of the default file. */
export const configSections = {
  pool: 'The connection pool. Times are in seconds.',
  dial: 'The pace of dialling, shared by requests, recoveries, refills and warm-ups, in this order.',
  warmup: 'Connections made ahead of demand.',
  health: 'What counts as healthy.',
  choice: 'How an IP is chosen among those of a host.',
  metrics: 'Figures for other programs.',
  retry: 'How many requests may be sent again, so that retries never become the load.',
  alerts: 'When an alert fires and the pool is called degraded, when that is over, and who is told.',
  dns: 'How the addresses of hosts are found.',
  whitelist:
    'Lists of the configuration. The console cannot delete these entries, but an entry made there goes before them.',
  blacklist: '',
} as const;

export interface OrderRule {
  readonly lower: ConfigPath;
  readonly upper: ConfigPath;
  /** A default that is the upper one rises instead of the lower one falling. */
  readonly upperYields?: boolean;
}

/** Numbers of which one may not be larger than the other. */
export const orderRules: readonly OrderRule[] = [
  { lower: 'pool.max_conns_per_host', upper: 'pool.max_connections' },
  { lower: 'pool.max_idle_conns', upper: 'pool.max_connections' },
  { lower: 'pool.min_idle_per_host', upper: 'pool.max_idle_conns' },
  { lower: 'health.eject_base', upper: 'health.eject_max', upperYields: true },
  { lower: 'dial.concurrency_min', upper: 'dial.concurrency_max' },
  { lower: 'dial.concurrency_start', upper: 'dial.concurrency_max' },
  { lower: 'dial.concurrency_min', upper: 'dial.concurrency_start', upperYields: true },
];
