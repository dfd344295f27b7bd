/** One connection from nothing to usable: a place in the pool, the dial budget, the dial, the validation on its own socket. */
import { onAbort } from '../base/abort-watch.ts';
import type { CloseReason } from '../contract/vocabulary.ts';
import { whyWords } from '../contract/why-text.ts';
import { ClassifiedError } from '../dial/classified-error.ts';
import type { DialPriority } from '../dial/dial-budget.ts';
import { isOurOwnEnd } from '../dial/error-classes.ts';
import { defaultTlsProfile, type TlsProfileName } from '../dial/tls-profiles.ts';
import type { Transport, TransportEnd } from '../dial/transport.ts';
import type { Validation } from '../health/validation.ts';
import type { ConnectionCloser } from './connection-closer.ts';
import { DialTurn } from './dial-turn.ts';
import { refusal } from './explain-words.ts';
import type { HotConnection } from './hot-connection.ts';
import { offerProfiles } from './offer-profiles.ts';
import { judgedForHost } from './own-path.ts';
import type { PoolContext } from './pool-context.ts';
import { vanishedError } from './pool-errors.ts';
import type { EndpointLook, OpenedConnection } from './pool-ports.ts';
import { blamesTheIp, type Upstream } from './upstream.ts';

export interface Establishing {
  readonly priority: DialPriority;
  /** Bounds the time from the beginning of the dial to the verdict; null: each part has its own deadline only. */
  readonly timeoutMs: number | null;
  readonly signal?: AbortSignal;
  /** The connection it takes the place of, which goes the moment the new one is ready. */
  readonly replaces?: HotConnection;
}

/** The code of a failure that is none of the IP's: it answers well, and ends each connection with its answer. */
const closesAfterAnswer = 'CLOSES_AFTER_ANSWER';

/** What becomes of a connection after it was made. */
export interface EstablisherOutcomes {
  /** It may serve: the first waiter, or it lies idle. */
  readonly usable: (connection: HotConnection) => void;
  /** Its peer ended it, or it broke. */
  readonly ended: (connection: HotConnection, end: TransportEnd) => void;
  /** The server allows another number of streams on it than before. */
  readonly streamsChanged: (connection: HotConnection) => void;
}

export class Establisher {
  readonly #context: PoolContext;
  readonly #closer: ConnectionCloser;
  readonly #onUsable: (connection: HotConnection) => void;
  readonly #onEnd: (connection: HotConnection, end: TransportEnd) => void;
  readonly #onStreams: (connection: HotConnection) => void;

  constructor(context: PoolContext, closer: ConnectionCloser, outcomes: EstablisherOutcomes) {
    this.#context = context;
    this.#closer = closer;
    this.#onUsable = outcomes.usable;
    this.#onEnd = outcomes.ended;
    this.#onStreams = outcomes.streamsChanged;
  }

  /**
   * One attempt. The place in the pool is taken before this returns its promise, so limits count it from then on. The
   * connection is with the first waiter, or idle, when the promise resolves.
   * @throws ClassifiedError; of class `local` when a limit is full, `not-allowed` when its address was blocked or ejected
   * meanwhile, `dns` when its host has it no more, `aborted` when it was ended from outside.
   */
  async establish(upstream: Upstream, options: Establishing): Promise<OpenedConnection> {
    const { manager } = this.#context;
    options.signal?.throwIfAborted();
    const host = manager.host(upstream.endpoint.host.name);
    if (!host) {
      throw new ClassifiedError('internal', 'UNKNOWN_HOST', `${upstream.endpoint.host.name} is not in the pool`);
    }
    const profiles = this.#context.profiles.next(host.host, upstream.refusedProfiles);
    const connection = manager.add(upstream, host, profiles[0] ?? defaultTlsProfile, this.#context.nowMs());
    const work = new AbortController();
    connection.work = work;
    const ignoreAbort = options.signal && onAbort(options.signal, () => this.#closer.close(connection, 'aborted'));
    this.#context.changed(connection);
    try {
      return await this.#run(connection, profiles, work.signal, options);
    } finally {
      ignoreAbort?.();
    }
  }

  async #run(
    connection: HotConnection,
    profiles: readonly TlsProfileName[],
    signal: AbortSignal,
    options: Establishing,
  ): Promise<OpenedConnection> {
    const { endpoint } = connection.upstream;
    const { priority, timeoutMs } = options;
    let late: ClassifiedError | null = null;
    const turn = new DialTurn(this.#context, {
      endpoint,
      priority,
      signal,
      timeoutMs,
      onLate: () => {
        late = this.#tooLate(connection, this.#context.nowMs() - beganMs, timeoutMs);
      },
    });
    try {
      await turn.next();
    } catch (error) {
      this.#fail(connection, 'aborted', this.#classified(error, connection));
    }
    const beganMs = this.#context.nowMs();
    const beganBeside = this.#making();
    connection.dialBeganMs = Math.floor(beganMs);
    this.#context.parts.access.recordHit(endpoint.ip);
    try {
      let transport: Transport;
      try {
        transport = await this.#dial(connection, profiles, signal, turn, timeoutMs);
      } finally {
        turn.release(connection.state === 'validating');
      }
      const inFlight = Math.max(beganBeside, this.#making());
      const validation = await this.#validate(connection, transport, signal);
      const { status, durationMs } = validation;
      this.#looked(connection, options, { outcome: 'good', errorClass: null, status, durationMs });
      return this.#admit(connection, transport, validation, { ...options, inFlight });
    } catch (error) {
      const failure: unknown = late ?? error;
      if (failure instanceof ClassifiedError && !isOurOwnEnd(failure)) {
        this.#looked(connection, options, { ...answerOf(failure), durationMs: this.#context.nowMs() - beganMs });
      }
      throw failure;
    } finally {
      turn.close();
    }
  }

  async #dial(
    connection: HotConnection,
    profiles: readonly TlsProfileName[],
    signal: AbortSignal,
    turn: DialTurn,
    timeoutMs: number | null,
  ): Promise<Transport> {
    const { settings, manager } = this.#context;
    const { connTimeoutMs } = settings.pool;
    const withinMs = timeoutMs === null ? connTimeoutMs : Math.min(timeoutMs, connTimeoutMs);
    let transport: Transport;
    try {
      transport = await offerProfiles(this.#context, connection, profiles, { turn, signal, withinMs });
    } catch (error) {
      return this.#fail(connection, 'failed-dial', endedWithin(this.#classified(error, connection), withinMs));
    }
    // Look again: while it dialled, it may have been aborted, blocked, or its pool closed.
    if (connection.state !== 'dialing') {
      transport.destroy();
      throw this.#ended(connection);
    }
    transport.onEnd((end) => {
      if (connection.state === 'validating') {
        connection.ended = end;
      } else if (connection.state !== 'closed') {
        this.#onEnd(connection, end);
      }
    });
    transport.onMaxStreams(() => {
      manager.index(connection);
      this.#onStreams(connection);
    });
    connection.handshakenMs = Math.floor(this.#context.nowMs());
    manager.handshaken(connection, transport);
    this.#context.changed(connection);
    return transport;
  }

  async #validate(connection: HotConnection, transport: Transport, signal: AbortSignal): Promise<Validation> {
    // Look again: it may have been ended in the very moment in which its handshake was done.
    if (connection.state !== 'validating') {
      throw this.#ended(connection);
    }
    const { path } = connection.host;
    const answer = await this.#context.parts.validator.validate(transport, path, signal);
    if (connection.state !== 'validating') {
      throw this.#ended(connection);
    }
    if (answer.verdict !== 'broken') {
      connection.upstream.keepPathVerdict(path, answer, this.#context.nowMs());
    }
    const validation = judgedForHost(connection.host, answer);
    if (validation.error) {
      return this.#fail(connection, 'failed-validation', validation.error);
    }
    if (connection.ended || validation.closing) {
      const isBroken = connection.ended?.reason === 'broken';
      if (!isBroken) {
        // It has answered as it should. That nothing can be kept hot there is noticed, and no fault of the IP.
        this.#context.health(connection.upstream).succeeded('validation', validation.durationMs);
      }
      const message = whyWords('closes-each', { ip: connection.upstream.endpoint.ip });
      const code = isBroken ? 'BROKEN' : closesAfterAnswer;
      return this.#fail(
        connection,
        'failed-validation',
        new ClassifiedError('closed-by-peer', code, message, { cause: connection.ended?.error }),
      );
    }
    return validation;
  }

  #admit(
    connection: HotConnection,
    transport: Transport,
    validation: Validation,
    { replaces, inFlight }: Pick<Establishing, 'replaces'> & { readonly inFlight: number },
  ): OpenedConnection {
    const { manager, recorder } = this.#context;
    const nowMs = this.#context.nowMs();
    const { upstream, host } = connection;
    const { tcpMs, tlsMs } = transport.timings;
    connection.work = null;
    connection.readyMs = Math.floor(nowMs);
    connection.upstream.history.record('ready', transport.protocol, nowMs);
    connection.touch(nowMs);
    connection.lastResponseMs = validation.durationMs;
    upstream.succeeded(nowMs);
    this.#context.families.succeeded(upstream);
    upstream.responded(validation.durationMs);
    const usually = { tcpMs, tlsMs: transport.resumed ? null : tlsMs, responseMs: validation.durationMs };
    host.usual.connected(usually, inFlight, nowMs);
    host.lastDialError = null;
    if (transport.serverIdleLimitMs !== null) {
      host.idleLimit.told(transport.serverIdleLimitMs);
    }
    if (upstream.discovered) {
      manager.fromDns += 1;
    }
    recorder.dial(true);
    host.second.dial(true);
    recorder.connected({ resumed: transport.resumed, tlsMs, totalMs: tcpMs + tlsMs + validation.durationMs });
    manager.setHealthy(connection, true);
    if (replaces) {
      this.#closer.retire(replaces, 'replaced');
    }
    this.#context.health(upstream).succeeded('validation', validation.durationMs);
    if (this.#context.events.wants?.('debug') !== false) {
      const told = { host: host.host.name, ip: upstream.endpoint.ip, protocol: transport.protocol, tcpMs, tlsMs };
      this.#context.events.emit('debug', 'connection.ready', String(connection.id), told);
    }
    const { id } = connection;
    const opened = { id, tcpMs, tlsMs, resumed: transport.resumed, firstByteMs: validation.durationMs, inFlight };
    // What has been told may have changed who is used, and with that closed this very connection.
    if (connection.state === 'validating') {
      this.#onUsable(connection);
    }
    return opened;
  }

  /** Closes the connection, blames whom it concerns, and throws. */
  #fail(connection: HotConnection, reason: CloseReason, error: ClassifiedError): never {
    if (connection.state === 'closed') {
      throw this.#ended(connection);
    }
    if (error.errorClass === 'aborted') {
      this.#closer.close(connection, 'aborted');
      throw error;
    }
    connection.failing = reason;
    this.#blame(connection, error);
    this.#closer.close(connection, reason);
    throw error;
  }

  /** The dialer and the budget throw classified errors, or the reason of the signal that we aborted. */
  #classified(error: unknown, connection: HotConnection): ClassifiedError {
    if (error instanceof ClassifiedError) {
      return error;
    }
    if (connection.work === null || connection.work.signal.aborted) {
      return this.#ended(connection);
    }
    const message = error instanceof Error ? error.message : String(error);
    return new ClassifiedError('internal', 'UNEXPECTED', message, { cause: error });
  }

  /** Somebody else closed it while it was made. */
  #ended({ id, closeReason, upstream }: HotConnection): ClassifiedError {
    const reason = closeReason ?? 'aborted';
    if (reason === 'blacklisted' || reason === 'not-allowed') {
      const verdict = this.#context.verdict(upstream);
      const why = verdict.allowed ? 'the access lists refused it for a moment' : refusal(verdict);
      const message = `${upstream.endpoint.ip} may not be dialled any more: ${why}`;
      return new ClassifiedError('not-allowed', 'NOT_ALLOWED', message);
    }
    if (reason === 'dns-vanished') {
      return vanishedError(upstream.endpoint);
    }
    return new ClassifiedError('aborted', reason, `connection ${id} was ended while it was made: ${reason}`);
  }

  /** The attempt has used up its time: whatever it is at, it ends here. */
  #tooLate(connection: HotConnection, tookMs: number, withinMs: number | null): ClassifiedError {
    const validating = connection.state === 'validating';
    const error = new ClassifiedError(
      validating ? 'timeout-response' : 'timeout-tls',
      'ETIMEDOUT',
      whyWords('not-ready', { ip: connection.upstream.endpoint.ip, ms: Math.round(tookMs) }),
      { withinMs },
    );
    connection.failing = validating ? 'failed-validation' : 'failed-dial';
    this.#blame(connection, error);
    this.#closer.close(connection, connection.failing);
    return error;
  }

  /** Connections of the whole pool that are being dialled or validated. */
  #making(): number {
    const { parts, manager } = this.#context;
    return parts.budget.inFlight + manager.counts.validating;
  }

  #looked(
    { upstream }: HotConnection,
    { priority }: Establishing,
    answer: Omit<EndpointLook, 'endpoint' | 'kind'>,
  ): void {
    const kind = priority === 'recovery' ? 'probe' : 'dial';
    this.#context.looked(upstream, { kind, ...answer });
  }

  #blame(connection: HotConnection, error: ClassifiedError): void {
    const { recorder, parts, events } = this.#context;
    const { host, upstream } = connection;
    const nowMs = this.#context.nowMs();
    recorder.dial(false);
    host.second.dial(false);
    host.lastDialError = error;
    connection.failed(error, nowMs);
    upstream.record.record(error, nowMs);
    upstream.history.record('dial-failed', error.errorClass, nowMs);
    host.record.record(error, nowMs);
    host.history.record('dial-failed', upstream.endpoint.ip, nowMs);
    this.#context.families.failed(upstream, error, nowMs);
    if (blamesTheIp(error)) {
      upstream.failed(nowMs, error.retryAfterMs);
      upstream.rest(nowMs, error.retryAfterMs);
      host.usual.failed(nowMs);
      if (host.upstreams.every(({ failures }) => failures > 0)) {
        parts.hosts.failing(host.host);
      }
    }
    if (error.code !== closesAfterAnswer) {
      this.#context.health(upstream).failed(error);
    }
    events.emit('warn', 'connection.dial-failed', host.host.name, {
      host: host.host.name,
      ip: upstream.endpoint.ip,
      class: error.errorClass,
      code: error.code,
      message: error.message,
    });
  }
}

/** A status that does not count as good has the class of its verdict; any other failure left no answer. */
function answerOf({ errorClass, code }: ClassifiedError): Pick<EndpointLook, 'outcome' | 'errorClass' | 'status'> {
  switch (errorClass) {
    case 'blocked':
    case 'auth':
    case 'busy':
    case 'bad-status':
      return { outcome: errorClass, errorClass, status: Number(code) };
    default:
      return { outcome: 'broken', errorClass, status: null };
  }
}

/** The dialer knows only what was left of the deadline when its try began. */
function endedWithin(error: ClassifiedError, withinMs: number): ClassifiedError {
  const { errorClass, code, message, cause } = error;
  return errorClass === 'timeout-tcp' || errorClass === 'timeout-tls'
    ? new ClassifiedError(errorClass, code, message, { cause, withinMs })
    : error;
}
