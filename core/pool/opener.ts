/** Connections made ahead of demand: the pool as a warm-up sees it. */
import type { ConnectionLimit } from '../contract/warm-up-plan.ts';
import type { UsualTimes } from '../contract/warm-up-run.ts';
import { whyWords } from '../contract/why-text.ts';
import { ClassifiedError } from '../dial/classified-error.ts';
import type { Endpoint, HostName } from '../dial/endpoint.ts';
import { rankForWarmUp } from './choice.ts';
import { EarlyTrial } from './early-trial.ts';
import type { Establisher } from './establisher.ts';
import { refusal } from './explain-words.ts';
import type { HostPool } from './host-pool.ts';
import type { PoolContext } from './pool-context.ts';
import { PoolClosedError, vanishedError } from './pool-errors.ts';
import type {
  ConnectionOpener,
  Forbiddance,
  ForbiddenIp,
  OpenedConnection,
  Opening,
  WarmUpAddresses,
} from './pool-ports.ts';
import type { Supplier } from './supplier.ts';
import type { Upstream } from './upstream.ts';
import { whyLost } from './why-lost.ts';

export class Opener implements ConnectionOpener {
  readonly #context: PoolContext;
  readonly #supplier: Supplier;
  readonly #establisher: Establisher;
  readonly #earlyTrial: EarlyTrial;
  /** Makes the host known where it is not. */
  readonly #hostPool: (host: HostName) => HostPool;

  constructor(
    context: PoolContext,
    parts: { readonly supplier: Supplier; readonly establisher: Establisher },
    hostPool: (host: HostName) => HostPool,
  ) {
    this.#context = context;
    this.#supplier = parts.supplier;
    this.#establisher = parts.establisher;
    this.#earlyTrial = new EarlyTrial(context);
    this.#hostPool = hostPool;
  }

  get paceConcurrency(): number {
    return this.#context.parts.budget.concurrency;
  }

  async addressesOf(host: HostName, ips: readonly string[] | null, signal?: AbortSignal): Promise<WarmUpAddresses> {
    const pool = this.#hostPool(host);
    try {
      await this.#supplier.resolve(pool, signal);
    } catch (error) {
      // An IP may have a port of its own; without an answer of DNS it is the host's.
      if (ips === null || signal?.aborted) {
        throw error;
      }
    }
    const own = new Set(pool.upstreams.map(({ endpoint }) => endpoint.ip));
    const known: Upstream[] = [];
    const unknown: Endpoint[] = [];
    const forbidden: ForbiddenIp[] = [];
    for (const ip of ips ?? own) {
      const upstream = pool.findByIp(ip) ?? pool.known(ip, host.port);
      const why = this.#whyNot(ip, upstream);
      if (why !== null) {
        forbidden.push({ ip, ...why });
      } else if (upstream) {
        known.push(upstream);
      } else {
        unknown.push({ host, ip, port: host.port });
      }
    }
    const ranked = rankForWarmUp(this.#context, known, this.#context.nowMs());
    return {
      allowed: [...ranked.map(({ endpoint }) => endpoint), ...unknown],
      forbidden,
      notOfHost: own.size === 0 ? 0 : (ips ?? []).filter((ip) => !own.has(ip)).length,
    };
  }

  forbids(endpoint: Endpoint, own = false): Forbiddance | null {
    const { host, ip, port } = endpoint;
    const pool = this.#context.manager.host(host.name);
    const upstream = pool?.known(ip, port);
    const hasLeft = upstream?.vanished || (own && pool?.mayHave(ip, port) === false);
    return hasLeft ? { why: vanishedError(endpoint).message, ejected: false } : this.#whyNot(ip, upstream);
  }

  forbidsEverywhere(ip: string): string | null {
    return this.#whyNot(ip, undefined)?.why ?? null;
  }

  /** An automatic ban names an IP; for which of its hosts, the endpoint knows. One that nobody has met was not banned. */
  #whyNot(ip: string, upstream: Upstream | undefined): Forbiddance | null {
    const verdict = upstream ? this.#context.verdict(upstream) : this.#context.parts.access.verdict(ip);
    const ejected = verdict.list === 'black' && verdict.rule?.origin === 'automatic';
    const isForOther = !upstream && ejected;
    return verdict.allowed || isForOther ? null : { why: refusal(verdict), ejected };
  }

  isWarm({ host, ip, port }: Endpoint): boolean {
    const upstream = this.#context.manager.host(host.name)?.known(ip, port);
    return upstream?.connections.values().some((connection) => connection.established && connection.healthy) ?? false;
  }

  limits(host: HostName): readonly ConnectionLimit[] {
    const { manager } = this.#context;
    return manager.limits(manager.host(host.name));
  }

  usual(host: HostName): ReadonlyMap<number, UsualTimes> {
    return this.#context.manager.host(host.name)?.usual.telling(this.#context.nowMs()) ?? new Map();
  }

  async open(endpoint: Endpoint, options: Opening): Promise<OpenedConnection> {
    const { manager } = this.#context;
    const { ip } = endpoint;
    let wanted = this.#wanted(endpoint, options);
    if (options.probesEjected && this.#earlyTrial.isFor(wanted.upstream)) {
      await this.#earlyTrial.pass(wanted.upstream, options);
      // It has taken a while: look again.
      wanted = this.#wanted(endpoint, options);
    }
    const { host, upstream } = wanted;
    const verdict = this.#context.verdict(upstream);
    if (!verdict.allowed) {
      this.#context.parts.access.recordHit(ip);
      const message = whyWords('not-dialled', { ip, message: refusal(verdict) });
      throw new ClassifiedError('not-allowed', 'NOT_ALLOWED', message);
    }
    const retryAfterMs = upstream.restUntilMs - this.#context.nowMs();
    if (retryAfterMs > 0) {
      const message = whyWords('left-alone', { ip, seconds: Math.ceil(retryAfterMs / 1_000) });
      throw new ClassifiedError('busy', 'RETRY_AFTER', message, { retryAfterMs });
    }
    const { free, limit } = manager.room(host);
    if (free === 0) {
      throw new ClassifiedError('local', 'LIMIT_FULL', whyWords('limit-full', { key: limit.key, limit: limit.limit }));
    }
    manager.opening += 1;
    try {
      return await this.#establisher.establish(upstream, options);
    } finally {
      manager.opening -= 1;
    }
  }

  /** @throws ClassifiedError where nobody wants it any more: the pool is closed, the signal has aborted, or its host has it no more. */
  #wanted(endpoint: Endpoint, { signal, own }: Opening): { readonly host: HostPool; readonly upstream: Upstream } {
    if (this.#context.isClosing) {
      throw new ClassifiedError('aborted', 'POOL_CLOSED', new PoolClosedError().message);
    }
    if (signal.aborted) {
      throw new ClassifiedError('aborted', 'ABORTED', 'aborted before it began', { cause: signal.reason });
    }
    const host = this.#hostPool(endpoint.host);
    const { ip, port } = endpoint;
    if (host.known(ip, port)?.vanished || (own && !host.mayHave(ip, port))) {
      throw vanishedError(endpoint);
    }
    return { host, upstream: host.adopt(ip, port) };
  }

  /** In the pool, established and its healthy flag up. */
  isHealthy(connectionId: number): boolean {
    const connection = this.#context.manager.get(connectionId);
    return connection?.established === true && connection.healthy;
  }

  healthyTo({ host, ip, port }: Endpoint): number {
    let healthy = 0;
    for (const connection of this.#context.manager.host(host.name)?.known(ip, port)?.connections ?? []) {
      healthy += connection.established && connection.healthy ? 1 : 0;
    }
    return healthy;
  }

  lostAt({ host, ip, port }: Endpoint): ReturnType<ConnectionOpener['lostAt']> {
    const upstream = this.#context.manager.host(host.name)?.known(ip, port);
    return upstream ? whyLost(this.#context, upstream) : { why: whyWords('forgotten', {}), sinceMs: null };
  }
}
