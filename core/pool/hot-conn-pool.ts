/** The face of the engine: connections that are already handshaken, handed out, taken back, kept hot, and closed. */
import { Dispatcher } from 'undici';
import type { AlertKeeper } from '../alerts/alert-keeper.ts';
import type { ProcessMonitor } from '../base/process-monitor.ts';
import type { EngineSettings } from '../config/settings.ts';
import type { ConnectionRow } from '../contract/connections.ts';
import type { ConnectionExplanation, Explanation } from '../contract/explain.ts';
import type { PoolSample, PoolStatistics } from '../contract/statistics.ts';
import type { CloseReason } from '../contract/vocabulary.ts';
import type { WarmUpRun } from '../contract/warm-up-run.ts';
import type { Endpoint, HostName } from '../dial/endpoint.ts';
import { type EndpointHealthKeeper, withoutJudgement } from '../health/endpoint-health.ts';
import type { ProbeTarget } from '../health/recovery-prober.ts';
import type { Validation } from '../health/validation.ts';
import type { Tally } from '../statistics/tally.ts';
import type { WarmUp } from '../warm-up/warm-up.ts';
import { type WarmUpOptions, warmUpHosts } from '../warm-up/warm-up-hosts.ts';
import { chooseAway } from './choice.ts';
import { type Explainable, explain } from './explain.ts';
import type { AcquireOptions, HandOff } from './hand-off.ts';
import type { HostPool } from './host-pool.ts';
import type { HostScore } from './host-scores.ts';
import type { Lease } from './lease.ts';
import { PoolContext, type PoolParts } from './pool-context.ts';
import type {
  CheckableConnections,
  ConnectionObserver,
  ConnectionOpener,
  EndpointLook,
  OpenedConnection,
  PoolSecond,
  PoolView,
  RememberedPool,
  Room,
} from './pool-ports.ts';
import { PoolWorks } from './pool-works.ts';
import { RequestDispatcher } from './request-dispatcher.ts';
import { shedSurplus } from './surplus.ts';
import { assertIp, type Wishes } from './wishes.ts';

export type { AcquireOptions } from './hand-off.ts';

export interface HotConnPoolDependencies extends Omit<PoolParts, 'health'> {
  readonly process: ProcessMonitor;
  /** Default: nobody is ejected. */
  readonly health?: EndpointHealthKeeper;
}

/** undici's Dispatcher promises nothing when it is closed; the pool promises its last figures, and that is more. */
type Closed = Promise<void> & Promise<PoolStatistics>;

const noOptions: AcquireOptions = {};

/**
 * Also an undici `Dispatcher`: `fetch(url, { dispatcher: pool })` of undici or of Node itself, and the inherited `request`,
 * `stream` and `pipeline`, ride hot connections with no other change.
 */
export class HotConnPool extends Dispatcher implements CheckableConnections, PoolView, ProbeTarget, RememberedPool {
  /** Warm-up jobs: one host, several, or a list of IPs. */
  readonly warmUps: WarmUp;
  /** What is wrong, judged once a second. */
  readonly alerts: AlertKeeper;
  readonly #context: PoolContext;
  readonly #works: PoolWorks;
  /** On the way of each acquire, and so at hand. */
  readonly #handOff: HandOff;
  readonly #wishes: Wishes;
  readonly #requests: RequestDispatcher;

  constructor(settings: EngineSettings, dependencies: HotConnPoolDependencies) {
    super();
    const { process, health = withoutJudgement, ...parts } = dependencies;
    const context = new PoolContext(settings, { ...parts, health });
    const works = new PoolWorks(context, process);
    this.#context = context;
    this.#works = works;
    this.#handOff = works.handOff;
    this.#wishes = works.wishes;
    this.warmUps = works.warmUps;
    this.alerts = works.alerts;
    this.#requests = new RequestDispatcher(
      {
        clock: context.clock,
        events: context.events,
        hold: context.hold,
        maxAttempts: () => context.settings.pool.maxRetries,
        retry: () => context.settings.retry,
        closing: context.closing.signal,
        take: (name) => {
          const host = context.manager.host(name);
          return host ? this.#handOff.take(host) : null;
        },
        acquire: (host, failedIps, options) => this.#acquireAway(host, failedIps, options),
      },
      (origin) => this.emit('drain', origin),
    );
    works.start();
  }

  /**
   * A connection to `host`: one that is there, else one dialled for it. First come, first served within a priority.
   * @throws AcquireTimeoutError, NoAllowedEndpointError, PoolClosedError, ClassifiedError (when every dial fails and
   * nothing of the host is alive), the signal's reason; RangeError when `host` is not a host.
   */
  acquire(host: HostName | string, options: AcquireOptions = noOptions): Promise<Lease> {
    try {
      return this.#handOff.acquire(this.#wishes.host(host), null, null, options);
    } catch (error) {
      // An async function would say the same by itself, at the price of one more promise on the way of each lease.
      return Promise.reject(error);
    }
  }

  /**
   * A connection that is good for this URL's path, validated on the very socket that is handed out. The verdict of an
   * endpoint and path is kept for `health_check_interval`.
   * @throws as {@link HotConnPool.acquire}; UrlRejectedError when the URL answers a status outside the good ones.
   */
  async acquireUrl(url: string | URL, options: AcquireOptions = noOptions): Promise<Lease> {
    const { host, path } = this.#wishes.url(url);
    return this.#handOff.acquire(host, null, path, options);
  }

  /**
   * A connection to this IP that is good for this URL's path: one that is free, else one dialled within the limits, else
   * the first that is released. @throws as {@link HotConnPool.acquireUrl}; RangeError when `ip` is not an IP.
   */
  async acquireIp(url: string | URL, ip: string, options: AcquireOptions = noOptions): Promise<Lease> {
    return this.#acquireOnly(() => this.#wishes.url(url), ip, options);
  }

  /** As {@link HotConnPool.acquire}, to this IP alone. @throws as it; RangeError when `ip` is not an IP. */
  async acquireTo(host: HostName | string, ip: string, options: AcquireOptions = noOptions): Promise<Lease> {
    return this.#acquireOnly(() => ({ host: this.#wishes.host(host), path: null }), ip, options);
  }

  /**
   * undici's face of the pool: one request on a lease of its own. A request that failed before its answer began is sent
   * again on another IP, at most `max_retries` times in all, when nothing was sent or its method is idempotent, within
   * the retry budget. False is back-pressure, `drain` follows. Failures reach the handler.
   * @throws TypeError when the options name no https origin, or ask for an upgrade.
   */
  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    return this.#requests.dispatch(options, handler);
  }

  /**
   * Makes connections to a host ahead of demand: one to each of its IPs, or as many as `connections` says, spread over
   * them; what does not fit the limits is left out, and the run says so.
   * @returns the finished run, when at least one connection is ready.
   * @throws WarmUpFailedError when every connection failed; ContractError for options that cannot be read; the signal's
   * reason when it aborts, which cancels the run.
   */
  warmUp(host: string, options: WarmUpOptions = {}): Promise<WarmUpRun> {
    return this.warmUpMultipleHosts([host], options);
  }

  /** The same for several hosts side by side; fails only when every connection to every host failed. */
  warmUpMultipleHosts(hosts: readonly string[], options: WarmUpOptions = {}): Promise<WarmUpRun> {
    return warmUpHosts(this.warmUps, hosts, options);
  }

  /** The same as `lease.release()`; null and undefined are let pass (document 003). */
  release(lease: Lease | null | undefined): void {
    lease?.release();
  }

  /** The statistics of this moment. */
  stats(): PoolStatistics {
    return this.#works.statistics.read();
  }

  /** Applies new settings at once: limits, timers, targets. What is above a lowered limit is closed, leased ones after their release. */
  updateConfig(settings: EngineSettings): void {
    this.#context.configure(settings);
    this.#works.membership.setTargets(settings);
    shedSurplus(this.#context, this.#works.closer);
    for (const host of this.#context.manager.hosts) {
      this.#works.supplier.wake(host);
    }
  }

  /**
   * Takes no more work, refuses who waits, aborts dials, lets leases end for `drain_timeout`, closes everything. Closing
   * twice gives the same promise. When `atOnce` aborts, of the first call or a later one, leases are waited for no longer.
   * With undici's callback that is called at the end instead.
   */
  override close(atOnce?: AbortSignal): Closed;
  override close(callback: () => void): void;
  override close(option?: AbortSignal | (() => void)): Closed | undefined {
    if (typeof option === 'function') {
      void this.#works.closing.close().then(() => option());
      return undefined;
    }
    return this.#works.closing.close(option) as Closed;
  }

  /** Closes without waiting for leases: requests in flight fail. */
  override destroy(): Promise<void>;
  override destroy(error: Error | null): Promise<void>;
  override destroy(callback: () => void): void;
  override destroy(error: Error | null, callback: () => void): void;
  override destroy(first?: Error | null | (() => void), second?: () => void): Promise<void> | undefined {
    const closed = this.#works.closing.close(AbortSignal.abort());
    const callback = typeof first === 'function' ? first : second;
    const ended = closed.then(() => callback?.());
    return callback ? undefined : ended;
  }

  /** The host's addresses that may be dialled now, best known first. @throws ClassifiedError of class `dns` when it has none. */
  async endpointsOf(host: HostName, signal?: AbortSignal): Promise<readonly Endpoint[]> {
    return (await this.#works.opener.addressesOf(host, null, signal)).allowed;
  }

  /** One connection ahead of demand; its address belongs to the host from then on. @throws as {@link ConnectionOpener.open} */
  open(endpoint: Endpoint, options: Parameters<ConnectionOpener['open']>[1]): Promise<OpenedConnection> {
    return this.#works.opener.open(endpoint, options);
  }

  /** Of the pool: total > 0, healthy > 0 and half of the last minute's requests or more successful (document 004); or of a connection. */
  isHealthy(connectionId?: number): boolean {
    return connectionId === undefined ? this.stats().isHealthy : this.#works.opener.isHealthy(connectionId);
  }

  /** Established, and the healthy flag up (GetHealthyConnections). */
  healthyConnections(): ConnectionRow[] {
    return [...this.rows()].filter(({ id }) => this.isHealthy(id));
  }

  /** Established, but the flag is down: they serve nobody until a check finds them good (GetUnhealthyConnections). */
  unhealthyConnections(): ConnectionRow[] {
    const isBeingMade = ({ state }: ConnectionRow): boolean => state === 'dialing' || state === 'validating';
    return [...this.rows()].filter((row) => !row.healthy && !isBeingMade(row));
  }

  probe(endpoint: Endpoint, signal: AbortSignal): Promise<boolean> {
    return this.#works.trial.look(this.#wishes.host(endpoint.host), endpoint, signal);
  }

  /** How many more connections to this host fit every limit now, and which limit is the nearest. */
  room(host: HostName): Room {
    return this.#context.manager.room(this.#wishes.host(host));
  }

  /** What has been learned of hosts and their IPs: response times, shares of success, baselines. */
  scores(): readonly HostScore[] {
    return this.#context.scores.read();
  }

  /** As {@link HotConnPool.scores} gave it before; what has been learned since then counts more. */
  restoreScores(scores: readonly HostScore[]): void {
    this.#context.scores.restore(scores);
  }

  idleFor(untouchedForMs: number): readonly number[] {
    return this.#context.manager.idle.untouched(untouchedForMs, this.#context.nowMs());
  }

  async check(connectionId: number): Promise<Validation | null> {
    const connection = this.#context.manager.get(connectionId);
    return connection ? this.#works.inspector.check(connection) : null;
  }

  closeUnhealthy(): number {
    return this.#works.closer.closeUnhealthy();
  }

  *rows(): Iterable<ConnectionRow> {
    const offsetMs = this.#context.epochOffsetMs();
    for (const connection of this.#context.manager.connections) {
      yield connection.toRow(offsetMs);
    }
  }

  row(connectionId: number): ConnectionRow | undefined {
    return this.#context.manager.get(connectionId)?.toRow(this.#context.epochOffsetMs());
  }

  observe(observer: ConnectionObserver): () => void {
    return this.#context.observe(observer);
  }

  onLook(listener: (look: EndpointLook) => void): () => void {
    return this.#context.onLook(listener);
  }

  onSecond(listener: (second: PoolSecond) => void): () => void {
    return this.#works.statistics.onSecond(listener);
  }

  /** Everything counted since the start. */
  totals(): Readonly<Tally> {
    return this.#context.recorder.totals();
  }

  /** Median cost of the connections made in the last ten minutes; null: there were none. */
  coldStartMs(): number | null {
    return this.#context.recorder.coldStartMs(this.#context.nowMs());
  }

  closedRow(connectionId: number): ReturnType<RememberedPool['closedRow']> {
    const closed = this.#context.closedConnections.get(connectionId);
    return (
      closed && { row: closed.row, reason: closed.reason, closedAtMs: closed.closedMs + this.#context.epochOffsetMs() }
    );
  }

  statistics(): PoolStatistics {
    return this.stats();
  }

  samplesAfter(last: PoolSample | null): readonly PoolSample[] {
    return this.#context.recorder.samplesAfter(last);
  }

  /** As {@link HotConnPool.samplesAfter}, by the time of day. */
  samplesSince(afterMs: number): readonly PoolSample[] {
    return this.#context.recorder.samplesSince(afterMs);
  }

  /**
   * Why a host, an IP or a connection is cold, waiting, closed or refused: one to three sentences, and the data. null for
   * a connection that never was, or was closed so long ago that nothing is remembered of it.
   * @throws RangeError when a text is neither a host nor an IP.
   */
  explain(subject: Explainable): Explanation | null {
    return explain(this.#context, subject, (id) => this.#handOff.overdueOn(id));
  }

  /** The last of this connection, at most 1,000, oldest first; none when they are too long ago. */
  leasesOf(connectionId: number): ConnectionExplanation['recentLeases'] {
    return this.#context.pastLeases.of(connectionId, this.#context.epochOffsetMs());
  }

  async drainConnections(connectionIds: ReadonlySet<number>, reason: CloseReason): Promise<number> {
    const there = [...connectionIds].flatMap((id) => this.#context.manager.get(id) ?? []);
    await this.#works.closer.retireAll(there, () => reason);
    return there.length;
  }

  async closeConnections(connectionIds: ReadonlySet<number>, reason: CloseReason): Promise<number> {
    const there = [...connectionIds].flatMap((id) => this.#context.manager.get(id) ?? []);
    await this.#works.closer.closeAll(there, reason);
    return there.length;
  }

  /** False when there is no such connection. A leased one finishes first, within the drain timeout. */
  closeConnection(connectionId: number, reason: CloseReason): boolean {
    const connection = this.#context.manager.get(connectionId);
    if (!connection) {
      return false;
    }
    this.#works.closer.retire(connection, reason);
    return true;
  }

  countByIp(matches: (ip: string) => boolean): { readonly total: number; readonly leased: number } {
    return this.#context.manager.countByIp(matches);
  }

  async #acquireOnly(
    find: () => { readonly host: HostPool; readonly path: string | null },
    ip: string,
    options: AcquireOptions,
  ): Promise<Lease> {
    const asked = find();
    assertIp(ip);
    // Known already, it joins the queue in the moment of the call, under the settings of that moment.
    const left = asked.host.resolved ? options : await this.#wishes.resolveInTime(asked.host, options);
    // Look again: a host that nobody has used meanwhile may have been forgotten.
    const { host, path } = find();
    return this.#handOff.acquire(host, this.#wishes.endpoint(host, ip), path, left);
  }

  /** As {@link HotConnPool.acquire}, on an IP that has not failed this request before, if the host has one. */
  #acquireAway(name: string, failedIps: ReadonlySet<string>, options: AcquireOptions): Promise<Lease> {
    if (failedIps.size === 0) {
      return this.acquire(name, options);
    }
    const host = this.#wishes.host(name);
    const upstream = chooseAway(this.#context, host, failedIps, this.#context.nowMs());
    return this.#handOff.acquire(host, upstream, null, options);
  }
}
