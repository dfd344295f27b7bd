import { describe, expect, test } from 'vitest';
import { parseAccessEntries } from '../../../core/access/entry-parser.ts';
import { accessParsedSchema } from '../../../core/contract/access.ts';

describe('a pasted text', () => {
  test('has one or more entries a line, separated by commas or spaces, and notes', () => {
    const parsed = parseAccessEntries(
      '\uFEFF# our own\r\n192.0.2.1, 192.0.2.2\t2001:DB8::1 # both sites\r\n\r\n  198.51.100.0/24,# net\n203.0.113.9',
    );
    expect(parsed.issues).toEqual([]);
    expect(parsed.entries).toEqual([
      { line: 2, value: '192.0.2.1', note: 'both sites' },
      { line: 2, value: '192.0.2.2', note: 'both sites' },
      { line: 2, value: '2001:db8::1', note: 'both sites' },
      { line: 4, value: '198.51.100.0/24', note: 'net' },
      { line: 5, value: '203.0.113.9', note: '' },
    ]);
  });

  test('gives each value once, however it is written', () => {
    const { entries } = parseAccessEntries('192.0.2.1 # first\n::ffff:192.0.2.1 # again\n192.0.2.1/32');
    expect(entries).toEqual([{ line: 1, value: '192.0.2.1', note: 'first' }]);
  });

  test('names what it has twice, and where it was first', () => {
    const { repeats, repeated } = parseAccessEntries('192.0.2.1\n::1\n::ffff:192.0.2.1 # again\n192.0.2.1/32', 11);
    expect(repeated).toBe(2);
    expect(repeats).toEqual([
      { line: 13, value: '192.0.2.1', firstLine: 11 },
      { line: 14, value: '192.0.2.1', firstLine: 11 },
    ]);
  });

  test('names the line, and the entry where there are several, and takes nothing of a faulty line', () => {
    const parsed = parseAccessEntries('192.0.2.1, 300.0.0.1\nnonsense\n10.0.0.1/8 192.0.2.7\n10.0.0.0/8 my net\n::1');
    expect(parsed.entries.map(({ value }) => value)).toEqual(['::1']);
    expect(parsed.issues).toMatchObject([
      { at: 'line 1, entry 2', message: '300 is not 0 to 255' },
      { at: 'line 2', message: '"nonsense" is not an IP address or CIDR' },
      { at: 'line 3, entry 1', message: expect.stringContaining('write 10.0.0.0/8') },
      { at: 'line 4, entry 2', message: expect.stringContaining('"my"') },
      { at: 'line 4, entry 3', message: expect.stringContaining('"net"') },
    ]);
  });

  test('refuses a note that could not be kept whole', () => {
    const parsed = parseAccessEntries(`192.0.2.1 # ${'x'.repeat(501)}\n# ${'y'.repeat(600)}`);
    expect(parsed.entries).toEqual([]);
    expect(parsed.issues).toMatchObject([
      { at: 'line 1', message: 'the note has 501 characters: at most 500 are kept' },
    ]);
  });

  test('lists a thousand faults and counts the rest', () => {
    const { issues } = parseAccessEntries(Array.from({ length: 5_000 }, () => 'x').join('\n'));
    expect(issues).toHaveLength(1_001);
    expect(issues.at(-1)).toMatchObject({ at: 'after line 1000', message: '4000 more faults' });
  });

  test('fits the contract', () => {
    const parsed = parseAccessEntries('192.0.2.1 # a\nbad');
    expect(accessParsedSchema.parse(parsed)).toEqual(parsed);
  });

  test('of 100,000 lines is read whole', () => {
    const text = Array.from({ length: 100_000 }, (_, index) =>
      index % 2 === 0
        ? `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`
        : `2001:db8:${(index >> 16).toString(16)}:${(index & 0xffff).toString(16)}::1`,
    ).join('\n');
    const { entries } = parseAccessEntries(text);
    expect(entries).toHaveLength(100_000);
  });

  test('that comes in pieces keeps its line numbers', () => {
    expect(parseAccessEntries('192.0.2.1\nnonsense', 5_001)).toMatchObject({
      entries: [{ line: 5_001 }],
      issues: [{ at: 'line 5002' }],
    });
  });
});

describe('an imported list', () => {
  test('of JSON is read by its lists, each fault by its place', () => {
    const text = JSON.stringify({
      ipv4: ['192.0.2.1', '192.0.2.300', 7],
      ipv6: ['2001:DB8::1'],
      black: ['10.0.0.0/8'],
    });
    expect(parseAccessEntries(text)).toMatchObject({
      entries: [
        { line: 1, value: '192.0.2.1', note: '' },
        { line: 1, value: '2001:db8::1', note: '' },
        { line: 1, value: '10.0.0.0/8', note: '', list: 'black' },
      ],
      issues: [
        { at: 'ipv4, entry 3', message: 'an address is a text in quotes' },
        { at: 'ipv4, entry 2', message: '300 is not 0 to 255' },
      ],
    });
    expect(parseAccessEntries('["192.0.2.1"]').entries).toHaveLength(1);
    expect(parseAccessEntries('{"ipv4": [').issues).toMatchObject([{ at: 'line 1' }]);
  });

  test('of CSV is read by the names of its columns', () => {
    const text =
      'list,value,note,expires\nblack,192.0.2.1,"slow, ""very""",2030-01-01T00:00:00Z\nwhite,::1,,\nwhite,x,,\nwhite,::2,,soon';
    expect(parseAccessEntries(text)).toMatchObject({
      entries: [
        { line: 2, value: '192.0.2.1', note: 'slow, "very"', list: 'black', expiresAtMs: Date.UTC(2030, 0, 1) },
        { line: 3, value: '::1', note: '', list: 'white' },
      ],
      issues: [
        { at: 'line 5', message: '"soon" is not a time like 2030-01-01T00:00:00Z' },
        { at: 'line 4', message: '"x" is not an IP address or CIDR' },
      ],
    });
  });

  test('of TOML is one as the console keeps it', () => {
    const text = '[[white]]\nip = "192.0.2.1"\nnote = "edge"\n\n[[black]]\nips = ["10.0.0.0/8", "300.0.0.1"]\n';
    expect(parseAccessEntries(text)).toMatchObject({
      entries: [
        { line: 1, value: '192.0.2.1', note: 'edge', list: 'white' },
        { line: 1, value: '10.0.0.0/8', note: '', list: 'black' },
      ],
      issues: [{ at: 'line 6', message: '300 is not 0 to 255' }],
    });
  });
});

test('stops reading what is no list at all, and says where', () => {
  const { entries, issues } = parseAccessEntries(`192.0.2.1\n${'x\n'.repeat(50_000)}192.0.2.2`);
  expect(entries.map(({ value }) => value)).toEqual(['192.0.2.1']);
  expect(issues).toHaveLength(1_001);
  expect(issues.at(-1)).toMatchObject({
    at: 'line 10002',
    message: 'this is no list of entries: what follows 10000 faults is not read',
  });
});
