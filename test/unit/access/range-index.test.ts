import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { describe, expect, test } from 'vitest';
import { type IpRange, parseIpRange } from '../../../core/access/ip-range.ts';
import { noRank } from '../../../core/access/prefix-trie.ts';
import { RangeIndex } from '../../../core/access/range-index.ts';

interface Entry {
  readonly range: IpRange;
  readonly rank: number;
}

const entry = (text: string, rank = 0): Entry => ({ range: parseIpRange(text), rank });

/** Few distinct bits, so that ranges nest and collide. */
const crowdedGroup = fc.constantFrom(0, 1, 0x8000, 0xffff, 0x00ff);
const addressText = fc.oneof(
  fc.array(fc.constantFrom(0, 1, 128, 255), { minLength: 4, maxLength: 4 }).map((octets) => octets.join('.')),
  fc.array(crowdedGroup, { minLength: 8, maxLength: 8 }).map((groups) => new ipaddr.IPv6(groups).toRFC5952String()),
);

/** The network of `bits` bits around an address, by another implementation than the one under test. */
function networkOf(address: string, bits: number): string {
  const parsed = ipaddr.parse(address);
  return parsed.kind() === 'ipv4'
    ? `${ipaddr.IPv4.networkAddressFromCIDR(`${address}/${bits % 33}`)}/${bits % 33}`
    : `${ipaddr.IPv6.networkAddressFromCIDR(`${address}/${bits}`)}/${bits}`;
}

const rangeText = fc.tuple(addressText, fc.integer({ min: 0, max: 128 })).map(([ip, bits]) => networkOf(ip, bits));
const entryArbitrary = fc.tuple(rangeText, fc.integer({ min: 0, max: 3 })).map(([text, rank]) => entry(text, rank));

function contains(range: IpRange, ip: string): boolean {
  const address = ipaddr.process(ip);
  const [network, bits] = ipaddr.parseCIDR(range.text.includes('/') ? range.text : `${range.text}/${range.length}`);
  return address.kind() === network.kind() && address.match(network, bits);
}

/** Rank and length of the entry that must decide, by looking at all of them. */
function expected(entries: Iterable<Entry>, ip: string): { rank: number; length: number } | undefined {
  return [...entries]
    .filter(({ range }) => contains(range, ip))
    .map(({ rank, range }) => ({ rank, length: range.length }))
    .toSorted((a, b) => a.rank - b.rank || b.length - a.length)[0];
}

describe('RangeIndex', () => {
  test('finds what looking at every entry finds, while entries come and go', () => {
    const step = fc.record({ add: entryArbitrary, removeAt: fc.nat(), removes: fc.boolean(), ask: addressText });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const index = new RangeIndex<Entry>();
        const present: Entry[] = [];
        for (const { add, removeAt, removes, ask } of steps) {
          const victim = removes && present.length > 0 ? present.splice(removeAt % present.length, 1)[0] : undefined;
          if (victim) {
            expect(index.delete(victim)).toBe(true);
            expect(index.delete(victim)).toBe(false);
          } else {
            index.add(add);
            present.push(add);
          }
          // The address that was just added is the one most likely to be decided.
          for (const ip of [canonical(ask), canonical(add.range.text.split('/')[0] ?? '')]) {
            const found = index.find(ip);
            expect(found && { rank: found.rank, length: found.range.length }).toEqual(expected(present, ip));
            expect(index.rankOf(ip)).toBe(found?.rank ?? noRank);
          }
        }
        // Asked often enough, the ranges answer from their table.
        for (const { ask, add } of steps) {
          for (const ip of [canonical(ask), canonical(add.range.text.split('/')[0] ?? '')]) {
            for (let time = 0; time <= 2 * present.length; time += 1) {
              index.rankOf(ip);
            }
            const found = index.find(ip);
            expect(found && { rank: found.rank, length: found.range.length }).toEqual(expected(present, ip));
            expect(index.rankOf(ip)).toBe(found?.rank ?? noRank);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  test('looks through skipped entries', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(entryArbitrary, fc.boolean()), { maxLength: 30 }), addressText, (all, asked) => {
        const index = new RangeIndex<Entry>();
        for (const [one] of all) {
          index.add(one);
        }
        const skip = new Set(all.filter(([, skipped]) => skipped).map(([one]) => one));
        const ip = canonical(asked);
        const found = index.find(ip, skip);
        const kept = all.filter(([one]) => !skip.has(one)).map(([one]) => one);
        expect(found && { rank: found.rank, length: found.range.length }).toEqual(expected(kept, ip));
      }),
    );
  });

  test('names every range around another, in the order in which they decide', () => {
    fc.assert(
      fc.property(fc.array(entryArbitrary, { maxLength: 30 }), rangeText, (all, text) => {
        const index = new RangeIndex<Entry>();
        for (const one of all) {
          index.add(one);
        }
        const asked = parseIpRange(text);
        const [network = ''] = asked.text.split('/');
        const order = all
          .filter(({ range }) => range.length <= asked.length && contains(range, network))
          .toSorted((a, b) => a.rank - b.rank || b.range.length - a.range.length);
        expect(index.around(asked).map(({ rank, range }) => `${rank} ${range.text}`)).toEqual(
          order.map(({ rank, range }) => `${rank} ${range.text}`),
        );
      }),
    );
  });

  test('keeps the families apart', () => {
    const index = new RangeIndex<Entry>();
    index.add(entry('::/0'));
    expect(index.find('192.0.2.1')).toBeUndefined();
    index.add(entry('0.0.0.0/0'));
    expect(index.find('192.0.2.1')?.range.text).toBe('0.0.0.0/0');
    expect(index.find('2001:db8::1')?.range.text).toBe('::/0');
  });

  test('finds nothing for what is no address', () => {
    const index = new RangeIndex<Entry>();
    index.add(entry('0.0.0.0/0'));
    expect(index.find('localhost')).toBeUndefined();
  });
});

function canonical(ip: string): string {
  return parseIpRange(ip).text;
}
