import { describe, expect, test } from 'vitest';
import { applyChanges, diffConfig } from '../../../core/config/change-config.ts';
import { ConfigError } from '../../../core/config/config-error.ts';
import { makeConfig, parseConfig } from '../../../core/config/load-config.ts';
import { configDiffSchema } from '../../../core/contract/config.ts';

const current = parseConfig(
  '[pool]\nmax_connections = 100\nidle_timeout = 90\n[blacklist]\nips = ["::1"]\n[[targets]]\nhost = "a.test"',
  'hotpool.toml',
);

describe('applyChanges', () => {
  test('gives the changed configuration and the difference, and leaves the old one alone', () => {
    const { config, diff } = applyChanges(current, {
      'pool.idle_timeout': 45,
      'health.status_busy': [429],
      'pool.log_level': 'warn',
      'pool.max_connections': 100,
    });
    expect(diff).toEqual([
      { path: 'pool.idle_timeout', before: 90, after: 45 },
      { path: 'pool.log_level', before: 'info', after: 'warn' },
      { path: 'health.status_busy', before: [429, 503], after: [429] },
    ]);
    expect(configDiffSchema.parse(diff)).toEqual(diff);
    expect(config.settings.pool.idleTimeoutMs).toBe(45_000);
    expect(config.settings.targets).toEqual(current.settings.targets);
    expect(config.blacklist).toEqual(['::1']);
    expect(current.settings.pool.idleTimeoutMs).toBe(90_000);
  });

  test('shows what follows a lowered limit', () => {
    expect(applyChanges(current, { 'pool.max_connections': 8 }).diff).toEqual([
      { path: 'pool.max_connections', before: 100, after: 8 },
      { path: 'pool.max_conns_per_host', before: 10, after: 8 },
      { path: 'pool.max_idle_conns', before: 20, after: 8 },
    ]);
  });

  test('warns of values outside the recommended range', () => {
    expect(applyChanges(current, { 'pool.idle_timeout': 5 }).config.warnings).toEqual([
      'pool.idle_timeout = 5 is outside the recommended 30 to 120 s',
    ]);
  });

  test('is refused whole, with an issue for each fault', () => {
    let error: unknown;
    try {
      applyChanges(current, {
        'pool.idle_timeout': 45,
        'pool.max_conns_per_host': 101,
        'pool.max_retries': 'many',
        'pool.max_conn': 5,
        'blacklist.ips': [],
      });
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(ConfigError);
    expect(error instanceof ConfigError && error.toContractIssues()).toEqual([
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

test('a program makes a configuration of its own', () => {
  const config = makeConfig({
    file: null,
    given: { 'pool.max_connections': 2_000 },
    targets: current.settings.targets,
  });
  expect(config).toMatchObject({ file: null, settings: { pool: { maxConnections: 2_000 } } });
  expect(diffConfig(config, config)).toEqual([]);
  expect(() => makeConfig({ file: null, given: { 'pool.min_idle_per_host': 30 }, targets: [] })).toThrow(ConfigError);
});
