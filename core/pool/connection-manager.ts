/**
 * Who holds what: every connection by id, by host and by IP; the counts; which could serve; in which order they lie idle.
 *
 * Each change of a connection's state goes through {@link ConnectionManager.move}, so the counts and the sets cannot
 * drift from the states, and the limits hold at every instant because a place is taken before the dial begins.
 */

import type { Random } from '../base/random.ts';
import type { EngineSettings } from '../config/settings.ts';
import type { ConnectionState } from '../contract/vocabulary.ts';
import type { ConnectionLimit } from '../contract/warm-up-plan.ts';
import { whyWords } from '../contract/why-text.ts';
import { ClassifiedError } from '../dial/classified-error.ts';
import type { HostName } from '../dial/endpoint.ts';
import type { Transport } from '../dial/transport.ts';
import type { ServedConnections } from '../statistics/tally.ts';
import { HostPool } from './host-pool.ts';
import { HotConnection } from './hot-connection.ts';
import { IdleSet } from './idle-set.ts';
import type { Room } from './pool-ports.ts';
import { StateCounts } from './state-counts.ts';
import type { Upstream } from './upstream.ts';

export class ConnectionManager {
  readonly #connections = new Map<number, HotConnection>();
  readonly #hosts = new Map<string, HostPool>();
  readonly #byIp = new Map<string, Set<HotConnection>>();
  readonly #random: Random;
  readonly #isPreferred: (upstream: Upstream) => boolean;
  /** A host is new. */
  readonly #onHost: (host: HostPool) => void;
  /** All that lie idle. */
  readonly idle: IdleSet;
  readonly counts = new StateCounts();
  healthy = 0;
  h2 = 0;
  /** Dials under way that will end idle unless somebody waits: refills and warm-ups. */
  opening = 0;
  /** Connections that served, ever, and more than once. */
  everServed = 0;
  everServedAgain = 0;
  /** Connections to endpoints that a refresh of DNS brought. */
  fromDns = 0;
  #settings: EngineSettings;
  #lastId = 0;

  constructor(
    settings: EngineSettings,
    random: Random,
    isPreferred: (upstream: Upstream) => boolean,
    onHost: (host: HostPool) => void,
  ) {
    this.#onHost = onHost;
    this.#settings = settings;
    this.#random = random;
    this.idle = new IdleSet(random);
    this.#isPreferred = isPreferred;
  }

  /** Connections that are not closed. */
  get live(): number {
    return this.#connections.size;
  }

  get connections(): IterableIterator<HotConnection> {
    return this.#connections.values();
  }

  get hosts(): IterableIterator<HostPool> {
    return this.#hosts.values();
  }

  get(id: number): HotConnection | undefined {
    return this.#connections.get(id);
  }

  host(name: string): HostPool | undefined {
    return this.#hosts.get(name);
  }

  /** Hosts that are no targets. */
  get visitedHosts(): number {
    return this.#hosts.size - this.#settings.targets.length;
  }

  addHost(host: HostName, path: string, watched: boolean, nowMs: number): HostPool {
    const added = new HostPool(host, path, watched, nowMs);
    this.#hosts.set(asKey(host.name), added);
    this.#onHost(added);
    return added;
  }

  /** Those to one IP, of whatever host. */
  connectionsTo(ip: string): Iterable<HotConnection> {
    return this.#byIp.get(ip) ?? [];
  }

  /** Nothing is connected to it, and nobody waits for it. */
  removeHost({ host }: HostPool): void {
    this.#hosts.delete(host.name);
  }

  /** Connections to the IPs for which `matches` says yes, and how many of them carry leases. */
  countByIp(matches: (ip: string) => boolean): { readonly total: number; readonly leased: number } {
    let total = 0;
    let leased = 0;
    for (const [ip, connections] of this.#byIp) {
      if (matches(ip)) {
        total += connections.size;
        for (const { activeLeases } of connections) {
          leased += activeLeases > 0 ? 1 : 0;
        }
      }
    }
    return { total, leased };
  }

  /** The limits are another: who could serve is sorted anew. */
  configure(settings: EngineSettings): void {
    this.#settings = settings;
    for (const connection of this.#connections.values()) {
      this.#setExpiry(connection);
    }
    this.reindex(this.#connections.values());
  }

  /** Sorts these connections anew into the sets that serve. */
  reindex(connections: Iterable<HotConnection>): void {
    for (const connection of connections) {
      if (connection.availableIn) {
        connection.availableIn.remove(connection);
      }
      this.index(connection);
    }
  }

  /** The limit that stands in the way of one more connection to `host`; null when none does. */
  fullLimit(host: HostPool): ConnectionLimit | null {
    const { maxConnections, maxConnectionsPerHost } = this.#settings.pool;
    if (host.live >= maxConnectionsPerHost) {
      return { key: 'max_conns_per_host', limit: maxConnectionsPerHost, inUse: host.live };
    }
    return this.live >= maxConnections ? { key: 'max_connections', limit: maxConnections, inUse: this.live } : null;
  }

  /** Idle or reserved out of idleness, and those on the way there. */
  get idleInUse(): number {
    return this.counts.idle + this.counts.checking + this.opening;
  }

  /** How many more connections would fit if they stayed idle, and the limit that is nearest. */
  room(host: HostPool): Room {
    const free = (limit: ConnectionLimit): number => Math.max(0, limit.limit - limit.inUse);
    const nearest = this.limits(host).reduce((least, limit) => (free(limit) < free(least) ? limit : least));
    return { free: free(nearest), limit: nearest };
  }

  /** What one more connection that stays idle would count against; a host that is not known has none. */
  limits(host: HostPool | undefined): [ConnectionLimit, ConnectionLimit, ConnectionLimit] {
    const { maxConnections, maxConnectionsPerHost, maxIdleConnections } = this.#settings.pool;
    return [
      { key: 'max_conns_per_host', limit: maxConnectionsPerHost, inUse: host?.live ?? 0 },
      { key: 'max_connections', limit: maxConnections, inUse: this.live },
      { key: 'max_idle_conns', limit: maxIdleConnections, inUse: this.idleInUse },
    ];
  }

  /**
   * Takes a place for a connection that is about to be dialled.
   * @throws ClassifiedError of class `local` when a limit is full.
   */
  add(upstream: Upstream, host: HostPool, profile: string, nowMs: number): HotConnection {
    const full = this.fullLimit(host);
    if (full) {
      throw new ClassifiedError('local', 'LIMIT_FULL', whyWords('limit-full', { key: full.key, limit: full.limit }));
    }
    this.#lastId += 1;
    const connection = new HotConnection({
      id: this.#lastId,
      host,
      upstream,
      profile,
      createdMs: nowMs,
      lifetimeSpread: 2 * this.#random.next() - 1,
    });
    this.#setExpiry(connection);
    this.#connections.set(connection.id, connection);
    const { ip } = upstream.endpoint;
    const sharing = this.#byIp.get(ip);
    if (sharing) {
      sharing.add(connection);
    } else {
      this.#byIp.set(ip, new Set([connection]));
    }
    host.populated += upstream.connections.size === 0 ? 1 : 0;
    upstream.connections.add(connection);
    host.live += 1;
    host.usedMs = nowMs;
    this.counts.add('dialing', 1);
    host.counts.add('dialing', 1);
    return connection;
  }

  /** The handshake is done: the connection has a transport, and validates. */
  handshaken(connection: HotConnection, transport: Transport): void {
    connection.transport = transport;
    if (transport.protocol === 'h2') {
      connection.multiplexes = true;
      this.h2 += 1;
    }
    this.move(connection, 'validating');
  }

  /** The only way in which a connection changes its state. */
  move(connection: HotConnection, to: ConnectionState): void {
    const from = connection.state;
    const { host } = connection;
    connection.moveTo(to);
    this.counts.add(from, -1);
    host.counts.add(from, -1);
    if (from === 'idle') {
      this.idle.remove();
    }
    if (to === 'closed') {
      this.#forget(connection);
      return;
    }
    this.counts.add(to, 1);
    host.counts.add(to, 1);
    if (to === 'idle') {
      this.idle.add(connection);
    }
    this.index(connection);
  }

  setHealthy(connection: HotConnection, healthy: boolean): void {
    if (connection.healthy !== healthy) {
      connection.healthy = healthy;
      const change = healthy ? 1 : -1;
      this.healthy += change;
      connection.host.healthy += change;
      this.index(connection);
    }
  }

  /** One more lease on a connection that may carry it. */
  lease(connection: HotConnection, nowMs: number): void {
    connection.served(nowMs);
    if (connection.state === 'leased') {
      this.index(connection);
    } else {
      this.move(connection, 'leased');
    }
    connection.upstream.inFlight += 1;
    if (connection.leases === 1) {
      this.everServed += 1;
    } else if (connection.leases === 2) {
      this.everServedAgain += 1;
    }
  }

  /** One lease less. The connection stays `leased` until the pool decides where it goes. */
  unlease(connection: HotConnection): void {
    connection.activeLeases -= 1;
    connection.upstream.inFlight -= 1;
  }

  /** Connections that served since `sinceMs` (monotonic), and more than once. */
  servedSince(sinceMs: number): ServedConnections {
    let served = 0;
    let servedAgain = 0;
    for (const connection of this.#connections.values()) {
      if (connection.lastLeaseMs >= sinceMs) {
        served += 1;
        if (connection.previousLeaseMs >= sinceMs) {
          servedAgain += 1;
        }
      }
    }
    return { served, servedAgain };
  }

  /** Puts a connection into the set that serves, or takes it out, by what it is now. */
  index(connection: HotConnection): void {
    const available =
      connection.healthy &&
      (connection.state === 'idle' || connection.state === 'leased') &&
      connection.activeLeases < connection.capacity(this.#settings.pool.maxStreamsPerConnection);
    if (available === (connection.availableIn !== null)) {
      return;
    }
    if (connection.availableIn) {
      connection.availableIn.remove(connection);
    } else {
      connection.host.setFor(this.#isPreferred(connection.upstream)).add(connection);
    }
  }

  #setExpiry(connection: HotConnection): void {
    const { maxLifetimeMs, lifetimeJitter } = this.#settings.pool;
    connection.expiresMs = Math.floor(
      connection.createdMs + maxLifetimeMs * (1 + lifetimeJitter * connection.lifetimeSpread),
    );
  }

  #forget(connection: HotConnection): void {
    const { host, upstream, transport } = connection;
    this.setHealthy(connection, false);
    this.index(connection);
    this.idle.forget(connection);
    upstream.inFlight -= connection.activeLeases;
    connection.activeLeases = 0;
    upstream.connections.delete(connection);
    host.populated -= upstream.connections.size === 0 ? 1 : 0;
    host.live -= 1;
    if (transport?.protocol === 'h2') {
      this.h2 -= 1;
    }
    const { ip } = upstream.endpoint;
    const sharing = this.#byIp.get(ip);
    sharing?.delete(connection);
    if (sharing?.size === 0) {
      this.#byIp.delete(ip);
    }
    this.#connections.delete(connection.id);
  }
}

/** A name cut out of a URL is a slice of its text, which every look-up would compare piece by piece; a property's key is one. */
function asKey(name: string): string {
  return Object.keys({ [name]: true })[0] ?? name;
}
