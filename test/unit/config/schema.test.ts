import { describe, expect, test } from 'vitest';
import type { ConfigKeyDeclaration } from '../../../core/config/config-key.ts';
import { configKeys, configPaths, configSections } from '../../../core/config/schema.ts';
import { targetKeys } from '../../../core/config/target-keys.ts';
import { type ConfigValue, configKeySchema } from '../../../core/contract/config.ts';
import { namedKeys, namedTargetKeys } from './named-keys.ts';

describe('the schema', () => {
  test('has every key that is named anywhere, with the default that is named', () => {
    const defaults = Object.fromEntries(configPaths.map((path) => [path, configKeys[path].default]));
    expect(defaults).toMatchObject(namedKeys);
    expect(Object.keys(targetKeys)).toEqual(expect.arrayContaining([...namedTargetKeys]));
  });

  test('has no section without a key, and no key without a section', () => {
    expect(new Set(configPaths.map((path) => path.split('.')[0]))).toEqual(new Set(Object.keys(configSections)));
  });

  test.each(configPaths)('%s takes its own default, and says what it is for', (path) => {
    const key: ConfigKeyDeclaration<ConfigValue> = configKeys[path];
    expect(key.read(key.default)).toEqual(key.default);
    expect(key.meaning).toMatch(/^\S.*\.$/);
    expect(key.allowed).not.toBe('');
    expect(configKeySchema.shape.kind.options).toContain(key.kind);
    expect(key.options.length > 0).toBe(key.kind === 'choice');
    if (key.hard) {
      const [least, most] = key.hard;
      expect(() => key.read(least - 1)).toThrow(RangeError);
      expect(() => key.read(most + 1)).toThrow(RangeError);
      const [from, to] = key.recommended ?? key.hard;
      expect(least <= from && from <= Number(key.default) && Number(key.default) <= to && to <= most).toBe(true);
    }
  });

  test.each([
    ['192.0.2.53', '192.0.2.53'],
    ['192.0.2.53:5353', '192.0.2.53:5353'],
    ['2001:DB8::53', '2001:db8::53'],
    [' [2001:db8:0::53]:5353 ', '[2001:db8::53]:5353'],
  ])('a name server is an IP, with a port or without: %s', (written, kept) => {
    expect(configKeys['dns.resolvers'].read([written])).toEqual([kept]);
  });

  test.each(['dns.example', '192.0.2.53:0', '192.0.2.53:99999', '192.0.2', '', 53])(
    '%j is no name server',
    (written) => {
      expect(() => configKeys['dns.resolvers'].read([written])).toThrow(/no IP of a name server/);
    },
  );
});
