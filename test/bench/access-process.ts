/** One cell of the access benchmark for one contender: arguments cell and contender; prints lookups per second. */
import { BlockList } from 'node:net';
import ipaddr from 'ipaddr.js';
import { IpAccessController } from '../../core/access/ip-access-controller.ts';
import { type IpRange, parseIpRange } from '../../core/access/ip-range.ts';
import { systemClock } from '../../core/base/clock.ts';
import { type Random, randomIndex } from '../../core/base/random.ts';
import { seededRandom } from '../support/seeded-random.ts';

const entries = 100_000;
/** Looked up in turn; a power of two. */
const asked = 65_536;
/** Of these the best counts: the one that the rest of the machine disturbed least. The first only warms the compiler. */
const rounds = 5;
/** Of this thread's CPU. The kernel counts it in ticks of up to 4 ms. */
const roundMs = 200;
/** Lookups between two looks at the clock, which cost as much as one of them. */
const batch = 1_024;

interface Family {
  readonly name: 'ipv4' | 'ipv6';
  readonly bytes: 4 | 16;
  readonly shortest: number;
  readonly longest: number;
}

const families = {
  IPv4: { name: 'ipv4', bytes: 4, shortest: 16, longest: 31 },
  IPv6: { name: 'ipv6', bytes: 16, shortest: 32, longest: 64 },
} as const satisfies Record<string, Family>;

/** 2000::/3, where IPv6 is in use. */
const globalUnicast = 0x20;

type Lookup = (ip: string) => boolean;

/** `entries` different CIDRs. */
function makeRanges(family: Family, random: Random): IpRange[] {
  const ranges = new Map<string, IpRange>();
  while (ranges.size < entries) {
    const length = family.shortest + randomIndex(random, family.longest - family.shortest + 1);
    const bytes = Array.from({ length: family.bytes }, () => randomIndex(random, 256));
    if (family.name === 'ipv6') {
      bytes[0] = globalUnicast | ((bytes[0] ?? 0) >>> 3);
    }
    const address = ipaddr.fromByteArray(bytes).toString();
    const network =
      family.name === 'ipv4'
        ? ipaddr.IPv4.networkAddressFromCIDR(`${address}/${length}`)
        : ipaddr.IPv6.networkAddressFromCIDR(`${address}/${length}`);
    const range = parseIpRange(`${network.toString()}/${length}`);
    ranges.set(range.text, range);
  }
  return [...ranges.values()];
}

/** An address whose first bits are the range's, the last of them turned when `beside`, and whose further bits are random. */
function addressOf(range: IpRange, beside: boolean, family: Family, random: Random): string {
  const bytes = range.words.flatMap((word) => [24, 16, 8, 0].map((shift) => (word >>> shift) & 255));
  for (let bit = range.length; bit < 8 * family.bytes; bit += 1) {
    bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (randomIndex(random, 2) << (7 - (bit & 7)));
  }
  if (beside) {
    const last = range.length - 1;
    bytes[last >> 3] = (bytes[last >> 3] ?? 0) ^ (1 << (7 - (last & 7)));
  }
  return parseIpRange(ipaddr.fromByteArray(bytes.slice(0, family.bytes)).toString()).text;
}

function ourLookup(ranges: readonly IpRange[]): Lookup {
  const lists = new IpAccessController({
    clock: systemClock,
    events: { emit: () => undefined },
    records: ranges.map(({ text }) => ({
      list: 'black' as const,
      value: text,
      origin: 'operator' as const,
      note: '',
      addedAtMs: 0,
      expiresAtMs: null,
    })),
  });
  return (ip) => !lists.isAllowed(ip);
}

function peerLookup(ranges: readonly IpRange[], { name }: Family): Lookup {
  const list = new BlockList();
  for (const { text, length } of ranges) {
    list.addSubnet(text.slice(0, text.indexOf('/')), length, name);
  }
  return (ip) => list.check(ip, name);
}

/** Lookups per second of this thread's CPU. */
function measure(lookup: Lookup, addresses: readonly string[], wanted: boolean): number {
  let best = 0;
  let at = 0;
  for (let round = 0; round < rounds; round += 1) {
    const before = process.threadCpuUsage();
    let done = 0;
    let usedMs = 0;
    while (usedMs < roundMs) {
      for (let index = 0; index < batch; index += 1) {
        if (lookup(addresses[at] ?? '') !== wanted) {
          throw new Error(`${addresses[at]} was ${wanted ? 'missed' : 'hit'}`);
        }
        at = (at + 1) & (asked - 1);
      }
      done += batch;
      const { user, system } = process.threadCpuUsage(before);
      usedMs = (user + system) / 1_000;
    }
    best = round === 0 ? 0 : Math.max(best, (done * 1_000) / usedMs);
  }
  return best;
}

const [cell = '', contender] = process.argv.slice(2);
const family = cell.startsWith('IPv4') ? families.IPv4 : families.IPv6;
const hits = cell.endsWith('hits');
const random = seededRandom(7);
const ranges = makeRanges(family, random);
const ours = ourLookup(ranges);
const addresses: string[] = [];
while (addresses.length < asked) {
  const range = ranges[randomIndex(random, entries)];
  const address = range && addressOf(range, !hits, family, random);
  // Beside one CIDR may be inside another.
  if (address !== undefined && ours(address) === hits) {
    addresses.push(address);
  }
}
const lookup = contender === 'ours' ? ours : peerLookup(ranges, family);
process.stdout.write(`${measure(lookup, addresses, hits)}\n`);
