/** How connections end: at once, or after the leases they carry. Every end has one reason. */
import type { EventLevel } from '../contract/events.ts';
import type { CloseReason } from '../contract/vocabulary.ts';
import type { TransportEnd } from '../dial/transport.ts';
import type { HotConnection } from './hot-connection.ts';
import type { PoolContext } from './pool-context.ts';
import { inPortions, mostClosedAtOnce } from './portions.ts';

/** What an operator should see without asking; the rest is the pool's ordinary breathing. */
const level: Partial<Record<CloseReason, EventLevel>> = {
  broken: 'warn',
  unhealthy: 'warn',
  'response-not-drained': 'warn',
  blacklisted: 'info',
  'not-allowed': 'info',
  operator: 'info',
  'config-changed': 'info',
  'dns-vanished': 'info',
};

const unhurried: ReadonlySet<CloseReason> = new Set(['replaced', 'max-lifetime', 'goaway']);

export class ConnectionCloser {
  readonly #context: PoolContext;
  readonly #onClosed: (connection: HotConnection, reason: CloseReason) => void;
  /** Of connections that are gone. */
  bytesIn = 0;
  bytesOut = 0;

  constructor(context: PoolContext, onClosed: (connection: HotConnection, reason: CloseReason) => void) {
    this.#context = context;
    this.#onClosed = onClosed;
  }

  /** Ends it at once, whatever it does; the socket is gone when this returns. Closing twice does nothing. */
  close(connection: HotConnection, given: CloseReason): void {
    if (connection.state === 'closed') {
      return;
    }
    const reason = connection.failing ?? given;
    connection.closeReason = reason;
    connection.drainTimer?.cancel();
    connection.drainTimer = null;
    connection.secondLook?.cancel();
    connection.secondLook = null;
    this.#context.manager.move(connection, 'closed');
    this.#remember(connection, reason);
    const { work, transport } = connection;
    connection.work = null;
    work?.abort();
    if (transport) {
      this.bytesIn += transport.bytesIn;
      this.bytesOut += transport.bytesOut;
      transport.destroy();
    }
    const { host, ip } = connection.upstream.endpoint;
    const told = { host: host.name, ip, reason, leases: connection.leases, errors: connection.errors };
    this.#context.events.emit(level[reason] ?? 'debug', 'connection.closed', String(connection.id), told);
    this.#context.closed(connection, reason);
    this.#onClosed(connection, reason);
  }

  /** Its leases have `drain_timeout` from now, unless a reason has given them that before, or this one does not press. */
  #hurry(connection: HotConnection, reason: CloseReason): void {
    if (!connection.drainTimer && !unhurried.has(reason)) {
      connection.closeReason = reason;
      connection.drainTimer = this.#context.clock.after(this.#context.settings.pool.drainTimeoutMs, () =>
        this.close(connection, reason),
      );
    }
  }

  #remember(connection: HotConnection, reason: CloseReason): void {
    const nowMs = this.#context.nowMs();
    connection.host.usedMs = nowMs;
    connection.note('closed', reason, nowMs);
    if (connection.readyMs !== null) {
      // What failed before it was ready has been noted there as that.
      connection.upstream.history.record('closed', reason, nowMs);
      connection.host.history.record('closed', reason, nowMs);
    }
    this.#context.closedConnections.add(connection, reason, nowMs, this.#context.epochOffsetMs());
  }

  /**
   * Ends it as soon as nobody uses it: at once, or when its leases end, `drain_timeout` from now at the latest. One that
   * has only grown old, or whose server takes no new request, is left to its leases: nothing is wrong with what they do.
   */
  retire(connection: HotConnection, reason: CloseReason): void {
    if (connection.state === 'draining' && connection.activeLeases > 0) {
      this.#hurry(connection, reason);
      return;
    }
    if (connection.state === 'draining') {
      // Nobody uses it: it only waits for its turn to be closed.
      this.close(connection, connection.closeReason ?? reason);
      return;
    }
    if (connection.state !== 'leased' || connection.activeLeases === 0) {
      this.close(connection, reason);
      return;
    }
    connection.closeReason = reason;
    this.#context.manager.move(connection, 'draining');
    connection.note('draining', reason, this.#context.nowMs());
    this.#hurry(connection, reason);
    this.#context.changed(connection);
  }

  /**
   * Retires many. It is decided here and now: from this moment none of them serves or is dialled further. Of those that lie
   * idle the sockets are closed a portion in each turn of the event loop. Resolves when they are.
   */
  async retireAll(
    connections: readonly HotConnection[],
    reasonOf: (connection: HotConnection) => CloseReason,
  ): Promise<void> {
    if (connections.length <= mostClosedAtOnce) {
      for (const connection of connections) {
        this.retire(connection, reasonOf(connection));
      }
      return;
    }
    const idle: HotConnection[] = [];
    for (const connection of connections) {
      const reason = reasonOf(connection);
      if (connection.state === 'idle') {
        connection.closeReason = reason;
        this.#context.manager.move(connection, 'draining');
        this.#context.changed(connection);
        idle.push(connection);
      } else {
        this.retire(connection, reason);
      }
    }
    await inPortions(idle, (connection) => this.retire(connection, connection.closeReason ?? 'evicted'));
  }

  /** Ends many, whatever they do; those that are leased too. Resolves when they are gone. */
  async closeAll(connections: readonly HotConnection[], reason: CloseReason): Promise<void> {
    const retired = this.retireAll(connections, () => reason);
    await inPortions(connections, (connection) => this.close(connection, reason));
    await retired;
  }

  /** Its peer ended it, or it broke. */
  ended(connection: HotConnection, { reason, error }: TransportEnd): void {
    const nowMs = this.#context.nowMs();
    if (error) {
      connection.failed(error, nowMs);
    }
    if (connection.state === 'draining') {
      this.close(connection, connection.closeReason ?? reason);
      return;
    }
    if (reason !== 'broken' && connection.state === 'idle') {
      // On HTTP/2 a server says good-bye by GOAWAY.
      connection.host.idleLimit.closedAfter(nowMs - connection.askedMs, nowMs);
    }
    if (reason === 'goaway') {
      // Streams in flight live on.
      this.retire(connection, 'goaway');
    } else {
      this.close(connection, reason);
    }
  }

  /** Closes all whose flag is down and that nobody uses. Returns how many. */
  closeUnhealthy(): number {
    const unhealthy = [...this.#context.manager.connections].filter(
      ({ healthy, state }) => !healthy && (state === 'idle' || state === 'checking'),
    );
    void this.retireAll(unhealthy, () => 'unhealthy');
    return unhealthy.length;
  }
}
