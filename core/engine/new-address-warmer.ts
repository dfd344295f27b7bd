/**
 * Addresses that a watched host newly has are warmed like its others: to their part of the floor, or of the host's last
 * warm-up, whichever is more. A host that nobody keeps warm is left to demand.
 */
import { type WarmUpJobInput, warmUpJobSchema } from '../contract/warm-up-job.ts';
import type { HostName } from '../dial/endpoint.ts';
import type { ResolvedAddress } from '../dns/resolver.ts';
import type { WarmUp } from '../warm-up/warm-up.ts';

export interface NewAddressWarmerParts {
  readonly warmUps: Pick<WarmUp, 'runs' | 'start'>;
  readonly isWatched: (host: HostName) => boolean;
  /** `min_idle_per_host` of this moment. */
  readonly floor: () => number;
}

export class NewAddressWarmer {
  readonly #parts: NewAddressWarmerParts;

  constructor(parts: NewAddressWarmerParts) {
    this.#parts = parts;
  }

  /** `addresses` is the whole set, `added` what is new in it. */
  changed(host: HostName, addresses: readonly ResolvedAddress[], added: readonly ResolvedAddress[]): void {
    if (added.length === 0 || !this.#parts.isWatched(host)) {
      return;
    }
    const each = this.#connectionsEach(host, addresses.length);
    if (each > 0) {
      const job: WarmUpJobInput = {
        hosts: [host.name],
        ips: added.map(({ ip }) => ip),
        connections: each === 1 ? 'all-ips' : each * added.length,
        onlyCold: true,
      };
      this.#parts.warmUps.start(warmUpJobSchema.parse(job), 'new-address');
    }
  }

  #connectionsEach(host: HostName, addresses: number): number {
    const ofFloor = partOf(this.#parts.floor(), addresses);
    const last = this.#parts.warmUps.runs().findLast(({ job }) => job.ips === null && job.hosts.includes(host.name));
    if (!last) {
      return ofFloor;
    }
    const { connections } = last.job;
    return Math.max(ofFloor, connections === 'all-ips' ? 1 : partOf(connections, addresses));
  }
}

/** One at least, where there is anything to divide. */
function partOf(connections: number, addresses: number): number {
  return connections === 0 ? 0 : Math.max(1, Math.floor(connections / addresses));
}
