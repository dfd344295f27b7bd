import { describe, expect, test } from 'vitest';
import { changeConfig, diffConfig, hostsWithOther, needsReconnect } from '../../../core/config/change-config.ts';
import { ConfigError } from '../../../core/config/config-error.ts';
import { type LoadedConfig, makeConfig, parseConfig } from '../../../core/config/load-config.ts';
import { configChangeSchema, configDifferenceSchema } from '../../../core/contract/config.ts';
import { inEnglish } from '../../../core/contract/phrase.ts';

const text = `# mine
[pool]
max_connections = 100
idle_timeout = 90 # as agreed
[blacklist]
ips = ["::1"]
[[targets]]
host = "a.test"
[[targets]]
host = "b.test:8443"
path = "/old"
`;
const inFile = parseConfig(text, 'hotpool.toml');
const inMemory = makeConfig({ file: null, given: inFile.given, targets: inFile.settings.targets });

type Change = Parameters<typeof configChangeSchema.parse>[0];

function changed(current: LoadedConfig, change: Change): LoadedConfig {
  return changeConfig(current, configChangeSchema.parse(change));
}

function refusal(current: LoadedConfig, change: Change): unknown {
  try {
    return changed(current, change);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return error instanceof ConfigError && error.toContractIssues();
  }
}

describe.each([
  ['in a file', inFile],
  ['in memory', inMemory],
])('a change %s', (_, current) => {
  test('gives the changed configuration and leaves the old one alone', () => {
    const next = changed(current, {
      changes: {
        'pool.idle_timeout': 45,
        'health.status_busy': [429],
        'pool.log_level': 'warn',
        'pool.max_connections': 100,
      },
    });
    const diff = diffConfig(current, next);
    expect(diff.map(({ path, before, after }) => [path, before, after])).toEqual([
      ['pool.idle_timeout', 90, 45],
      ['pool.log_level', 'info', 'warn'],
      ['health.status_busy', [429, 503], [429]],
    ]);
    expect(configDifferenceSchema.parse(diff)).toEqual(diff);
    expect(next.settings.pool.idleTimeoutMs).toBe(45_000);
    expect(next.settings.targets).toEqual(current.settings.targets);
    expect(next.blacklist).toEqual(['::1']);
    expect(current.settings.pool.idleTimeoutMs).toBe(90_000);
  });

  test('shows what follows a lowered limit', () => {
    const diff = diffConfig(current, changed(current, { changes: { 'pool.max_connections': 8 } }));
    expect(diff.map(({ path, after }) => [path, after])).toEqual([
      ['pool.max_connections', 8],
      ['pool.max_conns_per_host', 8],
      ['pool.max_idle_conns', 8],
    ]);
  });

  test('goes back to the default', () => {
    const next = changed(current, { changes: { 'pool.idle_timeout': null, 'pool.max_retries': null } });
    expect(next.values['pool.idle_timeout']).toBe(60);
    expect(Object.keys(next.given)).not.toContain('pool.idle_timeout');
  });

  test('warns of values outside the recommended range', () => {
    expect(changed(current, { changes: { 'pool.idle_timeout': 5 } }).warnings.map(inEnglish)).toEqual([
      'pool.idle_timeout = 5 is outside the recommended 30 to 120 s',
    ]);
  });

  test('is refused whole, with an issue for each fault', () => {
    const changes = {
      'pool.idle_timeout': 45,
      'pool.max_conns_per_host': 101,
      'pool.max_retries': 'many',
      'pool.max_conn': 5,
      'blacklist.ips': [],
    };
    expect(refusal(current, { changes })).toMatchObject([
      {
        at: 'pool.max_retries',
        message: expect.stringContaining('"many" is not a whole number; allowed: a whole number from 0 to 10'),
      },
      { at: 'pool.max_conn', message: expect.stringContaining('is not a key') },
      { at: 'blacklist.ips', message: expect.stringContaining('is changed in the file alone') },
      { at: 'pool.max_conns_per_host', message: expect.stringContaining('is more than pool.max_connections = 100') },
    ]);
  });
});

describe('the file’s text', () => {
  test('keeps everything that was not changed', () => {
    const next = changed(inFile, { changes: { 'pool.idle_timeout': 45, 'dial.concurrency_max': 300 } });
    expect(next.text).toBe(`${text.replace('= 90 #', '= 45 #')}\n[dial]\nconcurrency_max = 300\n`);
  });

  test('gets no line for a value that is in force already', () => {
    expect(changed(inFile, { changes: { 'pool.max_retries': 3, 'pool.idle_timeout': 90 } }).text).toBe(text);
  });
});

describe('targets', () => {
  test('are added, changed and removed in place', () => {
    const next = changed(inFile, {
      targets: {
        set: [
          { host: 'B.test:8443', values: { path: '/new' } },
          { host: 'c.test', values: { path: '/c', ips: ['192.0.2.3'] } },
        ],
        remove: ['a.test'],
      },
    });
    expect(next.settings.targets).toMatchObject([
      { host: { name: 'b.test:8443' }, path: '/new', ips: null },
      { host: { name: 'c.test' }, path: '/c', ips: ['192.0.2.3'] },
    ]);
    const diff = diffConfig(inFile, next);
    expect(diff.map(({ path, before, after }) => [path, before, after])).toMatchObject([
      ['targets[a.test].host', 'a.test', null],
      ['targets[b.test:8443].path', '/old', '/new'],
      ['targets[c.test].host', null, 'c.test'],
      ['targets[c.test].path', null, '/c'],
      ['targets[c.test].ips', null, ['192.0.2.3']],
    ]);
    expect(hostsWithOther('ips', diff)).toEqual(new Set(['c.test']));
  });

  test('are refused with their fault', () => {
    expect(refusal(inFile, { targets: { remove: ['z.test'] } })).toMatchObject([
      { at: 'targets', message: 'z.test is not watched' },
    ]);
    expect(refusal(inFile, { targets: { set: [{ host: 'a.test', values: { path: 'no slash' } }] } })).toMatchObject([
      { at: 'targets.0.path', message: expect.stringContaining('is not a path') },
    ]);
    expect(refusal(inMemory, { targets: { set: [{ host: 'c.test' }] } })).toMatchObject([
      { at: 'targets', message: expect.stringContaining('a configuration of your own') },
    ]);
  });
});

test('what needs a new connection says so, for its host alone', () => {
  const next = changed(inFile, { targets: { set: [{ host: 'a.test', values: { profiles: ['modern-h1'] } }] } });
  const diff = diffConfig(inFile, next);
  expect(diff).toMatchObject([{ path: 'targets[a.test].profiles', applies: 'reconnect' }]);
  expect(['a.test', 'b.test:8443'].map(needsReconnect(diff))).toEqual([true, false]);
  expect(['a.test'].map(needsReconnect([]))).toEqual([false]);
});

test('a program makes a configuration of its own', () => {
  const config = makeConfig({ file: null, given: { 'pool.max_connections': 2_000 }, targets: inFile.settings.targets });
  expect(config).toMatchObject({ file: null, text: null, settings: { pool: { maxConnections: 2_000 } } });
  expect(diffConfig(config, config)).toEqual([]);
  expect(() => makeConfig({ file: null, given: { 'pool.min_idle_per_host': 30 }, targets: [] })).toThrow(ConfigError);
});
