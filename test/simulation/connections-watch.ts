/**
 * Sees every connection from its dial to its end, through the observer that the console uses, and judges at each instant:
 * limits, states, reasons. What it was told must be the same, after each step, as what the pool says when it is asked.
 */
import type { Clock } from '../../core/base/clock.ts';
import type { EngineSettings } from '../../core/config/settings.ts';
import type { ConnectionRow } from '../../core/contract/connections.ts';
import { type CloseReason, type ConnectionState, closeReasons } from '../../core/contract/vocabulary.ts';
import type { Endpoint } from '../../core/dial/endpoint.ts';
import type { HotConnPool } from '../../core/pool/hot-conn-pool.ts';
import type { ConnectionObserver } from '../../core/pool/pool-ports.ts';
import type { Referee } from './referee.ts';
import type { Occupancy, SimulatedNetwork } from './simulated-network.ts';

/** What was last told of a connection. */
export interface Told {
  readonly host: string;
  readonly ip: string;
  state: ConnectionState;
  healthy: boolean;
}

/** Later in life is larger; the three in the middle may follow one another in any order. */
const stage: Readonly<Record<ConnectionState, number>> = {
  dialing: 0,
  validating: 1,
  idle: 2,
  checking: 2,
  leased: 2,
  draining: 3,
  closed: 4,
};

export class ConnectionsWatch implements ConnectionObserver, Occupancy {
  readonly told = new Map<number, Told>();
  readonly closes = new Map<CloseReason, number>();
  /** Leases that callers hold, by connection. */
  readonly leases = new Map<number, number>();
  /** Connections closed since everything had settled. */
  readonly closedNow = new Set<number>();
  readonly #referee: Referee;
  readonly #clock: Clock;
  readonly #byHost = new Map<string, number>();
  readonly #lastStirMs = new Map<string, number>();
  readonly #connectionOf = new WeakMap<AbortSignal, number>();
  #settings: EngineSettings;
  /** The settings before each change, and when that was: what began under them may still be under way. */
  readonly #former: { readonly settings: EngineSettings; readonly untilMs: number }[] = [];
  #pool: HotConnPool | null = null;
  #network: SimulatedNetwork | null = null;
  #idle = 0;
  #lastId = 0;

  constructor(referee: Referee, clock: Clock, settings: EngineSettings) {
    this.#referee = referee;
    this.#clock = clock;
    this.#settings = settings;
  }

  get settings(): EngineSettings {
    return this.#settings;
  }

  configure(settings: EngineSettings): void {
    this.#former.push({ settings: this.#settings, untilMs: this.#clock.monotonicMs() });
    this.#settings = settings;
  }

  attach(pool: HotConnPool, network: SimulatedNetwork): void {
    this.#pool = pool;
    this.#network = network;
    pool.observe(this);
    // What it dialled while it was made.
    for (const { id } of pool.rows()) {
      this.changed(id);
    }
  }

  nextMoment(): void {
    this.closedNow.clear();
  }

  changed(id: number): void {
    const row = this.#pool?.row(id);
    if (!row) {
      return;
    }
    const told = this.told.get(id);
    if (told) {
      this.#moved(row, told);
    } else {
      this.#added(row);
    }
    if (this.#idle > this.settings.pool.maxIdleConnections) {
      this.#referee.fail(
        'no limit is exceeded',
        `${this.#idle} idle, max_idle_conns is ${this.settings.pool.maxIdleConnections}`,
      );
    }
  }

  closed(id: number, reason: CloseReason): void {
    const told = this.told.get(id);
    if (!told) {
      this.#referee.fail('a connection is closed once', `connection ${id}: ${reason}`);
      return;
    }
    if (!closeReasons.includes(reason)) {
      this.#referee.fail('every close has a reason of the closed set', `connection ${id}: ${String(reason)}`);
    }
    if (this.#pool?.row(id)) {
      this.#referee.fail('a closed connection is not in the pool', `connection ${id}`);
    }
    this.closes.set(reason, (this.closes.get(reason) ?? 0) + 1);
    this.told.delete(id);
    this.closedNow.add(id);
    this.#byHost.set(told.host, (this.#byHost.get(told.host) ?? 0) - 1);
    this.#count(told.state, -1);
    this.#lastStirMs.set(told.host, this.#clock.monotonicMs());
  }

  /** The pool asks for leave to dial: that is the newest of its connections, unless it asks for one more try of a dial. */
  claim(endpoint: Endpoint, signal: AbortSignal): void {
    if (this.#connectionOf.has(signal)) {
      return;
    }
    let newest: ConnectionRow | null = null;
    for (const row of this.#pool?.rows() ?? []) {
      newest = row;
    }
    if (newest?.state !== 'dialing' || newest.ip !== endpoint.ip || newest.host !== endpoint.host.name) {
      this.#referee.fail('a place is taken before a dial begins', `${endpoint.host.name} ${endpoint.ip}`);
      return;
    }
    this.#connectionOf.set(signal, newest.id);
  }

  connectionOf(signal: AbortSignal): number {
    const id = this.#connectionOf.get(signal);
    if (id === undefined) {
      this.#referee.fail('the dial budget is asked before a dial');
      return 0;
    }
    return id;
  }

  stateOf(connectionId: number): ConnectionState | null {
    return this.#pool?.row(connectionId)?.state ?? null;
  }

  leasesOf(connectionId: number): number {
    return this.leases.get(connectionId) ?? 0;
  }

  streamsOf(connectionId: number): number {
    const sinceMs = this.#clock.monotonicMs() - this.#settings.pool.testTimeoutMs;
    return this.#streams(connectionId, this.#streamsAllowed(), sinceMs);
  }

  /** As {@link ConnectionsWatch.streamsOf}, by the settings and the server's word of this moment alone. */
  streamsNow(connectionId: number): number {
    return this.#streams(connectionId, this.#settings.pool.maxStreamsPerConnection, Number.POSITIVE_INFINITY);
  }

  hostCount(host: string): number {
    return this.#byHost.get(host) ?? 0;
  }

  /** The check interval; in the moment in which it is changed, the longest that it was. */
  get checkIntervalMs(): number {
    const formerly = this.#formerSince(() => this.#clock.monotonicMs());
    return Math.max(...[this.#settings, ...formerly].map(({ pool }) => pool.healthCheckIntervalMs));
  }

  /** When a connection to this host was last begun or closed. */
  lastStirMs(host: string): number {
    return this.#lastStirMs.get(host) ?? Number.NEGATIVE_INFINITY;
  }

  leased(connectionId: number, change: 1 | -1): void {
    const count = this.leasesOf(connectionId) + change;
    if (count === 0) {
      this.leases.delete(connectionId);
    } else {
      this.leases.set(connectionId, count);
    }
  }

  #streams(connectionId: number, allowed: number, sinceMs: number): number {
    const transport = this.#network?.transport(connectionId);
    return transport?.protocol === 'h2' ? Math.min(transport.mostStreams(sinceMs), allowed) : 1;
  }

  /** Within the longest time that a probe may take, what was allowed before counts as well. */
  #streamsAllowed(): number {
    const formerly = this.#formerSince(({ pool }) => this.#clock.monotonicMs() - pool.testTimeoutMs);
    return Math.max(...[this.#settings, ...formerly].map(({ pool }) => pool.maxStreamsPerConnection));
  }

  /** Settings that still held at the moment that is named for each. */
  #formerSince(sinceMs: (settings: EngineSettings) => number): readonly EngineSettings[] {
    return this.#former.filter(({ settings, untilMs }) => untilMs >= sinceMs(settings)).map(({ settings }) => settings);
  }

  #added(row: ConnectionRow): void {
    const { id, host, ip, state, healthy } = row;
    if (id <= this.#lastId) {
      this.#referee.fail('a closed connection is not in the pool', `connection ${id} is told of again as ${state}`);
    }
    if (state !== 'dialing') {
      this.#referee.fail('only legal states', `connection ${id} begins as ${state}`);
    }
    this.#lastId = id;
    this.told.set(id, { host, ip, state, healthy });
    this.#byHost.set(host, this.hostCount(host) + 1);
    this.#count(state, 1);
    this.#lastStirMs.set(host, this.#clock.monotonicMs());
    const { maxConnections, maxConnectionsPerHost } = this.settings.pool;
    if (this.told.size > maxConnections) {
      this.#referee.fail('no limit is exceeded', `${this.told.size} connections, max_connections is ${maxConnections}`);
    }
    if (this.hostCount(host) > maxConnectionsPerHost) {
      const held = this.hostCount(host);
      this.#referee.fail('no limit is exceeded', `${held} to ${host}, max_conns_per_host is ${maxConnectionsPerHost}`);
    }
  }

  #moved(row: ConnectionRow, told: Told): void {
    const { id, state, healthy } = row;
    const back = stage[state] < stage[told.state];
    if (back || (state === 'validating' && told.state !== 'dialing' && told.state !== 'validating')) {
      this.#referee.fail('only legal states', `connection ${id} goes from ${told.state} to ${state}`);
    }
    this.#count(told.state, -1);
    this.#count(state, 1);
    told.state = state;
    told.healthy = healthy;
  }

  #count(state: ConnectionState, change: 1 | -1): void {
    if (state === 'idle') {
      this.#idle += change;
    }
  }
}
