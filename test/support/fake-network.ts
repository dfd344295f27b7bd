/**
 * A network that does what a test tells it: dials that succeed, fail or hang, transports that answer, break, close or
 * send GOAWAY. Beside it, the pool's other neighbours in their simplest form.
 */
import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import type { AccessChangeListener, AccessPolicy, AccessVerdict } from '../../core/access/access-policy.ts';
import type { Clock, Timer } from '../../core/base/clock.ts';
import type { EventSink } from '../../core/base/event-bus.ts';
import { defaultSettings } from '../../core/config/engine-settings.ts';
import type { ChoiceSettings, EngineSettings, PoolSettings, TargetTls } from '../../core/config/settings.ts';
import type { EventDataOf, EventKind } from '../../core/contract/event-kinds.ts';
import { eventText } from '../../core/contract/event-text.ts';
import type { EventLevel, ToldEvent } from '../../core/contract/events.ts';
import type { ErrorClass, Protocol } from '../../core/contract/vocabulary.ts';
import { ClassifiedError } from '../../core/dial/classified-error.ts';
import type { DialBudget, DialPermit, DialPriority } from '../../core/dial/dial-budget.ts';
import { type Endpoint, type HostName, parseHostName } from '../../core/dial/endpoint.ts';
import { errorTraits } from '../../core/dial/error-table.ts';
import type {
  Dialer,
  DialRequest,
  Probe,
  ProbeKind,
  ProbeResult,
  Transport,
  TransportEnd,
} from '../../core/dial/transport.ts';
import type { ResolvedAddress } from '../../core/dns/resolver.ts';
import type {
  Ejection,
  EndpointHealth,
  EndpointHealthKeeper,
  Look,
  RequestResult,
  Standing,
} from '../../core/health/endpoint-health.ts';
import {
  type ConnectionValidator,
  requestEvery,
  type Validation,
  type ValidationVerdict,
} from '../../core/health/validation.ts';
import type { HostDirectory } from '../../core/pool/pool-ports.ts';
import { checkData } from './event-words.ts';

export interface FakeTransportOptions {
  readonly protocol?: Protocol;
  readonly maxStreams?: number;
  readonly serverIdleLimitMs?: number | null;
  readonly tcpMs?: number;
  readonly tlsMs?: number;
}

export interface FakeResponse {
  /** `reset` breaks the request before an answer; `hang` never answers. */
  readonly status: number | 'reset' | 'hang';
  /** Default: a body of unknown length, after which the connection goes on. */
  readonly headers?: IncomingHttpHeaders;
  /** Body chunks, sent at once. */
  readonly chunks?: readonly Buffer[];
  /** False leaves the body open for ever. */
  readonly complete?: boolean;
}

/** What a path does: a status, an error class, or nothing at all. */
export type Behaviour = number | ErrorClass | 'hang';

export class FakeTransport implements Transport {
  readonly protocol: Protocol;
  readonly timings;
  readonly resumed = false;
  maxStreams: number;
  readonly serverIdleLimitMs: number | null;
  readonly endpoint: Endpoint;
  bytesIn = 1000;
  bytesOut = 500;
  destroyed = false;
  /** Answers to probes by path; the network's when a path is not here. */
  readonly paths = new Map<string, Behaviour>();
  readonly probes: Probe[] = [];
  readonly requests: string[] = [];
  /** The answer to the next requests. */
  response: FakeResponse = { status: 200 };
  /** The answers say that the server closes after them. */
  closing = false;
  /** Probes and requests running now, to see that none meets another. */
  busy = 0;
  readonly #network: FakeNetwork;
  #onEnd: ((end: TransportEnd) => void) | null = null;
  #onMaxStreams: (() => void) | null = null;

  constructor(network: FakeNetwork, endpoint: Endpoint, options: FakeTransportOptions) {
    this.#network = network;
    this.endpoint = endpoint;
    this.protocol = options.protocol ?? 'http/1.1';
    this.maxStreams = options.maxStreams ?? (this.protocol === 'h2' ? 100 : 1);
    this.serverIdleLimitMs = options.serverIdleLimitMs ?? null;
    this.timings = { tcpMs: options.tcpMs ?? 1, tlsMs: options.tlsMs ?? 2 };
  }

  dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    this.requests.push(`${options.method} ${options.path}`);
    const exchange = new FakeExchange(this, handler);
    queueMicrotask(() => exchange.run(this.response));
    return true;
  }

  async probe(probe: Probe): Promise<ProbeResult> {
    this.probes.push(probe);
    this.busy += 1;
    try {
      return await this.#answer(probe);
    } finally {
      this.busy -= 1;
    }
  }

  onEnd(listener: (end: TransportEnd) => void): void {
    this.#onEnd = listener;
  }

  onMaxStreams(listener: () => void): void {
    this.#onMaxStreams = listener;
  }

  /** As after new SETTINGS of the server. */
  allowStreams(maxStreams: number): void {
    this.maxStreams = maxStreams;
    this.#onMaxStreams?.();
  }

  destroy(): void {
    if (!this.destroyed) {
      this.destroyed = true;
      this.#network.alive.delete(this);
    }
  }

  /** The peer ends it. */
  end(reason: TransportEnd['reason']): void {
    if (!this.destroyed) {
      this.#onEnd?.({ reason, error: reason === 'broken' ? new Error('ECONNRESET') : null });
    }
  }

  async #answer(probe: Probe): Promise<ProbeResult> {
    if (this.destroyed) {
      throw new ClassifiedError('closed-by-peer', 'DESTROYED', 'the transport is gone');
    }
    const behaviour = this.paths.get(probe.path) ?? this.#network.behaviourOf(this.endpoint, probe.path);
    const probeMs = this.#network.slow.get(this.endpoint.ip) ?? this.#network.probeMs;
    if (behaviour === 'hang') {
      await hang(this.#network.clock, probe.timeoutMs, probe.signal, 'timeout-response');
    } else if (probeMs > 0) {
      await hang(this.#network.clock, probeMs, probe.signal, null);
    }
    const withStatus = probe.kind === 'HEAD' || probe.kind === 'GET';
    if (typeof behaviour === 'string') {
      throw new ClassifiedError(behaviour as ErrorClass, behaviour.toUpperCase(), `probe: ${behaviour}`);
    }
    return {
      kind: probe.kind,
      status: withStatus ? behaviour : null,
      durationMs: probeMs,
      retryAfterMs: this.#network.retryAfterMs,
      closing: this.closing,
    };
  }
}

class FakeExchange implements Dispatcher.DispatchController {
  aborted = false;
  paused = false;
  reason: Error | null = null;
  readonly #transport: FakeTransport;
  readonly #handler: Dispatcher.DispatchHandler;
  #pending: Buffer[] = [];
  #complete = false;
  #ended = false;

  constructor(transport: FakeTransport, handler: Dispatcher.DispatchHandler) {
    this.#transport = transport;
    this.#handler = handler;
  }

  run({ status, headers = { 'transfer-encoding': 'chunked' }, chunks = [], complete = true }: FakeResponse): void {
    this.#handler.onRequestStart?.(this, {});
    if (status === 'reset') {
      this.#ended = true;
      this.#handler.onResponseError?.(this, Object.assign(new Error('ECONNRESET'), { code: 'ECONNRESET' }));
    }
    if (this.aborted || typeof status === 'string') {
      return;
    }
    this.#handler.onResponseStart?.(this, status, headers, 'OK');
    this.#pending = [...chunks];
    this.#complete = complete;
    this.#flow();
  }

  abort(reason: Error): void {
    this.aborted = true;
    this.reason = reason;
    this.#ended = true;
    this.#handler.onResponseError?.(this, reason);
    if (this.#transport.protocol === 'http/1.1') {
      this.#transport.end('broken');
    }
  }

  pause(): void {
    this.paused = true;
  }

  resume(): void {
    this.paused = false;
    this.#flow();
  }

  #flow(): void {
    while (!this.paused && !this.#ended) {
      const chunk = this.#pending.shift();
      if (chunk) {
        this.#handler.onResponseData?.(this, chunk);
      } else {
        if (this.#complete) {
          this.#ended = true;
          this.#handler.onResponseEnd?.(this, {});
        }
        return;
      }
    }
  }
}

export type DialScript = 'ok' | 'hang' | ErrorClass | ClassifiedError;

export class FakeNetwork implements Dialer {
  readonly clock: Clock;
  /** What dials to an IP do; `ok` when it is not here. */
  readonly dials = new Map<string, DialScript>();
  /** IPs that take these profiles only, and refuse others in the handshake. */
  readonly profiles = new Map<string, readonly string[]>();
  /** How long such a refusal takes. */
  refusalMs = 0;
  /** What probes of `path` or `ip path` answer; 200 when it is not here. */
  readonly paths = new Map<string, Behaviour>();
  /** How long an IP takes for a probe; `probeMs` when it is not here. */
  readonly slow = new Map<string, number>();
  readonly dialled: Endpoint[] = [];
  readonly transports: FakeTransport[] = [];
  readonly alive = new Set<FakeTransport>();
  options: FakeTransportOptions = {};
  dialMs = 0;
  probeMs = 0;
  /** What busy answers ask for. */
  retryAfterMs: number | null = null;
  /** Every new connection's answers say that the server closes after them. */
  closing = false;
  /** Dials do not hear that they are aborted: what they bring comes too late. */
  deaf = false;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  async dial({ endpoint, profile, timeoutMs, signal }: DialRequest): Promise<Transport> {
    this.dialled.push(endpoint);
    const accepted = this.profiles.get(endpoint.ip);
    if (accepted && !accepted.includes(profile)) {
      if (this.refusalMs > 0) {
        await hang(this.clock, this.refusalMs, signal, null);
      }
      throw new ClassifiedError('tls-protocol', 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', `${profile} is refused`);
    }
    const script = this.dials.get(endpoint.ip) ?? this.dials.get('*') ?? 'ok';
    if (script === 'hang') {
      await hang(this.clock, timeoutMs, signal, 'timeout-tls');
    } else if (this.dialMs > 0) {
      await hang(this.clock, this.dialMs, this.deaf ? undefined : signal, null);
    }
    if (script instanceof ClassifiedError) {
      throw script;
    }
    if (script !== 'ok') {
      throw new ClassifiedError(script as ErrorClass, script.toUpperCase(), `dial of ${endpoint.ip}: ${script}`);
    }
    const transport = new FakeTransport(this, endpoint, this.options);
    transport.closing = this.closing;
    this.transports.push(transport);
    this.alive.add(transport);
    return transport;
  }

  behaviourOf(endpoint: Endpoint, path: string): Behaviour {
    return this.paths.get(`${endpoint.ip} ${path}`) ?? this.paths.get(path) ?? 200;
  }

  /** Dials so far to each IP. */
  dialsByIp(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const { ip } of this.dialled) {
      counts.set(ip, (counts.get(ip) ?? 0) + 1);
    }
    return counts;
  }
}

/** Waits; ends with an error of `expired` when the time is over (null: it simply ends), or when the signal aborts. */
function hang(clock: Clock, ms: number, signal: AbortSignal | undefined, expired: ErrorClass | null): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      timer.cancel();
      reject(new ClassifiedError('aborted', 'ABORTED', 'aborted'));
    };
    const timer: Timer = clock.after(ms, () => {
      signal?.removeEventListener('abort', abort);
      if (expired) {
        reject(new ClassifiedError(expired, 'ETIMEDOUT', `nothing within ${ms} ms`));
      } else {
        resolve();
      }
    });
    if (signal?.aborted) {
      abort();
    } else {
      signal?.addEventListener('abort', abort, { once: true });
    }
  });
}

/** Validates by one HEAD and checks by one, with the default status lists and no retries. */
export class FakeValidator implements ConnectionValidator {
  timeoutMs = 10_000;
  /** Checks of HTTP/2 are by PING, but for every third. */
  pings = false;

  validate(transport: Transport, path: string, signal: AbortSignal): Promise<Validation> {
    return this.#probe('HEAD', transport, path, signal);
  }

  check(transport: Transport, path: string, ordinal: number, signal: AbortSignal): Promise<Validation> {
    const isPing = this.pings && transport.protocol === 'h2' && ordinal % requestEvery !== 0;
    return this.#probe(isPing ? 'ping' : 'HEAD', transport, path, signal);
  }

  async #probe(probe: ProbeKind, transport: Transport, path: string, signal: AbortSignal): Promise<Validation> {
    try {
      const result = await transport.probe({ kind: probe, path, timeoutMs: this.timeoutMs, signal });
      const verdict = verdictOf(result.status ?? 200);
      const errorClass = verdict === 'good' ? null : (verdict as ErrorClass);
      return {
        verdict,
        error:
          errorClass &&
          new ClassifiedError(errorClass, String(result.status), `${path} answered ${result.status}`, {
            retryAfterMs: result.retryAfterMs,
          }),
        probe,
        status: result.status,
        durationMs: result.durationMs,
        closing: result.closing,
      };
    } catch (error) {
      const classified =
        error instanceof ClassifiedError ? error : new ClassifiedError('internal', 'FAKE', String(error));
      return { verdict: 'broken', error: classified, probe, status: null, durationMs: 0, closing: false };
    }
  }
}

function verdictOf(status: number): ValidationVerdict {
  if (status >= 200 && status <= 399) {
    return 'good';
  }
  if (status === 403) {
    return 'blocked';
  }
  if (status === 401 || status === 407) {
    return 'auth';
  }
  return status === 429 || status === 503 ? 'busy' : 'bad-status';
}

/** Lets everything through, and keeps what was asked. */
export class FakeBudget implements DialBudget {
  inFlight = 0;
  waiting = 0;
  concurrency = Number.POSITIVE_INFINITY;
  readonly taken: DialPriority[] = [];

  take(_endpoint: Endpoint, priority: DialPriority, signal: AbortSignal): Promise<DialPermit> {
    if (signal.aborted) {
      return Promise.reject(signal.reason);
    }
    this.taken.push(priority);
    this.inFlight += 1;
    let held = true;
    return Promise.resolve({
      release: () => {
        if (held) {
          held = false;
          this.inFlight -= 1;
        }
      },
    });
  }
}

export class FakeDirectory implements HostDirectory {
  readonly #addresses = new Map<string, readonly ResolvedAddress[]>();
  readonly #listeners = new Set<(host: HostName, addresses: readonly ResolvedAddress[]) => void>();
  asked = 0;
  /** Hosts that were reported, one entry for each report. */
  readonly reportedFailing: string[] = [];

  failing({ name }: HostName): void {
    this.reportedFailing.push(name);
  }

  readonly forgotten: string[] = [];

  forget({ name }: HostName): void {
    this.forgotten.push(name);
  }

  /** Without telling anybody: as it is before the first question. */
  set(host: string, ips: readonly string[], port = 443): this {
    this.#addresses.set(
      parseHostName(host).name,
      ips.map((ip) => ({ ip, port })),
    );
    return this;
  }

  /** As after a refresh. */
  change(host: string, ips: readonly string[], port = 443): void {
    this.set(host, ips, port);
    const name = parseHostName(host);
    for (const listener of this.#listeners) {
      listener(name, this.#addresses.get(name.name) ?? []);
    }
  }

  async addresses(host: HostName): Promise<readonly ResolvedAddress[]> {
    this.asked += 1;
    const addresses = this.#addresses.get(host.name);
    if (!addresses) {
      throw new ClassifiedError('dns', 'ENOTFOUND', `${host.name} has no address`);
    }
    return addresses;
  }

  onChange(listener: (host: HostName, addresses: readonly ResolvedAddress[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

export class FakeAccess implements AccessPolicy {
  readonly #verdicts = new Map<string, AccessVerdict>();
  readonly #listeners = new Set<AccessChangeListener>();
  enforce = false;
  readonly hits: string[] = [];
  whitelistMoves = 0;

  get whitelistCount(): number {
    return [...this.#verdicts.values()].filter(({ list }) => list === 'white').length;
  }

  get blacklistCount(): number {
    return [...this.#verdicts.values()].filter(({ list }) => list === 'black').length;
  }

  list(list: 'white' | 'black', ip: string, origin: 'operator' | 'automatic' = 'operator'): void {
    this.#verdicts.set(ip, { allowed: list === 'white', list, rule: { value: ip, origin } });
    this.announce(origin === 'automatic' ? new Set([ip]) : null);
  }

  unlist(ip: string): void {
    this.#verdicts.delete(ip);
    this.announce();
  }

  announce(ips: ReadonlySet<string> | null = null): void {
    for (const listener of this.#listeners) {
      listener(ips);
    }
  }

  verdict(ip: string): AccessVerdict {
    return this.#verdicts.get(ip) ?? { allowed: !this.enforce, list: null, rule: null };
  }

  recordHit(ip: string): void {
    this.hits.push(ip);
  }

  onChange(listener: AccessChangeListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** Writes down what it is told, and lets a test say who may be used. */
export class FakeHealth implements EndpointHealthKeeper {
  readonly #standings = new Map<string, Standing>();
  readonly #listeners = new Set<(endpoints: readonly Endpoint[]) => void>();
  readonly successes: string[] = [];
  readonly looks: Look[] = [];
  /** Those that blame an IP. */
  readonly failures: { readonly ip: string; readonly error: ClassifiedError }[] = [];
  /** This machine's own. */
  readonly troubles: ClassifiedError[] = [];
  readonly requests: RequestResult[] = [];
  /** IPs that were to be probed at once. */
  readonly hurried: string[] = [];
  /** What `requested` answers. */
  doubts = false;
  /** What is held against every IP. */
  ejection: Ejection | null = null;
  /** The first failure bars its IP. */
  ejects = false;

  of(endpoint: Endpoint): EndpointHealth {
    const standingOf = (): Standing => this.#standings.get(endpoint.ip) ?? 'open';
    return {
      ejection: this.ejection,
      get standing() {
        return standingOf();
      },
      isForgotten: false,
      succeeded: (look) => {
        this.successes.push(endpoint.ip);
        this.looks.push(look);
      },
      failed: (error) => {
        if (errorTraits[error.errorClass].scope === 'local') {
          this.troubles.push(error);
        } else {
          this.failures.push({ ip: endpoint.ip, error });
          if (this.ejects) {
            this.set('barred', endpoint);
          }
        }
      },
      probeNow: () => {
        this.hurried.push(endpoint.ip);
        return true;
      },
      requested: (result) => {
        this.requests.push(result);
        return this.doubts;
      },
    };
  }

  set(standing: Standing, endpoint: Endpoint): void {
    this.#standings.set(endpoint.ip, standing);
    for (const listener of this.#listeners) {
      listener([endpoint]);
    }
  }

  onChange(listener: (endpoints: readonly Endpoint[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** Of any kind; its text in English. */
export type RecordedEvent = Pick<ToldEvent, 'level' | 'kind' | 'subject' | 'data'> & { readonly text: string };

export class RecordingEvents implements EventSink {
  readonly events: RecordedEvent[] = [];

  emit<Kind extends EventKind>(level: EventLevel, kind: Kind, subject: string, data: EventDataOf<Kind>): void {
    checkData(kind, data);
    this.events.push({ level, kind, subject, data, text: eventText({ kind, subject, data }, 'en') });
  }

  ofKind(kind: EventKind): readonly RecordedEvent[] {
    return this.events.filter((event) => event.kind === kind);
  }
}

export interface SettingsChange {
  readonly pool?: Partial<PoolSettings>;
  readonly choice?: Partial<ChoiceSettings>;
  readonly targets?: readonly string[];
  /** Of every target. */
  readonly tls?: TargetTls;
  readonly logLevel?: EngineSettings['logLevel'];
}

/** The defaults, with `example.test` as the only target unless others are named. */
export function fakeSettings({
  pool = {},
  choice = {},
  targets = ['example.test'],
  tls,
  logLevel = 'info',
}: SettingsChange = {}): EngineSettings {
  return {
    ...defaultSettings(),
    // Neither spread nor chance, unless a test asks for it.
    pool: { ...defaultSettings().pool, lifetimeJitter: 0, ...pool },
    choice: { slowStartMs: 0, exploration: 0, ...choice },
    logLevel,
    targets: targets.map((host) => ({ host: parseHostName(host), path: '/', ips: null, ...(tls ? { tls } : {}) })),
  };
}
