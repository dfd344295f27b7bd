/** The endpoints of one host that the maximum share is a share of. */
import type { IpRecord } from './ip-record.ts';

/** Whether no person's rule keeps this IP out of use. */
export type IsPermitted = (ip: string) => boolean;

export class IpGroup {
  /** `host` or `host:port`. */
  readonly host: string;
  readonly members = new Set<IpRecord>();
  panic = false;
  blocksUs = false;
  /** Its host is not watched any more: nobody is ejected, probed or shown. */
  retired = false;
  /** The share was found full; said once until it has room again. */
  isFull = false;
  #permitted = 0;
  #countedAt = -1;

  constructor(host: string) {
    this.host = host;
  }

  get outOfUse(): number {
    let count = 0;
    for (const { phase } of this.members) {
      count += phase === 'in-use' ? 0 : 1;
    }
    return count;
  }

  /** Members that no person's rule blocks; counted once for each revision of the rules. */
  permitted(isPermitted: IsPermitted, revision: number): number {
    if (this.#countedAt !== revision) {
      this.#countedAt = revision;
      this.#permitted = 0;
      for (const { endpoint } of this.members) {
        this.#permitted += isPermitted(endpoint.ip) ? 1 : 0;
      }
    }
    return this.#permitted;
  }

  add(record: IpRecord): void {
    this.members.add(record);
    this.#countedAt = -1;
  }

  delete(record: IpRecord): void {
    this.members.delete(record);
    this.#countedAt = -1;
  }
}

/** The host's group, begun when there is none. */
export function groupOf(groups: Map<string, IpGroup>, host: string): IpGroup {
  const known = groups.get(host) ?? new IpGroup(host);
  groups.set(host, known);
  return known;
}

/**
 * How many of `ips` may be out of use: the share, rounded down, so that a single IP is never taken. A hair is added
 * against shares like 0.29 of 100, which floating point makes 28.999….
 */
export function mostEjected(ips: number, maxEjectedShare: number): number {
  return Math.floor(ips * maxEjectedShare + 1e-9);
}

/** Fewer than the share are left to use. */
export function isPanic(available: number, ips: number, panicShare: number): boolean {
  return available < ips * panicShare - 1e-9;
}
