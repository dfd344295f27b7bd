/** A connection of the simulated network. It reports whoever touches it when it is not his turn. */
import type { Dispatcher } from 'undici';
import type { Timer } from '../../core/base/clock.ts';
import type { ConnectionState, Protocol } from '../../core/contract/vocabulary.ts';
import { ClassifiedError } from '../../core/dial/classified-error.ts';
import type { Endpoint } from '../../core/dial/endpoint.ts';
import type { Probe, ProbeResult, Transport, TransportEnd } from '../../core/dial/transport.ts';
import { pooledPath } from './pooled-requests.ts';
import { SimulatedExchange } from './simulated-exchange.ts';
import type { SimulatedNetwork } from './simulated-network.ts';
import type { Answer } from './weather.ts';

export interface TransportTraits {
  readonly protocol: Protocol;
  readonly maxStreams: number;
  /** The server closes a connection that lies idle for this long; null: never. */
  readonly serverIdleMs: number | null;
  /** It says so. */
  readonly tellsIdleLimit: boolean;
}

interface PendingProbe {
  /** It takes a stream, or on HTTP/1.1 the connection. */
  readonly isRequest: boolean;
  /** A PING that began beside leases. */
  readonly isBeside: boolean;
  readonly fail: (error: ClassifiedError) => void;
}

const mayBeProbed: readonly ConnectionState[] = ['validating', 'checking'];
const sharesStreams: readonly ConnectionState[] = ['leased', 'draining'];

export class SimulatedTransport implements Transport {
  readonly connectionId: number;
  readonly endpoint: Endpoint;
  readonly protocol: Protocol;
  maxStreams: number;
  readonly timings;
  readonly resumed = false;
  readonly bytesIn = 1000;
  readonly bytesOut = 500;
  destroyed = false;
  /** Monotonic: the last answer to a probe, or the last lease's end. What the pool calls use. */
  usedMs: number;
  /** The same without PINGs, which are no use of it to its server. */
  askedMs: number;
  /** When the peer ended it, or said that it will. */
  endedMs = Number.POSITIVE_INFINITY;
  /** Validations and checks under way, the pauses between their probes included. */
  validations = 0;
  readonly exchanges = new Set<SimulatedExchange>();
  readonly #network: SimulatedNetwork;
  readonly #traits: TransportTraits;
  readonly #probes = new Set<PendingProbe>();
  /** What the server allowed before, and until when. */
  readonly #formerStreams: { readonly streams: number; readonly untilMs: number }[] = [];
  #told = false;
  /** When a PING that had begun beside leases failed: it is sent again at once, and the leases may have ended meanwhile. */
  #pingFailedMs = Number.NEGATIVE_INFINITY;
  #idleTimer: Timer | null = null;
  #end: TransportEnd | null = null;
  #onEnd: ((end: TransportEnd) => void) | null = null;
  #onMaxStreams: (() => void) | null = null;

  constructor(network: SimulatedNetwork, connectionId: number, endpoint: Endpoint, traits: TransportTraits) {
    this.#network = network;
    this.connectionId = connectionId;
    this.endpoint = endpoint;
    this.#traits = traits;
    this.protocol = traits.protocol;
    this.maxStreams = traits.maxStreams;
    this.timings = { tcpMs: 1, tlsMs: 2 };
    this.usedMs = network.clock.monotonicMs();
    this.askedMs = this.usedMs;
    this.touched();
  }

  get serverIdleLimitMs(): number | null {
    return this.#told ? this.#traits.serverIdleMs : null;
  }

  /** The peer has ended it, or said that it will. */
  get ended(): boolean {
    return this.#end !== null;
  }

  /** The most that the server has allowed since `sinceMs`: what began then may still be under way. */
  mostStreams(sinceMs: number): number {
    const former = this.#formerStreams.filter(({ untilMs }) => untilMs >= sinceMs).map(({ streams }) => streams);
    return Math.max(this.maxStreams, ...former);
  }

  /** Its connection carries leases. */
  get isShared(): boolean {
    const state = this.#network.occupancy.stateOf(this.connectionId);
    return state !== null && sharesStreams.includes(state);
  }

  /** Probes under way, but for PINGs. */
  get probing(): number {
    return [...this.#probes].filter(({ isRequest }) => isRequest).length;
  }

  dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    const { referee, occupancy } = this.#network;
    const what = `${options.method} ${options.path} on connection ${this.connectionId}`;
    if (this.protocol === 'http/1.1' && (this.exchanges.size > 0 || this.probing > 0)) {
      referee.fail('nothing else runs on a leased HTTP/1.1 connection', what);
    }
    const state = occupancy.stateOf(this.connectionId);
    if (state !== null && !sharesStreams.includes(state)) {
      referee.fail('requests go over leased connections only', `${what}, ${state}`);
    }
    const pooled = options.path.startsWith(pooledPath);
    this.#network.pooledAttempts += pooled ? 1 : 0;
    const exchange = new SimulatedExchange(this, this.#network, handler, pooled ? options : null);
    this.exchanges.add(exchange);
    exchange.begin(this.destroyed || this.ended ? 'dead' : this.#answerTo(options.path));
    return true;
  }

  async probe(probe: Probe): Promise<ProbeResult> {
    this.#network.probes += 1;
    this.#throwIfOver();
    this.#judgeProbe(probe);
    return new Promise<ProbeResult>((resolve, reject) => this.#begin(probe, resolve, reject));
  }

  onEnd(listener: (end: TransportEnd) => void): void {
    this.#onEnd = listener;
    const end = this.#end;
    if (end) {
      queueMicrotask(() => listener(end));
    }
  }

  /** Its servers never change their minds. */
  onMaxStreams(listener: () => void): void {
    this.#onMaxStreams = listener;
  }

  /** The server's SETTINGS. */
  allowStreams(maxStreams: number): void {
    if (!this.destroyed && !this.#end && this.protocol === 'h2') {
      this.#formerStreams.push({ streams: this.maxStreams, untilMs: this.#network.clock.monotonicMs() });
      this.maxStreams = maxStreams;
      this.#onMaxStreams?.();
    }
  }

  destroy(): void {
    if (this.destroyed) {
      return;
    }
    this.destroyed = true;
    this.#network.alive.delete(this);
    this.#stop(new ClassifiedError('aborted', 'DESTROYED', 'the connection was closed on this side'));
  }

  /** The peer ends it, or announces by GOAWAY that it takes no more. */
  end(reason: TransportEnd['reason']): void {
    if (this.destroyed || this.#end) {
      return;
    }
    this.endedMs = this.#network.clock.monotonicMs();
    this.#end = { reason, error: reason === 'broken' ? new Error('read ECONNRESET') : null };
    const end = this.#end;
    const error = new ClassifiedError(reason === 'broken' ? 'reset' : 'closed-by-peer', 'ENDED', `the peer: ${reason}`);
    // Who hears first, the one that waits for an answer or the pool, is a matter of chance.
    const poolFirst = this.#network.dice.chance(0.5);
    if (poolFirst) {
      this.#onEnd?.(end);
    }
    if (reason !== 'goaway') {
      this.#stop(error);
    }
    if (!poolFirst) {
      this.#onEnd?.(end);
    }
  }

  /** By a lease, a request or a probe. */
  used(byPing = false): void {
    this.usedMs = this.#network.clock.monotonicMs();
    this.askedMs = byPing ? this.askedMs : this.usedMs;
  }

  /** Something came or went: the server's idle limit begins anew. */
  touched(): void {
    this.#idleTimer?.cancel();
    const { serverIdleMs } = this.#traits;
    if (serverIdleMs !== null && !this.destroyed && !this.#end) {
      this.#idleTimer = this.#network.clock.after(serverIdleMs, () => {
        if (this.exchanges.size === 0 && this.probing === 0) {
          this.end('peer-closed');
        }
      });
    }
  }

  #begin(probe: Probe, resolve: (result: ProbeResult) => void, reject: (error: ClassifiedError) => void): void {
    const { clock, dice } = this.#network;
    const { signal } = probe;
    const startedMs = clock.monotonicMs();
    const weather = this.#network.weather(this.endpoint.ip);
    const answer = this.#answerTo(probe.path);
    const answerMs = probe.kind === 'readable' ? 0 : dice.pick(weather.answerMs);
    const tooLate = answer === 'hang' || answerMs >= probe.timeoutMs;
    let timer: Timer | null = null;
    const over = (): boolean => {
      timer?.cancel();
      signal?.removeEventListener('abort', onAbort);
      return this.#probes.delete(pending);
    };
    const pending: PendingProbe = {
      isRequest: probe.kind !== 'ping',
      isBeside: probe.kind === 'ping' && (this.isShared || this.#pingFailedMs === startedMs),
      fail: (error) => {
        if (over()) {
          this.#pingFailedMs = pending.isBeside ? clock.monotonicMs() : this.#pingFailedMs;
          reject(error);
        }
      },
    };
    const onAbort = (): void => pending.fail(new ClassifiedError('aborted', 'ABORT_ERR', 'the probe was given up'));
    const finish = (): void => {
      if (tooLate) {
        pending.fail(new ClassifiedError('timeout-response', 'ETIMEDOUT', `no answer within ${probe.timeoutMs} ms`));
      } else if (answer === 'reset') {
        this.end('broken');
      } else if (over()) {
        this.used(probe.kind === 'ping');
        resolve(this.#result(probe, answer, startedMs));
      }
    };
    this.#probes.add(pending);
    signal?.addEventListener('abort', onAbort, { once: true });
    this.#network.saw(signal);
    const afterMs = tooLate ? probe.timeoutMs : answerMs;
    if (afterMs > 0) {
      timer = clock.after(afterMs, finish);
    } else {
      queueMicrotask(finish);
    }
  }

  #result(probe: Probe, answer: Answer, startedMs: number): ProbeResult {
    const { clock, dice } = this.#network;
    const durationMs = clock.monotonicMs() - startedMs;
    const withStatus = probe.kind === 'HEAD' || probe.kind === 'GET';
    const closing = withStatus && dice.chance(this.#network.weather(this.endpoint.ip).closing);
    if (closing) {
      clock.after(0, () => this.end('peer-closed'));
    }
    if (withStatus && typeof answer === 'number' && answer <= 399) {
      this.#network.answeredWell(this.endpoint, probe.path);
    }
    this.#told = this.#told || (withStatus && this.#traits.tellsIdleLimit);
    this.touched();
    const status = withStatus && typeof answer === 'number' ? answer : null;
    return { kind: probe.kind, status, durationMs, retryAfterMs: null, closing };
  }

  /** No leased connection is ever probed; on HTTP/2 a PING does no harm, and a path may be asked for on a stream of its own. */
  #judgeProbe({ kind, path }: Probe): void {
    const { referee, occupancy } = this.#network;
    const state = occupancy.stateOf(this.connectionId);
    const leases = occupancy.leasesOf(this.connectionId);
    const withStatus = kind === 'HEAD' || kind === 'GET';
    const beside = this.protocol === 'h2' && withStatus && state !== null && sharesStreams.includes(state);
    const what = `${kind} ${path} on connection ${this.connectionId}, ${state}, ${leases} leases, ${this.probing} probes`;
    const isAgain = this.#pingFailedMs === this.#network.clock.monotonicMs();
    if (this.protocol === 'h2' && kind === 'ping' && (this.isShared || isAgain)) {
      return;
    }
    if (beside) {
      if (leases + this.probing >= occupancy.streamsOf(this.connectionId)) {
        referee.fail('no connection carries more than its streams', what);
      }
    } else if (state === null || !mayBeProbed.includes(state) || leases > 0) {
      referee.fail('no leased connection is ever probed', what);
    }
    if (this.protocol === 'http/1.1' && (this.exchanges.size > 0 || this.probing > 0)) {
      referee.fail('no probe meets another exchange on HTTP/1.1', what);
    }
  }

  #answerTo(path: string): Answer {
    const weather = this.#network.weather(this.endpoint.ip);
    return weather.paths.get(path) ?? weather.answer;
  }

  #throwIfOver(): void {
    if (this.destroyed) {
      throw new ClassifiedError('aborted', 'DESTROYED', 'the connection was closed on this side');
    }
    if (this.#end) {
      throw new ClassifiedError('closed-by-peer', 'CLOSED', `the connection has ended: ${this.#end.reason}`);
    }
  }

  #stop(error: ClassifiedError): void {
    this.#idleTimer?.cancel();
    this.#idleTimer = null;
    for (const probe of [...this.#probes]) {
      probe.fail(error);
    }
    for (const exchange of [...this.exchanges]) {
      exchange.fail(error);
    }
  }
}
