/** IP addresses as numbers, for sorting and for testing whether one lies in a CIDR. */
import ipaddr from 'ipaddr.js';

export interface IpRange {
  readonly contains: (ip: string) => boolean;
}

/** Whole and as addresses are written: `10.1` is none, though old programs take it for one. */
export function isIp(text: string): boolean {
  return ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text);
}

/** As the engine writes it, whichever way it is spelled: `2001:DB8:0::1`, `[::1]` of a URL; null when the text is no whole address. */
export function wholeIp(text: string): string | null {
  const bare = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
  return isIp(bare) ? ipaddr.process(bare).toString() : null;
}

const keys = new Map<string, string>();
const mostKeys = 50_000;

/** A text that sorts as the addresses do: IPv4 before IPv6, then by bytes. What is no address sorts last, by itself. */
export function ipSortKey(ip: string): string {
  const known = keys.get(ip);
  if (known !== undefined) {
    return known;
  }
  let key = `9${ip}`;
  if (ipaddr.isValid(ip)) {
    const address = ipaddr.parse(ip);
    const hex = address.toByteArray().map((byte) => byte.toString(16).padStart(2, '0'));
    key = `${address.kind() === 'ipv4' ? '4' : '6'}${hex.join('')}`;
  }
  if (keys.size >= mostKeys) {
    keys.clear();
  }
  keys.set(ip, key);
  return key;
}

/** A CIDR as a test; null when the text is none. */
export function ipRange(cidr: string): IpRange | null {
  if (!ipaddr.isValidCIDR(cidr)) {
    return null;
  }
  const [network, bits] = ipaddr.parseCIDR(cidr);
  const prefix = toBits(network.toByteArray()).slice(0, bits);
  const kind = network.kind();
  return {
    contains: (ip) => {
      if (!ipaddr.isValid(ip)) {
        return false;
      }
      const address = ipaddr.parse(ip);
      return address.kind() === kind && toBits(address.toByteArray()).startsWith(prefix);
    },
  };
}

function toBits(bytes: readonly number[]): string {
  return bytes.map((byte) => byte.toString(2).padStart(8, '0')).join('');
}
