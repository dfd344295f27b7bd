/** An IP under each host that has it, and why nothing, or nothing more, goes there. */
import type { AccessVerdict } from '../access/access-policy.ts';
import type { ExplainedEndpoint, ExplainVerdict, IpExplanation } from '../contract/explain.ts';
import {
  callersWait,
  closeReasonWords,
  count,
  duration,
  ejectionWords,
  lastFailure,
  onTrialWords,
  refusal,
  restWords,
  sentences,
} from './explain-words.ts';
import type { HostPool } from './host-pool.ts';
import type { PoolContext } from './pool-context.ts';
import type { Upstream } from './upstream.ts';

export function explainIp(context: PoolContext, ip: string): IpExplanation {
  const endpoints: ExplainedEndpoint[] = [];
  const stories: Story[] = [];
  for (const host of context.manager.hosts) {
    for (const upstream of host.allWithIp(ip).filter(hasStory)) {
      endpoints.push(explainEndpoint(context, host, upstream));
      stories.push(storyOf(context, host, upstream));
    }
  }
  const access = toAccess(context.parts.access.verdict(ip));
  const worst = stories.sort((one, other) => urgency[one.verdict] - urgency[other.verdict])[0];
  return {
    subject: 'ip',
    atMs: context.clock.epochMs(),
    ip,
    access,
    endpoints,
    verdict: worst?.verdict ?? (access.allowed ? 'cold' : 'refused'),
    sentence: worst
      ? sentences(...stories.map(({ words }) => words))
      : sentences(
          `no host of the pool has the address ${ip}`,
          access.allowed ? null : `it could not be dialled either: ${refusal(access)}`,
        ),
  };
}

/** One that a caller has named, and that was refused before anything was tried, is no address of the host's. */
function hasStory({ belongs, vanished, connections, suppliers, history, record }: Upstream): boolean {
  const isTried = connections.size > 0 || suppliers > 0 || record.last !== null || history.toEvents(0).length > 0;
  return belongs || vanished || isTried;
}

export function explainEndpoint(context: PoolContext, host: HostPool, upstream: Upstream): ExplainedEndpoint {
  const nowMs = context.nowMs();
  const offsetMs = context.epochOffsetMs();
  const { endpoint, vanished, connections, responseMs, failures, backOffUntilMs, history, record } = upstream;
  const states = countStates(upstream);
  return {
    host: endpoint.host.name,
    ip: endpoint.ip,
    port: endpoint.port,
    access: toAccess(context.verdict(upstream)),
    vanished,
    ejection: ejectionOf(context, upstream),
    connections: connections.size,
    ...states,
    waiting: host.waiters.boundTo(upstream),
    responseMs,
    slowStartShare: upstream.slowStartShare(nowMs, context.settings.choice.slowStartMs),
    failuresInARow: failures,
    failuresByClass: record.byClass(),
    backOffUntilMs: backOffUntilMs > nowMs ? backOffUntilMs + offsetMs : null,
    lastError: record.toError(offsetMs),
    events: history.toEvents(offsetMs),
    earlierEvents: history.earlier,
  };
}

function ejectionOf(context: PoolContext, upstream: Upstream): ExplainedEndpoint['ejection'] {
  const { ejection } = context.health(upstream);
  const offsetMs = context.epochOffsetMs();
  const toEpoch = (ms: number | null): number | null => (ms === null ? null : ms + offsetMs);
  return (
    ejection && {
      reason: ejection.reason,
      untilMs: toEpoch(ejection.untilMs),
      nextProbeAtMs: toEpoch(ejection.nextProbeMs),
      count: ejection.count,
      held: ejection.held,
    }
  );
}

function countStates({ connections }: Upstream): { idle: number; leased: number; dialing: number } {
  const counts = { idle: 0, leased: 0, dialing: 0 };
  for (const { state } of connections) {
    counts.idle += state === 'idle' || state === 'checking' ? 1 : 0;
    counts.leased += state === 'leased' || state === 'draining' ? 1 : 0;
    counts.dialing += state === 'dialing' || state === 'validating' ? 1 : 0;
  }
  return counts;
}

interface Story {
  readonly verdict: ExplainVerdict;
  readonly words: string;
}

/** What an operator wants to hear of first, when one IP stands differently with two hosts. */
const urgency: Readonly<Record<ExplainVerdict, number>> = {
  refused: 0,
  waiting: 1,
  suspect: 2,
  cold: 3,
  closed: 3,
  draining: 4,
  making: 5,
  busy: 6,
  hot: 7,
};

function storyOf(context: PoolContext, host: HostPool, upstream: Upstream): Story {
  const { manager } = context;
  const nowMs = context.nowMs();
  const { ip, host: name } = upstream.endpoint;
  const what = `${ip} of ${name.name}`;
  const access = context.verdict(upstream);
  if (!access.allowed) {
    const { ejection } = context.health(upstream);
    const more = ejection ? `; ${ejectionWords(ejection, nowMs)}` : '';
    return { verdict: 'refused', words: `${what} may not be dialled: ${refusal(access)}${more}` };
  }
  const waiting = host.waiters.boundTo(upstream);
  if (waiting > 0) {
    const full = manager.fullLimit(host);
    const why = full
      ? `${full.key} = ${full.limit} is full`
      : (restOf(upstream, nowMs) ?? lastFailure(upstream.record, nowMs) ?? 'a connection to it is being made');
    return { verdict: 'waiting', words: `${callersWait(waiting)} for ${what}: ${why}` };
  }
  const { idle, leased, dialing } = countStates(upstream);
  if ([...upstream.connections].some(({ availableIn }) => availableIn !== null)) {
    return { verdict: 'hot', words: `${what} has ${count(idle, 'idle connection')} and ${leased} in use` };
  }
  if (leased > 0) {
    return { verdict: 'busy', words: `all connections to ${what} are in use: ${leased}` };
  }
  if (dialing > 0) {
    return { verdict: 'making', words: `${count(dialing, 'connection')} to ${what} is being made` };
  }
  if (idle > 0) {
    const why = restOf(upstream, nowMs) ?? lastFailure(upstream.record, nowMs) ?? 'they are being looked at again';
    return { verdict: 'suspect', words: `no connection to ${what} may serve now: ${why}` };
  }
  return { verdict: 'cold', words: `nothing is connected to ${what}: ${whyCold(context, upstream, nowMs)}` };
}

/** The latest thing that left an address without a connection. */
function whyCold(context: PoolContext, upstream: Upstream, nowMs: number): string {
  const { endpoint, vanished, failures, backOffUntilMs, record } = upstream;
  if (vanished) {
    return 'it is no longer among the addresses of its host';
  }
  if (context.health(upstream).standing === 'trial') {
    return onTrialWords;
  }
  const rest = restOf(upstream, nowMs);
  if (rest) {
    return rest;
  }
  const closed = context.closedConnections.lastTo(endpoint.host.name, endpoint.ip);
  if (failures > 0) {
    const pause =
      backOffUntilMs > nowMs ? `, others are dialled first for ${duration(backOffUntilMs - nowMs)} more` : '';
    return `${count(failures, 'dial')} in a row failed${pause}; ${lastFailure(record, nowMs)}`;
  }
  if (closed) {
    const ago = duration(nowMs - closed.closedMs);
    return `connection ${closed.row.id} was the last, closed ${ago} ago: ${closeReasonWords[closed.reason]}`;
  }
  return lastFailure(record, nowMs) ?? 'it has not been dialled yet';
}

function restOf({ restUntilMs }: Upstream, nowMs: number): string | null {
  return restUntilMs > nowMs ? restWords(restUntilMs - nowMs) : null;
}

function toAccess({ allowed, list, rule }: AccessVerdict): IpExplanation['access'] {
  return { allowed, list, rule: rule && { value: rule.value, origin: rule.origin } };
}
