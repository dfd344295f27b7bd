/** Who belongs in the pool: the targets, what the access lists allow, what is healthy, what DNS still names. What no longer does is retired. */
import type { EngineSettings } from '../config/settings.ts';
import type { Endpoint, HostName } from '../dial/endpoint.ts';
import type { ResolvedAddress } from '../dns/resolver.ts';
import type { ConnectionCloser } from './connection-closer.ts';
import type { HostPool } from './host-pool.ts';
import type { HotConnection } from './hot-connection.ts';
import type { PoolContext } from './pool-context.ts';

export class Membership {
  readonly #context: PoolContext;
  readonly #closer: ConnectionCloser;
  readonly #wake: (host: HostPool) => void;
  readonly #stopListening: readonly (() => void)[];

  /** Listens to the lists and to DNS until it is stopped. `wake` is told of each host for which something is different. */
  constructor(context: PoolContext, closer: ConnectionCloser, wake: (host: HostPool) => void) {
    this.#context = context;
    this.#closer = closer;
    this.#wake = wake;
    const { access, health, hosts } = context.parts;
    this.#stopListening = [
      access.onChange((ips) => this.#onAccessChange(ips)),
      hosts.onChange((host, addresses) => this.#onAddresses(host, addresses)),
      health.onChange((endpoints) => this.#onStanding(endpoints)),
    ];
  }

  stop(): void {
    for (const stop of this.#stopListening) {
      stop();
    }
  }

  /** The targets are these; connections of one that is none any more are retired. */
  setTargets(settings: EngineSettings): void {
    const { manager } = this.#context;
    const watched = new Set<HostPool>();
    for (const { host, path } of settings.targets) {
      const pool = manager.host(host.name) ?? manager.addHost(host, path, true, this.#context.nowMs());
      pool.path = path;
      pool.watched = true;
      pool.left = false;
      watched.add(pool);
      this.#wake(pool);
    }
    for (const host of manager.hosts) {
      if (host.watched && !watched.has(host)) {
        host.watched = false;
        host.left = true;
        const ours = [...manager.connections].filter((connection) => connection.host === host);
        void this.#closer.retireAll(ours, () => 'config-changed');
      }
    }
  }

  #onAccessChange(ips: ReadonlySet<string> | null): void {
    const { manager } = this.#context;
    this.#context.accessChanged();
    // While a warm-up lists what it has found good, thousands of others are as they were.
    const concerned =
      ips === null ? [...manager.connections] : [...ips].flatMap((ip) => [...manager.connectionsTo(ip)]);
    const refused = concerned.filter(({ upstream }) => !this.#context.verdict(upstream).allowed);
    void this.#closer.retireAll(refused, ({ upstream }) =>
      this.#context.verdict(upstream).list === 'black' ? 'blacklisted' : 'not-allowed',
    );
    manager.reindex(concerned);
    for (const host of manager.hosts) {
      this.#wake(host);
    }
  }

  /** The automaton has barred endpoints, or let them be used again. */
  #onStanding(endpoints: readonly Endpoint[]): void {
    const hosts = new Set<HostPool>();
    const barred: HotConnection[] = [];
    for (const { host: name, ip, port } of endpoints) {
      const host = this.#context.manager.host(name.name);
      const upstream = host?.known(ip, port);
      if (host && upstream) {
        hosts.add(host);
        if (!this.#context.verdict(upstream).allowed) {
          barred.push(...upstream.connections);
        }
      }
    }
    void this.#closer.retireAll(barred, () => 'blacklisted');
    for (const host of hosts) {
      this.#wake(host);
    }
  }

  #onAddresses(name: HostName, addresses: readonly ResolvedAddress[]): void {
    const host = this.#context.manager.host(name.name);
    if (host) {
      const gone = host.resolvedTo(addresses, this.#context.nowMs());
      void this.#closer.retireAll(
        gone.flatMap(({ connections }) => [...connections]),
        () => 'dns-vanished',
      );
      this.#wake(host);
    }
  }
}
