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

/** A section as somebody might write it: blanks, comments with anything in them, values over several lines. */
const blanks = fc.constantFrom('', ' ', '  ', '\t');
const comments = fc.constantFrom('', ' # plain', '# "quoted', " # it's [odd] = {1}", '\t#\t# twice');
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
const lines = fc.oneof(
  fc.constant(''),
  fc.tuple(blanks, comments).map(([blank, comment]) => blank + comment.trimStart()),
);
const statement = (key: string) =>
  fc
    .tuple(fc.array(lines, { maxLength: 2 }), blanks, blanks, literals, comments)
    .map(([above, indent, gap, literal, comment]) =>
      [...above, `${indent}${key}${gap}=${gap}${literal}${comment.replace(/^#/, ' #')}`].join('\n'),
    );
const section = (header: string) =>
  fc
    .tuple(statement('a'), statement('b'), comments)
    .map(([a, b, comment]) => `${header}${comment.replace(/^#/, ' #')}\n${a}\n${b}\n`);
const documents = fc
  .tuple(section('[pool]'), section('[[targets]]'), section('[[targets]]'), fc.constantFrom('\n', '\r\n'))
  .map(([pool, one, other, newline]) => `${pool}${one}${other}`.replaceAll('\n', newline));

test('in any document one value changes in meaning, and one piece of the text', () => {
  const places: readonly TomlPlace[] = [
    ['pool', 'a'],
    ['pool', 'new'],
    ['targets', 0, 'b'],
    ['targets', 1, 'new'],
  ];
  fc.assert(
    fc.property(
      documents,
      fc.constantFrom(...places),
      fc.constantFrom<ConfigValue>(7, 'x # y', []),
      (text, place, value) => {
        const wanted = structuredClone(parse(text)) as Record<
          string,
          Record<string, unknown> & Record<string, unknown>[]
        >;
        const table = place.length === 3 ? wanted[place[0]]?.[place[1]] : wanted[place[0]];
        (table as Record<string, unknown>)[place[place.length - 1] as string] = value;
        const after = setTomlValue(text, place, value);
        expect(parse(after)).toEqual(wanted);
        // What comes before the change and behind it is what was there.
        const [same, rest] = [commonStart(text, after), commonStart(reversed(text), reversed(after))];
        const literal = JSON.stringify(value).length;
        expect(after.length - same - rest).toBeLessThanOrEqual(literal + '\r\n\t\tnew = '.length);
      },
    ),
    { numRuns: 500 },
  );
});

function commonStart(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  for (let at = 0; at < most; at += 1) {
    if (one[at] !== other[at]) {
      return at;
    }
  }
  return most;
}

function reversed(text: string): string {
  return [...text].reverse().join('');
}
