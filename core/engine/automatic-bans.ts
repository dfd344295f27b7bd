/** How many of a host's IPs the automaton may ban: never so many that a host which blocks us loses all of them. */
import type { AccessPolicy } from '../access/access-policy.ts';
import type { KnownAddresses } from './known-addresses.ts';

/** `max_ejected_share`: of a host's IPs, rounded down, so that a single IP is never banned by it. */
const maxBannedShare = 0.5;

/** `access` comes late, for the lists ask this while they are being made. */
export function automaticBanLimit(
  addresses: Pick<KnownAddresses, 'groupsWith'>,
  access: () => Pick<AccessPolicy, 'verdict'>,
): (ip: string) => boolean {
  const isBanned = (ip: string): boolean => {
    const { list, rule } = access().verdict(ip);
    return list === 'black' && rule?.origin === 'automatic';
  };
  return (ip) =>
    addresses.groupsWith(ip).every((group) => {
      const banned = group.values().reduce((count, other) => count + Number(other !== ip && isBanned(other)), 0);
      return banned + 1 <= Math.floor(group.size * maxBannedShare);
    });
}
