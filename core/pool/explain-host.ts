/** A host: its addresses, who waits, which limit binds, and why it is cold. */
import type { ExplainVerdict, HostExplanation } from '../contract/explain.ts';
import { explainEndpoint } from './explain-address.ts';
import {
  callersWait,
  closeReasonWords,
  count,
  duration,
  lastFailure,
  limitWords,
  refusal,
  restWords,
  sentences,
} from './explain-words.ts';
import type { HostPool } from './host-pool.ts';
import type { PoolContext } from './pool-context.ts';

/** A fleet of thousands is not spelled out; those with trouble come first. */
const mostEndpoints = 100;

export function explainHost(context: PoolContext, host: HostPool): HostExplanation {
  const nowMs = context.nowMs();
  const offsetMs = context.epochOffsetMs();
  const { waiters, counts, idleLimit, upstreams, record, history } = host;
  const { longestSinceMs } = waiters;
  const [verdict, sentence] = story(context, host, nowMs);
  return {
    subject: 'host',
    atMs: nowMs + offsetMs,
    verdict,
    sentence,
    host: host.host.name,
    watched: host.watched,
    resolved: host.resolved,
    connections: host.live,
    idle: counts.idle + counts.checking,
    leased: counts.leased + counts.draining,
    dialing: counts.dialing + counts.validating,
    healthy: host.healthy,
    waiting: {
      interactive: waiters.length - waiters.background,
      background: waiters.background,
      longestMs: longestSinceMs === null ? null : nowMs - longestSinceMs,
    },
    limit: context.manager.fullLimit(host),
    serverIdleLimit:
      idleLimit.limitMs === null ? null : { ms: idleLimit.limitMs, source: idleLimit.isTold ? 'told' : 'observed' },
    lastError: record.toError(offsetMs),
    endpoints: upstreams
      .toSorted((one, other) => other.failures - one.failures)
      .slice(0, mostEndpoints)
      .map((upstream) => explainEndpoint(context, host, upstream)),
    addresses: upstreams.length,
    events: history.toEvents(offsetMs),
    earlierEvents: history.earlier,
  };
}

/** A host of which the pool has never heard. */
export function explainStranger(context: PoolContext, name: string): HostExplanation {
  const sentence = sentences(
    `nobody has asked for ${name} since the start, or for so long that it was forgotten, and it is not in [[targets]]`,
  );
  return {
    subject: 'host',
    atMs: context.clock.epochMs(),
    verdict: 'cold',
    sentence,
    host: name,
    watched: false,
    resolved: false,
    connections: 0,
    idle: 0,
    leased: 0,
    dialing: 0,
    healthy: 0,
    waiting: { interactive: 0, background: 0, longestMs: null },
    limit: null,
    serverIdleLimit: null,
    lastError: null,
    endpoints: [],
    addresses: 0,
    events: [],
    earlierEvents: 0,
  };
}

function story(context: PoolContext, host: HostPool, nowMs: number): [ExplainVerdict, string] {
  const { counts, waiters, upstreams, preferred, ordinary } = host;
  const name = host.host.name;
  if (waiters.length > 0) {
    return ['waiting', waitingWords(context, host, nowMs)];
  }
  const available = (preferred?.length ?? 0) + ordinary.length;
  if (available > 0) {
    return [
      'hot',
      sentences(`${count(available, 'connection')} to ${name} can serve at once, ${counts.leased} in use`),
    ];
  }
  if (counts.leased > 0) {
    return ['busy', sentences(`all connections to ${name} are in use: ${counts.leased}`, whatBinds(context, host))];
  }
  const refused = refusalOfAll(context, host);
  if (refused) {
    return ['refused', sentences(refused)];
  }
  const making = counts.dialing + counts.validating + counts.checking;
  if (making > 0) {
    return [
      'making',
      sentences(`${count(making, 'connection')} to ${name} is being made or checked`, lastFailure(host.record, nowMs)),
    ];
  }
  if (counts.idle > 0) {
    const why = restOfAll(host, nowMs) ?? 'their flags are down until they have been looked at again';
    return ['suspect', sentences(`${count(counts.idle, 'connection')} to ${name} may not serve now: ${why}`)];
  }
  if (counts.draining > 0) {
    return ['draining', sentences(`what is left to ${name} finishes its leases and closes: ${counts.draining}`)];
  }
  const known = host.resolved ? `of its ${count(upstreams.length, 'address', 'addresses')} none is connected` : null;
  return [
    'cold',
    sentences(`nothing to ${name} is warm: ${whyCold(context, host, nowMs)}`, known, floorWords(context, host)),
  ];
}

function waitingWords(context: PoolContext, host: HostPool, nowMs: number): string {
  const { waiters, counts, record, resolved } = host;
  const { dialing, validating, checking, leased, idle } = counts;
  const first = duration(nowMs - (waiters.longestSinceMs ?? nowMs));
  const making = dialing + validating;
  return sentences(
    `${callersWait(waiters.length)} for a connection to ${host.host.name}, the first of them for ${first}`,
    resolved ? null : 'its addresses are being asked for',
    whatBinds(context, host),
    `${leased} leased, ${idle + checking} idle or being checked, ${making} being made`,
    refusalOfAll(context, host),
    restOfAll(host, nowMs),
    lastFailure(record, nowMs),
  );
}

/** The limit in the way, and what fills it. */
function whatBinds(context: PoolContext, host: HostPool): string | null {
  const full = context.manager.fullLimit(host);
  return full && limitWords(full);
}

/** Every address is refused; null when one is not, or none is known. */
function refusalOfAll(context: PoolContext, { host, upstreams }: HostPool): string | null {
  const verdicts = upstreams.map((upstream) => context.verdict(upstream));
  const [first] = verdicts;
  if (!first || verdicts.some(({ allowed }) => allowed)) {
    return null;
  }
  const whose = upstreams.length === 1 ? 'the only address' : `none of the ${upstreams.length} addresses`;
  const may = upstreams.length === 1 ? 'may not be dialled' : 'may be dialled';
  return `${whose} of ${host.name} ${may}: for ${upstreams[0]?.endpoint.ip}, ${refusal(first)}`;
}

/** Every server has asked to be left alone; null when one has not. */
function restOfAll(host: HostPool, nowMs: number): string | null {
  const restMs = host.restMs(nowMs);
  return restMs > 0 ? restWords(restMs) : null;
}

/** The latest thing that left the host without a connection. */
function whyCold(context: PoolContext, host: HostPool, nowMs: number): string {
  const rest = restOfAll(host, nowMs);
  if (rest) {
    return rest;
  }
  const closed = context.closedConnections.lastTo(host.host.name);
  const failure = lastFailure(host.record, nowMs);
  // One that never was ready was closed by the failure that was noted a moment before.
  const hasFailed = closed?.reason === 'failed-dial' || closed?.reason === 'failed-validation';
  if (failure && (!closed || hasFailed || host.record.lastMs >= closed.closedMs)) {
    return failure;
  }
  if (closed) {
    const ago = duration(nowMs - closed.closedMs);
    return `connection ${closed.row.id} was the last, closed ${ago} ago: ${closeReasonWords[closed.reason]}`;
  }
  return host.watched ? 'nobody has asked for it since the start' : 'it is in no [[targets]], and nobody is using it';
}

function floorWords(context: PoolContext, host: HostPool): string {
  const { minIdlePerHost } = context.settings.pool;
  if (!host.watched) {
    return 'only hosts of [[targets]] have a floor; the next acquire dials';
  }
  return minIdlePerHost === 0
    ? 'min_idle_per_host is 0, so nothing is kept warm unasked; the next acquire dials'
    : `min_idle_per_host is ${minIdlePerHost}: it is being filled, with a longer pause after each failure`;
}
