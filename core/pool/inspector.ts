/** Checks of connections that are in the pool, and what follows from each answer. No probe touches a leased socket. */
import { requestEvery, type Validation } from '../health/validation.ts';
import type { ConnectionCloser } from './connection-closer.ts';
import type { HotConnection } from './hot-connection.ts';
import { judgedForHost } from './own-path.ts';
import type { PoolContext } from './pool-context.ts';
import { blamesTheIp, type Upstream } from './upstream.ts';

/** A connection whose flag is down is looked at again after this. */
const secondLookMs = 1_000;

/** To a validator, any that is no multiple of `requestEvery`. */
const pingOrdinal = 1;

export class Inspector {
  readonly #context: PoolContext;
  readonly #closer: ConnectionCloser;
  /** The connection may serve again; it goes to the first waiter or becomes idle. */
  readonly #onUsable: (connection: HotConnection) => void;

  constructor(context: PoolContext, closer: ConnectionCloser, onUsable: (connection: HotConnection) => void) {
    this.#context = context;
    this.#closer = closer;
    this.#onUsable = onUsable;
  }

  /** Reserves a connection that nobody uses, checks it and acts on the answer; null when somebody does. */
  async check(connection: HotConnection): Promise<Validation | null> {
    const { state, transport, activeLeases } = connection;
    const unused = state === 'idle' || (state === 'leased' && activeLeases === 0);
    if (!unused || !transport) {
      return null;
    }
    const signal = this.reserve(connection);
    connection.checks = this.#ordinal(connection);
    const { host } = connection;
    const answer = await this.#context.parts.validator.check(transport, host.path, connection.checks, signal);
    const validation = judgedForHost(host, answer);
    // Look again: it may have been closed meanwhile, by the peer or by us.
    if (connection.state === 'checking') {
      connection.work = null;
      this.#remember(connection, validation);
      this.#act(connection, validation);
    }
    return validation;
  }

  /**
   * A PING beside the leases of an HTTP/2 connection, with the deadline of a check: one whose peer has vanished without a
   * word is closed before its requests run into deadlines of their own.
   */
  async ping(connection: HotConnection): Promise<void> {
    const { transport, host } = connection;
    if (connection.pinging || !transport) {
      return;
    }
    connection.pinging = true;
    const { closing, parts } = this.#context;
    const validation = await parts.validator.check(transport, host.path, pingOrdinal, closing.signal);
    connection.pinging = false;
    // Look again: it may have been closed meanwhile.
    if (!connection.established || validation.error?.errorClass === 'aborted') {
      return;
    }
    this.#remember(connection, validation);
    if (validation.verdict === 'broken') {
      connection.failing = 'broken';
      this.blame(connection, validation);
      this.#closer.close(connection, 'broken');
    } else {
      connection.pinged(this.#context.nowMs());
    }
  }

  /** Nobody else may touch its socket from here. The signal ends the probe when the connection is closed. */
  reserve(connection: HotConnection): AbortSignal {
    connection.secondLook?.cancel();
    connection.secondLook = null;
    connection.work = new AbortController();
    if (connection.state !== 'checking') {
      this.#context.manager.move(connection, 'checking');
    }
    this.#context.changed(connection);
    return connection.work.signal;
  }

  /** Flag down: it serves nobody until a second look finds it good. */
  suspect(connection: HotConnection): void {
    connection.note('flag-down', 'status', this.#context.nowMs());
    const { host, ip } = connection.upstream.endpoint;
    this.#context.events.emit('debug', 'connection.unhealthy', String(connection.id), { host: host.name, ip });
    this.#context.manager.setHealthy(connection, false);
    this.#context.changed(connection);
    this.lookAgain(connection);
  }

  /**
   * Looks again in a second, or when its server may be asked again, if it is idle by then; one still leased is looked at
   * after its release.
   */
  lookAgain(connection: HotConnection): void {
    const restMs = connection.upstream.restUntilMs - this.#context.nowMs();
    connection.secondLook ??= this.#context.clock.after(Math.max(secondLookMs, restMs), () => {
      connection.secondLook = null;
      if (!connection.healthy) {
        void this.check(connection);
      }
    });
  }

  /** The failure is told to the IP's health. A server that asked to be left alone is: its idle connections wait as well. */
  blame({ upstream }: HotConnection, { error }: Validation): void {
    if (!error) {
      return;
    }
    this.#context.health(upstream).failed(error);
    if (error.retryAfterMs !== null && blamesTheIp(error)) {
      this.leaveAlone(upstream, error.retryAfterMs);
    }
  }

  /** Its server has asked for it: no dial, and no new lease on what is connected; leases that are out go on. */
  leaveAlone(upstream: Upstream, retryAfterMs: number): void {
    upstream.rest(this.#context.nowMs(), retryAfterMs);
    if (upstream.restUntilMs <= this.#context.nowMs()) {
      return;
    }
    for (const connection of upstream.connections) {
      if (connection.healthy && (connection.state === 'idle' || connection.state === 'leased')) {
        this.suspect(connection);
      }
    }
  }

  /**
   * Of the next check. Where the server's idle limit would strike before the one after it, this one is by request: to many
   * servers a PING is no use of the connection (nginx closes it all the same).
   */
  #ordinal(connection: HotConnection): number {
    const { checks, askedMs, host, asksNext } = connection;
    connection.asksNext = false;
    const untilNextMs = this.#context.settings.pool.healthCheckIntervalMs;
    const isLast = this.#context.nowMs() - askedMs + untilNextMs >= host.idleLimit.retireAfterMs;
    return isLast || asksNext ? Math.ceil((checks + 1) / requestEvery) * requestEvery : checks + 1;
  }

  #remember(connection: HotConnection, { verdict, error, probe, status, durationMs }: Validation): void {
    const nowMs = this.#context.nowMs();
    this.#context.recorder.check(verdict === 'good');
    connection.host.second.check(verdict === 'good');
    connection.note('check', verdict, nowMs);
    this.#context.looked(connection.upstream, {
      kind: probe === 'HEAD' || probe === 'GET' ? 'check' : 'ping',
      outcome: verdict,
      errorClass: error?.errorClass ?? null,
      status,
      durationMs,
    });
    if (error) {
      const { host, ip } = connection.upstream.endpoint;
      this.#context.events.emit('debug', 'health.check-failed', String(connection.id), {
        host: host.name,
        ip,
        class: error.errorClass,
        code: error.code,
        message: error.message,
      });
      connection.failed(error, nowMs);
      connection.upstream.record.record(error, nowMs);
      connection.upstream.history.record('check', verdict, nowMs);
    }
  }

  #act(connection: HotConnection, validation: Validation): void {
    switch (validation.verdict) {
      case 'good':
        this.#good(connection, validation);
        return;
      case 'broken':
        connection.failing = 'broken';
        this.blame(connection, validation);
        this.#closer.close(connection, 'broken');
        return;
      case 'blocked':
      case 'auth':
        connection.failing = 'unhealthy';
        this.blame(connection, validation);
        this.#closer.close(connection, 'unhealthy');
        return;
      case 'busy':
      case 'bad-status': {
        connection.errors += 1;
        if (validation.verdict === 'busy') {
          this.blame(connection, validation);
        }
        if (connection.state !== 'checking') {
          return;
        }
        if (!connection.healthy) {
          this.#closer.close(connection, 'unhealthy');
          return;
        }
        this.suspect(connection);
        // It may have come from a lease: then it lies idle only if there is room for it.
        this.#onUsable(connection);
        return;
      }
    }
  }

  #good(connection: HotConnection, validation: Validation): void {
    const { manager } = this.#context;
    if (validation.closing) {
      this.#closer.close(connection, 'peer-closed');
      return;
    }
    // A passed check counts as use, so that a warmed pool stays hot between requests.
    if (validation.probe === 'ping') {
      connection.pinged(this.#context.nowMs());
    } else {
      connection.touch(this.#context.nowMs());
    }
    connection.faults = 0;
    if (validation.status !== null) {
      connection.upstream.responded(validation.durationMs);
    }
    if (!connection.healthy) {
      connection.note('flag-up', '', this.#context.nowMs());
    }
    manager.setHealthy(connection, true);
    const told = connection.transport?.serverIdleLimitMs ?? null;
    if (told !== null) {
      connection.host.idleLimit.told(told);
    }
    const look = validation.status === null ? 'ping' : 'check';
    this.#context.health(connection.upstream).succeeded(look, validation.durationMs);
    if (connection.state === 'checking') {
      this.#onUsable(connection);
    }
  }
}
