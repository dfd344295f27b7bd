import { describe, expect, it } from 'vitest';
import { editConfigText } from '../../../core/config/edit-config-text.ts';
import { configPaths } from '../../../core/config/schema.ts';

const text = `# mine
[pool]
max_connections = 1_00 # as agreed
log_level = "debug"

[[targets]]
host = "a.test"
`;

function edit(changes: Parameters<typeof editConfigText>[1], before = text) {
  return editConfigText(before, changes, 'hotpool.toml');
}

describe('a text that is edited', () => {
  it('says of every key what is written, else what holds by default', () => {
    const { values } = edit({});
    expect(Object.keys(values ?? {})).toEqual([...configPaths]);
    expect(values?.['pool.max_connections']).toBe(100);
    expect(values?.['pool.idle_timeout']).toBe(60);
  });

  it('tells a default that gives way to a written limit, as it would hold', () => {
    expect(edit({ 'pool.max_connections': 5 }).values?.['pool.max_conns_per_host']).toBe(5);
  });

  it('gets values in place, and keeps every other byte', () => {
    const { text: after } = edit({ 'pool.max_connections': 60, 'pool.log_level': null, 'pool.idle_timeout': 90 });
    expect(after).toBe(text.replace('1_00', '60').replace('log_level = "debug"\n', 'idle_timeout = 90\n'));
  });

  it('stays as it is byte for byte where a value is what it says already', () => {
    expect(edit({ 'pool.max_connections': 100, 'pool.idle_timeout': 60, 'pool.cleanup_interval': null }).text).toBe(
      text,
    );
  });

  it('gets what is not allowed as well, so that the fault has its line', () => {
    const { text: after, values, load } = edit({ 'pool.max_connections': 'many' });
    expect(after).toContain('max_connections = "many" # as agreed');
    expect(values?.['pool.max_connections']).toBe('many');
    expect(load).toThrow(/hotpool\.toml:3:\d+: pool\.max_connections = "many"/);
    expect(edit({ 'pool.max_connections': 100 }, after).text).toBe(text.replace('1_00', '100'));
  });

  it('that is no TOML gets nothing, and says where it breaks', () => {
    const { text: after, values, load } = edit({ 'pool.max_connections': 60 }, `${text}max_idle = \n`);
    expect(after).toBe(`${text}max_idle = \n`);
    expect(values).toBeNull();
    expect(load).toThrow(/hotpool\.toml:8:/);
  });

  it.each([
    ['pool.max_conections', /max_connections/],
    ['blacklist.ips', /blacklist\.ips/],
  ])('refuses %s, which no form edits, and is left alone', (path, told) => {
    const { text: after, values, load } = edit({ [path]: ['192.0.2.1'] });
    expect(after).toBe(text);
    expect(values).not.toBeNull();
    expect(load).toThrow(told);
  });

  it('refuses where one key cannot be written apart from the others', () => {
    const { text: after, load } = edit({ 'pool.max_connections': 60 }, 'pool = 5\n');
    expect(after).toBe('pool = 5\n');
    expect(load).toThrow(/pool/);
  });

  it('keeps the hosts, and what does not belong into a file', () => {
    const odd = `${text}[strange]\nkey = 1\n`;
    const { text: after, load } = edit({ 'pool.max_connections': 60 }, odd);
    expect(after).toBe(odd.replace('1_00', '60'));
    expect(load).toThrow(/strange/);
  });
});
