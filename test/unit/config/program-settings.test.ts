import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../../core/config/config-error.ts';
import { defaultSettings } from '../../../core/config/engine-settings.ts';
import { checkSettings, programSettings } from '../../../core/config/program-settings.ts';

function faultsOf(make: () => unknown): string[] {
  try {
    make();
  } catch (error) {
    if (error instanceof ConfigError) {
      return error.toFaults().map(({ message }) => message);
    }
    throw error;
  }
  return [];
}

describe('the settings of a program', () => {
  it('are the defaults where nothing is said, and pass their own check', () => {
    expect(programSettings()).toEqual(defaultSettings());
    expect(() => checkSettings(defaultSettings())).not.toThrow();
  });

  it('let a default give way to a lower limit, as the file does', () => {
    expect(programSettings({ pool: { maxConnections: 2 } }).pool).toMatchObject({
      maxConnections: 2,
      maxConnectionsPerHost: 2,
      maxIdleConnections: 2,
    });
  });

  it('are taken as they are wanted, in milliseconds, with ranges of statuses', () => {
    const wanted = programSettings({
      pool: { connTimeoutMs: 1_500 },
      health: {
        statusGood: [
          [200, 299],
          [304, 304],
        ],
      },
      alerts: { diskFreeBytes: 2_000_000 },
      whitelistMode: 'enforce',
    });
    expect(wanted.pool.connTimeoutMs).toBe(1_500);
    expect(wanted.health.statusGood).toEqual([
      [200, 299],
      [304, 304],
    ]);
    expect(wanted.alerts.diskFreeBytes).toBe(2_000_000);
    expect(wanted.whitelistMode).toBe('enforce');
  });

  it('are refused whole, each fault by its name, its value and what is allowed', () => {
    const given = JSON.parse(
      '{"pool": {"maxConnections": -1, "connTimeoutMs": 5, "idleTimeoutMs": "x", "maxConnection": 3}, "whitelistMode": "strict", "pol": {}}',
    );
    expect(faultsOf(() => programSettings(given))).toEqual([
      'pool.maxConnections = -1 is out of range; allowed: a whole number from 1 to 20,000',
      'pool.connTimeoutMs = 5 is out of range; allowed: milliseconds from 100 to 300,000',
      'pool.idleTimeoutMs = "x" is not a number; allowed: milliseconds from 1,000 to 86,400,000',
      'pool.maxConnection = 3 is no setting (did you mean "maxConnections"?)',
      'whitelistMode = "strict" is not one of the choices; allowed: "prefer", "enforce"',
      'pol = {} is no setting (did you mean "pool"?)',
    ]);
  });

  it('that were made by hand are checked together', () => {
    const defaults = defaultSettings();
    const made = { ...defaults, pool: { ...defaults.pool, maxConnections: 2 } };
    expect(faultsOf(() => checkSettings(made))).toContain(
      'pool.max_conns_per_host = 10 is more than pool.max_connections = 2; allowed: at most 2, or raise pool.max_connections',
    );
  });
});
