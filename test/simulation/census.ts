/** Every connection counted anew, by host and in all. */
import type { ConnectionRow } from '../../core/contract/connections.ts';
import type { ConnectionState } from '../../core/contract/vocabulary.ts';
import type { World } from './world.ts';

/** The shortest time after which the pool learns that a server closes what lies idle. */
const shortestIdleLimitMs = 1_000;

export interface HostCensus {
  readonly states: Record<ConnectionState, number>;
  total: number;
  healthy: number;
  /** Connections that could serve anybody, at once or after a check. */
  readonly usable: number[];
  /** Of those, the ones that need no check. */
  readonly fresh: number[];
}

export interface Census {
  readonly whole: HostCensus;
  of(host: string): HostCensus;
}

export function takeCensus(world: World): Census {
  const whole = emptyCensus();
  const hosts = new Map<string, HostCensus>();
  for (const row of world.pool.rows()) {
    const host = hosts.get(row.host) ?? emptyCensus();
    hosts.set(row.host, host);
    for (const census of [whole, host]) {
      census.states[row.state] += 1;
      census.total += 1;
      census.healthy += row.healthy ? 1 : 0;
    }
    if (isUsable(world, row)) {
      host.usable.push(row.id);
      if (row.state === 'leased' || isFresh(world, row.id)) {
        host.fresh.push(row.id);
      }
    }
  }
  return { whole, of: (host) => hosts.get(host) ?? emptyCensus() };
}

function emptyCensus(): HostCensus {
  return {
    states: { dialing: 0, validating: 0, idle: 0, checking: 0, leased: 0, draining: 0, closed: 0 },
    total: 0,
    healthy: 0,
    usable: [],
    fresh: [],
  };
}

/** Idle, or on HTTP/2 leased with a stream to spare. */
function isUsable({ watch, network }: World, { id, state, healthy, protocol }: ConnectionRow): boolean {
  const transport = network.transport(id);
  const carried = watch.leasesOf(id) + (transport?.validations ?? 0);
  if (!transport || !healthy || carried >= watch.streamsNow(id)) {
    return false;
  }
  // A response may run on a lease that no caller holds any more, or that never was a caller's: then it is not known.
  const isKnown = transport.exchanges.size === 0 && carried > 0;
  return state === 'idle' || (state === 'leased' && protocol === 'h2' && isKnown);
}

/** Asked so lately that neither the interval nor any limit of its server can ask for a check. */
function isFresh({ watch, network, clock }: World, id: number): boolean {
  const askedMs = network.transport(id)?.askedMs ?? Number.NEGATIVE_INFINITY;
  return clock.monotonicMs() - askedMs < Math.min(watch.settings.pool.healthCheckIntervalMs, shortestIdleLimitMs) / 2;
}
