/** From the living health to its history: every look at an address, and how each address is when that is another. */
import type { Clock } from '../base/clock.ts';
import type { IpHealth } from '../contract/health.ts';
import type { Endpoint } from '../dial/endpoint.ts';
import type { EndpointLook, RememberedPool } from '../pool/pool-ports.ts';
import type { EndpointName } from './endpoint-ids.ts';
import type { History } from './history.ts';

/** How each address is, and when that may be another. */
export interface RememberedHealth {
  /** null when nothing is known of it. */
  ip(host: string, ip: string, port: number): IpHealth | null;
  /** Of all of which anything is known, or of those of some IPs. */
  endpoints(ips?: ReadonlySet<string>): Iterable<Endpoint>;
  onPhase(listener: (endpoint: Endpoint) => void): () => void;
  /** `ips`: these addresses; null: any. */
  onRules(listener: (ips: ReadonlySet<string> | null) => void): () => void;
}

export interface HealthJournalOptions {
  readonly pool: Pick<RememberedPool, 'onLook' | 'onSecond'>;
  readonly health: RememberedHealth;
  readonly history: Pick<History, 'recordCheck' | 'recordHealth'>;
  readonly clock: Clock;
}

/** Addresses that are looked at anew in one second; after a change of the lists the others follow in the next ones. */
const readAtOnce = 300;
/** Those that are new, or that the automaton moved, come first. */
const movedAtOnce = 1_000;

interface Touched extends EndpointName {
  readonly atMs: number;
}

export class HealthJournal {
  readonly #options: HealthJournalOptions;
  readonly #stops: readonly (() => void)[];
  /** Addresses whose health may be another since a time. Those that are new, or that the automaton moved, come first. */
  readonly #moved = new Map<string, Touched>();
  readonly #touched = new Map<string, Touched>();

  /** Listens at once. */
  constructor(options: HealthJournalOptions) {
    this.#options = options;
    const { pool, health } = options;
    this.#stops = [
      pool.onLook((look) => this.#looked(look)),
      health.onPhase((endpoint) => this.#touch(endpoint, this.#moved)),
      health.onRules((ips) => {
        for (const endpoint of health.endpoints(ips ?? undefined)) {
          this.#touch(endpoint, this.#touched);
        }
      }),
      pool.onSecond(() => this.#record()),
    ];
    // DNS may have answered before anybody listened here: an address that nobody asks for would never be met.
    for (const endpoint of health.endpoints()) {
      this.#touch(endpoint, this.#moved);
    }
  }

  /** What is not written by now is. */
  close(): void {
    for (const stop of this.#stops) {
      stop();
    }
    this.#record();
  }

  #looked({ endpoint, kind, outcome, errorClass, status, durationMs }: EndpointLook): void {
    const { host, ip, port } = endpoint;
    const atMs = this.#options.clock.epochMs();
    const check = { host: host.name, ip, port, atMs, kind, outcome, errorClass, status, ms: durationMs };
    this.#options.history.recordCheck(check);
    this.#touch(endpoint, this.#touched);
  }

  #touch({ host, ip, port }: Endpoint, among: Map<string, Touched>): void {
    const key = `${host.name}|${ip}|${port}`;
    if (!among.has(key)) {
      among.set(key, { host: host.name, ip, port, atMs: this.#options.clock.epochMs() });
    }
  }

  #record(): void {
    for (const [key, touched] of this.#moved.entries().take(movedAtOnce)) {
      this.#moved.delete(key);
      this.#touched.delete(key);
      this.#recordOne(touched);
    }
    for (const [key, touched] of this.#touched.entries().take(readAtOnce)) {
      this.#touched.delete(key);
      this.#recordOne(touched);
    }
  }

  #recordOne(touched: Touched): void {
    const { history, health } = this.#options;
    history.recordHealth({ ...touched, health: health.ip(touched.host, touched.ip, touched.port) });
  }
}
