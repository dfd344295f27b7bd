/** Which IPs a host has. */
import type { HostName } from '../dial/endpoint.ts';

export interface ResolvedAddress {
  /** Canonical IPv4 or IPv6. */
  readonly ip: string;
  /** The host's own port unless the resolver sends this address elsewhere. */
  readonly port: number;
}

export interface Resolver {
  /**
   * All addresses, A and AAAA, each once.
   * @throws ClassifiedError of class `dns`; an empty answer is an error as well.
   */
  resolve(host: HostName, signal?: AbortSignal): Promise<readonly ResolvedAddress[]>;
}
