/** The narrow faces that `HotConnPool` shows its neighbours in the engine: warm-up, health checker, console service. */
import type { ConnectionRow } from '../contract/connections.ts';
import type { CheckKind } from '../contract/history-health.ts';
import type { PoolSample, PoolStatistics } from '../contract/statistics.ts';
import type { CloseReason, ErrorClass } from '../contract/vocabulary.ts';
import type { ConnectionLimit } from '../contract/warm-up-plan.ts';
import type { UsualTimes } from '../contract/warm-up-run.ts';
import type { DialPriority } from '../dial/dial-budget.ts';
import type { Endpoint, HostName } from '../dial/endpoint.ts';
import type { ResolvedAddress } from '../dns/resolver.ts';
import type { Validation, ValidationVerdict } from '../health/validation.ts';
import type { HostSecond } from '../statistics/host-second.ts';
import type { Tally } from '../statistics/tally.ts';

/** For the pool: which addresses a host has now. Implemented over the `Resolver` by the part that keeps them fresh. */
export interface HostDirectory {
  /**
   * What is known, at once; asks the resolver only when nothing is known yet. Callers asking together share one query.
   * Addresses given in the settings are returned as they are.
   * @throws ClassifiedError of class `dns`, after the resolver's own retries; the signal's reason when it aborts first.
   */
  addresses(host: HostName, signal?: AbortSignal): Promise<readonly ResolvedAddress[]>;
  /**
   * Called with the whole new set whenever a host's set is another than before (grace for vanished addresses included:
   * one that is missing here is to be drained). Never with an empty set. Returns the function that stops listening.
   */
  onChange(listener: (host: HostName, addresses: readonly ResolvedAddress[]) => void): () => void;
  /** Every address of the host has failed: its addresses may be others by now. Cheap: called at each failure of such a host. */
  failing(host: HostName): void;
  /** Nobody has used the host for long: what is known of it goes, and is asked for anew when somebody wants it. */
  forget(host: HostName): void;
}

export interface Room {
  readonly free: number;
  readonly limit: ConnectionLimit;
}

/** A connection that was dialled, validated on its own socket, and is in the pool. */
export interface OpenedConnection {
  readonly id: number;
  readonly tcpMs: number;
  readonly tlsMs: number;
  /** The handshake resumed a session: it took less, and checked no certificate. */
  readonly resumed: boolean;
  /** From the validating request to its answer. */
  readonly firstByteMs: number;
  /** The most of the whole pool's dials and validations that were under way beside it, itself among them. */
  readonly inFlight: number;
}

/** Where a warm-up may go, and where it may not. */
export interface WarmUpAddresses {
  /** Best known first. */
  readonly allowed: readonly Endpoint[];
  readonly forbidden: readonly ForbiddenIp[];
  /** Of the IPs that were asked for by name, those that the host has not as far as DNS tells; 0 where it tells nothing. */
  readonly notOfHost: number;
}

/** `why` names the rule, in words; `ejected`: it is the automaton's, and goes by itself. */
export interface Forbiddance {
  readonly why: string;
  readonly ejected: boolean;
}

export interface ForbiddenIp extends Forbiddance {
  readonly ip: string;
}

export interface Opening {
  readonly timeoutMs: number;
  readonly priority: DialPriority;
  readonly signal: AbortSignal;
  /**
   * It is wanted as an address of its host, not because somebody has named its IP: when the host has it no more, it is not
   * dialled. Default: false.
   */
  readonly own?: boolean;
  /** Where the automaton has ejected it, it is probed first, and dialled when that has brought it back. Default: false. */
  readonly probesEjected?: boolean;
}

/** For warm-up: one dial per hot connection; the handshake that validates is the one that stays. */
export interface ConnectionOpener {
  /**
   * The host's own addresses, or those of `ips` (canonical) in their place, by what the access lists say of them.
   * @throws ClassifiedError of class `dns` when the host has no address and no `ips` are named.
   */
  addressesOf(host: HostName, ips: readonly string[] | null, signal?: AbortSignal): Promise<WarmUpAddresses>;
  /** Why this endpoint may not be dialled; null: it may. `own` as of {@link Opening}. */
  forbids(endpoint: Endpoint, own?: boolean): Forbiddance | null;
  /** Why this IP may be dialled for no host at all; null: for some. A ban of the automaton's holds for one host, and is left out. */
  forbidsEverywhere(ip: string): string | null;
  /** A healthy connection to it is there. */
  isWarm(endpoint: Endpoint): boolean;
  /** Every limit that one more idle connection to this host would count against. */
  limits(host: HostName): readonly ConnectionLimit[];
  /** What is usual for new connections to the host, by the band of load; bands of which too little is known are left out. */
  usual(host: HostName): ReadonlyMap<number, UsualTimes>;
  /** The ceiling of all dials at this moment. */
  readonly paceConcurrency: number;
  /**
   * One attempt: waits for the dial budget, dials, validates, and leaves the connection idle (or with the first waiter).
   * `timeoutMs` bounds it from the beginning of the dial to the verdict. Retries are the caller's.
   * @throws ClassifiedError, also of class `aborted` when the signal aborts and `local` when a limit is full.
   */
  open(endpoint: Endpoint, options: Opening): Promise<OpenedConnection>;
  /** Connections to it that are established and whose healthy flag is up. */
  healthyTo(endpoint: Endpoint): number;
  /** What has left it with fewer healthy connections than it had, and since when (epoch; null: not known). */
  lostAt(endpoint: Endpoint): { readonly why: string; readonly sinceMs: number | null };
}

/** For the health checker: connections are reserved (`checking`) before anything touches their socket. */
export interface CheckableConnections {
  /** Idle connections that neither a request nor a check has touched for `untouchedForMs`; 0 gives every idle one. */
  idleFor(untouchedForMs: number): readonly number[];
  /**
   * Reserves an idle connection, checks it, and acts on the answer: back to idle, flag down, or closed.
   * null when it was not idle (any more): leased ones are never checked.
   */
  check(connectionId: number): Promise<Validation | null>;
  /** Closes every connection whose healthy flag is down and that is not leased. Returns how many. */
  closeUnhealthy(): number;
}

export interface ConnectionObserver {
  /** Something in this connection's row is different, or it is new. Cheap: called on the hot path. */
  changed(connectionId: number): void;
  closed(connectionId: number, reason: CloseReason): void;
}

/** One second that is over: the pool as it is now, and what the second came to. */
export interface PoolSecond {
  readonly statistics: PoolStatistics;
  readonly tally: Readonly<Tally>;
  /** What it came to for each host, by name; good while the listener is called. */
  readonly hosts: ReadonlyMap<string, HostSecond>;
}

/** A look at one address that has come to an end: it was dialled and asked, or a connection to it was. */
export interface EndpointLook {
  readonly endpoint: Endpoint;
  readonly kind: CheckKind;
  readonly outcome: ValidationVerdict;
  /** null when good. */
  readonly errorClass: ErrorClass | null;
  /** null where nothing of HTTP was answered. */
  readonly status: number | null;
  /** Of an answer its response time, of a failure what it took. */
  readonly durationMs: number | null;
}

/** For who remembers: every second, every look at an address, and every connection that ends. */
export interface RememberedPool {
  /** Called for each look, our own abort excepted. Returns the function that stops listening. */
  onLook(listener: (look: EndpointLook) => void): () => void;
  /** Called when a second is over. Returns the function that stops listening. */
  onSecond(listener: (second: PoolSecond) => void): () => void;
  /** Returns the function that stops observing. */
  observe(observer: ConnectionObserver): () => void;
  /** A connection that has been closed, of the last thousand; times are epoch milliseconds. */
  closedRow(
    connectionId: number,
  ): { readonly row: ConnectionRow; readonly reason: CloseReason; readonly closedAtMs: number } | undefined;
}

/** For the console: what there is to see, and the acts of an operator. */
export interface PoolView {
  rows(): Iterable<ConnectionRow>;
  row(connectionId: number): ConnectionRow | undefined;
  /** Returns the function that stops observing. */
  observe(observer: ConnectionObserver): () => void;
  statistics(): PoolStatistics;
  /**
   * One per second, oldest first: those after this very one, which a clock that was set back does not move; null, or one of
   * long ago: the last 15 minutes.
   */
  samplesAfter(last: PoolSample | null): readonly PoolSample[];
  /**
   * Returns how many there are, when those that nobody uses are closed. From the call on they serve nobody; leased ones
   * finish first, within the drain timeout.
   */
  drainConnections(connectionIds: ReadonlySet<number>, reason: CloseReason): Promise<number>;
  /** Returns how many there were, when all are closed; what was under way on a leased one has failed. */
  closeConnections(connectionIds: ReadonlySet<number>, reason: CloseReason): Promise<number>;
  /** Live connections to IPs for which `matches` says yes: what a block would close. */
  countByIp(matches: (ip: string) => boolean): { readonly total: number; readonly leased: number };
}
