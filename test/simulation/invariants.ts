/** What must hold after every step, whatever has happened in it. */

import type { ConnectionRow } from '../../core/contract/connections.ts';
import type { HostStatistics, PoolStatistics } from '../../core/contract/statistics.ts';
import { Attendance } from './attendance.ts';
import { type Census, type HostCensus, takeCensus } from './census.ts';
import type { Told } from './connections-watch.ts';
import type { World } from './world.ts';

export class Invariants {
  readonly #world: World;
  readonly #attendance: Attendance;

  constructor(world: World) {
    this.#world = world;
    this.#attendance = new Attendance(world);
  }

  verify(): void {
    const { pool, callers } = this.#world;
    const stats = pool.stats();
    const census = takeCensus(this.#world);
    this.#verifyTold();
    this.#verifyCounts(stats, census);
    this.#verifyLimits(stats);
    this.#verifyNetwork();
    this.#verifyEjections();
    this.#attendance.verify(stats, census);
    this.#verifyTotals(stats);
    callers.verifyDeadlines();
  }

  /** What the observer was told is what the pool says when it is asked. */
  #verifyTold(): void {
    const { pool, watch, referee } = this.#world;
    let count = 0;
    for (const row of pool.rows()) {
      count += 1;
      this.#verifyUsed(row);
      this.#verifyPermitted(row);
      const told = watch.told.get(row.id);
      if (told?.state !== row.state || told.healthy !== row.healthy) {
        const was = told ? describe(told) : 'nothing';
        referee.fail('the observer is told of every change', `connection ${row.id} is ${describe(row)}, told: ${was}`);
      }
    }
    if (count !== watch.told.size) {
      referee.fail('the observer is told of every change', `${count} connections, told of ${watch.told.size}`);
    }
  }

  /** Leased to nobody, it would never come back. */
  #verifyUsed({ id, state, ip, host }: ConnectionRow): void {
    const { watch, network, referee } = this.#world;
    const transport = network.transport(id);
    const uses = watch.leasesOf(id) + (transport?.validations ?? 0) + (transport?.exchanges.size ?? 0);
    if ((state === 'leased' || state === 'draining') && uses === 0) {
      referee.fail('what is leased or drains is used by somebody', `connection ${id} to ${host} (${ip}) is ${state}`);
    }
  }

  /** Blocked by a person or barred by the automaton: nothing of it lies ready. */
  #verifyPermitted({ id, state, host, ip, port }: ConnectionRow): void {
    const { permission, referee } = this.#world;
    if ((state === 'idle' || state === 'checking') && !permission.isAllowed(host, ip, port)) {
      referee.fail('an IP that may not be used keeps no idle connection', `connection ${id} to ${host} (${ip})`);
    }
  }

  /** Never more of a host's IPs than the maximum share, and none below the panic threshold. */
  #verifyEjections(): void {
    const { keeper, referee } = this.#world;
    for (const group of keeper?.hosts ?? []) {
      const most = keeper?.ejector.mayEject(group) ?? 0;
      if (group.outOfUse > most) {
        referee.fail('the maximum share holds', `${group.outOfUse} of ${group.members.size} IPs of ${group.host}`);
      }
      if (group.panic && [...group.members].some(({ standing }) => standing !== 'open')) {
        referee.fail('a panic ignores ejections', group.host);
      }
    }
  }

  #verifyCounts(stats: PoolStatistics, { whole, of }: Census): void {
    const { watch } = this.#world;
    const { states } = whole;
    this.#equal('all', stats.totalConnections, whole.total);
    this.#equal('dialing', stats.dialingConnections, states.dialing);
    this.#equal('validating', stats.validatingConnections, states.validating);
    this.#equal('idle', stats.idleConnections, states.idle);
    this.#equal('checking', stats.checkingConnections, states.checking);
    this.#equal('leased', stats.activeConnections, states.leased);
    this.#equal('draining', stats.drainingConnections, states.draining);
    this.#equal('healthy', stats.healthyConnections, whole.healthy);
    for (const host of stats.hosts) {
      this.#verifyHost(host, of(host.host));
      this.#equal(`to ${host.host}, told`, host.total, watch.hostCount(host.host));
    }
  }

  #verifyHost(host: HostStatistics, census: HostCensus): void {
    const of = `of ${host.host}`;
    this.#equal(`all ${of}`, host.total, census.total);
    this.#equal(`dialing ${of}`, host.dialing, census.states.dialing);
    this.#equal(`idle ${of}`, host.idle, census.states.idle);
    this.#equal(`leased ${of}`, host.leased, census.states.leased);
    this.#equal(`healthy ${of}`, host.healthy, census.healthy);
  }

  #verifyLimits(stats: PoolStatistics): void {
    const { watch, referee } = this.#world;
    const { maxConnections, maxConnectionsPerHost, maxIdleConnections } = watch.settings.pool;
    const held = stats.totalConnections - stats.drainingConnections;
    if (held > maxConnections) {
      referee.fail('no limit is exceeded', `${held} that do not drain, max_connections is ${maxConnections}`);
    }
    if (stats.idleConnections > maxIdleConnections) {
      referee.fail('no limit is exceeded', `${stats.idleConnections} idle, max_idle_conns is ${maxIdleConnections}`);
    }
    for (const { host, total } of stats.hosts) {
      let draining = 0;
      for (const told of watch.told.values()) {
        draining += told.host === host && told.state === 'draining' ? 1 : 0;
      }
      if (total - draining > maxConnectionsPerHost) {
        const count = total - draining;
        referee.fail('no limit is exceeded', `${count} to ${host}, max_conns_per_host is ${maxConnectionsPerHost}`);
      }
    }
  }

  /** Sockets, dials and permits are those of the connections, and no others. */
  #verifyNetwork(): void {
    const { network, watch, budget, referee } = this.#world;
    for (const { connectionId } of network.alive) {
      if (!watch.told.has(connectionId)) {
        referee.fail('no socket outlives its connection', `that of connection ${connectionId}`);
      }
    }
    let dialing = 0;
    for (const [id, { state }] of watch.told) {
      if (state === 'dialing') {
        dialing += 1;
        continue;
      }
      const transport = network.transport(id);
      if (transport?.destroyed !== false) {
        referee.fail('no connection outlives its socket', `connection ${id}, ${state}`);
      } else if (transport.ended && state !== 'validating' && state !== 'draining') {
        referee.fail('no connection is kept that the peer has ended', `connection ${id}, ${state}`);
      }
    }
    this.#equal('dials in flight', budget.inFlight, network.dialing);
    this.#equal('dials in flight or before it', budget.inFlight + budget.waiting, dialing);
  }

  /** What was counted since the start is what has happened. */
  #verifyTotals({ sinceStart, leasesOverLeakThreshold }: PoolStatistics): void {
    const { callers, network } = this.#world;
    const leases = callers.granted + network.pooledAttempts;
    this.#equal('leases', sinceStart.leases, leases);
    if (network.pooledAttempts === 0 && leases > 0) {
      this.#equal('reuse rate', sinceStart.connReuseRate ?? 0, callers.reused / leases);
      // Looked at once a second, so the exact number is a matter of when.
      const overdue = Math.min(leasesOverLeakThreshold, callers.holdings.length);
      this.#equal('leases over the threshold', leasesOverLeakThreshold, overdue);
    }
    this.#equal('good requests', sinceStart.successfulRequests, network.exchangeEnds.good);
    this.#equal('other requests', sinceStart.failedRequests, network.exchangeEnds.other);
  }

  #equal(what: string, told: number, counted: number): void {
    if (told !== counted) {
      this.#world.referee.fail('counters equal a recount', `${what}: the pool says ${told}, counted ${counted}`);
    }
  }
}

function describe({ state, healthy }: Pick<Told, 'state' | 'healthy'>): string {
  return healthy ? state : `${state}, not healthy`;
}
