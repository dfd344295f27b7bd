/** The demo fleet: real TLS origins on loopback, so that the console has something to watch without any configuration. */
import { Worker } from 'node:worker_threads';
import type { Clock } from '../base/clock.ts';
import { type Random, randomIndex } from '../base/random.ts';
import type { ConfigValues } from '../config/schema.ts';
import type { TargetSettings } from '../config/settings.ts';
import type { DemoFault } from '../contract/demo.ts';
import { ClassifiedError } from '../dial/classified-error.ts';
import { parseHostName } from '../dial/endpoint.ts';
import { defaultProfileSet } from '../dial/profile-choice.ts';
import { TlsCredentials } from '../dial/tls-credentials.ts';
import type { ResolvedAddress, Resolver } from '../dns/resolver.ts';
import { createAuthority } from './certificate-authority.ts';
import type { FromOrigins, OriginHost, OriginsStart, SetFaultMessage } from './demo-messages.ts';
import { demoHostnames, planDemo } from './demo-plan.ts';

export interface DemoFleetOptions {
  /** 3 to 5,000. */
  readonly endpoints: number;
  /** Decides which endpoint is how quick; drawn from `random` when not given. */
  readonly seed?: number;
  /** `demo-origins-worker`, built or as source. */
  readonly workerUrl: URL;
  readonly clock: Clock;
  readonly random: Random;
}

export interface DemoEndpoint extends ResolvedAddress {
  readonly hostname: string;
  readonly protocols: readonly ('h2' | 'http/1.1')[];
}

/** Which endpoints; what is not said matches all. */
export interface DemoSelection {
  readonly hostname?: string;
  readonly ip?: string;
  readonly port?: number;
}

export interface DemoFleet {
  /** Trust this for the demo's hosts, and only there. */
  readonly caPem: string;
  readonly hosts: readonly TargetSettings[];
  readonly endpoints: readonly DemoEndpoint[];
  /** Knows the demo's hosts and no other. */
  readonly resolver: Resolver;
  /** What is wrong with each endpoint that is not well. */
  readonly faults: ReadonlyMap<DemoEndpoint, DemoFault>;
  /**
   * Switches a fault on, or off with null, and resolves with how many endpoints it is now in force at.
   * @throws Error when an endpoint cannot be reached again, or the fleet is closed.
   */
  setFault(selection: DemoSelection | readonly DemoEndpoint[], fault: DemoFault | null): Promise<number>;
  /** Resolves when the fleet ends: with null after `close`, with what went wrong otherwise. */
  readonly ended: Promise<Error | null>;
  /** Every listener and connection is gone when it resolves. Twice is fine. */
  close(): Promise<void>;
}

/** Keys and units of the configuration file. */
export type DemoSettings = Pick<
  ConfigValues,
  | 'pool.max_connections'
  | 'pool.max_conns_per_host'
  | 'pool.max_idle_conns'
  | 'pool.idle_timeout'
  | 'pool.max_lifetime'
  | 'pool.min_idle_per_host'
>;

/** For making keys and listening; ten times what the largest fleet needs. */
const startTimeoutMs = 30_000;
const expiredSince = new Date('2020-02-01T00:00:00Z');
const expiredFrom = new Date('2020-01-01T00:00:00Z');

/**
 * @throws RangeError when `endpoints` is out of range.
 * @throws Error when the origins cannot listen: too few file descriptors, no loopback, no thread.
 */
export async function startDemoFleet(options: DemoFleetOptions): Promise<DemoFleet> {
  const seed = options.seed ?? randomIndex(options.random, 2 ** 32);
  const origins = planDemo(options.endpoints, seed);
  const authority = await createAuthority(options.clock);
  const hosts = await Promise.all(
    demoHostnames.map(async (hostname): Promise<OriginHost> => {
      const names = [hostname];
      const [good, expired, otherName, selfSigned] = await Promise.all([
        authority.issue({ names }),
        authority.issue({ names, notBefore: expiredFrom, notAfter: expiredSince }),
        authority.issue({ names: [`other.${hostname}`] }),
        authority.issue({ names, selfSigned: true }),
      ]);
      const certificates = {
        well: good,
        'bad-certificate': expired,
        'wrong-name': otherName,
        'self-signed': selfSigned,
        'client-certificate': good,
        'old-tls': good,
      };
      return { hostname, certificates };
    }),
  );
  const start: OriginsStart = { hosts, origins, seed };
  const worker = new OriginsWorker(options.workerUrl, start);
  const addresses = await worker.ready(options.clock);

  const endpoints = origins.map(({ hostname, protocols }, index): DemoEndpoint => {
    const { ip, port } = addresses[index] ?? { ip: '', port: 0 };
    return { hostname, ip, port, protocols };
  });
  const faults = new Map<DemoEndpoint, DemoFault>();
  // Of these hosts and no other: the authority is trusted for no longer than they are watched.
  const credentials = new TlsCredentials({ authorities: [authority.certificatePem], clientCertificate: null });
  const tls = { profileSet: defaultProfileSet, credentials };
  return {
    caPem: authority.certificatePem,
    hosts: demoHostnames.map((hostname) => ({ host: parseHostName(hostname), path: '/health', ips: null, tls })),
    endpoints,
    faults,
    resolver: demoResolver(endpoints),
    async setFault(selection, fault) {
      const chosen = isList(selection) ? selection : endpoints.filter((endpoint) => matches(endpoint, selection));
      const indexes = chosen.map((endpoint) => endpoints.indexOf(endpoint));
      await worker.setFault(indexes, fault);
      for (const endpoint of chosen) {
        if (fault === null) {
          faults.delete(endpoint);
        } else {
          faults.set(endpoint, fault);
        }
      }
      return chosen.length;
    },
    ended: worker.ended,
    close: () => worker.close(),
  };
}

/**
 * What the demo's configuration gives instead of the defaults: limits under which a warm-up of the whole fleet fits, for
 * one host as well as for all, with room for traffic; and warm connections that stay for the operator to look at.
 */
export function demoSettings(endpoints: number): DemoSettings {
  const limit = Math.max(300, Math.ceil(endpoints * 1.25));
  return {
    'pool.max_connections': limit,
    'pool.max_conns_per_host': limit,
    'pool.max_idle_conns': limit,
    'pool.idle_timeout': 600,
    'pool.max_lifetime': 3_600,
    // So that there is something to watch before the first warm-up, and something to refill when it is blocked.
    'pool.min_idle_per_host': Math.min(8, Math.floor(endpoints / demoHostnames.length)),
  };
}

function isList(selection: DemoSelection | readonly DemoEndpoint[]): selection is readonly DemoEndpoint[] {
  return Array.isArray(selection);
}

function matches(endpoint: DemoEndpoint, selection: DemoSelection): boolean {
  return (
    (selection.hostname === undefined || selection.hostname === endpoint.hostname) &&
    (selection.ip === undefined || selection.ip === endpoint.ip) &&
    (selection.port === undefined || selection.port === endpoint.port)
  );
}

function demoResolver(endpoints: readonly DemoEndpoint[]): Resolver {
  const addresses = Map.groupBy(endpoints, (endpoint) => endpoint.hostname);
  return {
    async resolve(host, signal) {
      signal?.throwIfAborted();
      const found = addresses.get(host.name);
      if (!found) {
        throw new ClassifiedError(
          'dns',
          'ENOTFOUND',
          `${host.name} is no host of the demo: it has ${demoHostnames.join(', ')}`,
        );
      }
      return found.map(({ ip, port }) => ({ ip, port }));
    },
  };
}

/** The thread of the origins, seen from the engine's. */
class OriginsWorker {
  readonly #worker: Worker;
  readonly #started = Promise.withResolvers<Extract<FromOrigins, { kind: 'ready' }>['addresses']>();
  readonly #ended = Promise.withResolvers<Error | null>();
  readonly #faultRequests = new Map<number, PromiseWithResolvers<void>>();
  #lastRequestId = 0;
  #closing = false;
  #failure: Error | null = null;

  constructor(url: URL, start: OriginsStart) {
    this.#worker = new Worker(url, { workerData: start, name: 'demo-origins' });
    this.#worker.on('message', (message: FromOrigins) => this.#hear(message));
    this.#worker.on('error', (error) => {
      this.#failure = error instanceof Error ? error : new Error(String(error));
    });
    this.#worker.once('exit', (code) => this.#exited(code));
    // Nobody may be waiting for it when it fails.
    this.#started.promise.catch(() => {});
  }

  get ended(): Promise<Error | null> {
    return this.#ended.promise;
  }

  async ready(clock: Clock): Promise<Extract<FromOrigins, { kind: 'ready' }>['addresses']> {
    const timer = clock.after(startTimeoutMs, () => {
      this.#started.reject(new Error(`the demo fleet was not ready after ${startTimeoutMs / 1000} s`));
    });
    try {
      const addresses = await this.#started.promise;
      // From here on the fleet never keeps the process alive.
      this.#worker.unref();
      return addresses;
    } catch (error) {
      await this.close();
      throw error;
    } finally {
      timer.cancel();
    }
  }

  setFault(origins: readonly number[], fault: DemoFault | null): Promise<void> {
    if (this.#closing || this.#failure) {
      return Promise.reject(new Error('the demo fleet is closed'));
    }
    this.#lastRequestId += 1;
    const request = Promise.withResolvers<void>();
    this.#faultRequests.set(this.#lastRequestId, request);
    const message: SetFaultMessage = { kind: 'set-fault', requestId: this.#lastRequestId, origins, fault };
    this.#worker.postMessage(message);
    return request.promise;
  }

  async close(): Promise<void> {
    this.#closing = true;
    await this.#worker.terminate();
    await this.#ended.promise;
  }

  #hear(message: FromOrigins): void {
    switch (message.kind) {
      case 'ready':
        this.#started.resolve(message.addresses);
        return;
      case 'start-failed':
        this.#started.reject(new Error(`the demo fleet cannot listen: ${message.message}`));
        return;
      case 'fault-set':
        this.#takeRequest(message.requestId)?.resolve();
        return;
      case 'fault-failed':
        this.#takeRequest(message.requestId)?.reject(new Error(`the fault was not switched: ${message.message}`));
        return;
    }
  }

  #takeRequest(requestId: number): PromiseWithResolvers<void> | undefined {
    const request = this.#faultRequests.get(requestId);
    this.#faultRequests.delete(requestId);
    return request;
  }

  #exited(code: number): void {
    const failure = this.#closing ? null : (this.#failure ?? new Error(`the demo's thread ended with code ${code}`));
    const reason = failure ?? new Error('the demo fleet is closed');
    this.#started.reject(reason);
    for (const request of this.#faultRequests.values()) {
      request.reject(reason);
    }
    this.#faultRequests.clear();
    this.#ended.resolve(failure);
  }
}
