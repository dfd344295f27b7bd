import { describe, expect, it } from 'vitest';
import type { ConfigKey } from '../../../core/contract/config.ts';
import { changesOf, typedOf, valueTyped } from '../../../renderer/base/field-value.ts';

function keyOf(change: Partial<ConfigKey> = {}): ConfigKey {
  return {
    path: 'pool.max_connections',
    value: 100,
    default: 100,
    kind: 'whole-number',
    options: [],
    unit: 'connections',
    meaning: '',
    recommended: null,
    hard: null,
    allowed: '',
    applies: 'at-once',
    editable: true,
    written: false,
    ...change,
  };
}

describe('a value as it is typed', () => {
  it.each([
    ['whole-number', ' 1500 ', 1_500],
    ['seconds', '0.5', 0.5],
    ['switch', 'true', true],
    ['choice', 'prefer', 'prefer'],
    ['statuses', '429, 503', [429, 503]],
    ['status-ranges', '200-399', '200-399'],
    ['status-ranges', '200-299, 404', ['200-299', '404']],
    ['resolvers', '192.0.2.1 192.0.2.2', ['192.0.2.1', '192.0.2.2']],
    ['statuses', '', []],
  ] as const)('of kind %s: %j is %j', (kind, typed, value) => {
    expect(valueTyped({ kind }, typed)).toEqual(value);
    expect(valueTyped({ kind }, typedOf(valueTyped({ kind }, typed)))).toEqual(value);
  });

  it('goes to the engine as it stands when it is no number: the fault has the engine’s words', () => {
    expect(valueTyped({ kind: 'seconds' }, 'long')).toBe('long');
    expect(valueTyped({ kind: 'whole-number' }, '')).toBe('');
    expect(valueTyped({ kind: 'statuses' }, '429, x')).toEqual([429, 'x']);
  });
});

describe('what was changed', () => {
  const keys = [
    keyOf(),
    keyOf({ path: 'pool.idle_timeout', kind: 'seconds', value: 30, default: 60, written: true }),
    keyOf({ path: 'pool.log_level', kind: 'choice', value: 'info', default: 'info' }),
  ];

  it('is what differs from what runs', () => {
    expect(changesOf(keys, { 'pool.max_connections': '100', 'pool.log_level': 'debug', 'pool.gone': '1' })).toEqual({
      'pool.log_level': 'debug',
    });
  });

  it('goes back to the default only where something else is in force or in the file', () => {
    expect(changesOf(keys, { 'pool.max_connections': null, 'pool.idle_timeout': null })).toEqual({
      'pool.idle_timeout': null,
    });
  });
});
