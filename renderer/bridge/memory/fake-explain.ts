/** Explanations for the gallery and tests: in the form of the engine's, with a shorter story. */
import type { ConnectionRow } from '../../../core/contract/connections.ts';
import { ContractError } from '../../../core/contract/errors.ts';
import type { ExplainSubject, Explanation } from '../../../core/contract/explain.ts';
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
      endpoints: [],
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

function explainRow(row: ConnectionRow, atMs: number): Explanation {
  return {
    subject: 'connection',
    atMs,
    verdict: row.state === 'leased' ? 'busy' : 'hot',
    sentence: `Connection ${row.id} to ${row.host} (${row.ip}) is ${row.state}.`,
    connection: row,
    making: { waitedMs: 0, tcpMs: row.tcpMs, tlsMs: row.tlsMs, validationMs: null, readyAtMs: row.createdAtMs },
    checks: 0,
    lastLeaseAtMs: null,
    recentLeases: [],
    overdueLeases: [],
    expiresAtMs: null,
    closed: null,
    lastError: null,
    events: [],
    earlierEvents: 0,
  };
}
