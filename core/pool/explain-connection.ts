/** One connection's life, and why it is where it is. */
import type { ConnectionExplanation, ExplainVerdict, OverdueLease } from '../contract/explain.ts';
import type { ClosedConnection, ConnectionLife } from './closed-connections.ts';
import { closeReasonWords, count, duration, lastFailure, sentences } from './explain-words.ts';
import type { HotConnection } from './hot-connection.ts';
import type { PoolContext } from './pool-context.ts';

/** What is told of a lease that is held for too long; `sinceMs` is monotonic. */
export interface HeldLease {
  readonly sinceMs: number;
  readonly acquiredAt: string | null;
}

export function explainLiving(
  context: PoolContext,
  connection: HotConnection,
  overdue: readonly HeldLease[],
): ConnectionExplanation {
  const nowMs = context.nowMs();
  const offsetMs = context.epochOffsetMs();
  const row = connection.toRow(offsetMs);
  const verdict = livingVerdict(context, connection);
  const what = `connection ${row.id} to ${row.host} (${row.ip})`;
  return {
    ...lifeOf(connection, offsetMs),
    subject: 'connection',
    atMs: nowMs + offsetMs,
    verdict,
    sentence: sentences(
      `${what} ${livingWords(connection, verdict, nowMs)}`,
      overdueWords(context, overdue, nowMs),
      servedWords(row),
    ),
    overdueLeases: overdueLeases(overdue, offsetMs),
    connection: row,
    activeLeases: connection.activeLeases,
    expiresAtMs: connection.expiresMs + offsetMs,
    closed: null,
  };
}

export function explainClosed(
  context: PoolContext,
  closed: ClosedConnection,
  overdue: readonly HeldLease[],
): ConnectionExplanation {
  const nowMs = context.nowMs();
  const offsetMs = context.epochOffsetMs();
  const { row, reason, closedMs, createdMs, failures } = closed;
  const ago = duration(nowMs - closedMs);
  const what = `connection ${row.id} to ${row.host} (${row.ip})`;
  return {
    ...lifeOf(closed, offsetMs),
    subject: 'connection',
    atMs: nowMs + offsetMs,
    verdict: 'closed',
    sentence: sentences(
      `${what} was closed ${ago} ago, ${duration(closedMs - createdMs)} old: ${closeReasonWords[reason]}`,
      failures && lastFailure(failures, nowMs),
      overdueWords(context, overdue, nowMs),
      servedWords(row),
    ),
    overdueLeases: overdueLeases(overdue, offsetMs),
    connection: row,
    activeLeases: 0,
    expiresAtMs: null,
    closed: { atMs: closedMs + offsetMs, reason },
  };
}

type Life = Pick<
  ConnectionExplanation,
  'making' | 'checks' | 'lastLeaseAtMs' | 'recentLeases' | 'lastError' | 'events' | 'earlierEvents'
>;

function lifeOf(life: ConnectionLife, offsetMs: number): Life {
  const {
    createdMs,
    dialBeganMs,
    handshakenMs,
    readyMs,
    timings,
    lastLeaseBeganMs,
    checks,
    history,
    leaseLog,
    failures,
  } = life;
  return {
    making: {
      waitedMs: between(createdMs, dialBeganMs),
      tcpMs: timings?.tcpMs ?? null,
      tlsMs: timings?.tlsMs ?? null,
      validationMs: between(handshakenMs, readyMs),
      readyAtMs: readyMs === null ? null : readyMs + offsetMs,
    },
    checks,
    lastLeaseAtMs: lastLeaseBeganMs === null ? null : lastLeaseBeganMs + offsetMs,
    recentLeases: leaseLog?.toLeases(offsetMs) ?? [],
    lastError: failures?.toError(offsetMs) ?? null,
    events: history?.toEvents(offsetMs) ?? [],
    earlierEvents: history?.earlier ?? 0,
  };
}

function between(fromMs: number | null, toMs: number | null): number | null {
  return fromMs === null || toMs === null ? null : toMs - fromMs;
}

function livingVerdict(context: PoolContext, connection: HotConnection): ExplainVerdict {
  switch (connection.state) {
    case 'dialing':
    case 'validating':
    case 'checking':
      return 'making';
    case 'draining':
      return 'draining';
    case 'closed':
      return 'closed';
    case 'idle':
    case 'leased': {
      if (!connection.healthy) {
        return 'suspect';
      }
      const { maxStreamsPerConnection } = context.settings.pool;
      return connection.activeLeases < connection.capacity(maxStreamsPerConnection) ? 'hot' : 'busy';
    }
  }
}

function livingWords(connection: HotConnection, verdict: ExplainVerdict, nowMs: number): string {
  const { state, touchedMs, leasedSinceMs, activeLeases, createdMs, dialBeganMs, closeReason, failures } = connection;
  if (state === 'dialing') {
    return dialBeganMs === null
      ? `waits for its turn in the dial budget, for ${duration(nowMs - createdMs)}`
      : `is being dialled, for ${duration(nowMs - dialBeganMs)}`;
  }
  if (state === 'validating') {
    return 'is handshaken and being validated';
  }
  if (state === 'checking') {
    return 'is being checked: nobody gets it until the answer is there';
  }
  if (verdict === 'draining') {
    const why = closeReason ? closeReasonWords[closeReason] : 'it is retired';
    return `takes no new lease and closes when ${count(activeLeases, 'lease')} on it has ended: ${why}`;
  }
  if (verdict === 'suspect') {
    const why = failures ? lastFailure(failures, nowMs) : 'its last lease was given back as failed';
    return `serves nobody until it has been looked at again: ${why}`;
  }
  if (activeLeases > 0) {
    const spare = verdict === 'hot' ? ' and could carry more' : '';
    return `carries ${count(activeLeases, 'lease')}, the first since ${duration(nowMs - leasedSinceMs)}${spare}`;
  }
  if (verdict === 'busy') {
    return 'is idle, but its server allows no stream on it now';
  }
  return `is hot: idle and good, last touched ${duration(nowMs - touchedMs)} ago`;
}

/** `its lease is overdue: held for 1 min 12 s, leak_threshold is 60 s; it was acquired at …`; null when none is. */
function overdueWords(context: PoolContext, overdue: readonly HeldLease[], nowMs: number): string | null {
  const [oldest] = overdue;
  if (!oldest) {
    return null;
  }
  const which =
    overdue.length === 1 ? 'a lease on it is overdue:' : `${overdue.length} leases on it are overdue, the first`;
  const [place] = oldest.acquiredAt?.split('\n') ?? [];
  const where = place === undefined ? '' : `; it was acquired at ${place}`;
  const threshold = duration(context.settings.pool.leakThresholdMs);
  return `${which} held for ${duration(nowMs - oldest.sinceMs)}, leak_threshold is ${threshold}${where}`;
}

function overdueLeases(overdue: readonly HeldLease[], offsetMs: number): OverdueLease[] {
  return overdue.map(({ sinceMs, acquiredAt }) => ({ sinceMs: sinceMs + offsetMs, acquiredAt }));
}

function servedWords({ leases, requests, errors }: ConnectionExplanation['connection']): string {
  return `it has served ${count(leases, 'lease')} and ${count(requests, 'request')}, with ${count(errors, 'error')}`;
}
