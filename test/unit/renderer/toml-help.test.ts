/** What the editor of the configuration's text knows of the place where one writes. */
import { CompletionContext } from '@codemirror/autocomplete';
import { EditorState } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import type { ConfigKey, ConfigTargetKey } from '../../../core/contract/config.ts';
import { completeToml } from '../../../renderer/config-edit/toml-help.ts';
import { keysWritten, tomlPlace } from '../../../renderer/config-edit/toml-place.ts';

describe('the place in a text', () => {
  it.each([
    ['[po', { table: null, part: 'table', key: null, typed: '[po' }],
    ['[pool]\nmax_', { table: 'pool', part: 'key', key: null, typed: 'max_' }],
    ['[pool] # of all\nlog_level = "de', { table: 'pool', part: 'value', key: 'log_level', typed: '"de' }],
    ['[pool]\na = 1\n\n[[targets]]\n  host', { table: 'targets', part: 'key', key: null, typed: 'host' }],
    ['[pool]\nips = [\n  "1.2.3.4", # one\n]\nmax', { table: 'pool', part: 'key', key: null, typed: 'max' }],
  ])('%j', (text, place) => {
    expect(tomlPlace(text)).toEqual(place);
  });

  it.each([
    ['a comment', '[pool]\n# max_'],
    ['behind a value', '[pool]\nmax_connections = 5 # as'],
    ['an array that is still open', '[whitelist]\nips = [\n  "10.'],
  ])('is none in %s', (_, text) => {
    expect(tomlPlace(text)).toBeNull();
  });

  it('is not taken in by a hash or a bracket in a string', () => {
    expect(tomlPlace('[pool]\na = "[#"\nmax')).toMatchObject({ part: 'key', typed: 'max' });
    expect(tomlPlace('[pool]\na = "x # y')).toMatchObject({ part: 'value', typed: '"x # y' });
  });

  it('knows the keys of its own table alone, but for the one being written', () => {
    const text = '[dial]\nrate = 1\n[pool]\na = 1\nb\n# c = 3\nd = 4\n[dns]\ngrace = 1\n';
    expect([...keysWritten(text, text.indexOf('b') + 1)]).toEqual(['a', 'd']);
  });
});

describe('completion of a configuration', () => {
  const key = (path: string, change: Partial<ConfigKey> = {}): ConfigKey => ({
    path,
    value: 100,
    default: 100,
    kind: 'whole-number',
    options: [],
    unit: '',
    meaning: `what ${path} is`,
    recommended: [50, 500],
    hard: [1, 20_000],
    allowed: '1 to 20,000.',
    applies: 'at-once',
    editable: true,
    written: false,
    ...change,
  });
  const targetKeys: ConfigTargetKey[] = [
    { key: 'host', meaning: 'its name', kind: 'text', options: [], applies: 'at-once' },
    { key: 'profile', meaning: 'of TLS', kind: 'choice', options: ['modern-h2', 'tls12-only'], applies: 'reconnect' },
  ];
  const keys = [
    key('pool.max_connections'),
    key('pool.log_level', { kind: 'choice', options: ['debug', 'info'], default: 'info', recommended: null }),
    key('metrics.enabled', { kind: 'switch', default: false, recommended: null }),
  ];
  const labels = (text: string, explicit = false): readonly string[] => {
    const context = new CompletionContext(EditorState.create({ doc: text }), text.length, explicit);
    return completeToml({ keys, targetKeys }, context)?.options.map(({ label }) => label) ?? [];
  };

  it('offers the tables, and in a table the keys it does not have', () => {
    expect(labels('[')).toEqual(['[pool]', '[metrics]', '[[targets]]']);
    expect(labels('[pool]\nm')).toEqual(['max_connections', 'log_level']);
    expect(labels('[pool]\nlog_level = "info"\nm')).toEqual(['max_connections']);
    expect(labels('[[targets]]\nh')).toEqual(['host', 'profile']);
  });

  it('offers the values that are allowed, the default first', () => {
    expect(labels('[pool]\nlog_level = ')).toEqual(['"info"', '"debug"']);
    expect(labels('[pool]\nmax_connections = ')).toEqual(['100', '50', '500']);
    expect(labels('[metrics]\nenabled = t')).toEqual(['false', 'true']);
    expect(labels('[[targets]]\nprofile = ')).toEqual(['"modern-h2"', '"tls12-only"']);
  });

  it('says nothing on an empty line until it is asked', () => {
    expect(labels('[pool]\n')).toEqual([]);
    expect(labels('[pool]\n', true)).toEqual(['max_connections', 'log_level']);
  });
});
