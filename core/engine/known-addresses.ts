/** Remembers what the directory has answered, so that the other way round can be asked: whose address is this? */
import type { Clock } from '../base/clock.ts';
import type { HostName } from '../dial/endpoint.ts';
import type { ResolvedAddress } from '../dns/resolver.ts';
import type { HostDirectory } from '../pool/pool-ports.ts';

type ChangeListener = (host: HostName, addresses: readonly ResolvedAddress[]) => void;

export class KnownAddresses implements HostDirectory {
  readonly #directory: HostDirectory;
  readonly #ipsByHost = new Map<string, ReadonlySet<string>>();
  readonly #answers = new Map<string, readonly ResolvedAddress[]>();

  constructor(directory: HostDirectory) {
    this.#directory = directory;
  }

  async addresses(host: HostName, signal?: AbortSignal): Promise<readonly ResolvedAddress[]> {
    const addresses = await this.#directory.addresses(host, signal);
    this.#remember(host, addresses);
    return addresses;
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
    return this.#directory.onChange((host, addresses) => {
      this.#remember(host, addresses);
      listener(host, addresses);
    });
  }

  failing(host: HostName): void {
    this.#directory.failing(host);
  }

  /** The IPs of each host that has this one. */
  groupsWith(ip: string): ReadonlySet<string>[] {
    return [...this.#ipsByHost.values()].filter((ips) => ips.has(ip));
  }

  #remember(host: HostName, addresses: readonly ResolvedAddress[]): void {
    // The directory gives the same array until something changes.
    if (this.#answers.get(host.name) !== addresses) {
      this.#answers.set(host.name, addresses);
      this.#ipsByHost.set(host.name, new Set(addresses.map(({ ip }) => ip)));
    }
  }
}
