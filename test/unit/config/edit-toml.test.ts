import fc from 'fast-check';
import { parse } from 'smol-toml';
import { describe, expect, test } from 'vitest';
import {
  addTomlTable,
  removeTomlTable,
  setTomlValue,
  type TomlPlace,
  unsetTomlValue,
} from '../../../core/config/edit-toml.ts';
import { printDefaultConfig } from '../../../core/config/print-config.ts';
import { configKeys, configPaths } from '../../../core/config/schema.ts';
import type { ConfigValue } from '../../../core/contract/config.ts';

/** As somebody with a taste of his own would write it. */
const handmade = `# who: ops
[pool]   # the pool
\tmax_connections = 100     # aligned by hand
  idle_timeout   = 1_000  # s  = "not a value"

# about the end of the section

[[targets]]   # first
host = "a.test"
ips = [
  "192.0.2.1", # rack one
  # between
  "192.0.2.2",  # rack two
]

# the second
[[targets]]
host = 'b.test' # "quoted"
`;

function changedLines(before: string, after: string): string[] {
  const [old, now] = [before.split('\n'), after.split('\n')];
  return now.filter((line, index) => line !== old[index]);
}

describe('a value', () => {
  test('is changed alone: its blanks, its comment and every other byte stay', () => {
    const after = setTomlValue(handmade, ['pool', 'max_connections'], 2_000);
    expect(after).toBe(handmade.replace('= 100 ', '= 2000 '));
    expect(setTomlValue(handmade, ['pool', 'idle_timeout'], 90)).toBe(handmade.replace('1_000', '90'));
  });

  test('that is new stands behind the last of its section, indented like it', () => {
    const after = setTomlValue(handmade, ['pool', 'log_level'], 'warn');
    expect(after).toBe(handmade.replace('a value"\n', 'a value"\n  log_level = "warn"\n'));
  });

  test('of a section that is missing comes with it, at the end', () => {
    const after = setTomlValue(handmade, ['dial', 'concurrency_max'], 5);
    expect(after).toBe(`${handmade}\n[dial]\nconcurrency_max = 5\n`);
    expect(setTomlValue('', ['dial', 'concurrency_max'], 5)).toBe('[dial]\nconcurrency_max = 5\n');
    expect(setTomlValue('# mine', ['dial', 'concurrency_max'], 5)).toBe('# mine\n\n[dial]\nconcurrency_max = 5\n');
  });

  test('of a target is that target’s own', () => {
    const after = setTomlValue(handmade, ['targets', 1, 'path'], '/b');
    expect(after).toBe(`${handmade}path = "/b"\n`.replace('"quoted"\npath', '"quoted"\npath'));
    expect(parse(setTomlValue(handmade, ['targets', 0, 'path'], '/a')).targets).toMatchObject([
      { host: 'a.test', path: '/a' },
      { host: 'b.test' },
    ]);
  });

  test('keeps the line ends of the file', () => {
    const windows = handmade.replaceAll('\n', '\r\n');
    expect(setTomlValue(windows, ['pool', 'log_level'], 'warn').replaceAll('\r\n', '')).not.toContain('\n');
  });

  test('is found behind dotted keys and in an inline table', () => {
    expect(setTomlValue('pool.a = 1 # x\n[dial]\na = 3\n', ['pool', 'a'], 2)).toBe('pool.a = 2 # x\n[dial]\na = 3\n');
    expect(setTomlValue('pool.a = 1 # x\n', ['pool', 'b'], 2)).toBe('pool.a = 1 # x\npool.b = 2\n');
    expect(setTomlValue('pool = { a = 1 } # x\n', ['pool', 'b'], 'y')).toBe('pool = { a = 1, b = "y" } # x\n');
    expect(unsetTomlValue('pool = { a = 1, b = 2 } # x\n', ['pool', 'a'])).toBe('pool = { b = 2 } # x\n');
  });

  test('taken out leaves its comments', () => {
    expect(unsetTomlValue(handmade, ['pool', 'max_connections'])).toBe(
      handmade.replace('max_connections = 100     # aligned', '# aligned'),
    );
    expect(unsetTomlValue('[pool]\n# why\na = 1\nb = 2\n', ['pool', 'a'])).toBe('[pool]\n# why\nb = 2\n');
    expect(unsetTomlValue(handmade, ['pool', 'not_there'])).toBe(handmade);
  });
});

describe('a list with one element a line', () => {
  test('keeps the comments of the elements that stay', () => {
    const after = setTomlValue(handmade, ['targets', 0, 'ips'], ['192.0.2.2', '192.0.2.9']);
    expect(after).toBe(
      handmade.replace('  "192.0.2.1", # rack one\n', '').replace('# rack two\n', '# rack two\n  "192.0.2.9",\n'),
    );
  });

  test('gets the comma that its last element lacks', () => {
    expect(setTomlValue('[pool]\na = [\n  1 # one\n]\n', ['pool', 'a'], [1, 2])).toBe(
      '[pool]\na = [\n  1, # one\n  2,\n]\n',
    );
  });

  test('is written anew when elements came between others', () => {
    const after = setTomlValue(handmade, ['targets', 0, 'ips'], ['192.0.2.9', '192.0.2.1', '192.0.2.2']);
    expect(parse(after).targets).toMatchObject([{ ips: ['192.0.2.9', '192.0.2.1', '192.0.2.2'] }, {}]);
  });
});

describe('a target', () => {
  test('is added at the end', () => {
    const after = addTomlTable(handmade, 'targets', { host: 'c.test', ips: ['192.0.2.3'] });
    expect(after).toBe(`${handmade}\n[[targets]]\nhost = "c.test"\nips = ["192.0.2.3"]\n`);
    expect(addTomlTable('', 'targets', { host: 'c.test' })).toBe('[[targets]]\nhost = "c.test"\n');
  });

  test('goes with what was written in it and directly above it', () => {
    expect(removeTomlTable(handmade, 'targets', 1)).toBe(handmade.slice(0, handmade.indexOf('# the second')));
    const after = removeTomlTable(handmade, 'targets', 0);
    expect(after).toContain('# about the end of the section\n\n# the second\n[[targets]]\nhost = ');
    expect(after).not.toContain('a.test');
  });

  test('written inside of one value is refused: its comments could not be kept', () => {
    const inline = 'targets = [\n  { host = "a.test" }, # mine\n]\n';
    expect(() => addTomlTable(inline, 'targets', { host: 'b.test' })).toThrow(RangeError);
    expect(() => setTomlValue(inline, ['targets', 0, 'path'], '/')).toThrow(RangeError);
    expect(() => removeTomlTable(inline, 'targets', 0)).toThrow(RangeError);
  });
});

test('any key of the default file takes any value of its own, and one line changes', () => {
  const text = printDefaultConfig();
  const numbers = configPaths.filter((path) => configKeys[path].hard !== null);
  fc.assert(
    fc.property(fc.constantFrom(...numbers), fc.double({ min: 0, max: 1, noNaN: true }), (path, share) => {
      const [least, most] = configKeys[path].hard ?? [0, 0];
      const value = Math.round(least + share * (most - least)) + 0.25;
      const [section = '', key = ''] = path.split('.');
      const after = setTomlValue(text, [section, key], value);
      expect(changedLines(text, after)).toEqual([`${key} = ${value}`]);
      expect(parse(after)[section]).toMatchObject({ [key]: value });
    }),
    { numRuns: 200 },
  );
});

/** A document as somebody might write it, in pieces: blanks, comments with anything in them, values over several lines. */
interface Piece {
  readonly text: string;
  /** Of a value: whose it is. */
  readonly of?: string;
}

const blanks = fc.constantFrom('', ' ', '  ', '\t');
const comments = fc.constantFrom('', ' # plain', ' # "quoted', " # it's [odd] = {1}", '\t#\t# twice');
const literals = fc.constantFrom(
  '1',
  '1_000',
  '-2.50',
  'true',
  '"a # b"',
  "'c \"d'",
  '[1, 2]',
  '[\n  1, # one\n  2,\n]',
);
const statement = (header: string, key: string): fc.Arbitrary<Piece[]> =>
  fc
    .tuple(fc.constantFrom('', '\n', '# above\n', '\n  # "above\n\n'), blanks, blanks, literals, comments)
    .map(([above, indent, gap, literal, comment]) => [
      { text: `${above}${indent}${key}${gap}=${gap}` },
      { text: literal, of: `${header} ${key}` },
      { text: `${comment}\n` },
    ]);
const section = (header: string): fc.Arbitrary<Piece[]> =>
  fc
    .tuple(comments, statement(header, 'a'), statement(header, 'b'))
    .map(([comment, a, b]) => [{ text: `${header.split(' ')[0]}${comment}\n` }, ...a, ...b]);
const documents = fc
  .tuple(section('[pool]'), section('[[targets]] 0'), section('[[targets]] 1'), fc.constantFrom('\n', '\r\n'))
  .map(([pool, first, second, newline]) =>
    [...pool, ...first, ...second].map((piece) => ({ ...piece, text: piece.text.replaceAll('\n', newline) })),
  );

function written(pieces: readonly Piece[]): string {
  return pieces.map(({ text }) => text).join('');
}

test.each<[string, TomlPlace]>([
  ['[pool] a', ['pool', 'a']],
  ['[pool] b', ['pool', 'b']],
  ['[[targets]] 0 b', ['targets', 0, 'b']],
  ['[[targets]] 1 a', ['targets', 1, 'a']],
])('in any document the value of %s is replaced, and nothing else', (of, place) => {
  fc.assert(
    fc.property(documents, fc.constantFrom<ConfigValue>(7, 'x # y', true), (pieces, value) => {
      const replaced = pieces.map((piece) => (piece.of === of ? { text: JSON.stringify(value) } : piece));
      expect(setTomlValue(written(pieces), place, value)).toBe(written(replaced));
    }),
    { numRuns: 200 },
  );
});

test.each<[string, TomlPlace]>([
  ['[pool]', ['pool', 'new']],
  ['the first target', ['targets', 0, 'new']],
  ['the second target', ['targets', 1, 'new']],
  ['a missing section', ['dial', 'new']],
])('in any document a new key of %s takes nothing away, and is where it belongs', (_, place) => {
  fc.assert(
    fc.property(documents, (pieces) => {
      const text = written(pieces);
      const after = setTomlValue(text, place, 'new');
      const line = after.split(/\r?\n/).filter((one) => one.includes('new = "new"'));
      expect(line).toHaveLength(1);
      const before = after.slice(0, after.indexOf('new = "new"')).trimEnd();
      expect(text.startsWith(place[0] === 'dial' ? before.replace(/\s*\[dial\]$/, '') : before)).toBe(true);
      const [name, index] = place;
      const section = parse(after)[name];
      expect(Array.isArray(section) ? section[Number(index)] : section).toMatchObject({ new: 'new' });
      expect(parse(unsetTomlValue(after, place))).toEqual(name === 'dial' ? { ...parse(text), dial: {} } : parse(text));
    }),
    { numRuns: 200 },
  );
});
