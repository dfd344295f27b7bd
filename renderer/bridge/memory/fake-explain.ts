/** Explanations for the gallery and tests: in the form of the engine's, with a shorter story. */
import type { ConnectionRow } from '../../../core/contract/connections.ts';
import { ContractError } from '../../../core/contract/errors.ts';
import type {
  ConnectionExplanation,
  ExplainedEndpoint,
  ExplainSubject,
  Explanation,
  HistoryEvent,
} from '../../../core/contract/explain.ts';
import type { FakePool } from './fake-pool.ts';

export function explainFake(pool: FakePool, subject: ExplainSubject, atMs: number): Explanation {
  const rows = [...pool.rows.values()];
  if ('connectionId' in subject) {
    const row = pool.rows.get(subject.connectionId);
    if (!row) {
      throw new ContractError('not-found', 'This connection never was, or nothing is remembered of it any more.');
    }
    return explainRow(row, atMs);
  }
  if ('ip' in subject) {
    const { ip } = subject;
    const found = rows.filter((row) => row.ip === ip).length;
    const allowed = !pool.blocked(ip);
    return {
      subject: 'ip',
      atMs,
      verdict: allowed ? (found > 0 ? 'hot' : 'cold') : 'refused',
      sentence: allowed ? `${found} connections to ${ip}.` : `${ip} may not be dialled: a black list refuses it.`,
      ip,
      access: { allowed, list: allowed ? null : 'black', rule: null },
      endpoints: pool.options.fleet.flatMap(({ host, ips }) => {
        const own = rows.filter((row) => row.host === host && row.ip === ip);
        return ips.includes(ip) ? [endpointOf(host, ip, own, atMs)] : [];
      }),
    };
  }
  const { host } = subject;
  const found = rows.filter((row) => row.host === host);
  return {
    subject: 'host',
    atMs,
    verdict: found.length > 0 ? 'hot' : 'cold',
    sentence: found.length > 0 ? `${found.length} connections to ${host}.` : `Nothing to ${host} is warm.`,
    host,
    watched: pool.options.fleet.some((entry) => entry.host === host),
    resolved: true,
    connections: found.length,
    idle: found.filter(({ state }) => state === 'idle').length,
    leased: found.filter(({ state }) => state === 'leased').length,
    dialing: found.filter(({ state }) => state === 'dialing').length,
    healthy: found.filter(({ healthy }) => healthy).length,
    waiting: { interactive: 0, background: 0, longestMs: null },
    limit: null,
    serverIdleLimit: null,
    lastError: null,
    endpoints: [],
    addresses: pool.options.fleet.find((entry) => entry.host === host)?.ips.length ?? 0,
    events: [],
    earlierEvents: 0,
  };
}

export function explainRow(row: ConnectionRow, atMs: number): ConnectionExplanation {
  return {
    subject: 'connection',
    atMs,
    verdict: row.state === 'leased' ? 'busy' : 'hot',
    sentence: `Connection ${row.id} to ${row.host} (${row.ip}) is ${row.state}.`,
    connection: row,
    activeLeases: row.leasedSinceMs === null ? 0 : 1,
    making: {
      waitedMs: 0.2,
      tcpMs: row.tcpMs,
      tlsMs: row.tlsMs,
      validationMs: row.lastResponseMs,
      readyAtMs: row.createdAtMs + 12,
    },
    checks: Math.floor((atMs - row.createdAtMs) / 30_000),
    lastLeaseAtMs: row.leasedSinceMs ?? row.idleSinceMs,
    recentLeases: [],
    overdueLeases: [],
    expiresAtMs: row.createdAtMs + 300_000,
    closed: null,
    lastError: null,
    events: eventsOf(row, atMs),
    earlierEvents: 0,
  };
}

function eventsOf(row: ConnectionRow, atMs: number): HistoryEvent[] {
  const { createdAtMs, errors } = row;
  const event = (kind: HistoryEvent['kind'], detail: string, firstAtMs: number, count = 1): HistoryEvent => ({
    kind,
    detail,
    firstAtMs,
    lastAtMs: Math.min(atMs, firstAtMs + (count - 1) * 5_000),
    count,
  });
  const ready = event('ready', row.protocol ?? '', createdAtMs + 12);
  if (errors === 0) {
    return [ready];
  }
  const troubledMs = createdAtMs + (atMs - createdAtMs) / 2;
  const failed = event('lease', 'failed', troubledMs, errors);
  return row.healthy ? [ready, failed] : [ready, failed, event('flag-down', 'unhealthy', failed.lastAtMs)];
}

/** What one host has at an address. */
function endpointOf(host: string, ip: string, rows: readonly ConnectionRow[], atMs: number): ExplainedEndpoint {
  const count = (state: ConnectionRow['state']): number => rows.filter((row) => row.state === state).length;
  const failures = rows.reduce((sum, { errors }) => sum + errors, 0);
  return {
    host,
    ip,
    port: rows[0]?.port ?? 443,
    access: { allowed: true, list: null, rule: null },
    vanished: false,
    connections: rows.length,
    idle: count('idle'),
    leased: count('leased'),
    dialing: count('dialing'),
    waiting: 0,
    responseMs: rows.find(({ lastResponseMs }) => lastResponseMs !== null)?.lastResponseMs ?? null,
    slowStartShare: 1,
    failuresInARow: Math.min(2, failures),
    failuresByClass: failures > 0 ? [{ class: 'timeout-response', count: failures }] : [],
    ejection: null,
    backOffUntilMs: null,
    lastError: null,
    events: rows.flatMap((row) => eventsOf(row, atMs)),
    earlierEvents: 0,
  };
}
