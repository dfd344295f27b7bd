/** Which connection serves, and which endpoint is dialled. */
import { randomIndex } from '../base/random.ts';
import type { AvailableSet } from './available-set.ts';
import type { HostPool } from './host-pool.ts';
import type { HotConnection } from './hot-connection.ts';
import { soonestRetireMs } from './idle-limit.ts';
import type { PoolContext } from './pool-context.ts';
import type { Upstream } from './upstream.ts';

/**
 * The power of two choices: of two picked at random, the one whose endpoint is expected to answer sooner (moving average
 * of its response time x requests in flight, raised during its slow start). A small share is picked blindly, so that an
 * endpoint that was slow once is seen to have recovered. Preferred (white-listed) endpoints go first.
 */
export function pickAvailable(context: PoolContext, host: HostPool, nowMs: number): HotConnection | null {
  const { preferred, ordinary } = host;
  const set = preferred?.latest ? preferred : ordinary;
  const { latest } = set;
  if (!latest) {
    return null;
  }
  // Connections to the same endpoint cost the same: the one that came back last goes first. Its memory, its congestion
  // window and the server's side of it are the warmest, and what the load does not need lies idle and is cleaned up.
  const picked = host.populated > 1 ? pickOfTwo(context, set, nowMs) : latest;
  return picked && isStale(context, picked, nowMs) ? (pickFresh(context, set, nowMs) ?? picked) : picked;
}

/** One that needs no check, if there is any; of those the one that came back last. */
function pickFresh(context: PoolContext, set: AvailableSet, nowMs: number): HotConnection | null {
  for (const connection of set) {
    if (!isStale(context, connection, nowMs)) {
      return connection;
    }
  }
  return null;
}

function pickAny(context: PoolContext, set: AvailableSet): HotConnection | null {
  return set.at(set.length === 1 ? 0 : randomIndex(context.parts.random, set.length));
}

function pickOfTwo(context: PoolContext, set: AvailableSet, nowMs: number): HotConnection | null {
  const { random } = context.parts;
  const { length } = set;
  const one = pickAny(context, set);
  if (length === 1 || !one) {
    return one;
  }
  const { exploration, slowStartMs } = context.settings.choice;
  if (exploration > 0 && random.next() < exploration) {
    return one;
  }
  const other = set.at(randomIndex(random, length)) ?? one;
  if (other.upstream === one.upstream) {
    return one;
  }
  return other.upstream.cost(nowMs, slowStartMs) < one.upstream.cost(nowMs, slowStartMs) ? other : one;
}

/** An available connection to this very endpoint; the one used last. */
export function pickAvailableTo(upstream: Upstream): HotConnection | null {
  let latest: HotConnection | null = null;
  for (const connection of upstream.connections) {
    if (connection.availableIn && (!latest || connection.touchedMs > latest.touchedMs)) {
      latest = connection;
    }
  }
  return latest;
}

/**
 * Idle beyond the check interval (documents 001 and 002), for so long that its server may be about to close it, or since
 * before this machine slept: it is checked before it is handed out.
 */
export function isStale(context: PoolContext, connection: HotConnection, nowMs: number): boolean {
  if (connection.state !== 'idle') {
    return false;
  }
  const unaskedMs = nowMs - connection.askedMs;
  return (
    nowMs - connection.touchedMs > context.settings.pool.healthCheckIntervalMs ||
    connection.touchedMs < context.wokeMs ||
    // In a busy pool this spares a look at each host's limit.
    (unaskedMs >= soonestRetireMs && unaskedMs >= connection.host.idleLimit.retireAfterMs)
  );
}

/** May be dialled: still the host's, allowed by the lists, and not on trial, when only a probe dials. */
export function isDialable(context: PoolContext, upstream: Upstream): boolean {
  return !upstream.vanished && context.verdict(upstream).allowed && context.health(upstream).standing !== 'trial';
}

/**
 * The endpoint for the next dial: not one already tried, none that is backing off or out of reach while another is not,
 * preferred ones first, then the one with the fewest connections, so that many dials spread over all of the host's IPs,
 * IPv6 and IPv4 in turn. null: none.
 */
export function chooseForDial(
  context: PoolContext,
  host: HostPool,
  tried: ReadonlySet<Upstream>,
  nowMs: number,
): Upstream | null {
  let best: Upstream | null = null;
  let ties = 0;
  for (const upstream of host.upstreams) {
    if (!isDialable(context, upstream)) {
      continue;
    }
    const order = best ? compareForDial(context, tried, nowMs, upstream, best) || inTurn(host, upstream, best) : -1;
    if (order < 0) {
      best = upstream;
      ties = 1;
    } else if (order === 0) {
      ties += 1;
      // Each of n equals is chosen with the same chance, in one pass.
      if (randomIndex(context.parts.random, ties) === 0) {
        best = upstream;
      }
    }
  }
  return best;
}

/** The endpoint for a request that failed on others: one with a connection at hand, else the best to dial. null: none left. */
export function chooseAway(
  context: PoolContext,
  host: HostPool,
  failedIps: ReadonlySet<string>,
  nowMs: number,
): Upstream | null {
  const { slowStartMs } = context.settings.choice;
  let best: { readonly upstream: Upstream; readonly rank: readonly [number, number] } | null = null;
  for (const upstream of host.upstreams) {
    if (failedIps.has(upstream.endpoint.ip) || !isDialable(context, upstream)) {
      continue;
    }
    const rank = [
      Number(pickAvailableTo(upstream) === null) + Number(upstream.backOffUntilMs > nowMs),
      upstream.cost(nowMs, slowStartMs),
    ] as const;
    if (!best || rank[0] < best.rank[0] || (rank[0] === best.rank[0] && rank[1] < best.rank[1])) {
      best = { upstream, rank };
    }
  }
  return best?.upstream ?? null;
}

function compareForDial(
  context: PoolContext,
  tried: ReadonlySet<Upstream>,
  nowMs: number,
  one: Upstream,
  other: Upstream,
): number {
  const { families } = context;
  return (
    Number(families.canReach(other, nowMs)) - Number(families.canReach(one, nowMs)) ||
    Number(one.restUntilMs > nowMs) - Number(other.restUntilMs > nowMs) ||
    Number(tried.has(one)) - Number(tried.has(other)) ||
    Number(one.backOffUntilMs > nowMs) - Number(other.backOffUntilMs > nowMs) ||
    byPreference(context, one, other) ||
    one.connections.size - other.connections.size
  );
}

/**
 * The endpoint that may join a first dial which takes long: one to which nothing is connected or being dialled, that is
 * not backing off; of the other family than the last, if there is one. null: none.
 */
export function chooseToJoin(context: PoolContext, host: HostPool, nowMs: number): Upstream | null {
  let best: Upstream | null = null;
  for (const upstream of host.upstreams) {
    if (
      upstream.connections.size === 0 &&
      isDialable(context, upstream) &&
      Math.max(upstream.backOffUntilMs, upstream.restUntilMs) <= nowMs &&
      context.families.canReach(upstream, nowMs) &&
      (!best || (inTurn(host, upstream, best) || byPreference(context, upstream, best)) < 0)
    ) {
      best = upstream;
    }
  }
  return best;
}

function byPreference(context: PoolContext, one: Upstream, other: Upstream): number {
  return Number(context.preferred(other)) - Number(context.preferred(one));
}

/** IPv6 and IPv4 take turns. */
function inTurn({ dialledIPv6 }: HostPool, one: Upstream, other: Upstream): number {
  return Number(one.isIPv6 === dialledIPv6) - Number(other.isIPv6 === dialledIPv6);
}

/** Best known first: preferred, not failing, fewest connections, fastest. Equals keep their order. */
export function rankForWarmUp(
  context: PoolContext,
  upstreams: readonly Upstream[],
  nowMs: number,
): readonly Upstream[] {
  const none: ReadonlySet<Upstream> = new Set();
  return upstreams.toSorted(
    (one, other) => compareForDial(context, none, nowMs, one, other) || one.expectedMs - other.expectedMs,
  );
}

/** An idle connection of the host that may make room for one to `upstream`; to a preferred IP only when there is no other. */
export function anyNotTo(host: HostPool, upstream: Upstream): HotConnection | null {
  const mayGo = (connection: HotConnection): boolean => connection.state === 'idle' && connection.upstream !== upstream;
  return [...(host.preferred ?? []), ...host.ordinary].findLast(mayGo) ?? null;
}
