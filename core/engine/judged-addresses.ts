/**
 * The directory as the pool sees it: the keeper of the IPs' health hears of each new answer first, then the pool, whoever
 * has asked.
 */
import type { Clock } from '../base/clock.ts';
import type { HostName } from '../dial/endpoint.ts';
import type { ResolvedAddress } from '../dns/resolver.ts';
import type { HostDirectory } from '../pool/pool-ports.ts';

type ChangeListener = (host: HostName, addresses: readonly ResolvedAddress[]) => void;

/** The keeper of the IPs' health. */
export interface AddressJudge {
  resolved(host: HostName, addresses: readonly ResolvedAddress[]): void;
  forget(host: HostName): void;
}

export class JudgedAddresses implements HostDirectory {
  readonly #directory: HostDirectory;
  readonly #judge: AddressJudge;
  readonly #answers = new Map<string, readonly ResolvedAddress[]>();
  readonly #listeners = new Set<ChangeListener>();

  constructor(directory: HostDirectory, judge: AddressJudge) {
    this.#directory = directory;
    this.#judge = judge;
  }

  async addresses(host: HostName, signal?: AbortSignal): Promise<readonly ResolvedAddress[]> {
    const addresses = await this.#directory.addresses(host, signal);
    this.#hear(host, addresses);
    return addresses;
  }

  /** Asks about these, so that their addresses are known and shown before somebody wants a connection. */
  learn(hosts: Iterable<HostName>): void {
    for (const host of hosts) {
      // Whoever wants a connection is told why there is no address.
      this.addresses(host).catch(() => undefined);
    }
  }

  /** What is known within this time; nothing when DNS takes longer, or fails. */
  async addressesSoon(host: HostName, clock: Clock, withinMs: number): Promise<readonly ResolvedAddress[]> {
    const tooLate = new AbortController();
    const deadline = clock.after(withinMs, () => tooLate.abort());
    try {
      return await this.addresses(host, tooLate.signal);
    } catch {
      return [];
    } finally {
      deadline.cancel();
    }
  }

  onChange(listener: ChangeListener): () => void {
    const stop = this.#directory.onChange((host, addresses) => this.#hear(host, addresses));
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
      stop();
    };
  }

  /** It is no target any more: the next answer about it counts as a new one. */
  retire(host: HostName): void {
    this.#answers.delete(host.name);
  }

  failing(host: HostName): void {
    this.#directory.failing(host);
  }

  forget(host: HostName): void {
    this.#answers.delete(host.name);
    this.#directory.forget(host);
    this.#judge.forget(host);
  }

  #hear(host: HostName, addresses: readonly ResolvedAddress[]): void {
    // The directory gives the same array until something changes.
    if (this.#answers.get(host.name) !== addresses) {
      this.#answers.set(host.name, addresses);
      this.#judge.resolved(host, addresses);
      for (const listener of [...this.#listeners]) {
        listener(host, addresses);
      }
    }
  }
}
