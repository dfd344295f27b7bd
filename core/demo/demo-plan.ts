/** How the demo's endpoints are laid out: which host has how many, where they live, and how quick each one is. */
import { type Random, randomIndex, seededRandom } from '../base/random.ts';
import type { OriginPlan } from './demo-messages.ts';

export const demoEndpointRange = { min: 3, default: 60, max: 5_000 } as const;

/** The demo's hosts, each with its share of the endpoints and the second octet of its addresses. */
const hosts = [
  { hostname: 'edge.demo.test', share: 0.3, octet: 10 },
  { hostname: 'tiles.demo.test', share: 0.5, octet: 20 },
  { hostname: 'api.demo.test', share: 0.2, octet: 30 },
] as const;

export const demoHostnames: readonly string[] = hosts.map((host) => host.hostname);

/** Endpoints of one /24 at most, so that even a small fleet has several prefixes. */
const endpointsPerPrefix = 50;
const prefixesPerHost = 3;
/** Every fourth endpoint knows no HTTP/2. */
const http1Every = 4;
/** Share of endpoints that are noticeably slow. */
const slowShare = 0.04;
/** A host with fewer endpoints than this does without IPv6. */
const leastForIpv6 = 4;

/**
 * Lays out `endpoints` endpoints: the same for the same seed.
 * @throws RangeError outside of {@link demoEndpointRange}.
 */
export function planDemo(endpoints: number, seed: number): OriginPlan[] {
  const { min, max } = demoEndpointRange;
  if (!Number.isInteger(endpoints) || endpoints < min || endpoints > max) {
    throw new RangeError(`the demo has ${min} to ${max} endpoints, not ${endpoints}: write --demo=60, for example`);
  }
  const random = seededRandom(seed);
  const counts = splitEndpoints(endpoints);
  return hosts.flatMap(({ hostname, octet }, hostIndex) => {
    const count = counts[hostIndex] ?? 0;
    const ipv6 = count >= leastForIpv6 ? 1 : 0;
    const addresses = [...loopbackAddresses(octet, count - ipv6), ...Array.from({ length: ipv6 }, () => '::1')];
    return addresses.map(
      (ip, index): OriginPlan => ({
        hostname,
        ip,
        protocols: index % http1Every === http1Every - 1 ? ['http/1.1'] : ['h2', 'http/1.1'],
        delayMs: delayOf(random),
        delayJitter: 0.3,
      }),
    );
  });
}

/** By share, every host at least one, what rounding leaves to the host with the largest share. */
function splitEndpoints(endpoints: number): number[] {
  const counts = hosts.map((host) => Math.max(1, Math.floor(endpoints * host.share)));
  const largest = hosts.reduce((best, host, index) => (host.share > (hosts[best]?.share ?? 0) ? index : best), 0);
  const rest = endpoints - counts.reduce((sum, count) => sum + count, 0);
  counts[largest] = (counts[largest] ?? 0) + rest;
  return counts;
}

/** 127.octet.x.y over at least three /24s where there are enough, never the network's or broadcast's own address. */
function loopbackAddresses(octet: number, count: number): string[] {
  const prefixes = Math.min(Math.max(prefixesPerHost, Math.ceil(count / endpointsPerPrefix)), Math.max(count, 1));
  const perPrefix = Math.ceil(count / prefixes);
  return Array.from({ length: count }, (_, index) => {
    const prefix = Math.floor(index / perPrefix);
    return `127.${octet}.${1 + prefix}.${10 + (index % perPrefix)}`;
  });
}

function delayOf(random: Random): number {
  return random.next() < slowShare ? 60 + randomIndex(random, 120) : 1 + randomIndex(random, 15);
}
