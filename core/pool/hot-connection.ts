/** One connection: its identity, its socket, its counters and its place in the state machine. */

import type { Timer } from '../base/clock.ts';
import type { ConnectionRow } from '../contract/connections.ts';
import type { HistoryKind } from '../contract/explain.ts';
import type { CloseReason, ConnectionState } from '../contract/vocabulary.ts';
import type { DialTimings, Transport, TransportEnd } from '../dial/transport.ts';
import type { AvailableSet } from './available-set.ts';
import { nextState } from './connection-state.ts';
import { FailureRecord, HistoryRing } from './history-ring.ts';
import type { HostPool } from './host-pool.ts';
import { LeaseLog } from './lease-log.ts';
import type { Upstream } from './upstream.ts';

export interface HotConnectionSeed {
  readonly id: number;
  readonly host: HostPool;
  readonly upstream: Upstream;
  readonly profile: string;
  /** Monotonic. */
  readonly createdMs: number;
  /** -1 to 1: where in the spread its lifetime lies. */
  readonly lifetimeSpread: number;
}

/** Before anything. */
const never = -1e9;
const keptEvents = 8;

/**
 * All times here are monotonic and whole milliseconds, which V8 keeps inside the object; `toRow` turns them into epoch
 * milliseconds. What each lease touches comes first, so that it lies together.
 */
export class HotConnection {
  #state: ConnectionState = 'dialing';
  /** Set by the manager alone, which counts. */
  healthy = false;
  /** HTTP/2: it may carry more than one lease. */
  multiplexes = false;
  /** The set of its host that it is available in, and its place there unless it came back last; kept by that set. */
  availableIn: AvailableSet | null = null;
  availableAt = -1;
  /** Its place among all that lie idle, or did; kept by that set. */
  idleAt = -1;
  readonly host: HostPool;
  readonly upstream: Upstream;
  /** Leases held now; more than one only on HTTP/2. */
  activeLeases = 0;
  leases = 0;
  /** Last use by a request or a passed check. */
  touchedMs: number;
  #pingedMs = never;
  leasedSinceMs = never;
  lastLeaseMs = never;
  previousLeaseMs = never;
  /** When it has lived its life, with its own share of the jitter; set by the manager. */
  expiresMs = 0;
  /** Broken requests and failed releases since a check last found it good; a 404 is none of the connection's. */
  faults = 0;
  /** Its server ends it after the last answer: nobody gets it any more. */
  closing = false;
  /** Ends the dial, validation or check under way; null when there is none. */
  work: AbortController | null = null;

  readonly id: number;
  #askedBeforePingMs = never;
  /** Of its handshake, or of the one under way. */
  profile: string;
  readonly createdMs: number;
  readonly lifetimeSpread: number;
  transport: Transport | null = null;
  /** The transport ended before the pool had taken it in. */
  ended: TransportEnd | null = null;
  closeReason: CloseReason | null = null;
  /** It has failed of itself: whoever closes it in consequence, this is why. */
  failing: CloseReason | null = null;
  /** Closes it for good when its leases do not end in time. */
  drainTimer: Timer | null = null;
  /** Looks again at one whose flag is down. */
  secondLook: Timer | null = null;
  /** Its next check is by request, whatever its turn. */
  asksNext = false;
  /** A PING beside its leases is under way. */
  pinging = false;
  /** Another is being dialled to take its place. */
  replacing = false;
  requests = 0;
  errors = 0;
  checks = 0;
  lastResponseMs: number | null = null;
  /** When the dial budget let it begin, its handshake was done, and it was found good; null before. */
  dialBeganMs: number | null = null;
  handshakenMs: number | null = null;
  readyMs: number | null = null;
  /** What befell it, for who asks why; none before the first. */
  history: HistoryRing | null = null;
  leaseLog: LeaseLog | null = null;
  failures: FailureRecord | null = null;

  constructor(seed: HotConnectionSeed) {
    this.id = seed.id;
    this.host = seed.host;
    this.upstream = seed.upstream;
    this.profile = seed.profile;
    this.createdMs = Math.floor(seed.createdMs);
    this.lifetimeSpread = seed.lifetimeSpread;
    this.touchedMs = this.createdMs;
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** @throws PoolInvariantError for a move that the state machine does not have. */
  moveTo(state: ConnectionState): void {
    this.#state = nextState(this.id, this.#state, state);
  }

  /** Handshaken, validated and not closed. */
  get established(): boolean {
    return (
      this.#state === 'idle' || this.#state === 'checking' || this.#state === 'leased' || this.#state === 'draining'
    );
  }

  /** Begin of the last lease; null before the first. */
  get lastLeaseBeganMs(): number | null {
    return this.leases === 0 ? null : this.lastLeaseMs;
  }

  /** null until it is handshaken. */
  get timings(): DialTimings | null {
    return this.transport?.timings ?? null;
  }

  /** How many leases it may carry at once; on HTTP/2 never more than the server allows now, which may be none (RFC 9113, section 6.5.2). */
  capacity(maxStreams: number): number {
    return this.multiplexes ? Math.min(maxStreams, this.transport?.maxStreams ?? 1) : 1;
  }

  /** A request has used it, or a check has passed. */
  touch(nowMs: number): void {
    this.touchedMs = Math.floor(nowMs);
  }

  /** A PING has passed: use, but not to a server that waits for requests. */
  pinged(nowMs: number): void {
    this.#askedBeforePingMs = this.askedMs;
    this.touch(nowMs);
    this.#pingedMs = this.touchedMs;
  }

  /** Last use by a request, a check by request, or the lease for one. */
  get askedMs(): number {
    return this.touchedMs === this.#pingedMs ? this.#askedBeforePingMs : this.touchedMs;
  }

  /** A lease on it begins. */
  served(nowMs: number): void {
    const atMs = Math.floor(nowMs);
    if (this.activeLeases === 0) {
      this.leasedSinceMs = atMs;
    }
    this.activeLeases += 1;
    this.leases += 1;
    this.previousLeaseMs = this.lastLeaseMs;
    this.lastLeaseMs = atMs;
  }

  /** A lease on it has ended that is worth remembering: long, or not well. */
  leaseEnded(beganMs: number, endedMs: number, outcome: 'ok' | 'failed' | 'broken'): void {
    this.leaseLog ??= new LeaseLog();
    this.leaseLog.record(beganMs, endedMs, outcome);
    if (outcome !== 'ok') {
      this.note('lease', outcome, endedMs);
    }
  }

  note(kind: HistoryKind, detail: string, nowMs: number): void {
    this.history ??= new HistoryRing(keptEvents);
    this.history.record(kind, detail, nowMs);
  }

  /** Something went wrong on it, or while it was made. */
  failed(error: Error, nowMs: number): void {
    this.failures ??= new FailureRecord();
    this.failures.record(error, nowMs);
  }

  /** `epochOffsetMs` is what to add to a monotonic time to get the epoch's. */
  toRow(epochOffsetMs: number): ConnectionRow {
    const { transport, upstream } = this;
    const unused = this.#state === 'idle' || this.#state === 'checking';
    const leased = this.activeLeases > 0;
    return {
      id: this.id,
      state: this.#state,
      healthy: this.healthy,
      host: upstream.endpoint.host.name,
      ip: upstream.endpoint.ip,
      port: upstream.endpoint.port,
      protocol: transport?.protocol ?? null,
      profile: this.profile,
      createdAtMs: this.createdMs + epochOffsetMs,
      idleSinceMs: unused ? this.touchedMs + epochOffsetMs : null,
      leasedSinceMs: leased ? this.leasedSinceMs + epochOffsetMs : null,
      leases: this.leases,
      requests: this.requests,
      errors: this.errors,
      tcpMs: transport?.timings.tcpMs ?? null,
      tlsMs: transport?.timings.tlsMs ?? null,
      lastResponseMs: this.lastResponseMs,
      resumed: transport?.resumed ?? false,
    };
  }
}
