/** After limits were lowered: closes what is above them, idle ones first; leased ones go after their release. */
import type { ConnectionCloser } from './connection-closer.ts';
import type { HostPool } from './host-pool.ts';
import type { HotConnection } from './hot-connection.ts';
import type { PoolContext } from './pool-context.ts';

export function shedSurplus(context: PoolContext, closer: ConnectionCloser): void {
  const { manager, settings } = context;
  const { maxConnections, maxConnectionsPerHost, maxIdleConnections } = settings.pool;
  for (const host of manager.hosts) {
    const surplus = host.live - host.counts.draining - maxConnectionsPerHost;
    shed(closer, surplus, manager.connections, host);
  }
  shed(closer, manager.live - manager.counts.draining - maxConnections, manager.connections, null);
  shed(closer, manager.counts.idle + manager.counts.checking - maxIdleConnections, manager.idle, null);
}

function shed(
  closer: ConnectionCloser,
  surplus: number,
  connections: Iterable<HotConnection>,
  host: HostPool | null,
): void {
  if (surplus > 0) {
    void closer.retireAll(inOrder(connections, host).slice(0, surplus), () => 'config-changed');
  }
}

/** The least missed first: flag down, idle longest, checking, being made, leased. */
const missed = { draining: 0, closed: 0, idle: 1, checking: 2, dialing: 3, validating: 4, leased: 5 } as const;

function inOrder(connections: Iterable<HotConnection>, host: HostPool | null): readonly HotConnection[] {
  return [...connections]
    .filter((connection) => connection.state !== 'draining' && (host === null || connection.host === host))
    .sort(
      (one, other) =>
        missed[one.state] - missed[other.state] ||
        Number(one.healthy) - Number(other.healthy) ||
        one.touchedMs - other.touchedMs,
    );
}
