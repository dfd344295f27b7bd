/** What a change of the configuration does to the connections that are open, before it is made. */
import type { ConfigDifference, ConfigEffect } from '../contract/config.ts';
import type { ConnectionRow } from '../contract/connections.ts';
import { needsReconnect } from './change-config.ts';
import type { EngineSettings } from './settings.ts';

export type OpenConnection = Pick<ConnectionRow, 'host' | 'state' | 'createdAtMs'>;

/** The order in which a lowered limit closes them: what waits unused before what is being made or used. */
const closingOrder = { draining: 0, closed: 0, idle: 1, checking: 2, dialing: 3, validating: 4, leased: 5 } as const;

/** `nowMs`: of the epoch. */
export function configEffects(
  open: Iterable<OpenConnection>,
  before: EngineSettings,
  after: EngineSettings,
  diff: ConfigDifference,
  nowMs: number,
): ConfigEffect[] {
  const live = [...open].filter(({ state }) => state !== 'draining' && state !== 'closed');
  const hosts = ({ targets }: EngineSettings): Set<string> => new Set(targets.map(({ host }) => host.name));
  const [was, is] = [hosts(before), hosts(after)];
  const unwatched = [...was]
    .filter((host) => !is.has(host))
    .map((host) => {
      const those = live.filter((connection) => connection.host === host);
      return effect('unwatches', host, those, `${host} is watched no more${draining(those)}`);
    });
  const watched = [...is]
    .filter((host) => !was.has(host))
    .map((host) => effect('watches', host, [], `${host} is resolved and warmed to its floor`));
  const staying = live.filter(({ host }) => !was.has(host) || is.has(host));
  const surplus = surplusOf(staying, after);
  const drains =
    surplus.length > 0
      ? [effect('drains', null, surplus, `${count(surplus)} above the new limits${draining(surplus)}`)]
      : [];
  const shed = new Set(surplus);
  const kept = staying.filter((connection) => !shed.has(connection));
  const expired = new Set(outlived(kept, before, after, nowMs));
  const expires =
    expired.size > 0
      ? [
          effect(
            'expires',
            null,
            [...expired],
            `${count([...expired])} older than the new lifetime${draining([...expired])}`,
          ),
        ]
      : [];
  const rest = kept.filter((connection) => !expired.has(connection));
  return [...watched, ...unwatched, ...drains, ...expires, ...reconnects(rest, diff)];
}

/** As the pool sheds them: above the limit of a host, then of all, then of idle ones. */
function surplusOf(live: readonly OpenConnection[], { pool }: EngineSettings): OpenConnection[] {
  const inOrder = live.toSorted((a, b) => closingOrder[a.state] - closingOrder[b.state]);
  const surplus = new Set<OpenConnection>();
  const shed = (of: readonly OpenConnection[], limit: number): void => {
    const left = of.filter((connection) => !surplus.has(connection));
    for (const connection of left.slice(0, Math.max(0, left.length - limit))) {
      surplus.add(connection);
    }
  };
  for (const ofHost of Map.groupBy(inOrder, ({ host }) => host).values()) {
    shed(ofHost, pool.maxConnectionsPerHost);
  }
  shed(inOrder, pool.maxConnections);
  shed(
    inOrder.filter(({ state }) => state === 'idle' || state === 'checking'),
    pool.maxIdleConnections,
  );
  return [...surplus];
}

/** Older than a lifetime that is shorter than it was; by how much each is spread around it only the pool knows. */
function outlived(
  live: readonly OpenConnection[],
  { pool: was }: EngineSettings,
  { pool: is }: EngineSettings,
  nowMs: number,
): readonly OpenConnection[] {
  return is.maxLifetimeMs < was.maxLifetimeMs
    ? live.filter(({ createdAtMs }) => nowMs - createdAtMs >= is.maxLifetimeMs)
    : [];
}

/** Connections whose TLS was made under another setting, host by host. */
function reconnects(live: readonly OpenConnection[], diff: ConfigDifference): ConfigEffect[] {
  const isOutdated = needsReconnect(diff);
  const byHost = Map.groupBy(
    live.filter(({ host }) => isOutdated(host)),
    ({ host }) => host,
  );
  return Array.from(byHost, ([host, those]) =>
    effect('reconnects', host, those, `${host}: ${count(those)} of the old TLS${draining(those)}, and dialled anew`),
  );
}

function effect(
  kind: ConfigEffect['kind'],
  host: string | null,
  connections: readonly OpenConnection[],
  text: string,
): ConfigEffect {
  return { kind, host, connections: connections.length, leased: leasedOf(connections), text };
}

function leasedOf(connections: readonly OpenConnection[]): number {
  return connections.filter(({ state }) => state === 'leased').length;
}

function count({ length }: readonly OpenConnection[]): string {
  return length === 1 ? '1 connection is' : `${length} connections are`;
}

function draining(connections: readonly OpenConnection[]): string {
  const leased = leasedOf(connections);
  if (connections.length === 0) {
    return '';
  }
  const after = leased === 0 ? '' : `, ${leased} of them after the lease`;
  return `: ${connections.length} to close${after}`;
}
