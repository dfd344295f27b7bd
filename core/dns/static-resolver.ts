/** Addresses that were given, for hosts whose addresses are not asked for. */
import type { TargetSettings } from '../config/settings.ts';
import { ClassifiedError } from '../dial/classified-error.ts';
import type { HostName } from '../dial/endpoint.ts';
import type { ResolvedAddress, Resolver } from './resolver.ts';
import { toAddresses } from './system-resolver.ts';

export class StaticResolver implements Resolver {
  #addresses: ReadonlyMap<string, readonly ResolvedAddress[]>;
  readonly #others: Resolver | null;

  /** By the host's canonical name. `others` answers for every host that is not among them. */
  constructor(addresses: ReadonlyMap<string, readonly ResolvedAddress[]>, others: Resolver | null = null) {
    this.#addresses = addresses;
    this.#others = others;
  }

  /** Other addresses from now on. */
  give(addresses: ReadonlyMap<string, readonly ResolvedAddress[]>): void {
    this.#addresses = addresses;
  }

  async resolve(host: HostName, signal?: AbortSignal): Promise<readonly ResolvedAddress[]> {
    const given = this.#addresses.get(host.name);
    if (given && given.length > 0) {
      return given;
    }
    if (this.#others) {
      return this.#others.resolve(host, signal);
    }
    throw new ClassifiedError('dns', 'ENOTFOUND', `${host.name} has no address: none was given for it`);
  }
}

/** The `ips` of `[[targets]]`, which win over DNS; a target without them is left out. */
export function givenAddresses(targets: readonly TargetSettings[]): Map<string, readonly ResolvedAddress[]> {
  return new Map(
    targets.flatMap(({ host, ips }) => (ips && ips.length > 0 ? [[host.name, toAddresses(ips, host.port)]] : [])),
  );
}
