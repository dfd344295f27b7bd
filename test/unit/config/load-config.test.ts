import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConfigError } from '../../../core/config/config-error.ts';
import { defaultSettings } from '../../../core/config/engine-settings.ts';
import { loadConfig, parseConfig } from '../../../core/config/load-config.ts';
import { configKeys, configPaths } from '../../../core/config/schema.ts';
import { configKeySchema } from '../../../core/contract/config.ts';
import { inEnglish, phrase } from '../../../core/contract/phrase.ts';

function refusal(text: string): ConfigError {
  try {
    parseConfig(text, 'hotpool.toml');
  } catch (error) {
    if (error instanceof ConfigError) {
      return error;
    }
    throw error;
  }
  throw new Error(`this was accepted: ${text}`);
}

describe('defaults', () => {
  /** Key, default, recommended, hard: as the figures fix them. */
  test.each([
    ['max_connections', 100, [50, 500], [1, 20_000]],
    ['max_conns_per_host', 10, [5, 20], [1, 20_000]],
    ['max_idle_conns', 20, [10, 50], [0, 20_000]],
    ['conn_timeout', 30, [10, 60], [0.1, 300]],
    ['idle_timeout', 60, [30, 120], [1, 86_400]],
    ['max_lifetime', 300, [180, 600], [1, 86_400]],
    ['test_timeout', 10, [5, 20], [0.1, 120]],
    ['health_check_interval', 30, [10, 60], [1, 3_600]],
    ['cleanup_interval', 60, [30, 120], [1, 3_600]],
    ['blacklist_check_interval', 300, null, [1, 86_400]],
    ['dns_update_interval', 1_800, null, [1, 86_400]],
    ['max_retries', 3, null, [0, 10]],
  ] as const)('pool.%s', (name, preset, recommended, hard) => {
    expect(configKeys[`pool.${name}`]).toMatchObject({ default: preset, recommended, hard });
  });

  test('an empty file means the defaults, in milliseconds', () => {
    const config = parseConfig('', 'hotpool.toml');
    expect(config.settings).toEqual(defaultSettings());
    expect(config.settings).toEqual({
      pool: {
        maxConnections: 100,
        maxConnectionsPerHost: 10,
        maxIdleConnections: 20,
        connTimeoutMs: 30_000,
        idleTimeoutMs: 60_000,
        maxLifetimeMs: 300_000,
        testTimeoutMs: 10_000,
        healthCheckIntervalMs: 30_000,
        cleanupIntervalMs: 60_000,
        blacklistCheckIntervalMs: 300_000,
        dnsUpdateIntervalMs: 1_800_000,
        maxRetries: 3,
        acquireTimeoutMs: 30_000,
        minIdlePerHost: 0,
        maxStreamsPerConnection: 1,
        lifetimeJitter: 0.1,
        drainTimeoutMs: 5_000,
        leakThresholdMs: 60_000,
      },
      dial: {
        concurrencyStart: 32,
        concurrencyMin: 8,
        concurrencyMax: 256,
        ratePerSecond: 0,
        perHostConcurrency: 0,
        perPrefixConcurrency: 0,
      },
      warmUp: { restMs: 0, restEvery: 100 },
      health: {
        unhealthyAfter: 3,
        healthyAfter: 2,
        ejectBaseMs: 30_000,
        ejectMaxMs: 3_600_000,
        maxEjectedShare: 0.5,
        panicShare: 0.5,
        checkConcurrency: 32,
        probeMethod: 'HEAD',
        maxErrors: 10,
        statusGood: [[200, 399]],
        statusBlocked: [403],
        statusBusy: [429, 503],
        statusAuth: [401, 407],
      },
      choice: { slowStartMs: 30_000, exploration: 0.02 },
      metrics: { port: 0, address: '127.0.0.1' },
      retry: { budget: 0.2, minPerSecond: 3 },
      alerts: {
        successRate: 0.8,
        responseMs: 5_000,
        healthyShare: 0.5,
        reuseRate: 0.5,
        waitP95Ms: 1_000,
        loopDelayMs: 50,
        warmUpSuccess: 0.8,
        diskFreeBytes: 50_000_000,
        holdMs: 30_000,
        clearHoldMs: 10_000,
        clearMargin: 0.1,
        reopenWithinMs: 300_000,
        notifications: true,
        webhookUrl: '',
        webhookSecretFile: '',
      },
      dns: { graceMs: 300_000, resolvers: [] },
      whitelistMode: 'prefer',
      logLevel: 'info',
      targets: [],
    });
    expect(config).toMatchObject({ whitelist: [], blacklist: [], given: {} });
  });

  test('a program takes them with its own differences', () => {
    const settings = defaultSettings({ pool: { maxConnections: 5_000 }, whitelistMode: 'enforce' });
    expect(settings.pool).toEqual({ ...defaultSettings().pool, maxConnections: 5_000 });
    expect(settings).toMatchObject({ whitelistMode: 'enforce', logLevel: 'info' });
  });
});

describe('a whole file', () => {
  const text = `
[pool]
max_connections = 200
conn_timeout = 0.25
log_level = "debug"
whitelist_mode = "enforce"

[health]
status_good = ["200-299", 304]

[whitelist]
ips = ["2001:DB8::1", "192.0.2.0/24", "2001:db8::1"]

[blacklist]
ips = [
  "::ffff:198.51.100.1", # mapped
]

[[targets]]
host = "Example.com"

[[targets]]
host = "api.example.com"
port = 8443
path = "/health?full=1"
ips = ["192.0.2.1", "2001:DB8::2"]

[[targets]]
host = "[2001:db8::9]:8443"
`;

  test('is read to its end', () => {
    const config = parseConfig(text, 'hotpool.toml');
    expect(config.settings.pool).toMatchObject({ maxConnections: 200, connTimeoutMs: 250, idleTimeoutMs: 60_000 });
    expect(config.settings).toMatchObject({ logLevel: 'debug', whitelistMode: 'enforce' });
    expect(config.settings.health.statusGood).toEqual([
      [200, 299],
      [304, 304],
    ]);
    expect(config.whitelist).toEqual(['2001:db8::1', '192.0.2.0/24']);
    expect(config.blacklist).toEqual(['198.51.100.1']);
    expect(config.settings.targets).toEqual([
      { host: { name: 'example.com', hostname: 'example.com', port: 443 }, path: '/', ips: null },
      {
        host: { name: 'api.example.com:8443', hostname: 'api.example.com', port: 8443 },
        path: '/health?full=1',
        ips: ['192.0.2.1', '2001:db8::2'],
      },
      { host: { name: '[2001:db8::9]:8443', hostname: '2001:db8::9', port: 8443 }, path: '/', ips: null },
    ]);
    expect(config.warnings.map(inEnglish)).toContain('pool.conn_timeout = 0.25 is outside the recommended 10 to 60 s');
  });

  test('gives the console every key, fit for the contract', () => {
    const { keys } = parseConfig(text, 'hotpool.toml');
    expect(keys.map(({ path }) => path)).toEqual(configPaths);
    expect(keys.map((key) => configKeySchema.parse(key))).toEqual(keys);
    expect(keys[0]).toEqual({
      path: 'pool.max_connections',
      value: 200,
      default: 100,
      kind: 'whole-number',
      options: [],
      unit: 'connections',
      meaning: expect.any(String),
      recommended: [50, 500],
      hard: [1, 20_000],
      allowed: phrase('allowed.number', { what: phrase('number.whole'), least: '1', most: '20,000' }),
      applies: 'at-once',
      editable: true,
      written: true,
    });
  });

  test('is found by its path, and a missing one is said', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hotpool-config-'));
    try {
      const file = join(folder, 'hotpool.toml');
      await expect(loadConfig(file)).rejects.toThrow(`${file}: the file cannot be read: ENOENT`);
      await writeFile(file, '[pool]\nmax_idle_conns = 15\n');
      expect(await loadConfig(file)).toMatchObject({ file, values: { 'pool.max_idle_conns': 15 } });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('refused, with file, line, value and what is allowed', () => {
  test.each([
    [
      '[pool]\nmax_connections = 0',
      'hotpool.toml:2:1: pool.max_connections = 0 is out of range; allowed: a whole number from 1 to 20,000',
    ],
    [
      '[pool]\nmax_connections = 20001',
      'hotpool.toml:2:1: pool.max_connections = 20001 is out of range; allowed: a whole number from 1 to 20,000',
    ],
    [
      '[pool]\nmax_connections = 10.5',
      'hotpool.toml:2:1: pool.max_connections = 10.5 is not a whole number; allowed: a whole number from 1 to 20,000',
    ],
    [
      '[pool]\nmax_connections = "100"',
      'hotpool.toml:2:1: pool.max_connections = "100" is not a whole number; allowed: a whole number from 1 to 20,000',
    ],
    [
      '[pool]\n\n  conn_timeout = 0.05',
      'hotpool.toml:3:3: pool.conn_timeout = 0.05 is out of range; allowed: a number of seconds from 0.1 to 300',
    ],
    [
      '[pool]\nconn_timeout = nan',
      'hotpool.toml:2:1: pool.conn_timeout = null is not a number of seconds; allowed: a number of seconds from 0.1 to 300',
    ],
    [
      '[pool]\nconn_timeout = true',
      'hotpool.toml:2:1: pool.conn_timeout = true is not a number of seconds; allowed: a number of seconds from 0.1 to 300',
    ],
    [
      '[pool]\nlog_level = "loud"',
      'hotpool.toml:2:1: pool.log_level = "loud" is not one of the choices; allowed: "debug", "info", "warn", "error"',
    ],
    [
      '[pool]\nwhitelist_mode = 1',
      'hotpool.toml:2:1: pool.whitelist_mode = 1 is not a text in quotes; allowed: "prefer", "enforce"',
    ],
    [
      'pool.max_retries = 11',
      'hotpool.toml:1:1: pool.max_retries = 11 is out of range; allowed: a whole number from 0 to 10',
    ],
    ['pool = 5', 'hotpool.toml:1:1: pool = 5 is not a section; allowed: [pool] on a line of its own'],
    [
      '[health]\nstatus_good = "200-99"',
      'hotpool.toml:2:1: health.status_good = "200-99" has "200-99", which is no range of HTTP statuses',
    ],
    ['[health]\nstatus_blocked = 403', 'hotpool.toml:2:1: health.status_blocked = 403 is not a list'],
    [
      '[health]\nstatus_blocked = [403, 42]',
      'hotpool.toml:2:1: health.status_blocked = [403,42] has 42, which is no HTTP status',
    ],
    [
      '[health]\nstatus_busy = [429, 403]',
      'hotpool.toml:2:1: health.status_busy = [429,403] has 403, which is in health.status_blocked as well',
    ],
    ['[blacklist]\nips = [\n  "192.0.2.1",\n  "300.0.0.1",\n]', 'hotpool.toml:4:3: blacklist.ips: 300 is not 0 to 255'],
    ['[whitelist]\nips = "192.0.2.1"', 'hotpool.toml:2:1: whitelist.ips = "192.0.2.1" is not a list'],
    ['[pool]\nmax_idle_con = 5', 'hotpool.toml:2:1: pool.max_idle_con is not a key (did you mean "max_idle_conns"?)'],
    ['[pool]\nmax_con = 5', 'hotpool.toml:2:1: pool.max_con is not a key (did you mean "max_connections"?)'],
    ['[pool]\nmax_errors = 5', 'hotpool.toml:2:1: pool.max_errors is not a key (it belongs to [health])'],
    [
      '[pol]\nmax_connections = 5',
      'hotpool.toml:1:1: pol is not a section (did you mean "pool"?); allowed: pool, dial, warmup, health, choice, metrics, retry, alerts, dns, whitelist, blacklist, targets',
    ],
    [
      'max_connections = 5',
      'hotpool.toml:1:1: max_connections stands outside of a section; allowed: max_connections under [pool]',
    ],
    ['[pool]\n__proto__ = 5', 'hotpool.toml:2:1: pool.__proto__ is not a key'],
    ['[[targets]]\npath = "/"', 'hotpool.toml:1:1: [[targets]] number 1: targets.0.host is missing'],
    [
      '[[targets]]\nhost = "https://example.com/"',
      'hotpool.toml:2:1: [[targets]] number 1: targets.0.host = "https://example.com/" is not a host',
    ],
    [
      '[[targets]]\nhost = "a.test"\nport = 0',
      'hotpool.toml:3:1: [[targets]] number 1: targets.0.port = 0 is not a port; allowed: a whole number from 1 to 65,535',
    ],
    [
      '[[targets]]\nhost = "a.test:8443"\nport = 9443',
      'hotpool.toml:3:1: [[targets]] number 1: targets.0.port = 9443 is not the port of host = "a.test:8443"',
    ],
    [
      '[[targets]]\nhost = "a.test"\npath = "health"',
      'hotpool.toml:3:1: [[targets]] number 1: targets.0.path = "health" is not a path',
    ],
    [
      '[[targets]]\nhost = "a.test"\nips = []',
      'hotpool.toml:3:1: [[targets]] number 1: targets.0.ips = [] is not a list of IPs',
    ],
    [
      '[[targets]]\nhost = "a.test"\nips = ["10.0.0.0/8"]',
      'hotpool.toml:3:8: [[targets]] number 1: targets.0.ips: 10.0.0.0/8 is a range: write one address',
    ],
    [
      '[[targets]]\nhost = "a.test"\nweight = 5',
      'hotpool.toml:3:1: [[targets]] number 1: targets.0.weight is not a key; allowed: host, port, path, ips',
    ],
    [
      '[[targets]]\nhost = "a.test"\n\n[[targets]]\nhost = "A.test"\nport = 443',
      'hotpool.toml:5:1: [[targets]] number 2: targets.1 is a.test again: it is [[targets]] number 1 already',
    ],
    ['targets = "a.test"', 'hotpool.toml:1:1: targets is not a list of tables'],
    ['[pool]\nmax_connections = 5\nmax_connections = 6', 'hotpool.toml:3:1: hotpool.toml is not valid TOML'],
    ['[pool\n', 'hotpool.toml:1:'],
  ])('%j', (text, message) => {
    expect(refusal(text).message).toContain(message);
  });

  test('every fault at once, in the order of the file', () => {
    const error = refusal(
      '[[targets]]\nhost = 5\n[dial]\nspeed = 1\n[pool]\nmax_retries = -1\nmax_connections = 50\nmax_idle_conns = 51\n',
    );
    expect(error.issues.map(({ path, position }) => `${position?.line} ${path}`)).toEqual([
      '2 targets.0.host',
      '4 dial.speed',
      '6 pool.max_retries',
      '8 pool.max_idle_conns',
    ]);
    expect(error.message.split('\n')).toHaveLength(5);
    expect(error.message).toMatch(/^the configuration has 4 faults:\nhotpool.toml:2:1: /);
  });

  test('never takes a part of a file that has a fault', () => {
    for (const path of configPaths) {
      const [section, name] = path.split('.');
      expect(refusal(`[${section}]\n${name} = { }`).issues.map((issue) => issue.path)).toEqual([path]);
    }
  });
});

describe('values that belong together', () => {
  test.each([
    [
      '[pool]\nmax_connections = 50\nmax_conns_per_host = 51',
      'pool.max_conns_per_host = 51 is more than pool.max_connections = 50; allowed: at most 50, or raise pool.max_connections',
    ],
    [
      '[pool]\nmax_conns_per_host = 101',
      'pool.max_conns_per_host = 101 is more than pool.max_connections = 100 (which is not set)',
    ],
    [
      '[pool]\nmax_connections = 50\nmax_idle_conns = 51',
      'pool.max_idle_conns = 51 is more than pool.max_connections = 50',
    ],
    [
      '[pool]\nmin_idle_per_host = 21',
      'pool.min_idle_per_host = 21 is more than pool.max_idle_conns = 20 (which is not set)',
    ],
    [
      '[dial]\nconcurrency_start = 300',
      'dial.concurrency_start = 300 is more than dial.concurrency_max = 256 (which is not set)',
    ],
    [
      '[dial]\nconcurrency_min = 40\nconcurrency_start = 30',
      'dial.concurrency_min = 40 is more than dial.concurrency_start = 30',
    ],
    [
      '[dial]\nconcurrency_min = 40\nconcurrency_max = 30',
      'dial.concurrency_min = 40 is more than dial.concurrency_max = 30',
    ],
  ])('%j is refused', (text, message) => {
    expect(refusal(text).message).toContain(message);
  });

  test.each([
    ['[pool]\nmax_connections = 5', { 'pool.max_conns_per_host': 5, 'pool.max_idle_conns': 5 }],
    ['[dial]\nconcurrency_max = 4', { 'dial.concurrency_start': 4, 'dial.concurrency_min': 4 }],
    ['[dial]\nconcurrency_min = 64', { 'dial.concurrency_start': 64, 'dial.concurrency_max': 256 }],
    ['[dial]\nconcurrency_start = 4', { 'dial.concurrency_min': 4, 'dial.concurrency_max': 256 }],
  ])('%j moves the defaults around it', (text, values) => {
    expect(parseConfig(text, 'hotpool.toml').values).toMatchObject(values);
  });
});

test('a value outside the recommended range is a warning, one at its edge is not', () => {
  const { warnings } = parseConfig(
    '[pool]\nmax_connections = 501\nmax_conns_per_host = 20\nmax_idle_conns = 9\nidle_timeout = 120\nmax_lifetime = 179.5',
    'hotpool.toml',
  );
  expect(warnings.map(inEnglish)).toEqual([
    'pool.max_connections = 501 is outside the recommended 50 to 500 connections',
    'pool.max_idle_conns = 9 is outside the recommended 10 to 50 connections',
    'pool.max_lifetime = 179.5 is outside the recommended 180 to 600 s',
    'hotpool.toml has no [[targets]]: nothing is watched',
  ]);
});

test('an address on both lists is warned about', () => {
  const { warnings } = parseConfig('whitelist.ips = ["::1"]\nblacklist.ips = ["::1"]', 'hotpool.toml');
  expect(warnings.map(inEnglish)).toContain('whitelist.ips and blacklist.ips both have ::1: the black list goes first');
});

test('host, port and path of one target are all refused at once', () => {
  const text = '[[targets]]\nhost = "https://a.test/"\nport = 70000\npath = "health"';
  let paths: readonly string[] = [];
  try {
    parseConfig(text, 'hotpool.toml');
  } catch (error) {
    paths = error instanceof ConfigError ? error.issues.map((issue) => issue.path) : [];
  }
  expect(paths).toEqual(['targets.0.host', 'targets.0.port', 'targets.0.path']);
});

test('a file without targets warns that nothing is watched', () => {
  expect(parseConfig('', 'hotpool.toml').warnings.map(inEnglish)).toEqual([
    'hotpool.toml has no [[targets]]: nothing is watched',
  ]);
  expect(parseConfig('[[targets]]\nhost = "a.test"', 'hotpool.toml').warnings).toEqual([]);
});

test('warns of a floor that the limits leave no room for', () => {
  const hosts = ['a', 'b', 'c'].map((host) => `[[targets]]\nhost = "${host}.test"\n`).join('');
  const warned = (pool: string): string[] =>
    parseConfig(`[pool]\n${pool}\n${hosts}`, 'hotpool.toml').warnings.map(inEnglish);
  expect(warned('min_idle_per_host = 4\nmax_idle_conns = 12')).toEqual([]);
  expect(warned('min_idle_per_host = 5\nmax_idle_conns = 14')).toEqual([
    'pool.min_idle_per_host = 5 for each of 3 hosts is 15 in all, more than pool.max_idle_conns = 14: the floors are kept in part',
  ]);
  expect(warned('min_idle_per_host = 6\nmax_idle_conns = 20\nmax_conns_per_host = 5')).toEqual([
    'pool.min_idle_per_host = 6 is more than pool.max_conns_per_host = 5 lets one host have: the floor is kept in part',
  ]);
});
