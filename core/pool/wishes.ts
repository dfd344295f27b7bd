/** What callers ask for, by name, by URL or by IP, turned into what the pool knows. */
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { PhraseError } from '../base/phrase-error.ts';
import { phrase } from '../contract/phrase.ts';
import { type HostName, parseHostName } from '../dial/endpoint.ts';
import type { AcquireOptions } from './hand-off.ts';
import type { HostPool } from './host-pool.ts';
import type { PoolContext } from './pool-context.ts';
import type { Supplier } from './supplier.ts';
import type { UnusedHosts } from './unused-hosts.ts';
import type { Upstream } from './upstream.ts';

const rootPath = '/';

export interface UrlWish {
  readonly host: HostPool;
  readonly path: string;
}

/** @throws PhraseError */
export function assertIp(ip: string): void {
  if (isIP(ip) === 0) {
    throw new PhraseError(phrase('ip.not-ip', { text: ip }));
  }
}

export class Wishes {
  readonly #context: PoolContext;
  readonly #supplier: Supplier;
  readonly #unused: UnusedHosts;

  constructor(context: PoolContext, parts: { readonly supplier: Supplier; readonly unused: UnusedHosts }) {
    this.#context = context;
    this.#supplier = parts.supplier;
    this.#unused = parts.unused;
  }

  /**
   * The host of this name, made known if it is not. One that is no target is validated by its root, whatever is asked of it
   * first; see `judgedForHost`. @throws PhraseError when it is not a host.
   */
  host(host: HostName | string): HostPool {
    const { manager } = this.#context;
    if (typeof host !== 'string' && typeof host?.name !== 'string') {
      throw new RangeError(`${String(host)} is not a host: write host or host:port`);
    }
    const known = manager.host(typeof host === 'string' ? host : host.name);
    if (known) {
      return known;
    }
    const parsed = typeof host === 'string' ? parseHostName(host) : host;
    return manager.host(parsed.name) ?? this.#meet(parsed);
  }

  #meet(host: HostName): HostPool {
    this.#unused.makeRoom();
    return this.#context.manager.addHost(host, rootPath, false, this.#context.nowMs());
  }

  /** @throws PhraseError when it is no https URL. */
  url(url: string | URL): UrlWish {
    const parsed = typeof url === 'string' ? URL.parse(url) : url;
    if (!parsed) {
      throw new RangeError(`"${url}" is not a URL: write https://host/path`);
    }
    if (parsed.protocol !== 'https:') {
      throw new RangeError(`"${parsed.href}" is not an https URL: the pool holds TLS connections only`);
    }
    const path = `${parsed.pathname}${parsed.search}`;
    return { host: this.host(parsed.host), path };
  }

  /** The endpoint of this IP: the host's own, which may have a port of its own, else one on the host's port. */
  endpoint(host: HostPool, ip: string): Upstream {
    const canonical = ipaddr.parse(ip).toString();
    return host.findByIp(canonical) ?? host.upstream(canonical, host.host.port);
  }

  /**
   * Waits for the host's addresses as long as the caller would wait for a connection, and gives back the options with the
   * time that is left; without an answer of DNS they stay unknown.
   */
  async resolveInTime(host: HostPool, options: AcquireOptions): Promise<AcquireOptions> {
    const { clock, closing, settings } = this.#context;
    const { signal, timeoutMs = settings.pool.acquireTimeoutMs } = options;
    const startedMs = this.#context.nowMs();
    const tooLate = new AbortController();
    const deadline = clock.after(timeoutMs, () => tooLate.abort());
    this.#context.hold.take();
    const over = AbortSignal.any([tooLate.signal, closing.signal, ...(signal ? [signal] : [])]);
    await this.#supplier.resolve(host, over).catch(() => undefined);
    this.#context.hold.release();
    deadline.cancel();
    return { ...options, timeoutMs: Math.max(0, timeoutMs - (this.#context.nowMs() - startedMs)) };
  }
}
