import { describe, expect, it } from 'vitest';
import { ipListSchema } from '../../../core/contract/warm-up.ts';
import { parseIpList } from '../../../core/warm-up/ip-list.ts';

const read = (text: string, forbidden: readonly string[] = []) =>
  ipListSchema.parse(parseIpList(text, (ip) => (forbidden.includes(ip) ? 'a rule' : null)));

describe('a list of IPs', () => {
  it.each([
    ['text, one a line', '192.0.2.1\n2001:DB8::1\n', 'text'],
    ['text, several a line, with notes', '# fleet\n192.0.2.1, 2001:db8:0:0::1 # and so on\n', 'text'],
    ['text with separators of Chinese', '192.0.2.1，2001:db8::1；\n', 'text'],
    ['text from Windows', '\uFEFF192.0.2.1\r\n2001:db8::1\r\n', 'text'],
    ['JSON of two lists', '{"ipv4": ["192.0.2.1"], "ipv6": ["2001:db8::1"]}', 'json'],
    ['JSON of one list', ' ["192.0.2.1", "2001:DB8::1"]', 'json'],
    ['CSV with a heading', 'name,IP,city\na,192.0.2.1,Bonn\nb,2001:db8::1,Köln\n', 'csv'],
    ['CSV with semicolons and quotes', '"ip";"note"\n"192.0.2.1";"x; y"\n2001:db8::1;\n', 'csv'],
    ['CSV without a heading', '192.0.2.1,Bonn,12\n2001:db8::1,Köln,13\n', 'csv'],
    ['CSV of one column', 'address\n192.0.2.1\n2001:db8::1', 'csv'],
    ['CSV of two columns of IPs', 'host\tipv4\tipv6\na\t192.0.2.1\t2001:db8::1\n', 'csv'],
  ])('is read from %s', (_what, text, format) => {
    expect(read(text)).toEqual({
      format,
      ips: ['192.0.2.1', '2001:db8::1'],
      ipv4: 1,
      ipv6: 1,
      duplicates: 0,
      forbidden: { count: 0, ejected: 0, examples: [] },
      issues: [],
    });
  });

  it('is canonical and has each IP once', () => {
    const list = read('2001:0db8::0001\n2001:DB8:0:0:0:0:0:1\n::ffff:192.0.2.1\n192.0.2.1\n');
    expect(list).toMatchObject({ ips: ['2001:db8::1', '192.0.2.1'], duplicates: 2, issues: [] });
  });

  it('does not offer a range where none is taken, and knows a URL', () => {
    expect(read('hello\nhttps://192.0.2.1/a\n').issues).toMatchObject([
      { message: '"hello" is not an IPv4 or IPv6 address' },
      { message: 'https://192.0.2.1/a is a URL: write the IP alone' },
    ]);
  });

  it('tells each fault with its place, and reads the rest', () => {
    expect(read('192.0.2.1\nhello\n192.0.2.300 192.0.2.2\n192.0.2.0/24\n192.0.2.3:443\n')).toMatchObject({
      ips: ['192.0.2.1', '192.0.2.2'],
      issues: [
        { at: 'line 2', message: expect.stringContaining('hello') },
        { at: 'line 3, entry 1', message: expect.stringContaining('300') },
        { at: 'line 4', message: expect.stringContaining('write one address') },
        { at: 'line 5', message: expect.stringContaining('write 192.0.2.3') },
      ],
    });
    expect(read('{"ipv4": ["192.0.2.1", 7, "x"], "ipv5": [], "ipv6": {}}')).toMatchObject({
      ips: ['192.0.2.1'],
      issues: [
        { at: 'ipv4, entry 2', message: '7 is not an IP in quotes' },
        { at: 'ipv5', message: expect.stringContaining('ipv4 and ipv6') },
        { at: 'ipv6', message: expect.stringContaining('not a list') },
        { at: 'ipv4, entry 3', message: expect.stringContaining('"x"') },
      ],
    });
    expect(read('ip,city\n192.0.2.1,Bonn\n,Köln\nnone,Ulm')).toMatchObject({
      ips: ['192.0.2.1'],
      issues: [
        { at: 'line 3', message: expect.stringContaining('no IP') },
        { at: 'line 4', message: expect.stringContaining('none') },
      ],
    });
  });

  it('says where JSON ends to be JSON', () => {
    expect(read('{"ipv4": [\n"192.0.2.1"\n"192.0.2.2"]}')).toMatchObject({ ips: [], issues: [{ at: 'line 3' }] });
    expect(read('{"ipv4": [\n"192.0.2.1",')).toMatchObject({ ips: [], issues: [{ at: 'line 2' }] });
  });

  it('tells what the access lists forbid, and leaves it out', () => {
    expect(read('192.0.2.1\n192.0.2.2\n192.0.2.2', ['192.0.2.2'])).toMatchObject({
      ips: ['192.0.2.1'],
      duplicates: 1,
      forbidden: { count: 1, examples: [{ ip: '192.0.2.2', why: 'a rule' }] },
    });
  });

  it('is as long as one warm-up may be, and a long list of faults is cut', () => {
    const many = Array.from({ length: 20_010 }, (_, index) => `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`);
    const list = read(many.join('\n'));
    expect(list.ips).toHaveLength(20_000);
    expect(list.issues).toMatchObject([{ at: 'end', message: expect.stringContaining('10 more') }]);
    const faults = read('x\n'.repeat(1_200));
    expect(faults.issues).toHaveLength(1_001);
    expect(faults.issues.at(-1)).toMatchObject({ at: 'line 1001', message: '200 more faults' });
  });

  it('may be empty', () => {
    expect(read('')).toMatchObject({ ips: [], issues: [] });
    expect(read('[]')).toMatchObject({ ips: [], issues: [] });
  });
});

it('stops reading what is no list at all, and says where', () => {
  const { ips, issues } = parseIpList(`192.0.2.1\n${'x\n'.repeat(50_000)}192.0.2.2`, () => null);
  expect(ips).toEqual(['192.0.2.1']);
  expect(issues).toHaveLength(1_001);
  expect(issues.at(-1)).toMatchObject({
    at: 'line 10002',
    message: 'this is no list of IPs: what follows 10000 faults is not read',
  });
});
