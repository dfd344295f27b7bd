import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AccessRecord } from '../../../core/access/access-entry.ts';
import { printAccessLists, readAccessLists } from '../../../core/access/access-list-format.ts';

/** What matters of a record in most of these tests. */
function said(text: string): string[] {
  return readAccessLists(text).records.map(({ list, origin, value, note }) =>
    [origin, list, value, note].filter((part) => part !== '').join(' '),
  );
}

describe('printed and read again', () => {
  const at = fc.integer({ min: 0, max: Date.UTC(9999, 11, 31) });
  const record = fc
    .record({
      list: fc.constantFrom('white' as const, 'black' as const),
      origin: fc.constantFrom('operator' as const, 'file' as const, 'automatic' as const),
      value: fc.oneof(fc.ipV4(), fc.constantFrom('2001:db8::/32', '192.0.2.0/24', '::1')),
      note: fc.string({ unit: 'binary', maxLength: 40 }),
      addedAtMs: at,
      expiresAtMs: at,
      everlasting: fc.boolean(),
      hosts: fc.array(fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }), { minLength: 1, maxLength: 3 }),
      isShared: fc.boolean(),
    })
    .filter(({ origin, value }) => origin !== 'automatic' || !value.includes('/'))
    .map(
      ({ everlasting, hosts, isShared, ...rest }): AccessRecord => ({
        ...rest,
        ...(isShared && rest.origin === 'automatic' && { hosts }),
        expiresAtMs: everlasting && rest.origin !== 'automatic' ? null : rest.expiresAtMs,
      }),
    );

  test('entries are the same, whatever their notes say', () => {
    const records = fc.uniqueArray(record, { selector: ({ list, origin, value }) => `${list} ${origin} ${value}` });
    fc.assert(
      fc.property(records, (written) => {
        const { records: read, issues } = readAccessLists(printAccessLists(written));
        expect(issues).toEqual([]);
        expect(new Set(read)).toEqual(new Set(written));
      }),
    );
  });

  test('half a surrogate pair does not break the file', () => {
    const text = printAccessLists([
      { list: 'white', origin: 'operator', value: '::1', note: 'x\ud800y', addedAtMs: 0, expiresAtMs: null },
    ]);
    expect(said(text)).toEqual(['operator white ::1 x\ufffdy']);
  });
});

describe('written by hand', () => {
  test.each([
    ['[[black]]\nip = "192.0.2.1"', ['file black 192.0.2.1']],
    ['[[black]]\nip = "192.0.2.1"\nnote = "slow"', ['file black 192.0.2.1 slow']],
    [
      '[[white]]\nips = ["192.0.2.1", "2001:DB8::/32"]\nnote = "ours"',
      ['file white 192.0.2.1 ours', 'file white 2001:db8::/32 ours'],
    ],
    ['[black]\nips = ["192.0.2.1"]\n[white]\nip = "192.0.2.2"', ['file black 192.0.2.1', 'file white 192.0.2.2']],
    [
      '[blacklist]\nips = ["192.0.2.1"]\n[whitelist]\nips = ["192.0.2.2"]',
      ['file black 192.0.2.1', 'file white 192.0.2.2'],
    ],
    ['black = ["192.0.2.1", "192.0.2.2"]', ['file black 192.0.2.1', 'file black 192.0.2.2']],
    ['white = [{ ip = "192.0.2.1", note = "x" }]', ['file white 192.0.2.1 x']],
    ['[[black]]\nip = "192.0.2.1"\n[blacklist]\nips = ["192.0.2.1"]', ['file black 192.0.2.1']],
    ['\uFEFF# nothing yet\r\n', []],
  ])('%j', (text, expected) => {
    expect(readAccessLists(text).issues).toEqual([]);
    expect(said(text)).toEqual(expected);
  });

  test('a remark behind an address becomes its note, where there is no other', () => {
    const text = [
      'black = [',
      '  "192.0.2.1", # slow',
      '  "192.0.2.2" , "192.0.2.3", #both',
      '  # alone',
      '  "192.0.2.4",',
      ']',
      '[[white]]',
      'ip = \'192.0.2.5\' ## ours, "really" ',
      '[[white]]',
      'ip = "192.0.2.6" # not this',
      'note = "this"',
    ].join('\r\n');
    expect(readAccessLists(text).issues).toEqual([]);
    expect(said(text)).toEqual([
      'file black 192.0.2.1 slow',
      'file black 192.0.2.2 both',
      'file black 192.0.2.3 both',
      'file black 192.0.2.4',
      'file white 192.0.2.5 ours, "really"',
      'file white 192.0.2.6 this',
    ]);
  });

  test('times may be written with and without a time of day', () => {
    const { records, issues } = readAccessLists(
      '[[black]]\nip = "::1"\nadded = 2026-01-02\nexpires = 2030-01-01T00:00:00+01:00',
    );
    expect(issues).toEqual([]);
    expect(records).toMatchObject([{ addedAtMs: Date.UTC(2026, 0, 2), expiresAtMs: Date.UTC(2029, 11, 31, 23) }]);
  });
});

describe('valid TOML with a bad entry names its line and gives the good ones', () => {
  const good = '[[white]]\nip = "192.0.2.1"\n';
  test.each([
    ['[[black]]\nip = "300.0.0.1"', 4, '300 is not 0 to 255'],
    ['[[black]]\nips = [\n  "192.0.2.9",\n  # a remark\n  "10.0.0.1/8",\n]', 7, 'write 10.0.0.0/8'],
    ['[[black]]\nips = ["192.0.2.9"\n , 5]', 5, 'in quotes'],
    ['[[black]]\nnote = "no ip"', 3, 'has no ip and no ips'],
    ['[[black]]\nip = "::1"\ncomment = "x"', 5, 'an entry has no "comment"'],
    ['[[black]]\nip = "::1"\nnotes = "x"', 5, 'did you mean "note"?'],
    ['[[blak]]\nip = "::1"', 3, 'did you mean "black"?'],
    ['[[black]]\nip = "::1"\nhosts = ["a.test"]', 5, 'hosts is a list of names of an automatic entry'],
    ['[[black]]\nip = "::1"\norigin = "me"', 5, 'origin is "operator", "file" or "automatic"'],
    ['[[black]]\nip = "::1"\nexpires = "2030-01-01"', 5, 'without quotes'],
    ['[[black]]\nip = "::1"\nexpires = 07:00:00', 5, 'without quotes'],
    ['[[black]]\nip = "::1"\nnote = 5', 5, 'note is a text in quotes'],
    ['[[black]]\nip = "::1"\norigin = "automatic"', 3, 'an automatic entry has expires'],
    ['[[black]]\nip = "::/0"\norigin = "automatic"\nexpires = 2030-01-01', 4, 'an automatic entry is one address'],
    ['[black]\nips = "192.0.2.1"', 4, 'ips is a list'],
  ])('%j', (bad, line, message) => {
    const text = `${good}${bad}\n[[white]]\nip = "192.0.2.2"\n`;
    const { records, issues } = readAccessLists(text);
    expect(issues).toMatchObject([{ at: `line ${line}`, message: expect.stringContaining(message) }]);
    const values = records.map(({ value }) => value);
    expect(values).toEqual(expect.arrayContaining(['192.0.2.1', '192.0.2.2']));
  });
});

describe('what is not TOML names its line and leaves the rest in use', () => {
  const before = '[[white]]\nip = "192.0.2.1"\n';
  const after = '\n[[white]]\nip = "192.0.2.2"\n';
  test.each([
    ['a stray line', 'what is this', [3], []],
    ['an address without quotes', '[[black]]\nip = 192.0.2.9\nnote = "x"', [4], []],
    ['a text that is not closed', '[[black]]\nip = "192.0.2.9\nnote = "x"', [4], []],
    [
      'one bad line of a long list',
      '[[black]]\nips = [\n "192.0.2.8",\n 192.0.2.9,\n "192.0.2.10",\n]',
      [6],
      ['192.0.2.8', '192.0.2.10'],
    ],
    ['a list that is not closed', '[[black]]\nips = [\n "192.0.2.8",\n "192.0.2.9"', [4], ['192.0.2.8', '192.0.2.9']],
    ['a head that is not closed', '[[black]\nip = "192.0.2.9"\nnote = "x"', [3], []],
    ['a key that is said twice', '[[black]]\nip = "192.0.2.8"\nip = "192.0.2.9"', [5], ['192.0.2.8']],
    ['two kinds of head', '[white]\nips = ["192.0.2.8"]', [3], []],
    ['two faults', '= 5\n[[black]]\nip = "192.0.2.8"\nnote = \'x', [3, 6], ['192.0.2.8']],
  ])('%s', (_, bad, lines, black) => {
    const { records, issues } = readAccessLists(before + bad + after);
    expect(issues.map(({ at }) => at)).toEqual(lines.map((line) => `line ${line}`));
    const white = records.filter(({ list }) => list === 'white').map(({ value }) => value);
    expect(white).toEqual(expect.arrayContaining(['192.0.2.1', '192.0.2.2']));
    expect(records.filter(({ list }) => list === 'black').map(({ value }) => value)).toEqual(black);
  });

  test('never puts an address on the other list', () => {
    const { records } = readAccessLists('[white]\nnote = "x"\n[[black]\nips = ["192.0.2.9"]\nip = "192.0.2.8"\n');
    expect(records).toEqual([]);
  });

  test('whatever is broken, an intact entry far from it is read, and the file is never called good', () => {
    const intact = '\n[[black]]\nip = "198.51.100.7"\nnote = "intact"\n';
    const damage = fc.string({
      unit: fc.constantFrom('[', ']', '"', "'", '=', '#', '\n', '{', '}', ',', 'a', '\\', '.'),
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(damage, (broken) => {
        const { records, issues } = readAccessLists(`${intact}\nkey ${broken} = \n${intact.replace('.7', '.8')}`);
        expect(issues.length).toBeGreaterThan(0);
        expect(records.map(({ value }) => value)).toContain('198.51.100.7');
      }),
      { numRuns: 500 },
    );
  });
});

test('a file of 100,000 entries is read whole, also when it has a fault', () => {
  const records = Array.from(
    { length: 100_000 },
    (_, index): AccessRecord => ({
      list: 'black',
      origin: 'operator',
      value: `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`,
      note: '',
      addedAtMs: 0,
      expiresAtMs: null,
    }),
  );
  const text = printAccessLists(records);
  expect(readAccessLists(text).records).toHaveLength(100_000);
  const faulty = readAccessLists(`${text}\noops\n`);
  expect(faulty.records).toHaveLength(100_000);
  expect(faulty.issues).toHaveLength(1);
}, 60_000);
