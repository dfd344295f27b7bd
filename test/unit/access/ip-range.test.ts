import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { describe, expect, test } from 'vitest';
import { canonicalIp, parseIpRange, readAddressWords } from '../../../core/access/ip-range.ts';

describe('canonical forms', () => {
  test.each([
    ['192.0.2.1', '192.0.2.1'],
    ['192.0.2.1/32', '192.0.2.1'],
    ['192.0.2.0/24', '192.0.2.0/24'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['255.255.255.255', '255.255.255.255'],
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['2001:db8::1/128', '2001:db8::1'],
    ['2001:db8::/32', '2001:db8::/32'],
    ['::/0', '::/0'],
    ['::', '::'],
    ['1:0:0:2:0:0:0:3', '1:0:0:2::3'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::ffff:c000:201', '192.0.2.1'],
    ['::ffff:192.0.2.0/120', '192.0.2.0/24'],
    ['::ffff:0.0.0.0/96', '0.0.0.0/0'],
    ['::ffff:0:0/95', null],
    ['64:ff9b::192.0.2.1', '64:ff9b::c000:201'],
  ])('%s is %s', (written, canonical) => {
    if (canonical === null) {
      expect(() => parseIpRange(written)).toThrow(RangeError);
    } else {
      expect(parseIpRange(written).text).toBe(canonical);
      expect(parseIpRange(canonical).text).toBe(canonical);
    }
  });

  test('a canonical address is that of a single one', () => {
    expect(canonicalIp('::FFFF:10.0.0.1')).toBe('10.0.0.1');
    expect(() => canonicalIp('10.0.0.0/8')).toThrow('10.0.0.0/8 is a range: write one address');
  });
});

describe('refused, with what is wrong', () => {
  test.each([
    ['127.1', 'needs four numbers from 0 to 255'],
    ['1.2.3.4.5', 'needs four numbers from 0 to 255'],
    ['1.2.3.', 'needs four numbers from 0 to 255'],
    ['300.1.1.1', '300 is not 0 to 255'],
    ['1.2.3.256', '256 is not 0 to 255'],
    ['010.0.0.1', '010 in 010.0.0.1 begins with a zero'],
    ['1.2.3.00', '00 in 1.2.3.00 begins with a zero'],
    ['0x7f.0.0.1', '"0x7f.0.0.1" is not an IP address or CIDR'],
    ['example.com', '"example.com" is not an IP address or CIDR'],
    ['', '"" has no address'],
    ['/8', '"/8" has no address'],
    ['1.2.3.4/33', '/33 in 1.2.3.4/33 is not /0 to /32'],
    ['1.2.3.4/', '/ in 1.2.3.4/ is not /0 to /32'],
    ['1.2.3.0/024', '/024 in 1.2.3.0/024 is not /0 to /32'],
    ['1.2.3.0/24/8', '/24/8 in 1.2.3.0/24/8 is not /0 to /32'],
    ['1.2.3.0/255.255.255.0', 'is not /0 to /32'],
    ['2001:db8::/129', '/129 in 2001:db8::/129 is not /0 to /128'],
    ['127.0.0.1:443', 'has a port: leave it out and write 127.0.0.1'],
    ['[::1]:443', 'has a port: leave it out and write ::1'],
    ['fe80::1%eth0', 'has a zone id'],
    ['1::2::3', '1::2::3 is not an IPv6 address'],
    ['12345::', '12345:: is not an IPv6 address'],
    ['::ffff:1.2.3.04', '04 in 1.2.3.04 begins with a zero'],
    ['[::1]', '[::1] is not an IPv6 address'],
    ['10.0.0.5/8', 'write 10.0.0.0/8 for the whole network, or 10.0.0.5 for the one address'],
    ['2001:db8::1/32', 'write 2001:db8::/32 for the whole network, or 2001:db8::1 for the one address'],
  ])('%s', (written, message) => {
    expect(() => parseIpRange(written)).toThrow(RangeError);
    expect(() => parseIpRange(written)).toThrow(message);
  });
});

describe('the quick reader of lookups', () => {
  const words = new Int32Array(4);

  test('takes nothing that the library does not take', () => {
    const text = fc.string({ unit: fc.constantFrom('0', '1', 'f', ':', '::', '.', '25'), maxLength: 14 });
    fc.assert(
      fc.property(text, (candidate) => {
        if (readAddressWords(candidate, words) !== 0) {
          expect(
            candidate.includes(':') ? ipaddr.IPv6.isValid(candidate) : ipaddr.IPv4.isValidFourPartDecimal(candidate),
          ).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test('reads every canonical IPv4 as the library does', () => {
    fc.assert(
      fc.property(fc.ipV4(), (ip) => {
        expect(readAddressWords(ip, words)).toBe(4);
        const word = ipaddr.IPv4.parse(ip).octets.reduce((bits, octet) => (bits << 8) | octet, 0);
        expect([...words]).toEqual([word, 0, 0, 0]);
      }),
    );
  });

  test('reads every canonical IPv6 as the library does', () => {
    const group = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff }));
    fc.assert(
      fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), (groups) => {
        const text = new ipaddr.IPv6(groups).toRFC5952String();
        expect(readAddressWords(text, words)).toBe(6);
        const read = [...words].flatMap((word) => [word >>> 16, word & 0xffff]);
        expect(read).toEqual(groups);
      }),
    );
  });

  test.each([
    '',
    'localhost',
    '1.2.3',
    '1.2.3.4.5',
    '1.2.3.',
    '1..2.3',
    '1.2.3.256',
    '1:2',
    '1::2::3',
    '1:2:3:4:5:6:7:8:9',
    '::12345',
    '::g',
    ':1:2:3:4:5:6:7:8',
    '1:2:3:4:5:6:7:8:',
    '1:2:3:4::5:6:7:8',
    '01.2.3.4',
    '1.2.3.00',
    ':::',
    ':',
    '1:',
    '1:::',
    '1::2:',
    '12345::',
  ])('knows that "%s" is no address', (text) => {
    expect(readAddressWords(text, words)).toBe(0);
  });
});
