/** How many connections a warm-up is for, and where they go: pure arithmetic, before anything is dialled. */
import type { WarmUpJob, WarmUpPlan } from '../contract/warm-up.ts';
import type { Endpoint } from '../dial/endpoint.ts';
import type { Room } from '../pool/pool-ports.ts';

/**
 * `room` is what the limits leave now, `promised` how many of its places other runs have been given and not yet dialled.
 * A limit clips; it never fails the whole.
 */
export function planWarmUp(job: WarmUpJob, endpoints: readonly Endpoint[], room: Room, promised = 0): WarmUpPlan {
  const ips = endpoints.length;
  const wanted = job.connections === 'all-ips' ? ips : job.connections;
  if (ips === 0) {
    const clippedBy = { key: 'no-allowed-ip', limit: 0, inUse: 0 } as const;
    return { host: job.host, ips, wanted, fits: 0, clippedBy };
  }
  const free = Math.max(0, room.free - promised);
  if (free >= wanted) {
    return { host: job.host, ips, wanted, fits: wanted, clippedBy: null };
  }
  const { key, limit, inUse } = room.limit;
  return { host: job.host, ips, wanted, fits: free, clippedBy: { key, limit, inUse: inUse + promised } };
}

/** One endpoint for each connection, dealt out in turn: none gets a second one before each has its first. */
export function spreadOver(endpoints: readonly Endpoint[], connections: number): Endpoint[] {
  const dealt: Endpoint[] = [];
  for (let index = 0; index < connections; index += 1) {
    const endpoint = endpoints[index % endpoints.length];
    if (endpoint) {
      dealt.push(endpoint);
    }
  }
  return dealt;
}
