/**
 * Access-list lookups per second with 100,000 CIDRs, beside Node's own `net.BlockList` with the same CIDRs.
 *
 * Method: both are asked whether an IP, given as text, may be dialled: `IpAccessController.isAllowed(ip)`, the peer
 * `check(ip, family)`. IPv4 CIDRs are /16 to /31, IPv6 /32 to /64 of 2000::/3, at random from one seed. A hit is an address inside a CIDR at random; a miss is one just beside a CIDR, so that the search goes all the way
 * down before it fails. 65,536 addresses in turn, more than a cache of the last answers would hold. Figures are per second of
 * the thread's CPU, the best of 4 rounds of 200 ms; each (cell, contender) is a process of its own, 3 repeats, interleaved,
 * median. Every cell is held to two floors: five times the peer, and a million lookups a second.
 */
import { type Bench, type BenchCell, interleaved, measureInProcess, rateCell } from './harness.ts';

const repeats = 3;
const timesThePeer = 5;
const leastPerSecond = 1_000_000;
const contenders = ['ours', 'net.BlockList'] as const;
const cells = ['IPv4, hits', 'IPv4, misses', 'IPv6, hits', 'IPv6, misses'] as const;

const worker = new URL('./access-process.ts', import.meta.url).href;

export const accessBench: Bench = {
  name: 'access',
  about: 'access-list lookups per second with 100,000 CIDRs, beside net.BlockList',
  async run() {
    const results: BenchCell[] = [];
    for (const cell of cells) {
      const { ours, ...peers } = await interleaved(contenders, repeats, (contender) =>
        measureInProcess(worker, [cell, contender]),
      );
      results.push(
        rateCell(`${cell}, beside the peer`, 'lookups/s', { ours, peers }, timesThePeer),
        rateCell(`${cell}, a million a second`, 'lookups/s', { ours, peers: { floor: leastPerSecond } }, 1),
      );
    }
    return results;
  },
};
