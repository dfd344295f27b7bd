/** Ready sets of values for three loads, exactly as in document 004. */
import { configPresetNames } from '../contract/config.ts';
import type { GivenValues } from './resolve-values.ts';

export interface ConfigPreset {
  readonly title: string;
  readonly values: GivenValues;
}

export const presets = {
  low: {
    title: 'Low concurrency: under 10 requests a second',
    values: {
      'pool.max_connections': 50,
      'pool.max_conns_per_host': 5,
      'pool.max_idle_conns': 10,
      'pool.conn_timeout': 20,
      'pool.idle_timeout': 60,
      'pool.max_lifetime': 300,
      'pool.test_timeout': 5,
      'pool.health_check_interval': 30,
      'pool.cleanup_interval': 60,
    },
  },
  medium: {
    title: 'Medium concurrency: 10 to 100 requests a second',
    values: {
      'pool.max_connections': 100,
      'pool.max_conns_per_host': 10,
      'pool.max_idle_conns': 20,
      'pool.conn_timeout': 30,
      'pool.idle_timeout': 60,
      'pool.max_lifetime': 300,
      'pool.test_timeout': 10,
      'pool.health_check_interval': 30,
      'pool.cleanup_interval': 60,
    },
  },
  high: {
    title: 'High concurrency: over 100 requests a second',
    values: {
      'pool.max_connections': 200,
      'pool.max_conns_per_host': 20,
      'pool.max_idle_conns': 50,
      'pool.conn_timeout': 15,
      'pool.idle_timeout': 30,
      'pool.max_lifetime': 180,
      'pool.test_timeout': 5,
      'pool.health_check_interval': 15,
      'pool.cleanup_interval': 30,
    },
  },
} as const satisfies Record<(typeof configPresetNames)[number], ConfigPreset>;

export type PresetName = keyof typeof presets;

export const presetList: readonly (ConfigPreset & { readonly name: PresetName })[] = configPresetNames.map((name) => ({
  name,
  ...presets[name],
}));
